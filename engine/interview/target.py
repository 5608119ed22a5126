"""One thing that a record may force, with its program and all that can be prepared before a record is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any
from weakref import WeakKeyDictionary

from engine.format.instrument import Instrument
from engine.interview.encode import FLAGS
from engine.interview.ready import Ready, ready
from engine.interview.refute import RunThrough, Somebody
from engine.interview.split import Way
from engine.interview.trial import narrowing, owners
from engine.interview.weights import scale_for
from engine.program import names
from engine.program.names import Target


class Forcible:
    """A target of an instrument.

    `own` says where the arguments of each item stand in the target's program, `flags` where it asks what the record
    says of the item itself. `run_through` are the two-way items by which the target may be refuted. `narrows` unless
    running through them may also print what one run on the ranges does not; `monotone` if what is forced stays forced
    with every further answer.
    """

    def __init__(self, instrument: Instrument, target: Target) -> None:
        """Prepare what does not depend on a record."""
        made = self.made = ready(instrument)
        results = _results(made, target)
        self.program = made.compiled.program(results)
        self.run, self.holds = self.program.run, _test(instrument, target)
        self.against = _against(instrument, target)
        place, owned = self.program.places, owners(self.program.arguments)
        self.own = {item: tuple(map(place.__getitem__, owned[item])) for item in instrument.items if item in owned}
        encoder, every = made.encoder, owners(made.encoder.names)
        self._arguments = itemgetter(*map(encoder.place.__getitem__, self.program.arguments), 0, 0)
        split = [one for one in made.compiled.two_way if names.known(one) in place]
        self.narrowing = narrowing(made, split) if split else None
        # Runs through two-way items only ever take levels away; an action may come after another that is printed
        # because it may hold, and so be printed no more.
        self.narrows = target[0] != "action"
        asked = ((item, [one for one in owned[item] if one.rpartition("__")[2] in FLAGS]) for item in self.own)
        self.flags = {item: tuple(map(place.__getitem__, flags)) for item, flags in asked if flags}
        self.monotone = self.narrows and not self.flags
        order = {name: number for number, name in enumerate([*instrument.items, *instrument.outcomes])}
        ways = [[Way(item, encoder.place, place) for item in made.compiled.two_way[outcome]] for outcome in split]
        self.run_through = RunThrough(ways, order) if split and self.narrows else None
        self.scale = scale_for(instrument, results, "highest" if target[0] == "at_most" else "lowest")
        self._listed = {item: tuple(map(encoder.place.__getitem__, every[item])) for item in self.own}
        self._nobody: Nobody | None = None

    def arguments(self, listed: Sequence[Any]) -> list[Any]:
        """Return the program's arguments, from those of a record as the encoder lists them."""
        return [*self._arguments(listed)[:-2]]

    def listed(self, nobody: list[Any], said: list[Any], kept: Iterable[str]) -> list[Any]:
        """Return the arguments of a record as the encoder lists them, from those without answers and with all of them,
        when only those `kept` are remembered.
        """
        listed = nobody.copy()
        for item in kept:
            for place in self._listed[item]:
                listed[place] = said[place]
        return listed

    def forced(self, listed: list[Any]) -> bool:
        """Whether it holds once runs through the two-way items have left fewer levels."""
        values = self.made.encoder.named(listed)
        if self.narrowing is not None:
            self.narrowing.put_into(values, self.against)
        return self.holds(self.program.of(values))

    def nobody(self, listed: list[Any]) -> Nobody:
        """Return what is the same of all records from which these arguments are left once all answers are forgotten."""
        nobody = self._nobody  # another thread may put another in its place
        if nobody is None or nobody.listed != listed:
            nobody = self._nobody = Nobody(self, listed)
        return nobody


class Nobody:
    """A record without answers: its arguments, somebody made up of whom no more is known, and whether the target is
    forced even so, once that is known.
    """

    def __init__(self, of: Forcible, listed: list[Any]) -> None:
        """`listed` are the record's arguments as the encoder lists them."""
        self.listed, self.arguments = listed, of.arguments(listed)
        self.somebody = Somebody(of.run, of.holds, of.run_through.ways, listed) if of.run_through else None
        self.forced: bool | None = None


_FORCIBLE: WeakKeyDictionary[Instrument, dict[Target, Forcible]] = WeakKeyDictionary()


def forcible(instrument: Instrument, target: Target) -> Forcible:
    """Return what can be prepared of a target."""
    kept = _FORCIBLE.setdefault(instrument, {})
    if target not in kept:
        kept[target] = Forcible(instrument, target)
    return kept[target]


def _results(made: Ready, target: Target) -> tuple[str, ...]:
    whole = made.compiled.whole
    match target[0]:
        case "at_most":
            return (whole.outcomes[target[1]].acting,)
        case "action":
            when, printed = whole.actions[target[1]]
            return (when.must, printed)
        case _:
            return made.compiled.question(target[:2]).results


def _against(instrument: Instrument, target: Target) -> Mapping[str, int]:
    """Levels of the target's outcome that must not be possible where it holds. An assessor's raising changes nothing:
    it lifts none of them to the target's level unless it lifts them all.
    """
    if target[0] not in ("outcome", "computed", "at_most"):
        return {}
    outcome = instrument.outcomes[target[1]]
    bit = outcome.bit(target[2])
    below = (1 << bit) - 1
    return {outcome.id: (outcome.everything | 1) & ~(below | 1 << bit) if target[0] == "at_most" else below}


def _test(instrument: Instrument, target: Target) -> Callable[[tuple[Any, ...]], bool]:
    if target[0] not in ("outcome", "computed", "at_most"):
        return all
    bit = instrument.outcomes[target[1]].bit(target[2])
    if target[0] == "at_most":
        return lambda out: out[0] >> bit + 1 == 0
    lower = (1 << bit) - 1
    return lambda out: out[0] & lower == 0
