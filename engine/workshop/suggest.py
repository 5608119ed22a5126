"""New cases for what no case touches: for each thing a smallest person who brings it about, found by z3.

Cut-offs come first: somebody who just reaches each, and somebody who just does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from engine.format.atoms import Text
from engine.format.directory import Directory
from engine.format.instrument import Alert, Instrument
from engine.interview.assess import assess
from engine.interview.record import Record
from engine.interview.wording import number_words
from engine.language.terms import ALWAYS, All, Answer, Chosen, Compare, Constant, Not, Number, Printed, Test, Truth
from engine.workshop.case_file import Person
from engine.workshop.coverage import coverage
from engine.workshop.prove.as_case import as_case
from engine.workshop.prove.every_record import EveryRecord
from engine.workshop.prove.promise import Promise, probed

SECONDS = 5.0
ONE = Fraction(1)
_NO_WORDS = Text((("default", "-"),))
_LISTS = {"alerts": ("raised", "alerts"), "actions": ("shown", "plan"), "services": ("signposted", "signposts")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody who is looked for: by what they must be told, and what of it a case then expects."""

    name: str
    told: Truth
    expects: str = ""
    shows: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A new case, ready to paste; or (without one) what was looked for and not found."""

    name: str
    case: str


def suggestions(instrument: Instrument, persons: Sequence[Person], directory: Directory | None) -> Iterator[Suggestion]:
    """Yield a case for everything that no case touches, as soon as it is found; nothing for what z3 finds nobody."""
    search = _Search(instrument)
    wanted = [*search.cut_offs(persons), *search.untouched(persons)]
    promises = [Promise(one.name, ALWAYS, Not(one.told), one.name) for one in wanted]
    for one, promise in zip(wanted, probed(search.instrument, promises), strict=True):
        found = EveryRecord(promise, directory, SECONDS).verdict()
        if found.record is None:
            yield Suggestion(one.name, "")
        else:
            expected = {**one.shows, **came(instrument, found.record, one.expects)}
            yield Suggestion(one.name, as_case(instrument, found.record, one.name, expected))


def came(instrument: Instrument, record: Record, outcome: str) -> dict[str, Any]:
    """Return what a record gives of an outcome and of the scores that decide it, as a case expects it."""
    if not outcome:
        return {}
    reading, levels = assess(instrument, record).outcomes[outcome], instrument.outcomes[outcome].levels
    least = levels[reading.possible[0]].id
    return {outcome: least if reading.settled else f"at least {least}"}


class _Search:
    """Collects who is looked for; what is said of the world becomes an alert of a copy of the instrument."""

    def __init__(self, instrument: Instrument) -> None:
        self.before = instrument
        self.alerts: dict[str, Alert] = {}

    @property
    def instrument(self) -> Instrument:
        return replace(self.before, alerts={**self.before.alerts, **self.alerts})

    def must(self, term: Truth) -> Printed:
        """Return the condition that something must hold."""
        name = f"wanted__{len(self.alerts)}"
        self.alerts[name] = Alert(name, term, if_unsure=False, stop=False, title=_NO_WORDS, text=_NO_WORDS)
        return Printed("raised", name)

    def cut_offs(self, persons: Sequence[Person]) -> Iterator[Wanted]:
        """Yield somebody at each cut-off of a score, and somebody just below, unless a case is there."""
        assessed = [assess(self.before, person.record) for person in persons]
        for outcome in self.before.outcomes.values():
            for level in outcome.levels[1:]:
                for score, cut in cuts(level.when):
                    ends = {one.scores[score].lowest for one in assessed if one.scores[score].present}
                    for least, words in ((cut, "just reaches"), (cut - ONE, "is just below")):
                        if least not in ends:
                            told = All((self._at_least(score, least), Not(self._at_least(score, least + ONE))))
                            yield Wanted(f"Somebody who {words} {score} {number_words(cut)}", told, outcome.id)

    def _at_least(self, score: str, least: Fraction) -> Printed:
        return self.must(Compare(">=", Answer(score), Constant(least)))

    def untouched(self, persons: Sequence[Person]) -> Iterator[Wanted]:
        """Yield somebody for everything that no case touches."""
        found = coverage(self.before, persons).untouched
        for one in found["levels"]:
            outcome, level = one.split(": ")
            whole = self.before.outcomes[outcome]
            reached = whole.everything & -(1 << whole.bit(level))
            higher = reached & (reached - 1)
            told = All((self.must(Test(outcome, reached)), Not(self.must(Test(outcome, higher)))))
            yield Wanted(f"Somebody at the level {level} of {outcome}", told, outcome)
        for kind, (word, listed) in _LISTS.items():
            for name in found[kind]:
                shows = {listed: {"shows": [name]}}
                yield Wanted(f"Somebody who is told {name}", Printed(word, name), shows=shows)  # type: ignore[arg-type]
        for one in found["options"]:
            name, option = one.split(": ")
            if name != "voice":
                yield self._who_answers(name, option)

    def _who_answers(self, name: str, option: str) -> Wanted:
        item = self.before.items[name]
        place = item.bit(option)
        told = self.must(Chosen(name, place) if item.kind == "tick_all" else Test(name, 1 << place))
        return Wanted(f"Somebody who answers {name} with {option}", told, shows={"applies": {name: True}})


def cuts(term: Truth | Number) -> Iterator[tuple[str, Fraction]]:
    """Yield the scores that a condition compares with a number, and the number."""
    match term:
        case Compare(">=", Answer(score), Constant(value)):
            yield score, value
        case Compare() | Test():
            return
        case _:
            for part in getattr(term, "parts", ()):
                yield from cuts(part)
