"""Records as the rows of a flat table: what `engine.cohort.flat` reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from engine.format.instrument import Instrument, Item
from engine.interview.answers import answer_to_json
from engine.interview.reading import to_json
from engine.interview.record import Answer, Entries, NonAnswer, Record, Words


def cells(record: Record, name: str) -> dict[str, str]:
    """One record as cells of text, by column."""
    said = {item: cell(answer) for item, answer in record.answers.items()}
    judgements = to_json(record)["judgements"]
    beside = {"id": name, "voice": record.voice, "date": record.on.isoformat()}
    return said | beside | ({"judgements": json.dumps(judgements)} if judgements else {})


def cell(said: Answer | NonAnswer) -> str:
    if isinstance(said, Words):
        return said.text
    if isinstance(said, Entries):
        return json.dumps(answer_to_json(said))
    if isinstance(said, tuple):
        return "|".join(said)
    if isinstance(said, Decimal):
        return format(said, "f")
    return str(answer_to_json(said))


def columns(instrument: Instrument) -> list[str]:
    asked = [item.id for item in instrument.items.values() if item.kind != "note" and item.id != "voice"]
    return ["id", "date", "voice", "judgements", *asked]


def text_table(instrument: Instrument, records: Sequence[Record]) -> pa.Table:
    """Records with every cell a text."""
    rows = [cells(record, f"p{place}") for place, record in enumerate(records)]
    return pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in columns(instrument)})


def typed_table(instrument: Instrument, records: Sequence[Record]) -> pa.Table:
    """Records with lists, decimals and days as such, in the columns where no word and no part of a date stands."""
    table = text_table(instrument, records)
    for item in instrument.items.values():
        if item.id not in table.column_names:
            continue
        said = [record.answers.get(item.id) for record in records]
        column = _typed(item, said)
        if column is not None:
            table = table.set_column(table.column_names.index(item.id), item.id, column)
    return table


def _typed(item: Item, said: list[Any]) -> pa.Array | None:
    if item.kind == "tick_all":
        return pa.array([_list(one) for one in said], pa.list_(pa.string()))
    words = any(isinstance(one, NonAnswer) for one in said)
    if item.kind == "number" and not words:
        return pa.array(said, pa.decimal128(20, item.decimals))
    if item.kind == "date" and not words and all(one is None or one.first == one.last for one in said):
        return pa.array([None if one is None else one.first for one in said], pa.date32())
    return None


def _list(said: Any) -> list[str] | None:
    return [said.value] if isinstance(said, NonAnswer) else None if said is None else list(said)
