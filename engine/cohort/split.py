"""Run an outcome's program for each value of its two-way items, in all rows at once, and unite the results.

The column form of `engine.interview.split`: the same items, the same prefix of them, in another order of runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.cohort.arrays import full
from engine.cohort.columns import Run
from engine.cohort.sheet import Flags, Whole
from engine.cohort.slots import Columns, Rows, Slots, Values
from engine.interview.encode import without_points
from engine.program import names
from engine.program.columns import smallest
from engine.program.compiler import Compiled, Program

LONGEST = 16384  # rows that run at once
LEARNT = 4096  # rows of a run that are learnt from
TOGETHER = 8  # values of items that are fixed in one step of a walk
NUMBERS, TRUTHS = 0, 1


@dataclass(frozen=True, slots=True)
class _Block:
    """A program's arguments in some rows: numbers in one array, truths in another, so that few steps take some of the
    rows. `places` gives of each argument the array and where it stands there, or what holds of every row.
    """

    arrays: tuple[Any, Any]
    places: Sequence[Any]

    def take(self, rows: Whole) -> _Block:
        numbers, truths = (one.take(rows, axis=1) for one in self.arrays)
        return _Block((numbers, truths), self.places)

    def arguments(self) -> list[Any]:
        return [self.arrays[one[0]][one[1]] if isinstance(one, tuple) else one for one in self.places]


class Splitter:
    """Narrows one outcome of an instrument."""

    def __init__(self, compiled: Compiled, outcome: str, program: Program, run: Run) -> None:
        """Keep the outcome's own program, of what hangs on its two-way items, bound to columns."""
        self.compiled, self.outcome = compiled, outcome
        self.program, self.run = program, run
        items = compiled.two_way[outcome]
        self._values = Values([item for item in items if item.can_split])
        self._others = [item for item in items if not item.can_split]
        beyond = {name: compiled.instrument.items[name] for name in compiled.beyond[outcome]}
        self._beyond = [(name, names.mask(name), without_points(item)) for name, item in beyond.items()]
        split = self._values.items
        asked = {name: None for item in split for name in item.arguments if name in program.arguments}
        place = {name: number for number, name in enumerate(asked)}  # of the numbers that change: they come first
        self._changing = place
        self._low, self._high = (
            np.array([place.get(item.arguments[end], -1) for item in split], dtype=np.int64) for end in (0, -1)
        )
        self._in_pairs = (self._low != self._high).any()

    def narrowed(self, of: Rows, plain: Whole, goal: Whole) -> tuple[Whole, Flags]:
        """Return the levels possible over all values of the two-way items, and whether at least and at most are exact.

        `plain` are the levels that one run on the whole ranges leaves, `goal` those that are left of them since other
        outcomes are narrowed: once all of these are reached no run adds any.
        """
        mask, several = plain.copy(), plain & (plain - 1) != 0
        exact = np.ones(len(plain), dtype=bool)
        if not several.any():  # the bounds meet: there is nothing left to narrow
            return mask, exact
        for name, argument, without in self._beyond:
            exact &= (of.values[argument] & without == 0) | np.logical_not(of.shown.get(name, True))
        for item in self._others:
            exact[of.open_in(item)] = False
        exact |= ~several
        slots, beyond = self._values.slots(of, several)
        exact[beyond] = False
        if slots.rows.size:
            mask[slots.rows] = self._ends(of.values, slots, goal[slots.rows])
            slots = slots.take(np.flatnonzero((mask[slots.rows] != goal[slots.rows]) & (slots.runs() > 2)))
        if slots.rows.size:
            mask[slots.rows] |= self._walk(of.values, slots, goal[slots.rows], mask[slots.rows])
        return mask, exact

    def _ends(self, values: Columns, slots: Slots, goal: Whole) -> Whole:
        """Return what two runs of each row reach that are unlike each other: often that is everything possible.

        Their values are those that reached the lowest and the highest of all levels in other rows.
        """
        block, united = self._block(values, slots.rows), np.zeros_like(goal)
        left = np.arange(len(goal))
        for runs in self._values.likely(slots):
            self._put(block, slots, slots.used, runs[left])
            found = full(self.run(*block.arguments())[0], len(left))
            self._learn(slots, slots.used, runs[left], found, goal[left])
            united[left] |= found
            going = np.flatnonzero(united[left] != goal[left])
            if going.size == 0:
                break
            left, slots, block = left[going], slots.take(going), block.take(going)
        return united

    def _walk(self, values: Columns, slots: Slots, goal: Whole, united: Whole) -> Whole:
        """Return what is reached by fixing one item after another, in all these rows at once.

        By narrowing, further runs find no other levels than the one before them: where it leaves a single level, or
        none that is not `united` yet, they are spared.
        """
        block, united = self._block(values, slots.rows), united.copy()
        rows = np.arange(len(goal))
        nodes, runs, after = rows, np.zeros(len(rows), np.int8), slots.runs()
        for fixed in slots.stages(max(TOGETHER, LONGEST // len(rows))):
            before, after = after, slots.weights[fixed - 1, rows]
            many = (before // after)[nodes]
            parents = np.repeat(np.arange(len(nodes)), many)
            step = np.arange(len(parents)) - (np.cumsum(many) - many)[parents]
            nodes, runs = nodes[parents], runs[parents]
            runs += step.astype(np.int8) * after[nodes]
            some = slots.take(nodes)
            found = self._found(block, some, nodes, fixed[nodes], runs)
            self._learn(some, fixed[nodes], runs, found, goal[nodes])
            done = (fixed == slots.used)[nodes] | (found & (found - 1) == 0)
            np.bitwise_or.at(united, nodes, np.where(done, found, 0))
            on = np.flatnonzero(~done & (found & ~united[nodes] != 0) & (united[nodes] != goal[nodes]))
            if not on.size:
                break
            nodes, runs = nodes[on], runs[on]
        return united

    def _found(self, block: _Block, slots: Slots, nodes: Whole, fixed: Whole, runs: Whole) -> Whole:
        """Return the levels that are left in these rows with the first items fixed."""
        found = []
        for first in range(0, len(nodes), LONGEST):
            part = slice(first, first + LONGEST)
            taken = block.take(nodes[part])
            self._put(taken, slots.part(part), fixed[part], runs[part])
            found.append(full(self.run(*taken.arguments())[0], len(taken.arrays[0][0])))
        return np.concatenate(found)

    def _learn(self, slots: Slots, fixed: Whole, runs: Whole, found: Whole, goal: Whole) -> None:
        some = slice(0, LEARNT)
        found, goal = found[some], goal[some]
        lowest, highest = (found & goal & -goal) != 0, found > goal >> 1
        self._values.learn(slots.part(some), fixed[some], runs[some], lowest, highest)

    def _put(self, block: _Block, slots: Slots, fixed: Whole, runs: Whole) -> None:
        """Give the items in the slots that are fixed the values they have in these runs."""
        width = block.arrays[NUMBERS].shape[1]
        numbers = block.arrays[NUMBERS].reshape(-1)  # one place is quicker found than row and column
        for slot in range(fixed.max()):
            rows = np.flatnonzero(fixed > slot)
            items, value = slots.items[slot][rows], self._values.table[slots.places(slot, runs)[rows]]
            numbers[self._low[items] * width + rows] = value
            if self._in_pairs:
                numbers[self._high[items] * width + rows] = value

    def _block(self, values: Columns, rows: Whole) -> _Block:
        """Return the program's arguments in these rows. The last of the numbers is none of them: there is put what an
        item is that the program does not ask for.
        """
        columns: tuple[list[Any], list[Any]] = [values[name] for name in self._changing], []
        places: list[Any] = []
        for name in self.program.arguments:
            value = values[name]
            if name in self._changing:
                places.append((NUMBERS, self._changing[name]))
            elif isinstance(value, np.ndarray):
                kind = TRUTHS if value.dtype == bool else NUMBERS
                places.append((kind, len(columns[kind])))
                columns[kind].append(value)
            else:
                places.append(value)
        numbers = np.result_type(np.int16, *map(_type, columns[NUMBERS]))
        return _Block((_stacked([*columns[NUMBERS], 0], rows, numbers), _stacked(columns[TRUTHS], rows, bool)), places)


def _stacked(columns: list[Any], rows: Whole, type_: Any) -> Any:
    """Return these rows of columns as one array; what holds of every row is filled in."""
    array = np.empty((len(columns), len(rows)), type_)
    for place, value in enumerate(columns):
        if isinstance(value, np.ndarray) and value.dtype == array.dtype:
            value.take(rows, out=array[place], mode="clip")
        else:
            array[place] = value[rows] if isinstance(value, np.ndarray) else value
    return array


def _type(value: Any) -> Any:
    return value.dtype if isinstance(value, np.ndarray) else smallest(value)
