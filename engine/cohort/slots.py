"""Which two-way items are open in which rows, and the values to run them through: a few slots for each row.

The runs of a row are at most `RUNS`, and an open item has two values at least, so there are at most six slots,
whichever of hundreds of items fill them. That keeps the work in proportion to what is open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.cohort.sheet import Flags, Whole
from engine.program.columns import smallest
from engine.program.two_way import RUNS, TwoWay

Columns = Mapping[str, Any]
MOST = RUNS.bit_length() - 1  # slots of a row
ENOUGH = 1 << 17  # runs from which is learnt which values reach the ends


@dataclass(frozen=True, slots=True)
class Rows:
    """What is known of some rows: arguments and lines of the whole program by name, and of items that may be hidden
    where they may be shown.
    """

    values: dict[str, Any]
    shown: Mapping[str, Any]
    _open: dict[str, Whole] = field(default_factory=dict)

    def open_in(self, item: TwoWay) -> Whole:
        """Return the rows in which an item is open, and not certainly hidden."""
        if item.name not in self._open:
            self._open[item.name] = np.flatnonzero(_is_open(item, self.values) & self.shown.get(item.name, True))
        return self._open[item.name]


@dataclass(frozen=True, slots=True)
class Slots:
    """Some rows, and the items of each that are run through, in page order: the first in `items[0]`, and so on, as many
    as `used` says, one at least. Their values stand in the table of `Values`, from `first` on, so many as `counts`;
    unused slots count 1.

    The runs of a row are numbered, the last slot fastest: of run r, slot s has the value `r // weights[s] % counts[s]`.
    """

    rows: Whole
    used: Whole
    items: Whole
    first: Whole
    counts: Whole
    weights: Whole

    def runs(self) -> Whole:
        """Return how many runs each row takes."""
        runs: Whole = np.multiply.reduce(self.counts, axis=0, dtype=np.int8)
        return runs

    def take(self, which: Whole) -> Slots:
        """Return the slots of some of the rows."""
        each = (one.take(which, axis=1) for one in (self.items, self.first, self.counts, self.weights))
        return Slots(self.rows[which], self.used[which], *each)

    def part(self, rows: slice) -> Slots:
        """Return the slots of rows that lie together."""
        each = (one[:, rows] for one in (self.items, self.first, self.counts, self.weights))
        return Slots(self.rows[rows], self.used[rows], *each)

    def places(self, slot: int, runs: Whole) -> Whole:
        """Return where in the table of values stands that of one slot in these runs."""
        places: Whole = self.first[slot] + runs // self.weights[slot] % self.counts[slot]
        return places

    def stages(self, most: int) -> list[Whole]:
        """Return how many slots are fixed after each stage of a walk: a stage fixes one, and as many more as together
        have at most so many values.
        """
        stages: list[Whole] = []
        fixed = np.zeros_like(self.used)
        while (fixed < self.used).any():
            before, several = fixed, np.ones_like(self.used)
            for slot in range(len(self.items)):
                several = np.where(slot >= before, several * self.counts[slot], 1)
                fixed = np.where((slot >= before) & ((several <= most) | (slot == before)), slot + 1, fixed)
            stages.append(np.minimum(fixed, self.used))
            fixed = stages[-1]
        return stages


class Values:
    """The values that items may have, by the range that is left of them: each range is looked at once."""

    def __init__(self, items: Sequence[TwoWay]) -> None:
        """Begin without any."""
        self.items = items
        self.table = np.zeros(0, np.int64)
        self._reached = np.ones((3, 0), np.int64)  # of each value: runs, those that reached the lowest, and the highest
        self._learnt = 0
        self._best: tuple[Whole, Whole] | None = None
        self._first, self._counts = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self._known: dict[tuple[int, int, int], int] = {}

    def slots(self, of: Rows, among: Flags) -> tuple[Slots, Whole]:
        """Return the slots of those among these rows in which an item is open, and the rows in which more is open than
        there are slots for.
        """
        where, ranges, which = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for number, item in enumerate(self.items):
            rows = of.open_in(item)
            rows = rows[among[rows]]
            if rows.size:
                low, high = (_taken(of.values[name], rows) for name in (item.arguments[0], item.arguments[-1]))
                found = self._ranges(number, low, high, rows.size)
                several = self._counts[found] > 1
                where.append(rows[several])
                ranges.append(found[several])
                which.append(np.full(len(where[-1]), number))
        row = np.concatenate(where)
        order = np.argsort(row.astype(smallest(len(among))), kind="stable")  # quick for few bits
        many = np.bincount(row)
        rows = np.flatnonzero(many)
        return self._prefixes(rows, many[rows], np.concatenate(which)[order], np.concatenate(ranges)[order])

    def _prefixes(self, rows: Whole, many: Whole, items: Whole, ranges: Whole) -> tuple[Slots, Whole]:
        """Return the slots of rows with so many open items each; row by row follow the items and their ranges."""
        first, counts = self._first[ranges], self._counts[ranges]
        used, runs, whole = np.zeros_like(many), np.ones_like(many), np.ones(len(rows), dtype=bool)
        start = np.cumsum(many) - many
        places, starts = np.zeros((MOST, len(rows)), np.int32), np.zeros((MOST, len(rows)), np.int32)
        sizes, before = np.ones((MOST, len(rows)), np.int8), np.ones((MOST, len(rows)), np.int8)
        slot, going = 0, np.arange(len(rows))
        while going.size:
            at = start[going] + slot
            fits = runs[going] * counts[at] <= RUNS
            whole[going[~fits]] = False
            going, at = going[fits], at[fits]
            if going.size:
                places[slot, going], starts[slot, going], sizes[slot, going] = items[at], first[at], counts[at]
                used[going] += 1
                runs[going] *= counts[at]
                slot += 1
                going = going[many[going] > slot]
        for later in range(slot - 1, 0, -1):
            before[later - 1] = before[later] * sizes[later]
        found = Slots(rows, used, places[:slot], starts[:slot], sizes[:slot], before[:slot])
        some = np.flatnonzero(used)
        return found if some.size == rows.size else found.take(some), rows[~whole]

    def likely(self, slots: Slots) -> tuple[Whole, Whole]:
        """Return of each row the run that is likely to reach the lowest of all levels, and another that is likely to
        reach the highest.
        """
        if self._best is None:
            self._best = self._likely()
        runs = [np.zeros(len(slots.rows), np.int8), np.zeros(len(slots.rows), np.int8)]
        for slot in range(len(slots.items)):
            for end, digits in enumerate(self._best):
                runs[end] += np.where(slots.counts[slot] > 1, digits.take(slots.first[slot]), 0) * slots.weights[slot]
        return runs[0], runs[1]

    def _likely(self) -> tuple[Whole, Whole]:
        """Return, by the first value of each range, which of its values reached the lowest most often, and which other
        one the highest.
        """
        tried, low, high = self._reached
        place, best = np.arange(len(self.table)), []
        for reached in (low, high):
            rate = reached / tried
            most = np.repeat(np.maximum.reduceat(rate, self._first), self._counts)
            best.append(np.minimum.reduceat(np.where(rate == most, place, len(place)), self._first) - self._first)
        best[1] = np.where(best[0] == best[1], (best[1] + 1) % self._counts, best[1])
        found = np.zeros((2, len(place)), np.int8)
        found[:, self._first] = best
        return found[0], found[1]

    def learn(self, slots: Slots, fixed: Whole, runs: Whole, lowest: Flags, highest: Flags) -> None:
        """Remember which values some runs with so many fixed slots had that reached the lowest and highest levels."""
        if self._learnt >= ENOUGH:
            return
        self._learnt, self._best = self._learnt + len(runs), None
        for slot in range(len(slots.items)):
            rows = np.flatnonzero(fixed > slot)
            place = slots.places(slot, runs)[rows]
            for end, where in enumerate((np.ones_like(lowest), lowest, highest)):
                self._reached[end] += np.bincount(place[where[rows]], minlength=len(self.table))

    def _ranges(self, number: int, low: Any, high: Any, rows: int) -> Whole:
        """Return of each row the number of the range that is left of an item."""
        lows, of_low = _distinct(low)
        highs, of_high = (lows, of_low) if high is low else _distinct(high)
        if len(lows) == len(highs) == 1:
            return np.full(rows, self._range(number, lows[0], highs[0]))
        pairs, of_row = np.unique(of_low * len(highs) + of_high, return_inverse=True)
        found = [self._range(number, lows[one // len(highs)], highs[one % len(highs)]) for one in pairs.tolist()]
        return np.array(found)[of_row]

    def _range(self, number: int, low: int, high: int) -> int:
        known = self._known.get((number, low, high))
        if known is None:
            known = self._known[number, low, high] = len(self._first)
            item = self.items[number]
            found = [one[item.arguments[0]] for one in item.each({item.arguments[0]: low, item.arguments[-1]: high})]
            self._first = np.append(self._first, len(self.table))
            self._counts = np.append(self._counts, len(found))
            self.table = np.append(self.table, np.array(found, dtype=np.int64))
            self._best = None
            self._reached = np.append(self._reached, np.ones((3, len(found)), np.int64), axis=1)
        return known


def _distinct(value: Any) -> tuple[list[int], Any]:
    """Return the distinct numbers of a column, and which of them stands in each row."""
    if not isinstance(value, np.ndarray):
        return [value], 0
    least = value.min()
    if least == value.max():
        return [int(least)], 0
    found, of_row = np.unique(value, return_inverse=True)
    return found.tolist(), of_row


def _taken(value: Any, rows: Whole) -> Any:
    return value.take(rows) if isinstance(value, np.ndarray) else value


def _is_open(item: TwoWay, values: Columns) -> Any:
    """Return where an item is not settled."""
    if item.kind == "mask":
        mask = values[item.arguments[0]]
        return (mask & (mask - 1)) != 0
    pairs = zip(item.arguments[::2], item.arguments[1::2], strict=True)
    if item.kind != "entries":
        return np.logical_or.reduce([np.not_equal(values[low], values[high]) for low, high in pairs])
    found: Any = False
    for low, high in pairs:
        stem = low.removesuffix("__from")
        must, may = values.get(f"{stem}__must", True), values.get(f"{stem}__may", True)
        found = found | np.not_equal(must, may) | (may & np.not_equal(values[low], values[high]))
    return found
