"""The small changes of one condition or calculation, each with what it changes in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from engine.format.instrument import Instrument
from engine.interview.wording import number_words
from engine.language.terms import (
    NEVER,
    All,
    AnyOf,
    Chosen,
    Compare,
    Constant,
    Count,
    IfElse,
    Not,
    Number,
    OrElse,
    Product,
    Recorded,
    Sum,
    Table,
    Test,
    Tick,
    Truth,
)

Changed = tuple[Any, str]
ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Changes:
    """Makes the changes of terms of one instrument. `ordered` are the choices that have cut-offs."""

    instrument: Instrument
    ordered: frozenset[str]

    def of(self, term: Truth | Number) -> Iterator[Changed]:
        """Yield every change of a term; points are changed with their items."""
        yield from self._own(term)
        yield from self._inside(term)

    def _own(self, term: Truth | Number) -> Iterator[Changed]:
        match term:
            case All(()):
                yield NEVER, "always becomes never"
            case All(parts):
                yield AnyOf(parts), "'and' becomes 'or'"
            case AnyOf(parts) if len(parts) > 1:
                yield All(parts), "'or' becomes 'and'"
            case Test():
                yield from self._test(term)
            case Chosen(name, option):
                yield Not(term), f"'{self._option(name, option)} in {name}' becomes its opposite"
            case Recorded(word, name):
                yield Not(term), f"'{word}({name})' becomes its opposite"
            case Compare():
                yield from _compared(term)
            case Sum(terms):
                yield from _weights(terms)

    def _inside(self, term: Truth | Number) -> Iterator[Changed]:
        match term:
            case All(parts) | AnyOf(parts):
                for place, part in enumerate(parts):
                    for other, words in self.of(part):
                        yield type(term)((*parts[:place], other, *parts[place + 1 :])), words
            case Not(part):
                yield from ((Not(other), words) for other, words in self.of(part) if not isinstance(other, Not))
            case Compare(_, left, right):
                yield from ((replace(term, left=other), words) for other, words in self.of(left))
                yield from ((replace(term, right=other), words) for other, words in self.of(right))
            case Tick(truth):
                yield from ((Tick(other), words) for other, words in self.of(truth))
            case Sum(terms):
                for place, (weight, number) in enumerate(terms):
                    for other, words in self.of(number):
                        yield Sum((*terms[:place], (weight, other), *terms[place + 1 :])), words
            case Count(_, condition):
                yield from ((replace(term, condition=other), words) for other, words in self.of(condition))
            case IfElse(condition):
                yield from ((replace(term, condition=other), words) for other, words in self.of(condition))
            case Product(left, right):
                yield from ((replace(term, left=other), words) for other, words in self.of(left))
                yield from ((replace(term, right=other), words) for other, words in self.of(right))

    def _test(self, term: Test) -> Iterator[Changed]:
        name, allowed = term.name, term.allowed
        size = self._size(name)
        everything, hidden = (2 << size) - 2, allowed & 1
        chosen = allowed & everything
        if name not in self.ordered or not _is_cut(chosen, size):
            if chosen not in (0, everything):
                yield (
                    Test(name, (everything & ~chosen) | hidden),
                    f"'{self._tested(name, chosen)}' becomes its opposite",
                )
            return
        low, high = (chosen & -chosen).bit_length() - 1, chosen.bit_length() - 1
        from_below = high == size
        for step in (-1, 1):
            edge = (low if from_below else high) + step
            cut = everything & -(1 << edge) if from_below else everything & ((2 << edge) - 1)
            if cut not in (0, everything, chosen) and 1 <= edge <= size:
                word = ">=" if from_below else "<="
                written = f"{name} {word} {self._option(name, edge - step)}"
                yield Test(name, cut | hidden), f"'{written}' becomes '{word} {self._option(name, edge)}'"

    def _size(self, name: str) -> int:
        item = self.instrument.items.get(name)
        return len(item.options) if item is not None else len(self._levels(name)) or self._field(name)

    def _levels(self, name: str) -> tuple[str, ...]:
        outcome = self.instrument.outcomes.get(name)
        return tuple(level.id for level in outcome.levels) if outcome is not None else ()

    def _field(self, name: str) -> int:
        return next(
            len(one.options) for item in self.instrument.items.values() for one in item.fields if one.id == name
        )

    def _option(self, name: str, place: int) -> str:
        if name in self.instrument.items:
            return self.instrument.items[name].options[place - 1].id
        levels = self._levels(name)
        return levels[place - 1] if levels else f"option {place}"

    def _tested(self, name: str, chosen: int) -> str:
        places = [place for place in range(1, chosen.bit_length()) if chosen >> place & 1]
        return f"{name} in ({', '.join(self._option(name, place) for place in places)})"


def _is_cut(chosen: int, size: int) -> bool:
    """Whether a set of options is all from one on, or all up to one, and not a single one in a list of two."""
    run = chosen // (chosen & -chosen) if chosen else 0
    return bool(chosen) and size > 2 and run & (run + 1) == 0 and (chosen >> size & 1 == 1 or chosen >> 1 & 1 == 1)


def _compared(term: Compare) -> Iterator[Changed]:
    op, left, right = term.op, term.left, term.right
    for side, number, other in (("right", right, left), ("left", left, right)):
        if isinstance(number, Constant) and not isinstance(other, Constant):
            for step in (-ONE, ONE):
                value = number.value + step
                words = f"the cut-off {number_words(number.value)} becomes {number_words(value)}"
                yield (
                    (Compare(op, left, Constant(value)) if side == "right" else Compare(op, Constant(value), right)),
                    words,
                )
            break
    else:
        if op in (">=", ">"):
            yield Compare(">" if op == ">=" else ">=", left, right), f"'{op}' becomes '{'>' if op == '>=' else '>='}'"
    if op in (">=", ">"):
        yield Compare(">" if op == ">=" else ">=", right, left), "the comparison becomes its opposite"
    else:
        yield Compare("!=" if op == "==" else "==", left, right), f"'{op}' becomes its opposite"


def _weights(terms: tuple[tuple[Fraction, Number], ...]) -> Iterator[Changed]:
    for place, (weight, number) in enumerate(terms):
        # a factor of one is nobody's number: it stands for what is counted
        if isinstance(number, Constant) or abs(weight) == 1:
            continue
        changed = (*terms[:place], (weight + 1, number), *terms[place + 1 :])
        yield Sum(changed), f"the factor {number_words(weight)} of part {place + 1} becomes {number_words(weight + 1)}"


def points_changed(points: Number, name: Callable[[int], str]) -> Iterator[tuple[Number, str]]:
    """Yield an item's points with one number changed, one more or one less."""
    match points:
        case Table(item, lowest, highest):
            for place, value in enumerate(lowest):
                if place == 0 or value is None or value != highest[place]:
                    continue
                for step in (-ONE, ONE) if value else (ONE,):
                    row = (*lowest[:place], value + step, *lowest[place + 1 :])
                    both = (*highest[:place], value + step, *highest[place + 1 :])
                    yield Table(item, row, both), _worth(name(place), value, step)
        case Sum(terms):
            for place, (weight, number) in enumerate(terms):
                if isinstance(number, Tick) and isinstance(number.truth, Chosen):
                    for step in (-ONE, ONE) if weight else (ONE,):
                        changed = (*terms[:place], (weight + step, number), *terms[place + 1 :])
                        yield Sum(changed), _worth(name(number.truth.option), weight, step)
        case IfElse(_, then, _):
            for other, words in points_changed(then, name):
                yield replace(points, then=other), words
        case OrElse(number, _):
            for other, words in points_changed(number, name):
                yield replace(points, number=other), words


def _worth(option: str, value: Fraction, step: Fraction) -> str:
    return f"{option} counts {number_words(value + step)} instead of {number_words(value)}"
