"""Weighted sums: flattened, with the constants added up and put last."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from engine.language.terms import Constant, Least, Number, Sum


def total(terms: Iterable[tuple[Fraction, Number]]) -> Number:
    """Return the weighted sum; a weight of 0 stays, because it makes the sum absent where its number is."""
    constant = Fraction(0)
    kept: list[tuple[Fraction, Number]] = []
    for weight, number in terms:
        match number:
            case Constant(value=value):
                constant += weight * value
            case Sum(terms=inner):
                for share, part in inner:
                    if isinstance(part, Constant):
                        constant += weight * share * part.value
                    else:
                        kept.append((weight * share, part))
            case _:
                kept.append((weight, number))
    if not kept:
        return Constant(constant)
    if constant:
        kept.append((Fraction(1), Constant(constant)))
    return kept[0][1] if len(kept) == 1 and kept[0][0] == 1 else Sum(tuple(kept))


def scaled(weight: Fraction, number: Number) -> Number:
    return total([(weight, number)])


def opposite(number: Number) -> Number:
    return scaled(Fraction(-1), number)


def greatest(numbers: Iterable[Number]) -> Number:
    """Return the greatest of those present."""
    return opposite(Least(tuple(opposite(number) for number in numbers)))
