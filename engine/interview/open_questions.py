"""The open questions: exactly those without an answer that can still change an outcome, and what they can change.

A question can change an outcome if there are two worlds, both still possible, that differ in its answer alone and in
the level. That it cannot is certain where every condition it could reach is settled; that it can is shown by two such
worlds. Where neither is found within a fixed number of steps the question stands among the open ones, marked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from weakref import WeakKeyDictionary

from engine.format.instrument import Instrument
from engine.interview.encode import Values
from engine.interview.ready import ready
from engine.interview.record import Record
from engine.interview.trial import Ranges, narrow
from engine.interview.walk import State, state_of
from engine.interview.witness import Search
from engine.program.hanging import Hanging

_HANGING: WeakKeyDictionary[Instrument, Hanging] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question without an answer, the outcomes it can still change, and whether that is certain of every one."""

    item: str
    state: State
    outcomes: tuple[str, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """The open questions in page order, by why they have no answer; `partly` are those answered only in part (a month,
    a list to which more may be added).
    """

    not_reached: tuple[OpenQuestion, ...]
    not_asked: tuple[OpenQuestion, ...]
    dont_know: tuple[OpenQuestion, ...]
    declined: tuple[OpenQuestion, ...]
    partly: tuple[OpenQuestion, ...]

    @property
    def unanswered(self) -> tuple[OpenQuestion, ...]:
        """Those without any answer."""
        return (*self.not_reached, *self.not_asked, *self.dont_know, *self.declined)

    @property
    def exact(self) -> bool:
        """Whether every one of them can change what it is said to."""
        return all(one.certain for one in (*self.unanswered, *self.partly))


def open_questions(instrument: Instrument, record: Record) -> OpenQuestions:
    """Return the questions that can still change an outcome."""
    outcomes: dict[str, list[str]] = {}
    unproved: set[str] = set()
    values, _ = narrowed_values(instrument, record)
    proofs = Proofs(instrument, record, values)
    for outcome, items in hangs_on(instrument, values).items():
        for item in items:
            matters = proofs.matters(outcome, item)
            if matters is not False:
                outcomes.setdefault(item, []).append(outcome)
                unproved |= {item} if matters is None else set()
    found = [
        OpenQuestion(name, state_of(item, record), tuple(outcomes[name]), name not in unproved)
        for name, item in instrument.items.items()
        if name in outcomes
    ]
    return OpenQuestions(
        tuple(one for one in found if one.state == "open"),
        tuple(one for one in found if one.state == "not_asked"),
        tuple(one for one in found if one.state == "dont_know"),
        tuple(one for one in found if one.state == "declined"),
        tuple(one for one in found if one.state == "answered"),
    )


class Proofs:
    """Whether items matter to the outcomes that hang on them; `values` are those of `narrowed_values`."""

    def __init__(self, instrument: Instrument, record: Record, values: Values) -> None:
        """Nothing is worked out before it is asked for."""
        self.instrument, self.record, self.values = instrument, record, values
        self._searches: dict[str, Search] = {}

    def matters(self, outcome: str, item: str) -> bool | None:
        """Whether the item can still change the outcome; None if that could not be told."""
        if outcome not in self._searches:
            hanging = _hanging(self.instrument)
            self._searches[outcome] = Search(self.instrument, self.record, self.values, outcome, hanging)
        return self._searches[outcome].matters(item)


def narrowed_values(instrument: Instrument, record: Record) -> tuple[Values, frozenset[str]]:
    """Return a record's values, with the levels that running through two-way items leaves, and the outcomes whose ends
    are not certain to be exact.
    """
    made = ready(instrument)
    values = made.encoder.encode(record)
    return values, narrow(made, values)


def hangs_on(instrument: Instrument, values: Ranges) -> Mapping[str, tuple[str, ...]]:
    """Return for each outcome the items, in page order, that it may still hang on: no other can change it."""
    bits, sets = _hanging(instrument).bits, _sets(instrument, values)
    return {outcome: tuple(item for item, bit in bits.items() if found & bit) for outcome, found in sets.items()}


def may_change(instrument: Instrument, values: Ranges) -> Mapping[str, tuple[str, ...]]:
    """Return for each item, in page order, the outcomes that may still hang on it; only items with such."""
    sets = [(outcome, found) for outcome, found in _sets(instrument, values).items() if found]
    some = reduce(or_, [found for _, found in sets], 0)
    bits = ((item, bit) for item, bit in _hanging(instrument).bits.items() if some & bit)
    return {item: tuple([outcome for outcome, found in sets if found & bit]) for item, bit in bits}


def _sets(instrument: Instrument, values: Ranges) -> Mapping[str, int]:
    program = _hanging(instrument).program
    return dict(zip(instrument.outcomes, program.of(values), strict=True))


def _hanging(instrument: Instrument) -> Hanging:
    if instrument not in _HANGING:
        _HANGING[instrument] = Hanging(ready(instrument).compiled)
    return _HANGING[instrument]
