"""Records as flat columns, one for each item: what a spreadsheet or a data frame holds.

| item | a cell of text | other columns |
|---|---|---|
| yes_no, pick_one | the option's id | |
| tick_all | ids with a bar between: `a|b` | list of strings |
| number | digits, as in `7` or `2.5` | integer, float, decimal |
| date | `2026-11-03`, `2026-11`, `2026` | date32 |
| text | the words | |
| repeat | JSON, as in `{"entries": [], "that_is_all": true}` | |

`dont_know`, `declined` and `not_asked` are themselves (in a list column: the only element); an empty cell, or null, is
an item that was not reached. Beside the items there may be `id` (anything), `date`, `voice`, `judgements` (JSON), and
`questionnaire`, `version`, `content_hash`, which must be the questionnaire's own. An item of such a name comes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa

from engine.cohort.distinct import BETWEEN, Distinct
from engine.cohort.sheet import (
    ABSENT,
    LINE,
    REFUSED,
    Column,
    Sheet,
    UnusableFile,
    id_column,
    lines_and_ids,
    unreadable_rows,
)
from engine.cohort.whole import RECORD, parsed
from engine.format.instrument import Instrument, Item, Kind
from engine.interview.answers import NON_ANSWERS
from engine.problem import did_you_mean

BESIDE = ("id", "date", "voice", "judgements", "questionnaire", "version", "content_hash")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Given:
    """What holds of every record of a file that does not say it itself."""

    on: date | None = None
    voice: str | None = None


def cell(kind: Kind, said: Any) -> object:
    """Return the JSON of an answer that stands in one cell."""
    if said is None or said == "":
        return ABSENT
    if isinstance(said, list):
        return said[0] if len(said) == 1 and said[0] in NON_ANSWERS else said
    if isinstance(said, date):
        return said.isoformat()
    if not isinstance(said, str) or said in NON_ANSWERS:
        return said
    match kind:
        case "tick_all":
            return said.split(BETWEEN)
        case "number":
            return Decimal(said) if NUMBER.fullmatch(said) else said
        case "text":
            return {"text": said}
        case "repeat":
            return _json(said)
        case _:
            return said


def _json(said: Any) -> object:
    try:
        return ABSENT if said is None or said == "" else parsed(said)
    except ValueError:
        return said  # words where no words stand: refused with the rest


def _beside(name: str, said: Any) -> object:
    return _json(said) if name == "judgements" else cell("pick_one", said)


class Flat:
    """Reads blocks with these columns."""

    def __init__(self, instrument: Instrument, schema: pa.Schema, given: Given) -> None:
        """Settle what each column holds; raises UnusableFile."""
        self.instrument = instrument
        names = [name for name in schema.names if name not in (LINE, REFUSED)]
        self.items = {name: instrument.items[name] for name in names if name in instrument.items and name != "voice"}
        self.beside = [name for name in names if name in BESIDE and name not in self.items]
        _check(instrument, schema, [name for name in names if name not in self.items and name not in self.beside])
        for name, item in self.items.items():
            if not _fits(item, schema.field(name).type):
                kind = schema.field(name).type
                raise UnusableFile(f"Column '{name}' has the type {kind}, which holds no answer to a {item.kind} item.")
        if "date" not in self.beside and given.on is None:
            raise UnusableFile("There is no column 'date', so the day of the assessment must be said: --on 2026-11-23.")
        fixed: dict[str, Any] = {"questionnaire": instrument.id, "version": instrument.version}
        fixed["voice"] = given.voice or instrument.questionnaire.voices[0]
        fixed["date"] = None if given.on is None else given.on.isoformat()
        self.fixed = {name: value for name, value in fixed.items() if name not in self.beside}
        self._answers = {name: Distinct(partial(cell, item.kind)) for name, item in self.items.items()}
        self._beside = {name: Distinct(partial(_beside, name)) for name in self.beside if name != "id"}

    def sheet(self, block: pa.RecordBatch) -> Sheet:
        """Return the block by columns of JSON."""
        lines, ids = lines_and_ids(block, id_column(self.instrument, block.schema))
        columns = {name: one.column(block.column(name)) for name, one in self._answers.items()}
        said = {name: column for name, column in columns.items() if column is not None}
        record = partial(self._record, block)
        return Sheet(block.num_rows, lines, ids, self._heads(block), said, record, unreadable_rows(block))

    def _record(self, block: pa.RecordBatch, row: int) -> object:
        answers = {name: cell(item.kind, block.column(name)[row].as_py()) for name, item in self.items.items()}
        beside = {name: _beside(name, block.column(name)[row].as_py()) for name in self._beside}
        return self._head(beside) | {"answers": {name: one for name, one in answers.items() if one is not ABSENT}}

    def _head(self, beside: dict[str, object]) -> dict[str, object]:
        return self.fixed | {name: value for name, value in beside.items() if value is not ABSENT}

    def _heads(self, block: pa.RecordBatch) -> Column:
        """Bring together the few columns beside the answers: each distinct row of them is one head."""
        parts: dict[str, Column] = {}
        codes = np.zeros(block.num_rows, np.int64)
        for name, one in self._beside.items():
            column = one.column(block.column(name))
            if column is not None:
                parts[name] = column
                _, codes = np.unique(codes * len(column.said) + column.codes, return_inverse=True)
        _, first, codes = np.unique(codes, return_index=True, return_inverse=True)
        rows = ({name: part.said[part.codes[row]] for name, part in parts.items()} for row in first)
        return Column(codes.astype(np.int32), [self._head(row) for row in rows])


def _check(instrument: Instrument, schema: pa.Schema, unknown: list[str]) -> None:
    twice = {name for name in schema.names if schema.names.count(name) > 1}
    if twice:
        raise UnusableFile(f"There are two columns '{min(twice)}'.")
    if RECORD in unknown:
        raise UnusableFile(f"Either '{RECORD}' holds whole records, or each item has its column; here are both.")
    known = dict.fromkeys([*(name for name in instrument.items if name != "voice"), *BESIDE], "")
    said = [f"Nothing here is called '{name}'. {did_you_mean(name, known)}".rstrip() for name in unknown]
    if any(set(name) & {";", "\t"} for name in unknown):
        raise UnusableFile("The columns are divided by another sign. Save the file as CSV with commas between them.")
    if said:
        raise UnusableFile("\n".join([*said, "A column is an item's id, or one of: " + ", ".join(BESIDE) + "."]))


def _fits(item: Item, kind: pa.DataType) -> bool:
    types = pa.types
    if types.is_dictionary(kind):
        kind = kind.value_type
    if types.is_null(kind) or types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        return True
    if item.kind == "tick_all" and (types.is_list(kind) or types.is_large_list(kind)):
        return bool(types.is_string(kind.value_type) or types.is_dictionary(kind.value_type))
    if item.kind == "number":
        return bool(types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind))
    return bool(item.kind == "date" and types.is_date32(kind))
