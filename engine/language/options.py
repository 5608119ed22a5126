"""`is`, `in` and order among options: a comparison of a choice is the set of options for which it holds."""

from __future__ import annotations

import ast
from collections.abc import Callable

from engine.language.context import Context
from engine.language.describe import describe
from engine.language.names import introduce, options_of, unknown_option
from engine.language.scope import Choice, Name
from engine.language.terms import All, AnyOf, Applies, Chosen, Not, Test, Truth

Relation = Callable[[int, int], bool]


def compare_with_options(choice: ast.expr, relation: Relation, other: ast.expr, context: Context) -> Truth | None:
    """Compare a choice with one option or with a choice of the same option set.

    `relation` says of two option numbers whether the comparison holds.
    """
    name = context.look_up(choice)
    if not name or not isinstance(name.meaning, Choice):
        return None
    found = _option_or_choice(name, name.meaning, other, context)
    if isinstance(found, int):
        return Test(name.id, _mask(name.meaning, lambda number: relation(number, found)))
    return _together(name, found, name.meaning, relation) if found else None


def in_options(choice: ast.expr, others: list[ast.expr], context: Context, *, holds: bool) -> Truth | None:
    """`who in (a, b)`, `who not in (a, b)`."""
    name = context.look_up(choice)
    if not name or not isinstance(name.meaning, Choice):
        return None
    numbers = [_option(name, other, context) for other in others]
    known = {number for number in numbers if number}
    if len(known) == 0 or None in numbers:
        return None
    return Test(name.id, _mask(name.meaning, lambda number: (number in known) is holds))


def in_ticks(option: ast.expr, ticks: ast.expr, context: Context, *, holds: bool) -> Truth | None:
    """`kill in threats`; `kill not in threats` is shown and not ticked."""
    name = context.look_up(ticks)
    number = _option(name, option, context) if name else None
    if not name or not number:
        return None
    chosen = Chosen(name.id, number)
    return chosen if holds else All((Applies(name.id), Not(chosen)))


def _mask(choice: Choice, allowed: Callable[[int], bool]) -> int:
    return sum(1 << number for number in range(1, len(choice.options) + 1) if allowed(number))


def _together(one: Name, two: Name, choice: Choice, relation: Relation) -> Truth:
    """Any option of the second together with those of the first that are related to it so."""
    parts = []
    for number in range(1, len(choice.options) + 1):
        mask = _mask(choice, lambda other, number=number: relation(other, number))  # type: ignore[misc]
        if mask:
            parts.append(All((Test(one.id, mask), Test(two.id, 1 << number))))
    return AnyOf(tuple(parts))


def _option(name: Name, node: ast.expr, context: Context) -> int | None:
    """Return the number of the option that the node names; a slip if it names none."""
    word, options = context.word(node), options_of(name)
    if word in options:
        return list(options).index(word) + 1
    if not word:
        message = f"{introduce(name, '')}, but {describe(node, context)}."
        context.slip(
            "type-mismatch", node, message, f"Compare it with one of its options, such as '{next(iter(options))}'."
        )
    elif context.named(node) and word not in context.scope.forbidden_because:
        message = f"'{name.id}' has no option '{word}': {describe(node, context)}."
        context.slip("unknown-option", node, message)
    else:
        context.slip("unknown-option", node, *unknown_option(word, name, context.scope))
    return None


def _option_or_choice(name: Name, choice: Choice, node: ast.expr, context: Context) -> int | Name | None:
    """Return the option's number, or the other choice with the same options."""
    word, other = context.word(node), context.named(node)
    shared = other and isinstance(other.meaning, Choice) and choice.option_set == other.meaning.option_set != ""
    if other and shared and word in choice.options:
        message = f"'{word}' is an option of '{name.id}' and also {introduce(other, '').partition(' is ')[2]}."
        context.slip("ambiguous-word", node, message, "Rename one of the two.")
        return None
    if other and shared:
        context.look_up(node)
        return other
    if other and isinstance(other.meaning, Choice) and word not in choice.options:
        message = (
            f"'{name.id}' and '{word}' do not share their options: {introduce(name, '')}, {introduce(other, word)}."
        )
        context.slip("different-options", node, message, "Two items can be compared if they use the same option set.")
        return None
    return _option(name, node, context)
