"""Try a questionnaire on the test persons of its `cases.yaml`; say what came instead of what was expected, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.format.directory import Directory
from engine.format.instrument import Instrument
from engine.interview.answers import answer_to_json
from engine.interview.assess import assess, holds
from engine.interview.assessment import Assessment, OutcomeRange, ScoreRange
from engine.interview.explain import because, unsure_about
from engine.interview.reading import check_judgements
from engine.interview.record import Entries
from engine.interview.services import services
from engine.interview.wording import number_words, speech_of
from engine.problem import Place
from engine.program.names import Target
from engine.workshop.case_file import Levels, Listed, Person, Value, load_cases

MOST_NAMES = 8  # of open questions in a failure


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: whose it is, where it stands, and every expectation that failed; none if it passed."""

    name: str
    place: Place
    failures: tuple[str, ...]


def run_cases(instrument: Instrument, path: Path, directory: Directory | None) -> tuple[CaseResult, ...]:
    """Return a result for every case of the file, or raise InvalidQuestionnaire if it cannot be read."""
    persons = load_cases(instrument, path)
    return tuple(
        CaseResult(person.name, person.place, tuple(_Trial(instrument, person, directory).failures()))
        for person in persons
    )


def passes(instrument: Instrument, person: Person, directory: Directory | None) -> bool:
    """Return whether a person is told what they must be told, without finding out why if not."""
    trial = _Trial(instrument, person, directory, explained=False)
    return next(trial.failures(), None) is None


class _Trial:
    """One person put to one questionnaire."""

    def __init__(
        self, instrument: Instrument, person: Person, directory: Directory | None, *, explained: bool = True
    ) -> None:
        self.instrument, self.person, self.directory, self.explained = instrument, person, directory, explained
        self.record = person.record
        self.assessment: Assessment = assess(instrument, person.record)

    def failures(self) -> Iterator[str]:
        for message in check_judgements(self.instrument, self.record, self.assessment):
            yield f"{message.field}: {message.text}"
        for name, levels in self.person.outcomes.items():
            yield from self.outcome(self.assessment.outcomes[name], levels)
        for name, listed in self.person.printed.items():
            yield from self.printed(name, listed)
        for name, applies in self.person.applies.items():
            yield from self.shown(name, applies)
        for name, value in self.person.scores.items():
            yield from self.score(self.assessment.scores[name], value)

    def shown(self, name: str, expected: bool | None) -> Iterator[str]:
        outcome = self.instrument.outcomes.get(name)
        target = ("outcome", name, outcome.levels[0].id) if outcome else ("applies", name)
        came = self.assessment.outcomes[name].applies if outcome else self.assessment.applies[name]
        if came is not expected:
            words = {True: "true", False: "false", None: "open"}
            yield f"applies.{name}: expected {words[expected]}, came {words[came]}{self.why(target)}"

    def outcome(self, reading: OutcomeRange, expected: Levels) -> Iterator[str]:
        if expected.lowest is None:
            as_expected = not reading.possible
        elif expected.highest is None:
            as_expected = reading.at_least is not None and reading.at_least >= expected.lowest
        else:
            as_expected = (reading.at_least, reading.at_most) == (expected.lowest, expected.highest)
        if not as_expected:
            ids = [level.id for level in self.instrument.outcomes[reading.id].levels]
            floor = reading.at_least or 0
            target = ("outcome", reading.id, ids[floor])
            reasons = self.forced(target) if floor > 0 else ""
            reasons += "" if reading.settled else self.still_open(target)
            yield f"{reading.id}: expected {expected.words}, came {_levels(reading, ids)}{reasons}"

    def printed(self, kind: str, expected: Listed) -> Iterator[str]:
        came = self.came(kind)
        for name in expected.shows:
            if name not in came:
                yield f"{kind}: expected {name}, which did not come{self.why_not(kind, name)}"
        unwanted = [name for name in came if name not in expected.shows] if expected.exact else expected.hides
        for name in unwanted:
            if name in came:
                yield f"{kind}: {name} came, which was not expected{self.why(self.target(kind, name))}"

    def came(self, kind: str) -> tuple[str, ...]:
        if kind == "alerts":
            return self.assessment.alerts
        if kind == "plan":
            return self.assessment.plan
        if self.directory is None:
            return tuple(self.instrument.signposts[place].service for place in self.assessment.signposts)
        speech = speech_of(self.instrument, self.record.voice)
        helps = services(self.instrument, self.record, self.assessment, self.directory, speech)
        return tuple(one.id for one in helps)

    def target(self, kind: str, name: str) -> Target:
        """What to ask about; for a service, the signpost that stands for it, if possible one that is printed."""
        if kind == "signposts":
            places = [place for place, one in enumerate(self.instrument.signposts) if one.service == name]
            return ("signpost", str(next((p for p in places if p in self.assessment.signposts), places[0])))
        return ("alert" if kind == "alerts" else "action", name)

    def score(self, reading: ScoreRange, expected: Value) -> Iterator[str]:
        if expected.profile is not None:
            as_expected = reading.profile == expected.profile
        elif expected.bounds is None:
            as_expected = reading.present is False
        else:
            as_expected = reading.present is True and (reading.lowest, reading.highest) == expected.bounds
        if not as_expected:
            yield f"scores.{reading.id}: expected {expected.words}, came {_value(reading)}"

    def why(self, target: Target) -> str:
        """Which answers force it, or which open questions it stands for."""
        return self.forced(target) or self.still_open(target)

    def forced(self, target: Target) -> str:
        answers = because(self.instrument, self.record, target) if self.explained else ()
        return f"; because of {', '.join(f'{item} ({self.said(item)})' for item in answers)}" if answers else ""

    def why_not(self, kind: str, name: str) -> str:
        target = self.target(kind, name)
        if not holds(self.instrument, self.record, target):
            return self.still_open(target)
        if kind == "signposts":
            return "; it is pointed to, but not in this nation, or without a contact that may be printed"
        return "; its `when` holds, but `never_if` or `after` keeps it back"

    def still_open(self, target: Target) -> str:
        open_items = unsure_about(self.instrument, self.record, target) if self.explained else ()
        more = f" and {len(open_items) - MOST_NAMES} more" if len(open_items) > MOST_NAMES else ""
        return f"; still open: {', '.join(open_items[:MOST_NAMES])}{more}" if open_items else ""

    def said(self, item: str) -> str:
        said = self.record.answers[item]
        if isinstance(said, Entries):
            return f"{len(said.entries)} entries"
        return ", ".join(said) if isinstance(said, tuple) else str(answer_to_json(said))


def _levels(reading: OutcomeRange, ids: list[str]) -> str:
    if not reading.possible:
        return "not shown"
    lowest, highest = ids[reading.possible[0]], ids[reading.possible[-1]]
    words = lowest if lowest == highest else f"{lowest}..{highest}"
    return words if reading.applies else f"{words}, if it applies"


def _value(reading: ScoreRange) -> str:
    if reading.profile is not None:
        return reading.profile
    if reading.lowest is None or reading.highest is None:
        return "none"
    lowest, highest = number_words(reading.lowest), number_words(reading.highest)
    words = lowest if lowest == highest else f"{lowest}..{highest}"
    return words if reading.present else f"{words} or none"
