"""Open a case whose record was made with another version of the questionnaire: what fits is moved, item by item.

What does not fit is set aside, with the reason, and stays in the file. Nothing is dropped, and nothing is guessed: an
answer that was set aside is a question without an answer, which lowers nothing.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from engine.casework.case import Case, Migration, RecordFile, SetAside
from engine.casework.case_file import CaseFile, InvalidCaseFile, read_case
from engine.format.instrument import Instrument
from engine.interview.answers import InvalidRecord
from engine.interview.reading import read
from engine.interview.record import Record

PARTS = ("answers", "judgements", "how_known", "notes")


def open_case(instrument: Instrument, file: CaseFile, now: datetime) -> Case:
    """Return the case, its record read by this instrument; InvalidCaseFile if it belongs to another questionnaire.

    What no longer fits stands at the end of `set_aside`.
    """
    record, aside = moved(instrument, file.record)
    case = read_case(file, record)
    before = file.record
    if (before.version, before.content_hash) == (record.version, record.content_hash) and not aside:
        return case
    step = Migration(version=before.version, content_hash=before.content_hash, at=now)
    kept = {item: day for item, day in case.carried.items() if item in record.answers}
    parts = {"carried": kept, "set_aside": (*file.set_aside, *aside), "migrations": (*file.migrations, step)}
    return read_case(file.model_copy(update=parts), record)


def moved(instrument: Instrument, before: RecordFile) -> tuple[Record, tuple[SetAside, ...]]:
    """Return the record as this instrument reads it, and what it has no place for."""
    if before.questionnaire != instrument.id:
        raise InvalidCaseFile(
            f"This case belongs to the questionnaire '{before.questionnaire}', and this is '{instrument.id}'."
        )
    data = copy.deepcopy(before.model_dump(mode="json"))
    data |= {"version": instrument.version, "content_hash": instrument.content_hash}
    aside: list[SetAside] = []
    while True:
        try:
            return read(instrument, data), tuple(aside)
        except InvalidRecord as invalid:
            found = list(_take_out(instrument, data, before.version, invalid))
            if not found:
                raise InvalidCaseFile(f"The record in this case file cannot be read. {invalid}") from None
            aside.extend(found)


def _take_out(instrument: Instrument, data: dict[str, Any], version: str, invalid: InvalidRecord) -> Iterator[SetAside]:
    """Take out of the data what was refused, and say what it was."""
    for message in invalid.messages:
        part, *rest = message.field.split(".")
        if part == "voice":
            yield SetAside(version=version, part="voice", name="voice", said=data["voice"], why=message.text)
            data["voice"] = instrument.questionnaire.voices[0]
        elif part in PARTS and rest:
            place, name, where = _place(data[part], rest)
            if name in place:
                yield SetAside(
                    version=version,
                    part=part,  # type: ignore[arg-type]  # one of PARTS
                    name=where,
                    said=place.pop(name),
                    why=message.text,
                )


def _place(answers: dict[str, Any], path: list[str]) -> tuple[dict[str, Any], str, str]:
    """Where to take out: one field of one entry of a list, or all that was said to the item."""
    match path:
        case [item, "entries", entry, name, *_]:
            return answers[item]["entries"][int(entry)], name, ".".join(path[:4])
        case _:
            return answers, path[0], path[0]
