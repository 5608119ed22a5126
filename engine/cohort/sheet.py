"""A block of records by columns, as read and not yet checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from engine.format.instrument import Instrument
from engine.interview.answers import Message

Whole = npt.NDArray[np.signedinteger[Any]]
Flags = npt.NDArray[np.bool_]

# Columns of a block that are ours. No id has a #, so they meet no item.
LINE = "#line"  # where the record stands in its file, from 1
REFUSED = "#refused"  # why nothing could be read here; null where something could


class Absent:
    """What stands in a column where a record has no word on the item. (null is a word, and a wrong one.)"""


ABSENT: Final = Absent()


class UnusableFile(Exception):
    """The file as a whole cannot be scored; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Column:
    """Few distinct values in many rows: row r holds `said[codes[r]]`."""

    codes: Whole
    said: list[Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Records by columns.

    `heads` are records without their answers, as JSON; `answers` are JSON too, by item, only of items with any word.
    `record` gives one row's whole record as JSON, as `engine.interview.reading.read` takes it. `unreadable` rows have
    no record; `doubtful` ones say something that no column holds, so only `read` can tell what is wrong.
    """

    rows: int
    lines: pa.Array
    ids: pa.Array
    heads: Column
    answers: Mapping[str, Column]
    record: Callable[[int], object]
    unreadable: Mapping[int, Message]
    doubtful: tuple[int, ...] = ()


def id_column(instrument: Instrument, schema: pa.Schema) -> str | None:
    """Return the column of the records' own ids, if there is one; an item may be called so, too."""
    return "id" if "id" in schema.names and "id" not in instrument.items else None


def lines_and_ids(block: pa.RecordBatch, called: str | None) -> tuple[pa.Array, pa.Array]:
    """Return where the records stand (counted from 1 where the block does not say) and what they are called."""
    lines = block.column(LINE) if LINE in block.schema.names else pa.array(np.arange(1, block.num_rows + 1))
    ids = pa.nulls(block.num_rows, pa.string()) if called is None else block.column(called).cast(pa.string())
    return lines, ids


def unreadable_rows(block: pa.RecordBatch) -> dict[int, Message]:
    """Return the rows that their source could not read, and why."""
    if REFUSED not in block.schema.names or block.column(REFUSED).null_count == block.num_rows:
        return {}
    reasons = block.column(REFUSED).to_pylist()
    return {row: Message("", reason) for row, reason in enumerate(reasons) if reason is not None}
