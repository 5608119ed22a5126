"""The functions that give numbers and dates."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fractions import Fraction

from engine.language.calls import fits
from engine.language.context import Context, Quantity
from engine.language.describe import as_number, describe
from engine.language.functions import FUNCTIONS, takes
from engine.language.groups import each, nested
from engine.language.scope import Choice, Entries, Members, Moment, Name, Numeric, Thing, Ticks, Words
from engine.language.steps import steps
from engine.language.sums import greatest, total
from engine.language.terms import (
    ALWAYS,
    Answer,
    Chosen,
    Constant,
    Count,
    CountSignposts,
    Floor,
    Latest,
    Least,
    Mean,
    Number,
    OrElse,
    Tick,
)

_ONE = Fraction(1)
_HALF = Constant(Fraction(1, 2))
_TODAY = Answer("today")


def called(node: ast.Call, context: Context) -> Quantity | None:
    """Read a function that gives a number or a date."""
    word = context.word(node.func)
    function = FUNCTIONS.get(word)
    if function and function.gives == "condition":
        if context.truth(node):
            message = f"'{context.written(node)}' is a condition, but a number is needed."
            context.slip(
                "not-a-number", node, message, f"Write 'count({context.written(node)})': 1 if it holds, else 0."
            )
        return None
    if not fits(node, context):
        return None
    if word == "latest":
        latest = _latest(node.args[0], context)
        return Quantity(latest, is_date=True) if latest else None
    term = _number(word, node, context)
    return Quantity(term) if term else None


def _number(word: str, node: ast.Call, context: Context) -> Number | None:
    match word:
        case "points":
            return _points(node.args[0], context)
        case "count":
            return _count(node, context)
        case "count_signposts":
            return CountSignposts()
        case "days_since":
            return _days_since(node.args[0], context)
        case "steps":
            return steps(node, context)
        case "round" | "floor":
            number = context.number(node.args[0])
            if not number:
                return None
            return Floor(total([(_ONE, number), (_ONE, _HALF)]) if word == "round" else number)
        case _:
            parts = _parts(node, context)
            return _gathered(word, parts) if parts else None


def _gathered(word: str, parts: tuple[Number, ...]) -> Number:
    match word:
        case "min":
            return Least(parts)
        case "max":
            return greatest(parts)
        case "mean":
            return Mean(parts)
        case _:
            return total((_ONE, _present(part)) for part in parts)


def _present(number: Number) -> Number:
    """`sum` passes over what is absent."""
    return number if isinstance(number, Constant | Tick | Count) else OrElse(number, Fraction(0))


def _parts(node: ast.Call, context: Context) -> tuple[Number, ...] | None:
    """Read the arguments of sum, mean, min, max: an item's name means its points, a group's its items' points."""
    found = [number for arg in node.args for number in _worths(arg, context)]
    parts = tuple(number for number in found if number)
    return parts if len(parts) == len(found) else None


def _worths(node: ast.expr, context: Context) -> Iterator[Number | None]:
    if not isinstance(node, ast.Name) or nested(node, context):
        read = [inside.number(node) for inside in each(node, context)]
        yield from read or (None,)
        return
    name = context.look_up(node)
    if not name:
        yield None
    elif isinstance(name.meaning, Members):
        points = [member.points for member in context.members(node, name.meaning) if member.points]
        if not points:
            context.slip("nothing-to-sum", node, f"No item of '{name.id}' has points.", "Give its items points.")
        yield from points or (None,)
    elif name.points or isinstance(name.meaning, Numeric):
        yield name.points or context.number(node)
    else:
        _no_points(name, node, context)
        yield None


def _points(node: ast.expr, context: Context) -> Number | None:
    name = context.look_up(node) if isinstance(node, ast.Name) else None
    if name and name.points:
        return name.points
    if name and isinstance(name.meaning, Members):
        message = f"{describe(node, context)} and stands for several items."
        remedy = f"Write 'sum({name.id})', or use it inside a function, as in 'count(points({name.id}) >= 2)'."
        context.slip("group-alone", node, message, remedy)
    elif name:
        _no_points(name, node, context)
    elif not isinstance(node, ast.Name):
        context.slip(
            "wrong-arguments", node, f"'points' takes an item, but {describe(node, context)}.", takes("points")
        )
    return None


def _no_points(name: Name, node: ast.expr, context: Context) -> None:
    match name.meaning:
        case Numeric():
            remedy = f"Its value is just '{name.id}'."
        case Choice(is_outcome=False) | Ticks():
            remedy = f"Give '{name.id}' points."
        case Words():
            remedy = "A text is never scored."
        case _:
            remedy = as_number(name)
    kind = "guarantee-word" if isinstance(name.meaning, Thing) else "no-points"
    context.slip(kind, node, f"{describe(node, context)} and has no points.", remedy)


def _count(node: ast.Call, context: Context) -> Number | None:
    if nested(node.args[0], context):
        return None
    first = context.named(node.args[0])
    if first and isinstance(first.meaning, Entries):
        return _count_entries(first, first.meaning, node, context)
    if first and isinstance(first.meaning, Ticks) and len(node.args) == 1 and context.look_up(node.args[0]):
        options = [
            number for number, option in enumerate(first.meaning.options, 1) if option not in first.meaning.on_its_own
        ]
        return total((_ONE, Tick(Chosen(first.id, number))) for number in options)
    truths = [inside.truth(arg) for arg in node.args for inside in each(arg, context)]
    known = [truth for truth in truths if truth]
    return total((_ONE, Tick(truth)) for truth in known) if known and len(known) == len(truths) else None


def _count_entries(repeat: Name, entries: Entries, node: ast.Call, context: Context) -> Number | None:
    context.look_up(node.args[0])
    if len(node.args) > 2:
        remedy = f"Join the conditions with 'and': 'count({repeat.id}, … and …)'."
        context.slip("wrong-arguments", node.func, "'count' of a repeat takes one condition.", remedy)
        return None
    if len(node.args) == 1:
        return Count(repeat.id, ALWAYS)
    condition = context.entry_of(repeat, entries).truth(node.args[1])
    return Count(repeat.id, condition) if condition else None


def _latest(node: ast.expr, context: Context) -> Number | None:
    repeat = (
        context.look_up(node.value) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) else None
    )
    if not isinstance(node, ast.Attribute) or (repeat and not isinstance(repeat.meaning, Entries)):
        word = context.word(node)
        owners = [
            name.id
            for name in context.scope.names.values()
            if isinstance(name.meaning, Entries) and (not word or word in name.meaning.fields)
        ]
        example = f"latest({owners[0]}.{word or '…'})" if owners else FUNCTIONS["latest"].example
        message = f"'latest' takes a date of a repeat, but {describe(node, context)}."
        context.slip("wrong-arguments", node, message, f"Write it as in '{example}'.")
        return None
    if not repeat or not isinstance(repeat.meaning, Entries):
        return None
    token = context.parsed.last_token(node)
    field = repeat.meaning.fields.get(token.text)
    if not field:
        message = f"'{repeat.id}' has no field '{token.text}'."
        remedy = f"Its fields are {', '.join(repeat.meaning.fields)}."
        context.slip_at("unknown-field", (token.start, token.length), message, remedy)
        return None
    if not isinstance(field.meaning, Moment):
        message = f"'{repeat.id}.{field.id}' is not a date ({field.origin})."
        context.slip_at("not-a-date", (token.start, token.length), message, "'latest' takes a date of a repeat.")
        return None
    return Latest(repeat.id, field.id)


def _days_since(node: ast.expr, context: Context) -> Number | None:
    found = context.quantity(node)
    if found and not found.is_date:
        message = f"'days_since' takes a date, but {describe(node, context)}."
        context.slip("not-a-date", node, message, takes("days_since"))
        return None
    return total([(_ONE, _TODAY), (Fraction(-1), found.term)]) if found else None
