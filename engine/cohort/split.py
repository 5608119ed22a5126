"""Run an outcome's program for each value of its two-way items, in all rows at once, and unite the results.

The column form of `engine.interview.split`: the same items, the same prefix of them, the same order of runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.cohort.columns import Run
from engine.cohort.sheet import Flags, Whole
from engine.interview.encode import without_points
from engine.program import names
from engine.program.compiler import Compiled, Program
from engine.program.two_way import RUNS, TwoWay

Columns = Mapping[str, Any]
NOWHERE = np.False_
FEW = 4


@dataclass(frozen=True, slots=True)
class _Way:
    """A two-way item that is run through.

    `counts` is the number of its values in each row, 0 where it keeps its range; `kinds` the kind of row it is;
    `values` gives for each argument the values by place, one column a kind.
    """

    counts: Whole
    kinds: Whole
    values: dict[str, Any]

    def cut(self, rows: Whole) -> _Way:
        return _Way(self.counts[rows], self.kinds[rows], self.values)


class Splitter:
    """Narrows one outcome of an instrument."""

    def __init__(self, compiled: Compiled, outcome: str, program: Program, run: Run) -> None:
        """Keep the outcome's own program, bound to columns."""
        self.compiled, self.outcome = compiled, outcome
        self.program, self.run = program, run

    def narrowed(self, values: Columns, plain: Whole, hidden: Mapping[str, Flags]) -> tuple[Whole, Flags]:
        """Return the levels possible over all values of the two-way items, and whether at least and at most are exact.

        `plain` are the levels that one run on the whole ranges leaves; `hidden` says of items that may be hidden where
        they certainly are.
        """
        rows = len(plain)
        is_open = (plain & (plain - 1)) != 0  # elsewhere the bounds meet: there is nothing left to narrow
        exact, within = np.ones(rows, dtype=bool), is_open.copy()  # within: where the items so far are few enough
        for name in self.compiled.beyond[self.outcome]:
            none_open = (values[names.mask(name)] & without_points(self.compiled.instrument.items[name])) == 0
            exact &= none_open | hidden.get(name, NOWHERE)
        runs, ways = np.ones(rows, dtype=np.int64), list[_Way]()
        for item in self.compiled.two_way[self.outcome]:
            two_way = within & _is_open(item, values) & ~hidden.get(item.name, NOWHERE)
            if not two_way.any():
                continue
            if not item.can_split:
                exact &= ~two_way
                continue
            way = _way(item, values, two_way)
            fits = runs * way.counts <= RUNS
            within &= fits
            counts = np.where(fits, way.counts, 0)
            runs *= np.maximum(counts, 1)
            ways.append(_Way(counts, way.kinds, way.values))
        return self._united(values, ways, runs, plain), ~is_open | exact & within

    def _united(self, values: Columns, ways: list[_Way], runs: Whole, plain: Whole) -> Whole:
        """Unite the runs of each row until they reach everything that is plainly possible."""
        live = np.zeros(len(plain), dtype=bool)
        for way in ways:
            live |= way.counts > 0
        united, rows, turn = np.where(live, 0, plain), np.arange(len(plain)), 0
        goal, mask, mine = plain, united, {name: values[name] for name in self.program.arguments}
        while (left := np.flatnonzero(live)).size:
            if left.size * FEW < len(rows):  # else it costs more to gather the rows than to run them all
                united[rows] = mask
                rows, mask, goal, runs, live = rows[left], mask[left], goal[left], runs[left], live[left]
                mine = {name: _taken(value, left) for name, value in mine.items()}
                ways = [way.cut(left) for way in ways]
            (found,) = self.run(*_picked(self.program.arguments, mine, ways, turn))
            mask = mask | np.where(live, found, 0)
            turn += 1
            live = live & (mask != goal) & (runs > turn)
        united[rows] = mask
        return united


def _picked(arguments: tuple[str, ...], mine: Columns, ways: list[_Way], turn: int) -> list[Any]:
    """Return the arguments of a turn: every way's value at its place, the last way changing fastest."""
    picked = dict(mine)
    later: Any = 1
    for way in reversed(ways):
        counts = np.maximum(way.counts, 1)
        place = turn // later % counts
        for name, each in way.values.items():
            if name in mine:
                picked[name] = np.where(way.counts > 0, each[place, way.kinds], mine[name])
        later = later * counts
    return [picked[name] for name in arguments]


def _taken(value: Any, rows: Whole) -> Any:
    return value.take(rows) if isinstance(value, np.ndarray) else value


def _is_open(item: TwoWay, values: Columns) -> Any:
    if item.kind == "mask":
        mask = values[item.arguments[0]]
        several = (mask & (mask - 1)) != 0
        for one in item.alike:
            several = several & ((mask & ~one) != 0)
        return several
    pairs = zip(item.arguments[::2], item.arguments[1::2], strict=True)
    if item.kind != "entries":
        return np.logical_or.reduce([np.not_equal(values[low], values[high]) for low, high in pairs])
    found: Any = False
    for low, high in pairs:
        stem = low.removesuffix("__from")
        must, may = values.get(f"{stem}__must", True), values.get(f"{stem}__may", True)
        found = found | np.not_equal(must, may) | (may & np.not_equal(values[low], values[high]))
    return found


def _way(item: TwoWay, values: Columns, where: Flags) -> _Way:
    """Return the values of a two-way item in the rows where it is to be run through."""
    rows = np.flatnonzero(where)
    first, last = item.arguments[0], item.arguments[-1]
    low, high = (np.broadcast_to(np.asarray(values[end], dtype=np.int64), where.shape)[rows] for end in (first, last))
    lows, of_low = np.unique(low, return_inverse=True)
    highs, of_high = np.unique(high, return_inverse=True)
    kinds, of_row = np.unique(of_low * len(highs) + of_high, return_inverse=True)
    ends = [(int(lows[kind // len(highs)]), int(highs[kind % len(highs)])) for kind in kinds]
    found = [list(item.each({first: one, last: other})) for one, other in ends]
    most = max(map(len, found))
    each = {name: np.zeros((most, len(found)), dtype=np.int64) for name in item.arguments}
    for kind, picks in enumerate(found):
        for place, pick in enumerate(picks):
            for name, value in pick.items():
                each[name][place, kind] = value
    counts, codes = np.zeros(len(where), dtype=np.int64), np.zeros(len(where), dtype=np.int64)
    counts[rows], codes[rows] = np.array([len(picks) for picks in found])[of_row], of_row
    return _Way(counts, codes, each)
