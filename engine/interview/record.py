"""The record of one person: answers, and four kinds of non-answer that mean the same and are never confused.

Only the record is ever stored; everything else is recomputed from it. Every value is frozen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import Enum

from engine.format.instrument import Instrument

# How a practitioner knows an answer.
HOW_KNOWN = ("asked", "volunteered", "records", "observed")


class NonAnswer(Enum):
    """Put to the person, or not, and not answered. An item that is simply absent from the record was not reached."""

    DONT_KNOW = "dont_know"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"

    __hash__ = object.__hash__  # each is one object; by its name, as enums do, every look-up takes four times as long


@dataclass(frozen=True, slots=True)
class Days:
    """A date as far as it is known: every day from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Words:
    """Free words."""

    text: str


@dataclass(frozen=True, slots=True)
class Entries:
    """What was listed in a repeat; `closed` once "that is all" was answered."""

    entries: tuple[Mapping[str, Answer | NonAnswer], ...]
    closed: bool


# an option; ticked options; a number; a date; words; entries
Answer = str | tuple[str, ...] | Decimal | Days | Words | Entries


@dataclass(frozen=True, slots=True)
class Judgement:
    """An assessor's own level for an outcome: the level's id, why, and who agreed if it lowers the computed one."""

    level: str
    reason: str
    second_person: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that was said, to one version of one questionnaire, on one assessment date."""

    questionnaire: str
    version: str
    content_hash: str
    voice: str
    on: date
    answers: Mapping[str, Answer | NonAnswer] = field(default_factory=dict)
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    how_known: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    def saying(self, item: str, answer: Answer | NonAnswer) -> Record:
        """Return the record with this answer to this item."""
        return replace(self, answers={**self.answers, item: answer})

    def without(self, item: str) -> Record:
        """Return the record with no word on this item."""
        return replace(self, answers={key: value for key, value in self.answers.items() if key != item})


def start(instrument: Instrument, voice: str, on: date) -> Record:
    """Return the record of a person who has not said anything yet."""
    if voice not in instrument.questionnaire.voices:
        raise ValueError(f"'{instrument.id}' cannot be answered in the voice '{voice}'")
    return Record(instrument.id, instrument.version, instrument.content_hash, voice, on)


def answered(record: Record, item: str) -> bool:
    """Say whether there is an answer, and not one of the non-answers."""
    return is_answer(record.answers.get(item))


def is_answer(said: Answer | NonAnswer | None) -> bool:
    """Say whether this is an answer. A list with nothing in it is one only once "that is all" was said."""
    if isinstance(said, Entries):
        return said.closed or bool(said.entries)
    return said is not None and not isinstance(said, NonAnswer)
