"""One person over time: what changed between two assessments, the outcomes of all of them, and the log by week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from engine.casework.case import Case, SetAside
from engine.casework.migrate import moved
from engine.format.instrument import Instrument
from engine.interview.assess import assess
from engine.interview.record import Answer, NonAnswer, Record
from engine.interview.since import Log, since
from engine.interview.wording import Speech, answer_words, level_words, speech_of

Moved = Literal["same", "up", "down", "more_known", "less_known", "applies_otherwise"]
"""What became of an outcome. Where merely less is known than before it did not go down."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One question that is answered otherwise than before, in words."""

    item: str
    question: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An outcome on one day: the places of its lowest and its highest level still possible (0 is the first), and the
    same in words. None and "" where it does not apply.
    """

    on: date
    at_least: int | None
    at_most: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Course:
    """An outcome over all assessments, the oldest first; `since` compares the last two."""

    outcome: str
    title: str
    levels: tuple[str, ...]
    readings: tuple[Reading, ...]
    since: Moved


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that changed since an earlier assessment. `not_compared` is what its record said that the
    questionnaire has no place for any more.
    """

    before: date
    now: date
    days: int
    changed: tuple[Changed, ...]
    courses: tuple[Course, ...]
    alerts_raised: tuple[str, ...]
    alerts_gone: tuple[str, ...]
    logs: tuple[Log, ...]
    not_compared: tuple[SetAside, ...]


def compare(instrument: Instrument, case: Case) -> Comparison | None:
    """Return what changed since the assessment before; None if there is none. Earlier records are moved to this
    version of the questionnaire for the comparison, and stay as they are in the case.
    """
    if not case.earlier:
        return None
    pairs = [moved(instrument, one) for one in case.earlier]
    records = [*(record for record, _ in pairs), case.record]
    older, aside = pairs[-1]
    found, speech = since(instrument, older, case.record), speech_of(instrument, case.record.voice)
    voice = speech.voice
    return Comparison(
        older.on,
        case.record.on,
        found.days,
        tuple(
            Changed(
                one.item,
                instrument.items[one.item].ask.says(voice),
                _words(instrument, one.item, one.before, speech),
                _words(instrument, one.item, one.now, speech),
            )
            for one in found.answers
        ),
        tuple(_course(instrument, name, records, speech) for name in instrument.outcomes),
        tuple(instrument.alerts[name].title.says(voice) for name in found.alerts_raised),
        tuple(instrument.alerts[name].title.says(voice) for name in found.alerts_gone),
        found.logs,
        aside,
    )


def _words(instrument: Instrument, item: str, said: Answer | NonAnswer | None, speech: Speech) -> str:
    return speech.say("open") if said is None else answer_words(instrument, item, said, speech)


def _course(instrument: Instrument, name: str, records: list[Record], speech: Speech) -> Course:
    outcome = instrument.outcomes[name]
    readings = []
    for record in records:
        found = assess(instrument, record).outcomes[name]
        words = level_words(outcome, found.possible, speech) if found.possible else ""
        readings.append(Reading(record.on, found.at_least, found.at_most, words))
    levels = tuple(level.title.says(speech.voice) for level in outcome.levels)
    return Course(name, outcome.title.says(speech.voice), levels, tuple(readings), _moved(readings[-2], readings[-1]))


def _moved(before: Reading, now: Reading) -> Moved:
    if before.at_least is None or before.at_most is None or now.at_least is None or now.at_most is None:
        return "same" if before.at_least == now.at_least else "applies_otherwise"
    floor, ceiling = now.at_least - before.at_least, now.at_most - before.at_most
    if floor == ceiling == 0:
        return "same"
    if floor >= 0 >= ceiling:
        return "more_known"
    if floor <= 0 <= ceiling:
        return "less_known"
    return "up" if floor >= 0 else "down"
