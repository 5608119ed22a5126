"""The second reading in columns: what the published rules for missing answers give, beside the ranges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa

from engine.cohort.arrays import WORDS, Scale, by_mask, full, open_or_not, truths, words
from engine.cohort.columns import on_columns
from engine.cohort.encode import Encoded
from engine.cohort.meanings import Meanings
from engine.cohort.sheet import Flags
from engine.interview.encode import answered
from engine.interview.layout import Places
from engine.interview.ready import Ready
from engine.interview.record import NonAnswer
from engine.interview.results import levels
from engine.interview.second_reading import Reading
from engine.program.build import Build
from engine.program.compiler import assembled

STATES = ("given", "withheld")


@dataclass(frozen=True, slots=True)
class RuleRun:
    """The results of the second reading of some rows."""

    rows: int
    out: list[Any]


class RuleColumns:
    """Runs one instrument's second reading, and reads its results."""

    def __init__(self, made: Ready, build: Build) -> None:
        """Bind the program of the second reading to columns."""
        self.instrument, self.build = made.compiled.instrument, build
        self.program = assembled(build, build.results)
        self.places = Places(self.program.results)
        self._run = on_columns(self.program, wide=bool(build.too_large))
        reading = Reading(made, self.places, ())
        self.scores = [name for name in build.scores if reading.has_rule(name)]
        self.outcomes = [name for name in self.instrument.outcomes if reading.has_rule(name)]
        self.alerts = [name for name in self.instrument.alerts if reading.has_rule(name)]

    def run(self, encoded: Encoded) -> RuleRun:
        """Return the results, every non-answer of an item with `blank` read as that answer."""
        values = {**encoded.values, **self._blanks(encoded)}
        return RuleRun(encoded.rows, list(self._run(*(values[name] for name in self.program.arguments))))

    def _blanks(self, encoded: Encoded) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        for item in self.instrument.items.values():
            if item.blank is None:
                continue
            codes, each = encoded.said.get(item.id, (np.zeros(encoded.rows, np.int32), [None]))
            said = [item.blank if one is None or isinstance(one, NonAnswer) else one for one in each]
            ends = [tuple(answered(item, one, 0).values()) for one in said]
            meanings = Meanings(item)
            found |= meanings.columns(codes, meanings.by_code(ends), encoded.today)
        return found

    def at(self, run: RuleRun, line: str) -> Any:
        """Return the results of a line; a constant is its own."""
        place = self.places.of(line)
        return full((*run.out, *self.places.constants)[place], run.rows)

    def _given(self, run: RuleRun, name: str) -> Flags:
        given = self.build.given.get(name)
        return np.ones(run.rows, dtype=bool) if given is None else truths(self.at(run, given.must), run.rows)

    def missing(self, run: RuleRun, name: str) -> pa.Array:
        """Return how many items of the pool are missing."""
        return pa.array(self.at(run, self.build.missing[name].highest).astype(np.int64))

    def score_state(self, run: RuleRun, name: str) -> Flags:
        """Where a score's published value is given; that may be no value."""
        line = self.build.scores[name]
        may, must = (truths(self.at(run, one), run.rows) for one in (line.present.may, line.present.must))
        same = self.at(run, line.lowest) == self.at(run, line.highest)
        given: Flags = self._given(run, name) & (~may | (must & same.astype(bool)))
        return given

    def score(self, run: RuleRun, name: str) -> pa.Array:
        """Return the published values of a score, null where withheld or where there is none."""
        line = self.build.scores[name]
        there = self.score_state(run, name) & truths(self.at(run, line.present.must), run.rows)
        return self.scale(name).array(self.at(run, line.lowest), run.rows, ~there)

    def scale(self, name: str) -> Scale:
        """Return how the values of a score are written."""
        line = self.build.scores[name]
        return Scale.of(line.denominator, max(abs(line.least), abs(line.greatest)))

    def outcome_state(self, run: RuleRun, name: str) -> Flags:
        """Where an outcome's published level is given."""
        outcome = self.instrument.outcomes[name]
        mask, size = self.at(run, self.build.outcomes[name].computed), outcome.everything.bit_length()
        single = by_mask(mask, run.rows, size, _is_single) == 1
        given = self._given(run, name)
        if outcome.missing is not None and outcome.missing.below is not None:
            given = given | (by_mask(mask, run.rows, size, _first) + 1 >= outcome.missing.below)
        found: Flags = single & given
        return found

    def outcome(self, run: RuleRun, name: str) -> pa.Array:
        """Return the published levels of an outcome, null where withheld."""
        outcome = self.instrument.outcomes[name]
        mask, size = self.at(run, self.build.outcomes[name].computed), outcome.everything.bit_length()
        first = by_mask(mask, run.rows, size, _first)
        return words(np.maximum(first, 0), [one.id for one in outcome.levels], ~self.outcome_state(run, name))

    def alert(self, run: RuleRun, name: str) -> pa.Array:
        """Return whether the published reading raises an alert, null where it does not say."""
        line = self.build.alerts[name]
        said = open_or_not(self.at(run, line.must), self.at(run, line.may), run.rows)
        silent = ~self._given(run, name)
        return pa.array(truths(self.at(run, line.must), run.rows), mask=silent | ~np.asarray(said.is_valid()))

    def columns(self) -> list[tuple[pa.Field, Any]]:
        """Return the fields of the second reading, each with what makes its array from a run."""
        found: list[tuple[pa.Field, Any]] = []
        for name in self.scores:
            found.append((pa.field(f"{name}__by_rule", self.scale(name).type), partial(self.score, name=name)))
            found.append(_state(name, self.score_state))
        for name in self.outcomes:
            found.append((pa.field(f"{name}__by_rule", WORDS), partial(self.outcome, name=name)))
            found.append(_state(name, self.outcome_state, silent=name not in self.build.given))
        counted = [name for name in [*self.scores, *self.outcomes] if name in self.build.missing]
        found += [(pa.field(f"{name}__missing", pa.int64()), partial(self.missing, name=name)) for name in counted]
        return found + [
            (pa.field(f"{name}__by_rule", pa.bool_()), partial(self.alert, name=name)) for name in self.alerts
        ]


def _state(name: str, given: Any, *, silent: bool = False) -> tuple[pa.Field, Any]:
    """The column that says whether a value is given or withheld; `silent` outcomes have no rule that withholds."""

    def state(run: RuleRun) -> pa.Array:
        found = given(run, name)
        return words(np.where(found, 0, 1), STATES, ~found if silent else None)

    return pa.field(f"{name}__by_rule_state", WORDS), state


def _is_single(mask: int) -> int:
    return int(len(levels(mask)) == 1)


def _first(mask: int) -> int:
    return next(iter(levels(mask)), -1)
