"""What a term depends on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from engine.language.terms import (
    Absent,
    All,
    Answer,
    AnyOf,
    Applies,
    Chosen,
    Compare,
    Constant,
    Count,
    CountSignposts,
    Floor,
    IfElse,
    Latest,
    Least,
    Mean,
    Not,
    Number,
    OrElse,
    Printed,
    Product,
    Recorded,
    Sum,
    Table,
    Test,
    Tick,
    Truth,
)


def reads(term: Truth | Number) -> frozenset[str]:
    """Return every name the term depends on: a repeat rather than its fields, and never `today`."""
    found: set[str] = set()
    for part in every_part(term):
        found |= _names(part)
    return frozenset(found - {"today"})


def every_part(term: Truth | Number) -> Iterator[Truth | Number]:
    """Yield the term and every term inside it, but not the conditions on entries of a repeat."""
    waiting: list[Truth | Number] = [term]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += _parts(part)


def _names(term: Truth | Number) -> set[str]:
    match term:
        case Test(name=name) | Applies(name=name) | Chosen(name=name) | Answer(name=name) | Table(name=name):
            return {name}
        case Recorded(name=name) | Printed(name=name) | Count(repeat=name) | Latest(repeat=name):
            return {name}
        case _:
            return set()


def _parts(term: Truth | Number) -> tuple[Truth | Number, ...]:
    """The terms inside; a repeat's condition speaks of its own fields and is left out."""
    match term:
        case All(parts=truths) | AnyOf(parts=truths):
            return truths
        case Least(parts=numbers) | Mean(parts=numbers):
            return numbers
        case Not(part=truth) | Tick(truth=truth):
            return (truth,)
        case OrElse(number=number) | Floor(number=number):
            return (number,)
        case Compare(left=left, right=right) | Product(left=left, right=right):
            return (left, right)
        case IfElse(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)
        case Sum(terms=terms):
            return tuple(number for _, number in terms)
        case Test() | Applies() | Chosen() | Recorded() | Printed() | Constant() | Absent() | Answer() | Table():
            return ()
        case Count() | Latest() | CountSignposts():
            return ()
        case _:
            assert_never(term)
