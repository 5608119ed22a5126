"""What is known of every record at once: what can hold, what can fail, which levels and which numbers there can be.

Three ways, the cheap ones first: bounds over the record in which nothing is said (what they rule out is ruled out);
people made up at random (what one of them shows is possible); then, where both leave it open, a solver. What none of
them decides within its work is not decided, and nothing is claimed of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import islice
from typing import Any

from engine.format.atoms import Text
from engine.format.instrument import Alert, Instrument
from engine.interview.encode import Encoder, Values
from engine.interview.record import start
from engine.language.reads import every_part, reads
from engine.language.terms import All, Answer, Number, Recorded, Test, Truth
from engine.program import names
from engine.program.build import build
from engine.program.compiler import Compiled, Program
from engine.program.depends import terms_of
from engine.program.domain import merger_for
from engine.workshop.check.people import people

PEOPLE = 400  # as many as show nearly all that can happen in a questionnaire of a hundred items
PEOPLE_WITHOUT_NEWS = 80
STEPS = 400_000  # lines of programs run for all people together: with thousands of items fewer people are made up
CONSTANTS: Mapping[str, Any] = {"True": True, "False": False}
_NO_WORDS = Text((("default", "-"),))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a condition can hold in some record, and whether it can fail in some; None where not decided."""

    can_hold: bool | None
    can_fail: bool | None


@dataclass(frozen=True, slots=True)
class Ends:
    """The lowest and the highest of a score; `exact` if both are reached by somebody, else none lies beyond them."""

    lowest: Fraction
    highest: Fraction
    exact: bool


class Knowledge:
    """What bounds and people show of an instrument, for these conditions."""

    def __init__(self, instrument: Instrument, terms: Iterable[Truth], on: date) -> None:
        """Write one program for all conditions, run it on the empty record, then on one person after the other."""
        self.instrument, self.on = instrument, on
        self.terms = tuple(dict.fromkeys(terms))
        self.places = {term: place for place, term in enumerate(self.terms)}
        probes = {f"probe{n}": _probe(f"probe{n}", term) for n, term in enumerate(self.terms)}
        # conditions become alerts, because of an alert a program says both whether it must and whether it may hold
        probed = replace(instrument, alerts=probes, signposts=(), guarantees=())
        self.compiled = Compiled(probed, build(probed, merger_for(probed), {}), {}, {})
        self.encoder = Encoder(self.compiled)
        self.loose = loose_names(instrument)
        whole = self.compiled.whole
        self._reader = _Reader(self.compiled.main)
        self._probes = [(line.must, line.may) for line in whole.alerts.values()]
        self.held, self.failed = bytearray(len(self.terms)), bytearray(len(self.terms))
        self.levels_seen = dict.fromkeys(instrument.outcomes, 0)
        self.printed: dict[str, set[str]] = {name: set() for name in whole.actions}
        self._meet(on)
        self.nothing_said = self._nothing_said(on)
        self.empty = self._reader.read(self.compiled.main.of(self.nothing_said))

    def settled(self, term: Truth) -> Verdict:
        """Return what bounds and people say of a condition."""
        place = self.places[term]
        can_hold = True if self.held[place] else None
        can_fail = True if self.failed[place] else None
        if can_hold and can_fail:
            return Verdict(can_hold, can_fail)
        must, may = self._probes[place]
        if not self.is_loose(term):
            can_hold = can_hold if self.empty[may] else False
            can_fail = False if self.empty[must] else can_fail
        return Verdict(can_hold, can_fail)

    def levels(self, outcome: str) -> tuple[int, int]:
        """Return the mask of levels (with bit 0: it does not apply) that some record has, and that some may have."""
        seen = self.levels_seen[outcome]
        if any(self.is_loose(term) for term in terms_of(self.instrument, outcome)):
            return seen, self.instrument.outcomes[outcome].everything | 1
        may = int(self.empty[self.compiled.whole.outcomes[outcome].computed])
        return seen, seen | may

    def outer_ends(self, score: str) -> tuple[Fraction, Fraction]:
        """Return bounds beyond which a score never is."""
        line = self.compiled.whole.scores[score]
        if score in self.loose:
            return Fraction(line.least, line.denominator), Fraction(line.greatest, line.denominator)
        low, high = self.empty[line.lowest], self.empty[line.highest]
        return Fraction(low, line.denominator), Fraction(high, line.denominator)

    def unprinted(self, voice: str) -> frozenset[str]:
        """Return the actions of which bounds say that nobody in this voice is shown them."""
        bit = 1 << self.instrument.items["voice"].bit(voice)
        lines = {
            one.id: self.compiled.whole.actions[one.id][0].may
            for one in self.instrument.plan
            if not self.is_loose(one.when)
        }
        program = self.compiled.program(tuple(dict.fromkeys(line for line in lines.values() if line not in CONSTANTS)))
        out = _Reader(program).read(program.of(self.nothing_said | {names.mask("voice"): bit}))
        found: set[str] = set()
        for action in self.instrument.plan:  # in the order of print, so that what it stands after comes before
            never = action.id in lines and not out[lines[action.id]]
            if never or not found.isdisjoint(action.after) or _excludes(action.when, bit):
                found.add(action.id)
        return frozenset(found)

    def is_loose(self, term: Truth | Number) -> bool:
        """Whether the empty record of one day says too little: see `loose_names`."""
        return _speaks_loosely(term) or not self.loose.isdisjoint(reads(term))

    def _nothing_said(self, on: date) -> Values:
        """Return the arguments of the record in which nothing is said, not even in which voice."""
        values = self.encoder.encode(start(self.instrument, self.instrument.questionnaire.voices[0], on))
        return values | {names.mask("voice"): self.instrument.items["voice"].everything}

    def _meet(self, on: date) -> None:
        many = min(PEOPLE, max(20, STEPS // (1 + len(self.compiled.main.lines))))
        quiet = 0
        for record in islice(people(self.instrument, on), many):
            out = self._reader.read(self.compiled.main.of(self.encoder.encode(record)))
            quiet = 0 if self._note(out, record.voice) else quiet + 1
            if quiet >= PEOPLE_WITHOUT_NEWS:
                break

    def _note(self, out: _Results, voice: str) -> bool:
        """Note what one person shows; whether any of it was new."""
        before = sum(self.held) + sum(self.failed) + sum(self.levels_seen.values())
        for place, (must, may) in enumerate(self._probes):
            if out[must]:
                self.held[place] = 1
            elif not out[may]:
                self.failed[place] = 1
        whole = self.compiled.whole
        for name, lines in whole.outcomes.items():
            mask = out[lines.computed]
            if mask.bit_count() == 1:
                self.levels_seen[name] |= mask
        for name, (_, printed) in whole.actions.items():
            if out[printed]:
                self.printed[name].add(voice)
        return before != sum(self.held) + sum(self.failed) + sum(self.levels_seen.values())


class _Results(dict[str, Any]):
    """The results of a run by the names of their lines; a constant stands for itself."""

    def __missing__(self, name: str) -> Any:
        return CONSTANTS[name] if name in CONSTANTS else int(name)


class _Reader:
    def __init__(self, program: Program) -> None:
        self.results = program.results

    def read(self, out: Sequence[Any]) -> _Results:
        return _Results(zip(self.results, out, strict=True))


def loose_names(instrument: Instrument) -> frozenset[str]:
    """Return what one empty record cannot bound for all: what depends on the day, on what a record says of itself, or
    on a level that an assessor may raise.
    """
    found: set[str] = set()
    for name in instrument.order:
        item, outcome = instrument.items.get(name), instrument.outcomes.get(name)
        if item is not None and (item.kind == "date" or any(one.kind == "date" for one in item.fields)):
            found.add(name)
        for term in terms_of(instrument, name):
            if _speaks_loosely(term) or not found.isdisjoint(reads(term)):
                found.add(name)
        if outcome is not None and outcome.may_raise and not outcome.by_judgement:
            found.add(name)
    return frozenset(found)


def _speaks_loosely(term: Truth | Number) -> bool:
    return any(isinstance(part, Recorded) or part == Answer("today") for part in every_part(term))


def _excludes(condition: Truth, voice: int) -> bool:
    """Whether one part of what must hold together chooses other voices."""
    if isinstance(condition, All):
        return any(_excludes(part, voice) for part in condition.parts)
    return isinstance(condition, Test) and condition.name == "voice" and not condition.allowed & voice


def _probe(name: str, term: Truth) -> Alert:
    return Alert(name, term, if_unsure=True, stop=False, title=_NO_WORDS, text=_NO_WORDS)
