"""A record as JSON, and back. What is read belongs to this very questionnaire, or is refused with every reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from engine.format.instrument import Instrument
from engine.interview.answers import InvalidRecord, Message, answer_to_json, plain_words, read_answer, refused
from engine.interview.assessment import Assessment
from engine.interview.record import HOW_KNOWN, Answer, Judgement, NonAnswer, Record
from engine.problem import did_you_mean

__all__ = ["InvalidRecord", "Message", "check_judgements", "read", "to_json"]

NEEDED = ("questionnaire", "version", "voice", "date", "answers")
ALLOWED = (*NEEDED, "content_hash", "judgements", "how_known", "notes")
MOST_CHARACTERS = 2000  # of a reason or a note
LONGEST_NAME = 200
YEARS = range(1900, 2200)  # an assessment date outside these is a slip of the finger

Value = TypeVar("Value")


def to_json(record: Record) -> dict[str, Any]:
    """Return the record as JSON; `read` gives it back."""
    whole: dict[str, Any] = {
        "questionnaire": record.questionnaire,
        "version": record.version,
        "content_hash": record.content_hash,
        "voice": record.voice,
        "date": record.on.isoformat(),
        "answers": {item: answer_to_json(said) for item, said in record.answers.items()},
        "judgements": {outcome: _judgement_to_json(one) for outcome, one in record.judgements.items()},
        "how_known": dict(record.how_known),
        "notes": dict(record.notes),
    }
    return whole


def read(instrument: Instrument, data: object) -> Record:
    """Return the record that this JSON holds, or raise InvalidRecord.

    A record written by hand may leave out `content_hash`; it is then taken to be about this very file.
    """
    whole = _Whole(instrument, _map(data, ""))
    whole.check_whose()
    record = Record(
        questionnaire=instrument.id,
        version=instrument.version,
        content_hash=instrument.content_hash,
        voice=whole.voice(),
        on=whole.date(),
        answers=whole.each("answers", whole.answer),
        judgements=whole.each("judgements", whole.judgement),
        how_known=whole.each("how_known", whole.way_known),
        notes=whole.each("notes", whole.note),
    )
    if whole.slips:
        raise InvalidRecord(tuple(whole.slips))
    return record


def check_judgements(instrument: Instrument, record: Record, assessment: Assessment) -> tuple[Message, ...]:
    """Return what is wrong with the judgements now that the computed levels are known.

    A judgement on an outcome that no longer applies has no effect and is not a mistake, like any stale answer.
    """
    slips = []
    for name, judgement in record.judgements.items():
        outcome, computed = instrument.outcomes[name], assessment.outcomes[name].computed
        if outcome.by_judgement or not computed:
            continue
        judged = outcome.bit(judgement.level) - 1
        field = f"judgements.{name}"
        if judged > computed[0] and not outcome.may_raise:
            slips.append(Message(field, "This level may not be raised above what the answers give."))
        if judged < computed[0] and not outcome.may_lower:
            slips.append(Message(field, "This level may not be lowered below what the answers give."))
        if judged < computed[0] and outcome.may_lower and judgement.second_person is None:
            slips.append(Message(field, "Lowering this level takes a second person; their name is missing."))
    return tuple(slips)


class _Whole:
    """Reads the parts of one record and collects what is wrong with them."""

    def __init__(self, instrument: Instrument, data: dict[str, object]) -> None:
        self.instrument = instrument
        self.data = data
        self.slips: list[Message] = []
        self.on = date(YEARS[-1], 12, 31)  # while the date is not known, no answer lies after it

    def check_whose(self) -> None:
        """Stop at once if these are answers to something else: nothing further could be said of them."""
        for key in self.data:
            if key not in ALLOWED:
                known = dict.fromkeys(ALLOWED, "")
                self.slip(key, f"A record has no '{key}'. {did_you_mean(key, known)}".rstrip())
        for key in NEEDED:
            if key not in self.data:
                self.slip(key, "This is missing.")
        mine = {
            "questionnaire": (self.instrument.id, "These are answers to another questionnaire: here stands"),
            "version": (self.instrument.version, "These are answers to another version; this is"),
            "content_hash": (self.instrument.content_hash, "The questionnaire was changed since; its hash is now"),
        }
        for key, (value, text) in mine.items():
            if key in self.data and self.data[key] != value:
                self.slip(key, f"{text} '{value}'.")
                if key == "questionnaire":
                    raise InvalidRecord(tuple(self.slips))

    def voice(self) -> str:
        voices = self.instrument.questionnaire.voices
        voice = self.data.get("voice", voices[0])
        if voice not in voices:
            self.slip("voice", f"This must be one of: {', '.join(voices)}.")
        return str(voice)

    def date(self) -> date:
        said = self.data.get("date")
        if isinstance(said, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", said):
            try:
                self.on = date.fromisoformat(said)
            except ValueError:
                said = None
        if "date" in self.data and (not isinstance(said, str) or said != self.on.isoformat()):
            self.slip("date", "This must be the day of the assessment, as in 2026-11-23.")
        elif self.on.year not in YEARS:
            self.slip("date", f"This must be a day from {YEARS[0]} to {YEARS[-1]}.")
        return self.on

    def each(self, part: str, reading: Callable[[str, object, str], Value]) -> MappingProxyType[str, Value]:
        values: dict[str, Value] = {}
        if part not in self.data:
            return MappingProxyType(values)
        try:
            for name, said in _map(self.data[part], part).items():
                try:
                    values[name] = reading(name, said, f"{part}.{name}")
                except InvalidRecord as invalid:
                    self.slips.extend(invalid.messages)
        except InvalidRecord as invalid:
            self.slips.extend(invalid.messages)
        return MappingProxyType(values)

    def answer(self, name: str, said: object, field: str) -> Answer | NonAnswer:
        self.asked(name, field)
        return read_answer(self.instrument.items[name], said, self.on, field)

    def judgement(self, name: str, said: object, field: str) -> Judgement:
        outcome = self.instrument.outcomes.get(name)
        if outcome is None:
            known = dict.fromkeys(self.instrument.outcomes, "")
            raise refused(field, f"There is no outcome '{name}'. {did_you_mean(name, known)}".rstrip())
        if not (outcome.by_judgement or outcome.may_raise or outcome.may_lower):
            raise refused(field, "This level follows from the answers; nobody may change it.")
        parts = _map(said, field)
        slips = [Message(f"{field}.{key}", "This is missing.") for key in ("level", "reason") if key not in parts]
        kept: dict[str, str] = {}
        rooms = {"level": LONGEST_NAME, "reason": MOST_CHARACTERS, "second_person": LONGEST_NAME}
        for key, value in parts.items():
            try:
                if key not in rooms:
                    raise refused(f"{field}.{key}", f"A judgement has no '{key}'.")
                kept[key] = plain_words(value, rooms[key], f"{field}.{key}")
            except InvalidRecord as invalid:
                slips.extend(invalid.messages)
        levels = dict.fromkeys((level.id for level in outcome.levels), "")
        if "level" in kept and kept["level"] not in levels:
            hint = did_you_mean(kept["level"], levels)
            slips.append(Message(f"{field}.level", f"There is no level '{kept['level']}'. {hint}".rstrip()))
        if slips:
            raise InvalidRecord(tuple(slips))
        return Judgement(kept["level"], kept["reason"], kept.get("second_person"))

    def way_known(self, name: str, said: object, field: str) -> str:
        self.asked(name, field)
        if said not in HOW_KNOWN:
            raise refused(field, f"This must be one of: {', '.join(HOW_KNOWN)}.")
        return str(said)

    def note(self, name: str, said: object, field: str) -> str:
        self.asked(name, field)
        return plain_words(said, MOST_CHARACTERS, field)

    def asked(self, name: str, field: str) -> None:
        if name == "voice":
            raise refused(field, "The voice stands beside the answers, not among them.")
        if name not in self.instrument.items:
            known = dict.fromkeys(self.instrument.items, "")
            raise refused(field, f"Nothing here is called '{name}'. {did_you_mean(name, known)}".rstrip())

    def slip(self, field: str, text: str) -> None:
        self.slips.append(Message(field, text))


def _map(data: object, field: str) -> dict[str, object]:
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        raise refused(field, "This must be a map from names to values.")
    return data


def _judgement_to_json(judgement: Judgement) -> dict[str, str]:
    parts = {"level": judgement.level, "reason": judgement.reason}
    if judgement.second_person is not None:
        parts["second_person"] = judgement.second_person
    return parts
