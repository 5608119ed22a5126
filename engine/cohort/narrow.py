"""Run the whole program on columns; where running through two-way items leaves fewer levels, run those rows again.

The column form of how `assess` runs one record. What runs again is only the lines that hang on what changed, in the
rows where it did; the others are taken from the first run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.cohort.arrays import full, truths
from engine.cohort.columns import numbers_of, on_columns, rest_of
from engine.cohort.encode import Encoded, cut
from engine.cohort.split import Splitter
from engine.interview.ready import Ready
from engine.program import names


class Narrower:
    """Runs one instrument's programs on columns."""

    def __init__(self, made: Ready) -> None:
        """Bind the programs to columns."""
        compiled, self.layout, self.results = made.compiled, made.layout, made.compiled.main.results
        known, numbers = {names.known(outcome) for outcome in compiled.two_way}, numbers_of(compiled)
        self.splitters = {}
        for outcome, items in compiled.two_way.items():
            changing = known.union(*(item.arguments for item in items))
            rest = rest_of(compiled.whole, (compiled.whole.outcomes[outcome].computed,), changing)
            self.splitters[outcome] = Splitter(compiled, outcome, rest, on_columns(rest, numbers))
        again = rest_of(compiled.whole, self.results, known)
        self.places = [place for place, name in enumerate(self.results) if name not in again.arguments]
        self.again = rest_of(compiled.whole, tuple(self.results[place] for place in self.places), known)
        self.run_again = on_columns(self.again, numbers)
        wanted = [*self.again.arguments, *(name for one in self.splitters.values() for name in one.program.arguments)]
        self.between = tuple(dict.fromkeys(name for name in wanted if name not in compiled.whole.arguments))
        self.program = compiled.program(tuple(dict.fromkeys([*self.results, *self.between])))
        self.run_whole = on_columns(self.program, numbers)

    def run(self, encoded: Encoded) -> tuple[Sequence[Any], Mapping[str, Any]]:
        """Return the results, laid out as in `Layout`, and whether each outcome with two-way items is exact."""
        first = self.run_whole(*(encoded.values[name] for name in self.program.arguments))
        out = [*first[: len(self.results)], *self.layout.constants]
        if not self.splitters:
            return out, {}
        values = {**encoded.values, **dict(zip(self.program.results, first, strict=True))}
        hidden = {name: ~truths(out[may], encoded.rows) for name, _, may in self.layout.gated}
        exact: dict[str, Any] = {}
        fewer = np.zeros(encoded.rows, dtype=bool)
        for outcome, computed, _ in self.layout.outcomes:
            if outcome in self.splitters:
                plain = full(out[computed], encoded.rows)
                mask, exact[outcome] = self.splitters[outcome].narrowed(values, plain, hidden)
                less = mask != plain
                if less.any():
                    values[names.known(outcome)] = np.where(less, mask, values[names.known(outcome)])
                    fewer |= less
        if fewer.any():
            self._run_again(out, values, fewer)
        return out, exact

    def _run_again(self, out: list[Any], values: Mapping[str, Any], fewer: Any) -> None:
        rows = slice(None) if fewer.all() else np.flatnonzero(fewer)
        found = self.run_again(*(cut(values[name], rows) for name in self.again.arguments))
        for place, value in zip(self.places, found, strict=True):
            changed = np.array(full(out[place], len(fewer)))
            changed[rows] = value
            out[place] = changed
