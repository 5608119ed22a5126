"""What distinct answers mean: each is read and encoded once, by one person's own reader and encoder."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeVar

import numpy as np

from engine.cohort.columns import whole_numbers
from engine.cohort.sheet import ABSENT, Flags, Whole
from engine.cohort.whole import key_of
from engine.format.instrument import Item
from engine.interview.answers import InvalidRecord, read_answer
from engine.interview.encode import answered, last_day, open_item
from engine.interview.reading import YEARS
from engine.interview.record import Answer, Days, NonAnswer
from engine.program import names
from engine.program.columns import smallest
from engine.program.domain import bounds

FAR = date(YEARS[-1], 12, 31)  # no answer lies after it, so what depends on the assessment date is seen to by column
MOST_REMEMBERED = 50_000  # distinct answers of one item; then memory starts afresh

Said = Answer | NonAnswer | None
T = TypeVar("T")


class Meaning(NamedTuple):
    """What was said, the item's arguments (those of the whole range if nothing was), and whether it was refused.

    `first` is the first day of a date, 0 of anything else: it must not lie after the assessment.
    """

    said: Said
    ends: tuple[int, ...]
    refused: bool
    first: int = 0


@dataclass(frozen=True, slots=True)
class Meant:
    """What the values of a column mean: what was said, which are refused (None: none is), the first day of each, and
    of each argument the value by code, or one value where all agree.
    """

    said: list[Said]
    refused: Flags | None
    firsts: Any
    ends: dict[str, Any]


class Meanings:
    """The meanings of answers to one item, those met before at hand."""

    def __init__(self, item: Item, numbers: Any = np.int64) -> None:
        """Begin without any. `numbers` is the type of columns in which programs compute."""
        self.item = item
        self._type = _type_of(item, numbers)
        self.arguments = tuple(open_item(item, 0))
        nothing = tuple(open_item(item, FAR.toordinal()).values())
        self.nothing, self.bad = Meaning(None, nothing, refused=False), Meaning(None, nothing, refused=True)
        self._known: dict[Hashable, Meaning] = {}
        self._last: tuple[list[Any], Meant] | None = None

    def of_all(self, said: list[Any]) -> Meant:
        """Return what the JSON values of a column mean; the same list is looked at once."""
        if self._last is None or self._last[0] is not said:
            each = [self.of(one) for one in said]
            refused = np.array([one.refused for one in each])
            firsts = by_code([one.first for one in each])
            ends = self.by_code([one.ends for one in each])
            self._last = said, Meant([one.said for one in each], refused if refused.any() else None, firsts, ends)
        return self._last[1]

    def of(self, said: Any) -> Meaning:
        """Return what a JSON value, or ABSENT, means."""
        if said is ABSENT:
            return self.nothing
        key = said if isinstance(said, str) else key_of(said)
        if key is None:
            return self._read(said)
        meaning = self._known.get(key)
        if meaning is None:
            meaning = self._read(said)
            remember(self._known, key, meaning)
        return meaning

    def _read(self, said: Any) -> Meaning:
        try:
            answer = read_answer(self.item, said, FAR, self.item.id)
        except InvalidRecord:
            return self.bad
        if isinstance(answer, NonAnswer):
            return self.nothing._replace(said=answer)
        first = answer.first.toordinal() if isinstance(answer, Days) else 0
        return Meaning(answer, tuple(answered(self.item, answer, FAR.toordinal()).values()), refused=False, first=first)

    def by_code(self, ends: list[tuple[int, ...]]) -> dict[str, Any]:
        """Return of each argument the value by code, or one value where all agree, from the arguments of each code."""
        each = zip(self.arguments, zip(*ends, strict=True), strict=True)
        return {argument: by_code(list(values), self._type) for argument, values in each}

    def columns(self, codes: Whole, ends: dict[str, Any], today: Any) -> dict[str, Any]:
        """Return the item's arguments as columns, from their values by code and the day of each row."""
        found = {argument: at_codes(values, codes) for argument, values in ends.items()}
        if self.item.kind == "date":
            end = names.highest(self.item.id)
            found[end] = np.minimum(found[end], last_day(self.item, today))
        return found

    def too_late(self, codes: Whole, firsts: Any, today: Any) -> Any:
        """Return where a date lies after the last day it may be."""
        if self.item.kind != "date":
            return np.False_
        return np.asarray(at_codes(firsts, codes) > last_day(self.item, today))


def _type_of(item: Item, numbers: Any) -> Any:
    """Return the type of the columns of an item's arguments."""
    if item.kind in ("number", "date"):
        ends = bounds(item)
        return np.promote_types(numbers, smallest(max(-ends.least, ends.greatest)))
    return smallest(item.everything)


def by_code(values: list[Any], type_: Any = np.int64) -> Any:
    """Return the value of each code as a column; one value where all agree."""
    if all(value == values[0] for value in values):
        return values[0]
    return np.array(values) if isinstance(values[0], bool) else whole_numbers(values, type_)


def at_codes(values: Any, codes: Whole) -> Any:
    """Return a column from the value of each code; what holds of every code is left as it is."""
    return values.take(codes, mode="clip") if isinstance(values, np.ndarray) else values


def looked_up(values: list[Any], codes: Whole) -> Any:
    """Return a column from the value of each code; one value where all agree."""
    return at_codes(by_code(values), codes)


def remember(memory: dict[Hashable, T], key: Hashable, value: T) -> None:
    """Keep a value, and never more than so many of them."""
    if len(memory) >= MOST_REMEMBERED:
        memory.clear()
    memory[key] = value
