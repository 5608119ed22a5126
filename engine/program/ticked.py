"""Sums over what is ticked in one list, recognised."""

from __future__ import annotations

from fractions import Fraction

from engine.language.terms import Absent, Applies, Chosen, Constant, IfElse, Number, Sum, Tick, Truth


def points_where_shown(number: IfElse) -> bool:
    """Whether this is the points of a tick list: where it applies, a sum of what is ticked."""
    if not (isinstance(number.condition, Applies) and isinstance(number.otherwise, Absent)):
        return False
    terms = number.then.terms if isinstance(number.then, Sum) else ((Fraction(1), number.then),)
    return all(
        isinstance(one, Tick) and isinstance(one.truth, Chosen) and one.truth.name == number.condition.name
        for _, one in terms
    )


def any_of_these(parts: tuple[tuple[Fraction, Number], ...]) -> tuple[Truth, ...] | None:
    """Return the options of which any one is enough, if that is what "count of ticked >= 1" comes to."""
    needed = -sum((weight * one.value for weight, one in parts if isinstance(one, Constant)), Fraction(0))
    ticks = [(weight, one.truth) for weight, one in parts if isinstance(one, Tick)]
    constants = sum(isinstance(one, Constant) for _, one in parts)
    if len(ticks) + constants < len(parts) or not ticks or needed <= 0 or any(weight < needed for weight, _ in ticks):
        return None
    return tuple(truth for _, truth in ticks)
