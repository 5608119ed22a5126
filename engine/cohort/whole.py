"""Records as JSON, one text each, by columns."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from engine.cohort.sheet import ABSENT, Column, Sheet, id_column, lines_and_ids, unreadable_rows
from engine.format.instrument import Instrument
from engine.interview.answers import Message

RECORD = "record"
DECODER = json.JSONDecoder(parse_float=Decimal)
SHORT = 100  # characters of free words that are worth remembering
PLAIN = ("questionnaire", "version", "content_hash", "voice", "date")


def parsed(text: str | bytes) -> Any:
    """Return the JSON of a text; raises ValueError with a reason in plain words."""
    try:
        return DECODER.decode(text if isinstance(text, str) else text.decode("utf-8"))
    except UnicodeDecodeError as mistake:
        raise ValueError(f"This is not UTF-8: byte {mistake.start + 1}.") from None
    except json.JSONDecodeError as mistake:
        raise ValueError(f"This is not JSON: {mistake.msg}, character {mistake.pos + 1}.") from None
    except (ValueError, RecursionError):
        raise ValueError("This is JSON that cannot be read: too deep, or a number too long.") from None


def key_of(said: object) -> Hashable | None:
    """Return what equal JSON values share, and no unequal ones; None for those not worth remembering."""
    if isinstance(said, str):
        return said
    if isinstance(said, list) and all(isinstance(one, str) for one in said):
        return tuple(said)
    if isinstance(said, int | float | Decimal):
        return type(said), said  # True == 1 == 1.0, but they are not equally good answers
    if (
        isinstance(said, dict)
        and said.keys() == {"text"}
        and isinstance(said["text"], str)
        and len(said["text"]) <= SHORT
    ):
        return dict, said["text"]
    return None


@dataclass(slots=True)
class _Growing:
    """A column that is filled row by row."""

    codes: np.ndarray[Any, np.dtype[np.int32]]
    said: list[Any] = field(default_factory=lambda: [ABSENT])
    places: dict[Hashable, int] = field(default_factory=dict)

    def put(self, row: int, said: object, key: Hashable | None) -> None:
        place = None if key is None else self.places.get(key)
        if place is None:
            place = len(self.said)
            self.said.append(said)
            if key is not None:
                self.places[key] = place
        self.codes[row] = place

    def column(self) -> Column:
        return Column(self.codes, self.said)


def sheet_of_records(instrument: Instrument, block: pa.RecordBatch) -> Sheet:
    """Return a block with a column `record` of JSON texts by columns."""
    rows = block.num_rows
    lines, ids = lines_and_ids(block, id_column(instrument, block.schema))
    unreadable = unreadable_rows(block)
    records: list[Any] = [None] * rows
    doubtful: list[int] = []
    heads = _Growing(np.zeros(rows, np.int32))
    columns = {name: _Growing(np.zeros(rows, np.int32)) for name in instrument.items if name != "voice"}
    for row, text in enumerate(block.column(RECORD).to_pylist()):
        if row in unreadable:
            continue
        try:
            records[row] = data = parsed("" if text is None else text)
        except ValueError as mistake:
            unreadable[row] = Message("", str(mistake))
            continue
        answers = data.get("answers") if isinstance(data, dict) else None
        if not isinstance(answers, dict):
            doubtful.append(row)
            continue
        head = {name: value for name, value in data.items() if name != "answers"}
        heads.put(row, head, head_key(head))
        for name, said in answers.items():
            column = columns.get(name)
            if column is None:
                doubtful.append(row)
            else:
                column.put(row, said, said if isinstance(said, str) else key_of(said))
    said = {name: column.column() for name, column in columns.items() if len(column.said) > 1}
    return Sheet(rows, lines, ids, heads.column(), said, records.__getitem__, unreadable, tuple(doubtful))


def head_key(head: Mapping[str, Any]) -> Hashable | None:
    """Return what equal heads of records share; None for those with judgements or notes, each of which is its own."""
    if any(not isinstance(value, str) and value != {} for value in head.values()):
        return None
    if any(name not in PLAIN and isinstance(value, str) for name, value in head.items()):
        return None
    return tuple((name, value if isinstance(value, str) else "{}") for name, value in head.items())
