"""Who would be told something different: for each outcome somebody whose level goes up and one whose level goes down,
for each alert, step and service somebody to whom it appears or disappears; or a proof that there is nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from engine.format.instrument import Instrument
from engine.interview.answers import InvalidRecord
from engine.interview.assess import assess
from engine.interview.assessment import OutcomeRange
from engine.interview.reading import read, to_json
from engine.interview.record import Record
from engine.language.reads import reads
from engine.language.terms import All, AnyOf, Not, Truth
from engine.program.depends import terms_of
from engine.program.maybe import Z3
from engine.program.one_world import OneWorld
from engine.program.solve import WORK
from engine.workshop.diff.change import Told, Way
from engine.workshop.diff.two_worlds import TwoWorlds, is_same
from engine.workshop.prove.as_case import as_case
from engine.workshop.prove.rising import record_in
from engine.workshop.prove.smallest import without_needless

SECONDS = 5.0


def told(old: Instrument, new: Instrument, seconds: float = SECONDS) -> Iterator[Told]:
    """Return what people are told differently, outcomes first; of what cannot have changed nothing is said."""
    differ = _Differ(old, new, seconds)
    for name in old.outcomes:
        if name in new.outcomes:
            yield from differ.outcome(name)
    yield from differ.things("alert", *({name: one.when for name, one in i.alerts.items()} for i in (old, new)))
    yield from differ.things("step", *({one.id: shown(i, one.id) for one in i.plan} for i in (old, new)))
    yield from differ.things(
        "service", *({one.service: pointed(i, one.service) for one in i.signposts} for i in (old, new))
    )


def shown(instrument: Instrument, name: str) -> Truth:
    """Return the condition on which somebody who answered everything is given a step."""
    action = next(one for one in instrument.plan if one.id == name)
    return All((action.when, Not(action.never_if), *(shown(instrument, before) for before in action.after)))


def pointed(instrument: Instrument, service: str) -> Truth:
    """Return the condition on which somebody who answered everything is pointed to a service."""
    return AnyOf(tuple(one.when for one in instrument.signposts if one.service == service))


class _Differ:
    def __init__(self, old: Instrument, new: Instrument, seconds: float) -> None:
        self.old, self.new, self.work = old, new, int(seconds * WORK)
        self._same: dict[str, bool] = {}

    def same_cone(self, one: Truth, other: Truth) -> bool:
        """Whether two conditions, and all that they depend on, are the very same: then nobody is to be looked for."""
        return one == other and all(self._same_thing(name) for name in reads(one))

    def _same_thing(self, name: str) -> bool:
        if name not in self._same:
            self._same[name] = True  # there are no circles
            self._same[name] = self._defined_the_same(name)
        return self._same[name]

    def _defined_the_same(self, name: str) -> bool:
        kinds = [[name in part for part in (one.items, one.scores, one.outcomes)] for one in (self.old, self.new)]
        if kinds[0] != kinds[1] or not any(kinds[0]):
            return False
        if kinds[0][0] and not is_same(self.old.items[name], self.new.items[name]):
            return False
        before, after = terms_of(self.old, name), terms_of(self.new, name)
        return before == after and all(self._same_thing(inner) for term in before for inner in reads(term))

    def outcome(self, name: str) -> Iterator[Told]:
        """Return somebody whose level goes up, and somebody whose level goes down."""
        ranks = ranks_of(self.old, self.new, name)
        ways: tuple[Way, Way] = ("up", "down")
        for way in ways:
            if self._same_thing(name):
                yield Told("outcome", name, way, somebody=False)
                continue
            worlds = TwoWorlds(self.old, self.new, work=self.work)
            before, after = (
                _rank(world, name, rank) for world, rank in zip((worlds.old, worlds.new), ranks, strict=True)
            )
            answer = worlds.ask(after > before if way == "up" else after < before)
            yield self._somebody(Told("outcome", name, way, None), answer, worlds, self._moves(name, ranks, way))

    def things(self, kind: str, old: Mapping[str, Truth], new: Mapping[str, Truth]) -> Iterator[Told]:
        """Return to whom each thing appears, and to whom it disappears."""
        for name in dict.fromkeys([*old, *new]):
            one, other = old.get(name, AnyOf(())), new.get(name, AnyOf(()))
            if self.same_cone(one, other):
                continue
            ways: tuple[tuple[Way, bool], ...] = (("appears", False), ("disappears", True))
            for way, gone in ways:
                worlds = TwoWorlds(self.old, self.new, work=self.work)
                before, after = worlds.old.holds(one), worlds.new.holds(other)
                opposite = worlds.old.algebra.opposite
                answer = worlds.ask(*((before, opposite(after)) if gone else (opposite(before), after)))
                yield self._somebody(Told(kind, name, way, None), answer, worlds, self._prints(kind, name, gone=gone))

    def _somebody(self, asked: Told, answer: bool | None, worlds: TwoWorlds, is_so: Callable[[Record], bool]) -> Told:
        if not answer:
            return replace(asked, somebody=answer)
        first = record_in(self.old, worlds.search.witness(worlds.old))
        second = record_in(self.new, worlds.search.witness(worlds.new))
        record = replace(second, answers={**first.answers, **second.answers}, judgements={})
        if is_so(record):
            record = without_needless(record, is_so)
        kind, name, way = asked.kind, asked.name, asked.way
        before, after = self._came(kind, name, record)
        expected: dict[str, Any]
        if kind == "outcome":
            expected, whose = {name: after}, f"Somebody for whom {name} goes {way}"
        else:
            expected = {_LISTS[kind]: {"hides" if way == "disappears" else "shows": [name]}}
            whose = f"Somebody to whom {name} {way}"
        known = {key: said for key, said in record.answers.items() if key in self.new.items}
        case = as_case(self.new, replace(record, answers=known), whose, expected)
        return Told(kind, name, way, True, before, after, record, case)

    def in_version(self, instrument: Instrument, record: Record) -> Record | None:
        """Return what the person says to one version; None where that cannot be said to it."""
        said = {name: one for name, one in record.answers.items() if name in instrument.items}
        whole = to_json(replace(record, answers=said)) | {
            "version": instrument.version, "content_hash": instrument.content_hash, "questionnaire": instrument.id,
        }  # fmt: skip
        try:
            return read(instrument, whole)
        except InvalidRecord:
            return None

    def _both(self, record: Record) -> tuple[Record, Record] | None:
        one, other = (self.in_version(instrument, record) for instrument in (self.old, self.new))
        return None if one is None or other is None else (one, other)

    def _moves(self, name: str, ranks: tuple[list[int], list[int]], way: str) -> Callable[[Record], bool]:
        def is_so(record: Record) -> bool:
            both = self._both(record)
            if both is None:
                return False
            before, after = (assess(i, one).outcomes[name] for i, one in zip((self.old, self.new), both, strict=True))
            ends = _least(before, ranks[0]), _least(after, ranks[1])
            return ends[1] > ends[0] if way == "up" else ends[1] < ends[0]

        return is_so

    def _prints(self, kind: str, name: str, *, gone: bool) -> Callable[[Record], bool]:
        def is_so(record: Record) -> bool:
            both = self._both(record)
            if both is None:
                return False
            before, after = (name in printed(kind, i, one) for i, one in zip((self.old, self.new), both, strict=True))
            return before is gone and after is not gone

        return is_so

    def _came(self, kind: str, name: str, record: Record) -> tuple[str, str]:
        both = self._both(record)
        if kind != "outcome" or both is None:
            return "", ""
        old, new = (_level(i, assess(i, one).outcomes[name]) for i, one in zip((self.old, self.new), both, strict=True))
        return old, new


_LISTS = {"alert": "alerts", "step": "plan", "service": "signposts"}


def printed(kind: str, instrument: Instrument, record: Record) -> tuple[str, ...]:
    """Return the alerts, steps or services of a record; services before nations are looked at."""
    found = assess(instrument, record)
    if kind == "service":
        return tuple(instrument.signposts[place].service for place in found.signposts)
    return found.alerts if kind == "alert" else found.plan


def ranks_of(old: Instrument, new: Instrument, name: str) -> tuple[list[int], list[int]]:
    """Return for each version the rank of *not shown* and of each level. A level that only the old version has stands
    just above the one below it that both have.
    """
    levels = [level.id for level in new.outcomes[name].levels]
    found, below = [0], 0
    for level in old.outcomes[name].levels:
        if level.id in levels:
            below = 2 * (levels.index(level.id) + 1)
            found.append(below)
        else:
            found.append(below + 1)
    return found, [2 * place for place in range(len(levels) + 1)]


def _rank(world: OneWorld, name: str, ranks: list[int]) -> Z3:
    level, found = world.outcome(name), world.algebra.exact(ranks[-1])
    for place, rank in reversed(list(enumerate(ranks[:-1]))):
        found = world.algebra.pick(level == place, world.algebra.exact(rank), found)
    return found


def _least(reading: OutcomeRange, ranks: list[int]) -> int:
    """The rank of what a person is told: at least this level."""
    return ranks[1 + reading.possible[0]] if reading.possible and reading.applies else 0


def _level(instrument: Instrument, reading: OutcomeRange) -> str:
    if not reading.possible:
        return "not shown"
    levels = [level.id for level in instrument.outcomes[reading.id].levels]
    least = levels[reading.possible[0]]
    return least if reading.settled else f"at least {least}"
