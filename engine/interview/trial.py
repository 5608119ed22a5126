"""Put one question to a record again and again, each time with a few ranges changed, without reading it anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from engine.format.instrument import Instrument
from engine.interview.encode import Values
from engine.interview.ready import Ready, ready
from engine.program import names

Ranges = Mapping[str, Any]
"""Arguments of a program and what stands there instead: what is possible of an item, and what conditions may ask of
the record about it."""


class Trial:
    """The program of some lines, run on a record's values with some of them replaced.

    Where running through an outcome's two-way items leaves fewer levels, so it does here: what a trial says of a record
    is what an assessment says of it.
    """

    def __init__(self, instrument: Instrument, results: tuple[str, ...], values: Values) -> None:
        """`values` are a record's arguments, encoded."""
        made = ready(instrument)
        program = made.compiled.program(results)
        self.made, self.values, self.program = made, values, program
        self.place = places(program.arguments)
        self.said = [values[name] for name in program.arguments]
        self.split = [one for one in made.compiled.two_way if names.known(one) in self.place]

    def run(self, ranges: Ranges | None = None) -> tuple[Any, ...]:
        """Return the results for the record, but for these ranges."""
        if self.split:
            return self._run_narrowed(ranges or {})
        arguments, place = self.said.copy(), self.place
        if ranges:
            for name, value in ranges.items():
                if name in place:
                    arguments[place[name]] = value
        return self.program.run(*arguments)

    def _run_narrowed(self, ranges: Ranges) -> tuple[Any, ...]:
        values = {**self.values, **ranges}
        narrow(self.made, values, self.split)
        return self.program.of(values)


def narrow(made: Ready, values: Values, outcomes: Sequence[str]) -> frozenset[str]:
    """Put in, for these outcomes, the levels that running through their two-way items leaves; return those of them
    whose ends are not certain to be exact even so.
    """
    whole, two_way = made.compiled.whole, made.compiled.two_way
    split = dict.fromkeys(one.name for outcome in outcomes for one in two_way[outcome])
    items = {name: whole.applies[name].may for name in split if name in whole.applies}
    program = made.compiled.program((*(whole.outcomes[one].computed for one in outcomes), *items.values()))
    found = program.of(values)
    shown = {name: None if may else False for name, may in zip(items, found[len(outcomes) :], strict=True)}
    listed = [values[name] for name in made.encoder.names]
    open_items = made.doubtful.open_in(listed, shown)
    inexact = set()
    for outcome, plain in zip(outcomes, found, strict=False):
        known = names.known(outcome)
        values[known], exact = made.splitters[outcome].narrowed(listed, plain, open_items, shown)
        listed[made.encoder.place[known]] = values[known]
        inexact |= set() if exact else {outcome}
    return frozenset(inexact)


@lru_cache(maxsize=2048)
def places(arguments: tuple[str, ...]) -> dict[str, int]:
    """Return where each argument stands."""
    return {name: place for place, name in enumerate(arguments)}


@lru_cache(maxsize=2048)
def owners(arguments: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return what each argument is about, with its arguments: ids have no double underscore."""
    found: dict[str, tuple[str, ...]] = {}
    for name in arguments:
        owner = name.split("__")[0]
        found[owner] = (*found.get(owner, ()), name)
    return found
