"""Where results go: Parquet, CSV or JSON Lines by the suffix; and, beside them, what was refused.

Files get their names only once they are whole: an interrupted run leaves nothing half written behind.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from engine.cohort.distinct import BETWEEN
from engine.cohort.scorer import Refusal
from engine.cohort.sheet import UnusableFile

ROW_GROUP = 32_768


class Sink(Protocol):
    """Takes scored records in their order."""

    def write(self, batch: pa.RecordBatch) -> None:
        """Take some records."""

    def close(self) -> None:
        """Write what is left."""


class _Parquet:
    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._schema, self._waiting, self._rows = schema, list[pa.RecordBatch](), 0
        self._writer = pq.ParquetWriter(path, schema, compression="zstd")

    def write(self, batch: pa.RecordBatch) -> None:
        self._waiting.append(batch)
        self._rows += batch.num_rows
        if self._rows >= ROW_GROUP:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_batches(self._waiting, self._schema), row_group_size=self._rows)
        self._waiting, self._rows = [], 0


class _Csv:
    """Lists stand in one cell with bars between, as they do in what is read."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._schema = pa.schema([pa.field(one.name, _plain(one.type)) for one in schema])
        self._writer = pa_csv.CSVWriter(path, self._schema)

    def write(self, batch: pa.RecordBatch) -> None:
        columns = [_as_text(column) for column in batch.columns]
        self._writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=self._schema))

    def close(self) -> None:
        self._writer.close()


def _plain(kind: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_list(kind) or pa.types.is_dictionary(kind) else kind


def _as_text(column: pa.Array) -> pa.Array:
    if pa.types.is_list(column.type):
        return pc.binary_join(column.cast(pa.list_(pa.string())), BETWEEN)
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


class _JsonLines:
    def __init__(self, path: Path, _: pa.Schema) -> None:
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def write(self, batch: pa.RecordBatch) -> None:
        for row in batch.to_pylist():
            self._file.write(json.dumps(row, ensure_ascii=False, default=_number) + "\n")

    def close(self) -> None:
        self._file.close()


def _number(value: Any) -> float:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value))


SINKS: Mapping[str, Any] = {".parquet": _Parquet, ".csv": _Csv, ".jsonl": _JsonLines}


@contextmanager
def open_sink(path: Path, schema: pa.Schema) -> Iterator[Sink]:
    """Give a sink of the kind that the path's suffix names; raises UnusableFile."""
    kind = SINKS.get(path.suffix.lower())
    if kind is None:
        raise UnusableFile(f"{path} ends in none of {', '.join(SINKS)}, so how to write it is not known.")
    with _named_when_whole(path) as unfinished:
        sink = kind(unfinished, schema)
        try:
            yield sink
        finally:
            sink.close()


class Rejects:
    """A CSV file of what was refused: one row a reason, with the line, the id, the field and the words."""

    def __init__(self, path: Path) -> None:
        """Write the header, so that a file without rows says that nothing was refused."""
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._writer.writerow(("line", "id", "field", "reason"))

    def write(self, refusal: Refusal) -> None:
        """Write every reason."""
        for one in refusal.reasons:
            self._writer.writerow((refusal.line, refusal.id or "", one.field, one.text))

    def close(self) -> None:
        """End the file."""
        self._file.close()


@contextmanager
def open_rejects(path: Path) -> Iterator[Rejects]:
    """Give a file for what is refused."""
    with _named_when_whole(path) as unfinished:
        rejects = Rejects(unfinished)
        try:
            yield rejects
        finally:
            rejects.close()


@contextmanager
def _named_when_whole(path: Path) -> Iterator[Path]:
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        yield unfinished
        unfinished.replace(path)
    except OSError as mistake:
        raise UnusableFile(f"{path} cannot be written: {mistake.strerror}.") from None
    finally:
        unfinished.unlink(missing_ok=True)
