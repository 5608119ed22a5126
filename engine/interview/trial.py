"""Put one question to a record again and again, each time with a few ranges changed, without reading it anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any
from weakref import WeakKeyDictionary

from engine.format.instrument import Instrument
from engine.interview.encode import Values
from engine.interview.ready import Ready, ready
from engine.program import names

Ranges = Mapping[str, Any]
"""Arguments of a program and what stands there instead: what is possible of an item, and what conditions may ask of
the record about it."""
NOTHING: Mapping[str, int] = {}


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
        self.narrowing = narrowing(made, self.split)

    def run(self, ranges: Ranges | None = None) -> tuple[Any, ...]:
        """Return the results for the record, but for these ranges."""
        if self.split:
            values = {**self.values, **(ranges or {})}
            self.narrowing.put_into(values)
            return self.program.of(values)
        arguments, place = self.said.copy(), self.place
        if ranges:
            for name, value in ranges.items():
                if name in place:
                    arguments[place[name]] = value
        return self.program.run(*arguments)


class Narrowing:
    """Puts in, for some outcomes, the levels that running through their two-way items leaves."""

    def __init__(self, made: Ready, outcomes: Sequence[str]) -> None:
        """Prepare what does not depend on a record."""
        whole, two_way = made.compiled.whole, made.compiled.two_way
        split = dict.fromkeys(one.name for outcome in outcomes for one in two_way[outcome])
        items = {name: whole.applies[name].may for name in split if name in whole.applies}
        self.made, self.items = made, tuple(items)
        self.known = [(outcome, names.known(outcome), made.splitters[outcome]) for outcome in outcomes]
        self.program = made.compiled.program((*(whole.outcomes[one].computed for one in outcomes), *items.values()))
        # two more, so that a getter of few still gives a tuple
        self._said = itemgetter(*(made.encoder.place[name] for name in self.program.arguments), 0, 0)

    def put_into(self, values: Values, enough: Mapping[str, int] = NOTHING) -> frozenset[str]:
        """Change the values; return those of the outcomes whose ends are not certain to be exact even so.

        `enough` are levels of outcomes: once one of these is found possible, its outcome's others are not looked for.
        """
        listed, place = self.made.encoder.unnamed(values), self.made.encoder.place
        found, shown = self._shown(listed)
        open_items = self.made.doubtful.open_in(listed, shown)
        inexact = set()
        for (outcome, known, splitter), plain in zip(self.known, found, strict=False):
            mask, exact = splitter.narrowed(listed, plain, open_items, shown, enough.get(outcome, 0))
            values[known] = listed[place[known]] = mask
            inexact |= set() if exact else {outcome}
        return frozenset(inexact)

    def open_items(self, listed: Sequence[Any]) -> list[str]:
        """Return the two-way items of any outcome that are not certain to be hidden and leave more than one value, in
        page order; `listed` are arguments as the encoder lists them.
        """
        return self.made.doubtful.open_in(listed, self._shown(listed)[1])

    def _shown(self, listed: Sequence[Any]) -> tuple[tuple[Any, ...], dict[str, bool | None]]:
        """The levels that one run leaves of each outcome, and which items are certain to be hidden."""
        found = self.program.run(*self._said(listed)[:-2])
        gates = zip(self.items, found[len(self.known) :], strict=True)
        return found, {name: None if may else False for name, may in gates}


_NARROWINGS: WeakKeyDictionary[Instrument, dict[tuple[str, ...], Narrowing]] = WeakKeyDictionary()


def narrowing(made: Ready, outcomes: Sequence[str]) -> Narrowing:
    """Return what narrows these outcomes."""
    kept, key = _NARROWINGS.setdefault(made.compiled.instrument, {}), tuple(outcomes)
    if key not in kept:
        kept[key] = Narrowing(made, key)
    return kept[key]


def narrow(made: Ready, values: Values) -> frozenset[str]:
    """Put in the levels that running through two-way items leaves, of every outcome that has such; return those whose
    ends are not certain to be exact even so.
    """
    return narrowing(made, tuple(made.compiled.two_way)).put_into(values)


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
