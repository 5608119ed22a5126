"""Run the whole program on columns; where running through two-way items leaves fewer levels, run those rows again.

The column form of how `assess` runs one record. What runs again is only the lines that hang on what changed, in the
rows where it did; the others are taken from the first run.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from engine.cohort.arrays import full
from engine.cohort.columns import Rests, Run, numbers_of, on_columns
from engine.cohort.encode import Encoded, cut
from engine.cohort.sheet import Flags, Whole
from engine.cohort.slots import Rows
from engine.cohort.split import Splitter
from engine.interview.ready import Ready
from engine.program import names
from engine.program.compiler import Program


def _several(levels: Any) -> bool:
    """Whether more than one level is left anywhere."""
    return bool(np.any(levels & (levels - 1) != 0))


class Narrower:
    """Runs one instrument's programs on columns."""

    def __init__(self, made: Ready) -> None:
        """Bind the programs to columns."""
        compiled, self.layout, main = made.compiled, made.layout, made.compiled.main
        self.results = main.results
        whole, numbers, rests = compiled.whole, numbers_of(compiled), Rests(compiled.whole)
        known, before = {names.known(outcome) for outcome in compiled.two_way}, set[str]()
        self.splitters, self.goals = {}, dict[str, tuple[Program, Run]]()

        def rest(results: tuple[str, ...], changing: Collection[str]) -> tuple[Program, Run]:
            program = rests.of(results, changing)
            return program, on_columns(program, numbers)

        for outcome in (name for name, _, _ in self.layout.outcomes if name in compiled.two_way):
            computed = (whole.outcomes[outcome].computed,)
            changing = known.union(*(item.arguments for item in compiled.two_way[outcome]))
            self.splitters[outcome] = Splitter(compiled, outcome, *rest(computed, changing))
            goal = rest(computed, before)
            if goal[0].lines:
                self.goals[outcome] = goal
            before.add(names.known(outcome))
        again = rests.of(self.results, known)
        self.places = [place for place, name in enumerate(self.results) if name not in again.arguments]
        self.again, self.run_again = rest(tuple(self.results[place] for place in self.places), known)
        parts = [splitter.program for splitter in self.splitters.values()]
        parts += [self.again, *(program for program, _ in self.goals.values())]
        wanted = [name for program in parts for name in program.arguments if name not in whole.arguments]
        # what is needed to split costs more to keep at hand than to compute: where nothing is open it is left out
        programs = [main, rests.whole(tuple(dict.fromkeys([*self.results, *wanted])))] if wanted else [main, main]
        self._plain, self._to_split = ((program, on_columns(program, numbers)) for program in programs)
        self._splits = False  # whether the rows before these had anything to split

    def run(self, encoded: Encoded) -> tuple[Sequence[Any], Mapping[str, Any]]:
        """Return the results, laid out as in `Layout`, and whether each outcome with two-way items is exact."""
        program, run = self._to_split if self._splits else self._plain
        first = run(*(encoded.values[name] for name in program.arguments))
        out = [*first[: len(self.results)], *self.layout.constants]
        before = self._splits
        self._splits = any(_several(out[place]) for name, place, _ in self.layout.outcomes if name in self.splitters)
        if not self._splits:
            return out, {}
        if not before:
            program, run = self._to_split
            first = run(*(encoded.values[name] for name in program.arguments))
        values = {**encoded.values, **dict(zip(program.results, first, strict=True))}
        rows = Rows(values, {name: out[may] for name, _, may in self.layout.gated})
        exact: dict[str, Any] = {}
        fewer = np.zeros(encoded.rows, dtype=bool)
        for outcome, computed, _ in self.layout.outcomes:
            if outcome in self.splitters:
                plain = full(out[computed], encoded.rows)
                goal = self._goal(outcome, values, plain, fewer)
                mask, exact[outcome] = self.splitters[outcome].narrowed(rows, plain, goal)
                less = mask != plain
                if less.any():
                    values[names.known(outcome)] = np.where(less, mask, values[names.known(outcome)])
                    fewer |= less
        if fewer.any():
            self._run_again(out, values, fewer)
        return out, exact

    def _goal(self, outcome: str, values: Mapping[str, Any], plain: Whole, fewer: Flags) -> Whole:
        """Return the levels that are left of the plain ones since outcomes before this one have fewer."""
        rows = np.flatnonzero(fewer)
        if outcome not in self.goals or not rows.size:
            return plain
        program, run = self.goals[outcome]
        goal = plain.copy()
        goal[rows] = run(*(cut(values[name], rows) for name in program.arguments))[0]
        return goal

    def _run_again(self, out: list[Any], values: Mapping[str, Any], fewer: Any) -> None:
        rows = slice(None) if fewer.all() else np.flatnonzero(fewer)
        found = self.run_again(*(cut(values[name], rows) for name in self.again.arguments))
        for place, value in zip(self.places, found, strict=True):
            changed = np.array(full(out[place], len(fewer)))
            changed[rows] = value
            out[place] = changed
