"""The case: a record, and what a practitioner needs around it. Every value is frozen.

A case says nothing of who the person doing this is: a charity may be asked to hand out what it holds about them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from engine.format.atoms import Id
from engine.format.instrument import Instrument
from engine.format.items import Part
from engine.interview.record import Record, start

KEEP = timedelta(days=90)  # after the last contact, unless the operator or the practitioner says otherwise
LONGEST_NOTE = 2000
LONGEST_LINE = 200


def _printable(words: str) -> str:
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\r\t" for letter in words):
        raise ValueError("there is a character here that cannot be printed")
    return words


Line = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_LINE), AfterValidator(_printable)]
Words = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_NOTE), AfterValidator(_printable)]
Reference = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
YesNo = Literal["yes", "no", "unsure"]


class Gate(Part):
    """What is asked before anything else. What was not asked is absent, and never taken as safe."""

    caller: Line = ""
    """What the person wants to be called."""
    safe_to_talk: YesNo | None = None
    """Whether it is safe to talk now."""
    minutes: Annotated[int, Field(strict=True, ge=0, le=600)] | None = None
    """How many minutes there are."""
    person_doing_this: Line = ""
    """Where the person doing this is now, as far as it is known. No names."""
    children: Line = ""
    """Where the children are now."""
    number: Line = ""
    """The number that is safe to call."""
    times: Line = ""
    """The times at which it is safe to call."""
    voicemail: YesNo | None = None
    """Whether it is safe to leave a message there."""
    consent: Literal["given", "limited", "refused", "not_asked"] | None = None
    """Whether the person agrees that this is passed on."""
    consent_limits: Words = ""
    """To whom it may be passed on, and what may not."""
    basis: Words = ""
    """Without consent: on which lawful basis it is passed on all the same, why, and who decided."""
    interpreter: Literal["not_needed", "needed", "professional"] | None = None
    """Whether there is a professional interpreter. Family and friends never interpret."""
    interpreter_name: Line = ""
    """Who interprets."""
    language: Line = ""
    """The language the person wants to speak and read."""

    @property
    def may_share(self) -> bool:
        """Whether there is consent, or a written reason to go without."""
        return self.consent in ("given", "limited") or bool(self.basis.strip())


class Call(Part):
    """One thing that happened to a call."""

    at: AwareDatetime
    """When."""
    what: Literal["began", "dropped", "ended"]
    """What happened."""
    note: Words = ""
    """What was agreed about calling again, or where the talk stopped."""


class SetAside(Part):
    """Something of the record that the newer questionnaire has no place for; kept as it was said."""

    version: Line
    """The version of the questionnaire to which it was said."""
    part: Literal["answers", "judgements", "how_known", "notes", "voice"]
    """The part of the record."""
    name: Line
    """The item or outcome; of an entry of a list, with its place and field."""
    said: Any
    """What stood there."""
    why: Words
    """Why it no longer fits."""


class Judged(Part):
    """An assessor judged an outcome, or took a judgement back; never written over."""

    at: AwareDatetime
    """When."""
    outcome: Id
    """The outcome."""
    level: Line
    """The level's id; empty where a judgement was taken back."""
    computed: Line
    """What the answers alone gave at that moment, in words."""
    reason: Words = ""
    """Why."""
    second_person: Line = ""
    """Who agreed."""
    by: Line = ""
    """Who judged."""


class Draft(Part):
    """A referral before it is written: what no answer gives."""

    to: Literal["police", "stalking_advocate", "idva", "meeting", "other"] = "stalking_advocate"
    """Which next service."""
    reason: Words = ""
    """Why it is made, in the practitioner's words."""
    pathway: Words | None = None
    """How a referral is made here; absent where the organisation's own words stand."""


class Migration(Part):
    """The record was moved from this version of the questionnaire to a newer one."""

    version: Line
    """The version it came from."""
    content_hash: Line
    """The SHA-256 of that version's file."""
    at: AwareDatetime
    """When."""


class RecordFile(Part):
    """A record as `askwell score` reads it too; its own schema is the questionnaire's."""

    questionnaire: Id
    """The questionnaire's id."""
    version: Line
    """The version of its content."""
    content_hash: Line
    """The SHA-256 of its file."""
    voice: Line
    """In whose words it was asked."""
    date: date
    """The day of the assessment."""
    answers: dict[str, Any]
    """What was said, by item; see the questionnaire's own schema."""
    judgements: dict[str, Any] = Field(default_factory=dict)
    """An assessor's levels, by outcome."""
    how_known: dict[str, Any] = Field(default_factory=dict)
    """How an answer is known: asked, volunteered, records or observed."""
    notes: dict[str, Any] = Field(default_factory=dict)
    """A practitioner's notes, by item."""


@dataclass(frozen=True, slots=True)
class Case:
    """One person's case. `earlier` are the records of earlier assessments, the oldest first, never rewritten.

    `carried` tells of each answer that was taken over from an earlier record, and not confirmed since, of which day it
    is. `judged` is the history of all judgements. `revision` counts what was saved. After `delete_after` it may be
    purged.
    """

    reference: str
    record: Record
    created: datetime
    changed: datetime
    delete_after: date
    by: str = ""
    gate: Gate = field(default_factory=Gate)
    carried: Mapping[str, date] = field(default_factory=dict)
    earlier: tuple[RecordFile, ...] = ()
    calls: tuple[Call, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    migrations: tuple[Migration, ...] = ()
    judged: tuple[Judged, ...] = ()
    draft: Draft = field(default_factory=Draft)
    revision: int = 0


def begin(instrument: Instrument, reference: str, now: datetime, on: date, keep: timedelta = KEEP) -> Case:
    """Return a new case, with nothing said yet. `now` is the moment, `on` the day of the assessment."""
    voices = instrument.questionnaire.voices
    voice = "practitioner" if "practitioner" in voices else voices[0]
    return Case(reference, start(instrument, voice, on), now, now, on + keep)
