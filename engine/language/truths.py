"""Conditions to truths. `not` goes inward on the way down, so no comparison with what is not shown ever holds."""

from __future__ import annotations

import ast
from typing import cast

from engine.language.calls import fits
from engine.language.comparisons import comparison
from engine.language.context import Context, all_options
from engine.language.describe import as_condition, describe
from engine.language.functions import FUNCTIONS
from engine.language.groups import each
from engine.language.names import PRINTED
from engine.language.scope import Choice, Members, Name, Numeric, Thing, Ticks, Words
from engine.language.terms import (
    ALWAYS,
    NEVER,
    All,
    AnyOf,
    Applies,
    Not,
    Printed,
    Recorded,
    RecordWord,
    Test,
    Truth,
)


def truth(node: ast.expr, context: Context, holds: bool) -> Truth | None:
    """Read a condition; its opposite unless `holds`. None after a slip."""
    match node:
        case ast.BoolOp():
            return _joined(node, context, holds=holds)
        case ast.UnaryOp(op=ast.Not()):
            return context.truth(node.operand, holds=not holds)
        case ast.Compare():
            return comparison(node, context, holds=holds)
        case ast.Name():
            return _named(node, context, holds=holds)
        case ast.Call() if _gives_condition(node, context):
            return _called(node, context, holds=holds) if fits(node, context) else None
        case ast.Tuple():
            remedy = "Take the comma out; decimals have a point, as in 2.5."
            context.slip("stray-comma", node, "One condition is expected, and here are several things.", remedy)
            return None
        case _:
            # Reading it as a number finds what else is wrong with it.
            quantity = context.quantity(node)
            if quantity:
                what = "a date" if quantity.is_date else "a number"
                message = f"'{context.written(node)}' is {what}, but a condition is needed."
                context.slip("not-a-condition", node, message, f"Compare it, as in '{context.written(node)} >= 1'.")
            return None


def either(parts: list[Truth | None], *, holds: bool) -> Truth | None:
    """Some part holds, or its opposite from parts already turned round; None if a part is missing."""
    known = tuple(part for part in parts if part)
    if len(known) < len(parts):
        return None
    if len(known) == 1:
        return known[0]
    return AnyOf(known) if holds else All(known)


def _joined(node: ast.BoolOp, context: Context, *, holds: bool) -> Truth | None:
    word = "and" if isinstance(node.op, ast.And) else "or"
    for value in node.values:
        if isinstance(value, ast.BoolOp) and not context.parsed.in_brackets(value):
            _mixed(node, value, context)
    parts = [
        None if _leftover(value, node, word, context) else context.truth(value, holds=holds) for value in node.values
    ]
    return either(parts, holds=holds is (word == "or"))


def _mixed(whole: ast.BoolOp, part: ast.BoolOp, context: Context) -> None:
    written, bare = context.written(whole), context.written(part)
    token = context.parsed.beside(part)
    remedy = f"Put brackets round one of the two: '{written.replace(bare, f'({bare})', 1)}', if that is meant."
    message = "'and' and 'or' stand side by side, and it is not clear which comes first."
    context.slip_at("mixed-and-or", (token.start, token.length), message, remedy)


def _leftover(value: ast.expr, whole: ast.BoolOp, word: str, context: Context) -> bool:
    """Note `who is a or b` and `kill or children in threats`: an option alone beside a comparison with its item."""
    option = context.word(value)
    if not option or context.named(value):
        return False
    for other in whole.values:
        if not isinstance(other, ast.Compare):
            continue
        left, right, op = other.left, other.comparators[-1], other.ops[-1]
        choice, ticks = context.meaning(left), context.meaning(right)
        if isinstance(ticks, Ticks) and option in ticks.options:
            held = f"{'not in' if isinstance(op, ast.NotIn) else 'in'} {context.written(right)}"
            remedy = f"Write '{option} {held}' on each side of '{word}'."
        elif isinstance(choice, Choice) and option in choice.options:
            both = ", ".join(sorted((context.written(right).strip("()"), option), key=context.parsed.text.find))
            inside = "not in" if isinstance(op, ast.IsNot | ast.NotIn | ast.NotEq) else "in"
            remedy = f"Write '{context.written(left)} {inside} ({both})'."
        else:
            continue
        context.slip("one-of", value, f"'{option}' is an option and not a condition of its own.", remedy)
        return True
    return False


def _named(node: ast.Name, context: Context, *, holds: bool) -> Truth | None:
    if context.word(node) == "always":
        return ALWAYS if holds else NEVER
    name = context.look_up(node)
    if not name:
        return None
    if isinstance(name.meaning, Choice) and name.meaning.yes_no:
        return Test(name.id, 1 << (name.meaning.options.index("yes" if holds else "no") + 1))
    kind = "guarantee-word" if isinstance(name.meaning, Thing) else "not-a-condition"
    kind = "group-alone" if isinstance(name.meaning, Members) else kind
    context.slip(kind, node, f"{describe(node, context)}, which is not a condition by itself.", as_condition(name))
    return None


def _gives_condition(node: ast.Call, context: Context) -> bool:
    function = FUNCTIONS.get(context.word(node.func))
    return function is not None and function.gives == "condition"


def _called(node: ast.Call, context: Context, *, holds: bool) -> Truth | None:
    word = context.word(node.func)
    if word in ("any", "all"):
        parts = [inside.truth(arg, holds=holds) for arg in node.args for inside in each(arg, context)]
        return either(parts, holds=holds is (word == "any")) if parts else None
    if word == "applies":
        return _applies(node.args[0], context, holds=holds)
    read = _printed if FUNCTIONS[word].vocabulary == "printed" else _recorded
    found = read(word, node.args[0], context)
    return found if holds or not found else Not(found)


def _applies(node: ast.expr, context: Context, *, holds: bool) -> Truth | None:
    name = _item(node, context, "applies")
    if not name or _of_the_wrong_kind(name, "applies", node, context):
        return None
    if isinstance(name.meaning, Choice):
        return Test(name.id, all_options(name.meaning) if holds else 1)
    return Applies(name.id) if holds else Not(Applies(name.id))


def _recorded(word: str, node: ast.expr, context: Context) -> Truth | None:
    name = _item(node, context, word)
    if not name or _of_the_wrong_kind(name, word, node, context):
        return None
    return Recorded(cast("RecordWord", word), name.id)


def _of_the_wrong_kind(name: Name, word: str, node: ast.expr, context: Context) -> bool:
    """Note what is no item, or for `judged` no outcome."""
    is_outcome = isinstance(name.meaning, Choice) and name.meaning.is_outcome
    is_score = isinstance(name.meaning, Numeric | Words) and name.meaning.is_score
    if is_outcome is (word == "judged") and not is_score:
        return False
    wanted = "an outcome" if word == "judged" else "an item"
    remedy = f"Write it as in '{FUNCTIONS[word].example}'."
    context.slip("wrong-arguments", node, f"'{word}' asks about {wanted}, but {describe(node, context)}.", remedy)
    return True


def _printed(word: str, node: ast.expr, context: Context) -> Truth | None:
    name = context.look_up(node) if isinstance(node, ast.Name) else None
    if name and isinstance(name.meaning, Thing) and name.meaning.word == word:
        return Printed(name.meaning.word, name.id)
    if name or not isinstance(node, ast.Name):
        remedy = as_condition(name) if name else f"For example '{FUNCTIONS[word].example}'."
        context.slip(
            "wrong-arguments", node, f"'{word}' asks about {PRINTED[word]}, but {describe(node, context)}.", remedy
        )
    return None


def _item(node: ast.expr, context: Context, word: str) -> Name | None:
    """Return the one thing with a name that a function asks about."""
    if not isinstance(node, ast.Name):
        remedy = f"For example '{FUNCTIONS[word].example}'."
        context.slip("wrong-arguments", node, f"'{word}' takes a name, but {describe(node, context)}.", remedy)
        return None
    name = context.look_up(node)
    if name and isinstance(name.meaning, Members | Thing):
        context.slip(
            "wrong-arguments", node, f"'{word}' takes one item, but {describe(node, context)}.", _one_by_one(name, word)
        )
        return None
    return name


def _one_by_one(name: Name, word: str) -> str:
    return f"Write 'any({word}({name.id}))' or 'all({word}({name.id}))'." if isinstance(name.meaning, Members) else ""
