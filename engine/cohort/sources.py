"""Records from a file, block by block, as Arrow batches that say where each record stands. Nothing is skipped silently.

JSON Lines: one record a line, as `engine.interview.reading` reads it; a line with nothing on it is no record.
CSV (UTF-8, commas) and Parquet: the flat columns of `engine.cohort.flat`, or in Parquet a column `record` of JSON.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from engine.cohort.mapped import with_lines
from engine.cohort.sheet import LINE, REFUSED, UnusableFile
from engine.cohort.whole import RECORD
from engine.format.instrument import Instrument

BLOCK = 16384  # rows that are read, sent to a worker and sent back together
BUFFER = 1 << 16  # bytes of each column of Parquet that are read at once
LONGEST_LINE = 1 << 22  # bytes of one record; more is no record of a person

FEW = ("yes_no", "pick_one", "tick_all", "date")  # kinds of items with few distinct answers
FEW_BESIDE = ("date", "voice", "questionnaire", "version", "content_hash")


@dataclass(frozen=True, slots=True)
class Block:
    """Some records, and how much of the file they are: rows of Parquet, else bytes."""

    batch: pa.RecordBatch
    size: int


@dataclass(frozen=True, slots=True)
class Source:
    """A file of records: its length (rows of Parquet, else bytes), the columns of its blocks, and the blocks."""

    length: int
    schema: pa.Schema
    blocks: Callable[[], Generator[Block]]


def open_source(instrument: Instrument, path: Path) -> Source:
    """Return the records of a file, by its suffix; raises UnusableFile."""
    try:
        return SOURCES[path.suffix.lower()](instrument, path)
    except OSError as mistake:
        raise UnusableFile(f"{path} cannot be read: {mistake.strerror or mistake}.") from None
    except pa.ArrowException as mistake:
        raise UnusableFile(f"{path} is not Parquet: {mistake}") from None


def _parquet(instrument: Instrument, path: Path) -> Source:
    kinds = {name: item.kind for name, item in instrument.items.items()}
    schema = pq.read_schema(path)
    few = [one.name for one in schema if pa.types.is_string(one.type) or pa.types.is_large_string(one.type)]
    few = [name for name in few if kinds.get(name) in FEW or (name in FEW_BESIDE and name not in kinds)]
    # read a little at a time, on this thread: a row group may hold a million rows
    file = pq.ParquetFile(path, read_dictionary=few, pre_buffer=False, buffer_size=BUFFER)

    def blocks() -> Generator[Block]:
        first, batches = 1, file.iter_batches(batch_size=BLOCK, use_threads=False)
        while True:
            try:
                batch = next(batches, None)
            except (OSError, pa.ArrowException) as mistake:
                raise UnusableFile(f"{path} cannot be read beyond record {first - 1}: {mistake}") from None
            if batch is None:
                return
            yield Block(with_lines(batch, first), batch.num_rows)
            first += batch.num_rows

    return Source(file.metadata.num_rows, file.schema_arrow, blocks)


@dataclass(slots=True)
class _Rows:
    """Rows on their way into a block: cells by column, why a row is refused, and its line."""

    columns: list[list[Any]]
    refused: list[str | None] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def add(self, cells: Sequence[Any], line: int, refused: str | None = None) -> None:
        for column, cell in zip(self.columns, cells, strict=True):
            column.append(cell)
        self.refused.append(refused)
        self.lines.append(line)

    def block(self, schema: pa.Schema, size: int) -> Block:
        """Return what has been gathered, and start afresh."""
        arrays = [pa.array(column, one.type) for column, one in zip(self.columns, schema, strict=False)]
        arrays += [pa.array(self.refused, pa.string()), pa.array(self.lines, pa.int64())]
        self.columns, self.refused, self.lines = [[] for _ in self.columns], [], []
        return Block(pa.RecordBatch.from_arrays(arrays, schema=schema), size)


OURS = (pa.field(REFUSED, pa.string()), pa.field(LINE, pa.int64()))


def _json_lines(_: Instrument, path: Path) -> Source:
    schema = pa.schema([pa.field(RECORD, pa.binary()), *OURS])

    def blocks() -> Generator[Block]:
        rows, size = _Rows([[]]), 0
        with path.open("rb") as file:
            for place, (line, length) in enumerate(_lines(file), start=1):
                size += length
                if line is None:
                    rows.add([None], place, f"This line has {length} bytes; there is room for {LONGEST_LINE}.")
                elif line.strip():
                    rows.add([line.rstrip(b"\r\n")], place)
                if len(rows.lines) == BLOCK:
                    yield rows.block(schema, size)
                    size = 0
        yield rows.block(schema, size)

    return Source(path.stat().st_size, schema, blocks)


def _lines(file: BinaryIO) -> Iterator[tuple[bytes | None, int]]:
    """Return each line, or nothing where it is too long, and its length in bytes."""
    while line := file.readline(LONGEST_LINE):
        length = len(line)
        if length < LONGEST_LINE or line.endswith(b"\n"):
            yield line, length
            continue
        while rest := file.readline(LONGEST_LINE):
            length += len(rest)
            if rest.endswith(b"\n"):
                break
        yield None, length


def _csv(_: Instrument, path: Path) -> Source:
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        header = next(csv.reader(file), None)
    if not header:
        raise UnusableFile(f"{path} is empty. The first line names the columns.")
    schema = pa.schema([*(pa.field(_shown(name), pa.string()) for name in header), *OURS])

    def blocks() -> Generator[Block]:
        rows, before = _Rows([[] for _ in header]), 0
        with path.open("rb") as raw:
            file = TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")
            for cells, line, refused in _cells(file, len(header)):
                rows.add(cells, line, refused)
                if len(rows.lines) == BLOCK:
                    yield rows.block(schema, raw.tell() - before)
                    before = raw.tell()
            yield rows.block(schema, raw.tell() - before)

    return Source(path.stat().st_size, schema, blocks)


def _cells(file: TextIOWrapper, width: int) -> Iterator[tuple[Sequence[str | None], int, str | None]]:
    """Return each row under the header: its cells, its first line, and why it cannot be read."""
    reader = csv.reader(file, strict=True)
    next(reader)
    nothing = [None] * width
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as mistake:
            yield nothing, line, f"This is not CSV: {mistake}."
            continue
        if cells is None:
            return
        if len(cells) == width and all(map(str.isascii, cells)):
            yield cells, line, None
        elif any(_shown(cell) != cell for cell in cells):
            yield nothing, line, "This is not UTF-8."
        elif len(cells) == width:
            yield cells, line, None
        elif cells:
            yield nothing, line, f"Here are {len(cells)} cells; the first line has {width}."


def _shown(text: str) -> str:
    """Return a text with what was no UTF-8 made visible."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


SOURCES: dict[str, Callable[[Instrument, Path], Source]] = {
    ".parquet": _parquet,
    ".jsonl": _json_lines,
    ".csv": _csv,
}
