"""Run an outcome's program for each value of its two-way items, in all rows at once, and unite the results.

The column form of `engine.interview.split`: the same items, the same prefix of them, in another order of runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import gcd
from typing import Any

import numpy as np

from engine.cohort.arrays import full
from engine.cohort.columns import Run
from engine.cohort.sheet import Flags, Whole
from engine.interview.encode import without_points
from engine.program import names
from engine.program.compiler import Compiled, Program
from engine.program.two_way import RUNS, TwoWay

Columns = Mapping[str, Any]
NOWHERE = np.False_
TURNS = 3  # so many in which every row that is left takes one step
LONGEST = 16384  # rows that run at once


def _stride(runs: int) -> int:
    """Return a step that visits each of so many runs once, far apart: near the golden section of them."""
    return next(step for step in range(max(1, runs * 618 // 1000), runs + 1) if gcd(step, runs) == 1)


STRIDES = np.array([1, *(_stride(runs) for runs in range(1, RUNS + 1))])
"""Runs far apart differ more, so that together they sooner reach all there is; which comes first changes no result."""


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
        read = [*program.arguments, *map(names.mask, compiled.beyond[outcome])]
        for item in compiled.two_way[outcome]:
            stems = [end.removesuffix("__from") for end in item.arguments[::2]] if item.kind == "entries" else []
            read += [*item.arguments, *(f"{stem}__{word}" for stem in stems for word in ("must", "may"))]
        self.read = tuple(dict.fromkeys(read))

    def narrowed(self, values: Columns, plain: Whole, hidden: Mapping[str, Flags]) -> tuple[Whole, Flags]:
        """Return the levels possible over all values of the two-way items, and whether at least and at most are exact.

        `plain` are the levels that one run on the whole ranges leaves; `hidden` says of items that may be hidden where
        they certainly are.
        """
        mask, exact = plain.copy(), np.ones(len(plain), dtype=bool)
        rows = np.flatnonzero(plain & (plain - 1))  # elsewhere the bounds meet: there is nothing left to narrow
        if rows.size:
            few = {name: _taken(values[name], rows) for name in self.read if name in values}
            hidden = {name: where[rows] for name, where in hidden.items()}
            mask[rows], exact[rows] = self._narrowed(few, plain[rows], hidden)
        return mask, exact

    def _narrowed(self, values: Columns, plain: Whole, hidden: Mapping[str, Flags]) -> tuple[Whole, Flags]:
        rows = len(plain)
        exact, within = np.ones(rows, dtype=bool), np.ones(rows, dtype=bool)  # within: the items so far are few enough
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
        return self._united(values, ways, runs, plain), exact & within

    def _united(self, values: Columns, ways: list[_Way], runs: Whole, plain: Whole) -> Whole:
        """Unite the runs of each row until they reach everything that is plainly possible.

        Most rows need few turns. What is left after these is laid out with a line for each run of each row: a turn of
        few rows would cost nearly as much as one of many.
        """
        live = np.zeros(len(plain), dtype=bool)
        for way in ways:
            live |= way.counts > 0
        united = np.where(live, 0, plain)
        rows = np.flatnonzero(live)
        goal, runs, ways = plain[rows], runs[rows], [way.cut(rows) for way in ways]
        mine = {name: _taken(values[name], rows) for name in self.program.arguments}
        for turn in range(TURNS):
            if not rows.size:
                return united
            united[rows] |= self._found(mine, ways, runs, turn)
            left = np.flatnonzero((united[rows] != goal) & (runs > turn + 1))
            rows, goal, runs = rows[left], goal[left], runs[left]
            ways = [way.cut(left) for way in ways]
            mine = {name: _taken(value, left) for name, value in mine.items()}
        for first, last in _spans(runs - TURNS):
            part = slice(first, last)
            united[rows[part]] |= self._all_at_once(mine, ways, runs, np.arange(len(rows))[part])
        return united

    def _all_at_once(self, mine: Columns, ways: list[_Way], runs: Whole, rows: Whole) -> Whole:
        """Return what the turns that are left to these rows find together."""
        left = runs[rows] - TURNS
        ends = np.cumsum(left)
        each = np.repeat(rows, left)
        turns = TURNS + np.arange(len(each)) - np.repeat(ends - left, left)
        taken = {name: _taken(value, each) for name, value in mine.items()}
        found = self._found(taken, [way.cut(each) for way in ways], runs[each], turns)
        return np.bitwise_or.reduceat(full(found, len(each)), ends - left)

    def _found(self, mine: Columns, ways: list[_Way], runs: Whole, turn: Any) -> Any:
        """Return the levels that one turn, or a turn of each row, leaves."""
        picked, later = dict(mine), np.ones_like(runs)
        place = turn * STRIDES[runs] % runs
        for way in reversed(ways):
            split = np.flatnonzero(way.counts)
            if not split.size:
                continue
            counts, kinds = way.counts[split], way.kinds[split]
            at = place[split] // later[split] % counts
            later[split] *= counts
            for name, each in way.values.items():
                if name in mine:
                    picked[name] = np.array(full(mine[name], len(runs)))
                    picked[name][split] = each[at, kinds]
        return self.run(*[picked[name] for name in self.program.arguments])[0]


def _spans(runs: Whole) -> Iterator[tuple[int, int]]:
    """Return spans of rows whose runs together are about as many as columns are long."""
    ends, first = np.cumsum(runs), 0
    while first < len(runs):
        before = ends[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + LONGEST, side="right")))
        yield first, last
        first = last


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
