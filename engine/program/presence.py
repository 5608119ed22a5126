"""Whether a number is there in every world, whatever is answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from engine.language.terms import (
    Absent,
    Answer,
    Constant,
    Count,
    CountSignposts,
    Floor,
    IfElse,
    Latest,
    Least,
    Mean,
    Number,
    OrElse,
    Product,
    Sum,
    Table,
    Tick,
)


def surely_present(term: Number, domains: Mapping[str, int], surely_shown: frozenset[str]) -> bool:
    """Whether the number is there in every world; `domains` and `surely_shown` as in `Merger`."""

    def sure(one: Number) -> bool:
        return surely_present(one, domains, surely_shown)

    match term:
        case Constant() | Tick() | OrElse() | Count() | CountSignposts():
            return True
        case Absent() | Latest():
            return False
        case Answer(name):
            return name in surely_shown
        case Table(name, lowest, _):
            return all(value is not None for bit, value in enumerate(lowest) if domains[name] >> bit & 1)
        case Sum(terms):
            return all(sure(number) for _, number in terms)
        case Product(left, right):
            return sure(left) and sure(right)
        case Least(parts) | Mean(parts):
            return any(sure(part) for part in parts)
        case IfElse(_, then, otherwise):
            return sure(then) and sure(otherwise)
        case Floor(number):
            return sure(number)
    assert_never(term)
