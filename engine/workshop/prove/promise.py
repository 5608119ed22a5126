"""Promises about every record: the author's own, and those that every questionnaire makes.

A promise speaks of the record: *given* must hold, as the engine reads the record, and then *always* must hold too. What
it says of the world (answers, scores, levels) becomes an alert of its own in a copy of the instrument, so that the
engine itself, with all that it does to be exact, says whether it must hold; the promise is then about print alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from engine.format.atoms import Text
from engine.format.directory import Directory, printable_contacts, serves
from engine.format.instrument import Alert, Instrument
from engine.interview.assess import assess
from engine.interview.record import Record
from engine.interview.services import services
from engine.interview.wording import speech_of
from engine.language.terms import (
    ALWAYS,
    All,
    AnyOf,
    Compare,
    Constant,
    CountSignposts,
    Not,
    Number,
    Printed,
    Sum,
    Truth,
)
from engine.program.merge import HOLDS

_NO_WORDS = Text((("default", "-"),))


@dataclass(frozen=True, slots=True)
class Promise:
    """`given` and `always` in the author's terms; `said` in words."""

    id: str
    given: Truth
    always: Truth
    said: str


@dataclass(frozen=True, slots=True)
class Probed:
    """A promise about print alone, and the instrument in which its other parts are alerts."""

    promise: Promise
    instrument: Instrument
    given: Truth
    always: Truth

    @property
    def broken(self) -> Truth:
        """The condition under which it is broken."""
        return All((self.given, Not(self.always)))


class NotAskedOfRecords(Exception):
    """A calculation that mixes what is printed with what is answered."""


def promised(instrument: Instrument) -> tuple[Promise, ...]:
    """Return the author's promises of the form given, always."""
    return tuple(
        Promise(one.id, one.given, one.always, _words(instrument, one.id))
        for one in instrument.guarantees
        if one.always is not None
    )


def _words(instrument: Instrument, promise: str) -> str:
    given, always = (instrument.written.get(f"{promise}.{part}", "") for part in ("given", "always"))
    return f"given {given}: always {always}" if given else f"always {always}"


def probed(instrument: Instrument, promises: Sequence[Promise]) -> tuple[Probed, ...]:
    """Return the promises with their parts about the world as alerts, of one instrument that has them all."""
    alerts: dict[str, Alert] = {}
    parts = [(about_print(one.given, alerts), about_print(one.always, alerts)) for one in promises]
    whole = replace(instrument, alerts={**instrument.alerts, **alerts})
    return tuple(Probed(one, whole, *each) for one, each in zip(promises, parts, strict=True))


def about_print(term: Truth, alerts: dict[str, Alert]) -> Truth:
    """Return a condition about print alone; what it says of the world is added to the alerts."""
    if not speaks_of_print(term):
        if term == ALWAYS:
            return term
        name = f"promise__{len(alerts)}"
        alerts[name] = Alert(name, term, if_unsure=False, stop=False, title=_NO_WORDS, text=_NO_WORDS)
        return Printed("raised", name)
    match term:
        case All(parts) | AnyOf(parts):
            joined = type(term)
            world = tuple(part for part in parts if not speaks_of_print(part))
            rest = tuple(about_print(part, alerts) for part in parts if speaks_of_print(part))
            return joined((about_print(joined(world), alerts), *rest) if world else rest)
        case Not(part):
            return Not(about_print(part, alerts))
        case _:
            return term


def speaks_of_print(term: object) -> bool:
    """Whether a term says anything of what is shown, raised or signposted."""
    match term:
        case Printed() | CountSignposts():
            return True
        case All(parts) | AnyOf(parts):
            return any(speaks_of_print(part) for part in parts)
        case Not(part):
            return speaks_of_print(part)
        case Compare(_, left, right):
            return speaks_of_print(left) or speaks_of_print(right)
        case Sum(terms):
            return any(speaks_of_print(number) for _, number in terms)
    return False


def evaluated(term: Truth, printed: Callable[[Printed], Any], many: Any) -> Any:
    """Return whether a condition about print holds: of one record (True, False), or of any (a condition of z3).

    `printed` says whether something is printed, `many` how many services are.
    """
    match term:
        case Printed():
            return printed(term)
        case All(parts):
            found: Any = True
            for part in parts:
                found = evaluated(part, printed, many) & found
            return found
        case AnyOf(parts):
            found = False
            for part in parts:
                found = evaluated(part, printed, many) | found
            return found
        case Not(part):
            return evaluated(part, printed, many) ^ True
        case Compare(op, left, right):
            factor, rest = _line(left, 1)
            other, more = _line(right, -1)
            unit = Fraction(1, 1) / (factor + other).denominator / (rest + more).denominator
            a, b = int((factor + other) / unit), int((rest + more) / unit)
            holds: Any = HOLDS[op](many * a + b, 0)
            return holds
    raise NotAskedOfRecords(f"{term} cannot be asked of what is printed")


def _line(number: Number, sign: int) -> tuple[Fraction, Fraction]:
    """A calculation as so many times the services, and a constant."""
    match number:
        case CountSignposts():
            return Fraction(sign), Fraction(0)
        case Constant(value):
            return Fraction(0), sign * value
        case Sum(terms):
            parts = [(weight, _line(one, sign)) for weight, one in terms]
            return (
                sum((weight * one[0] for weight, one in parts), Fraction(0)),
                sum((weight * one[1] for weight, one in parts), Fraction(0)),
            )
    raise NotAskedOfRecords(f"{number} cannot be counted together with services")


def breaks(one: Probed, record: Record, directory: Directory | None) -> bool:
    """Whether this record breaks the promise, as the engine reads it."""
    assessment = assess(one.instrument, record)
    if directory is None:
        pointed = tuple({one.instrument.signposts[place].service for place in assessment.signposts})
    else:
        speech = speech_of(one.instrument, record.voice)
        helps = services(one.instrument, record, assessment, directory, speech)
        pointed = tuple(one.id for one in helps)
    things: Mapping[str, tuple[str, ...]] = {
        "raised": assessment.alerts, "shown": assessment.plan, "signposted": pointed,
    }  # fmt: skip
    return bool(evaluated(one.broken, lambda term: term.name in things[term.word], len(pointed)))


def places_of(instrument: Instrument, service: str) -> list[int]:
    """Return where a service stands among the signposts."""
    return [place for place, one in enumerate(instrument.signposts) if one.service == service]


def where(directory: Directory | None, service: str) -> tuple[str, ...] | None:
    """Return the nations for which a service is printed; None where it is for all, none where it is never printed."""
    if directory is None:
        return None
    one = directory.services[service]
    if not printable_contacts(one):
        return ()
    nations = tuple(nation for nation in directory.nations if serves(one, nation))
    return None if len(nations) == len(directory.nations) else nations
