"""Score a block of records: Arrow in, Arrow out, equal bit for bit to `assess` on each record."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from engine.cohort.arrays import by_mask
from engine.cohort.by_rule import RuleColumns
from engine.cohort.encode import ColumnEncoder, Encoded
from engine.cohort.flat import Flat, Given
from engine.cohort.narrow import Narrower
from engine.cohort.results import Chunk, Results, lowest_level
from engine.cohort.sheet import Flags, Sheet
from engine.cohort.whole import RECORD, sheet_of_records
from engine.format.instrument import Instrument
from engine.interview.answers import InvalidRecord, Message
from engine.interview.assess import assess
from engine.interview.reading import check_judgements, read
from engine.interview.ready import ready

CHUNK = 16384  # rows that run at once: fewer cost more steps of Python, more do not stay in the processor's cache


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that was not scored: where it stands, its id if it has one, and every reason."""

    line: int
    id: str | None
    reasons: tuple[Message, ...]


class Scorer:
    """Scores blocks of records of one questionnaire."""

    def __init__(self, instrument: Instrument, given: Given | None = None) -> None:
        """Bind the questionnaire's programs to columns."""
        self.instrument, self.given = instrument, given or Given()
        made = ready(instrument)
        self._encoder, self._narrower = ColumnEncoder(made), Narrower(made)
        by_rule = made.compiled.by_rule
        self._rule = None if by_rule is None else RuleColumns(made, by_rule)
        self._layout, self._results = made.layout, Results(made, self._rule)
        self._flat: tuple[pa.Schema, Flat] | None = None

    @property
    def schema(self) -> pa.Schema:
        """The columns of what comes out."""
        return self._results.schema

    def score(self, block: pa.RecordBatch) -> tuple[list[pa.RecordBatch], list[Refusal]]:
        """Return the scored records in their order, in batches of at most CHUNK rows, and those that are refused."""
        sheet = self.sheet(block)
        if not sheet.rows:
            return [], []
        encoded = self._encoder.encode(sheet)
        judged = any(record.judgements for record in encoded.records)
        batches, refused = [], []
        for first in range(0, sheet.rows, CHUNK):
            part = encoded.part(first, first + CHUNK)
            chunk = self._run(sheet, part, first)
            bad = part.refused | self._judged_wrongly(chunk) if judged else part.refused
            batch = self._results.batch(chunk)
            if bad.any():
                refused += [self._refusal(sheet, first + int(row)) for row in np.flatnonzero(bad)]
                batch = batch.filter(pa.array(~bad))
            batches.append(batch)
        return batches, refused

    def sheet(self, block: pa.RecordBatch) -> Sheet:
        """Return the block by columns; raises UnusableFile where its columns are not a questionnaire's."""
        names = block.schema.names
        if RECORD in names and RECORD not in self.instrument.items and not set(names) & set(self.instrument.items):
            return sheet_of_records(self.instrument, block)
        if self._flat is None or self._flat[0] != block.schema:
            self._flat = block.schema, Flat(self.instrument, block.schema, self.given)
        return self._flat[1].sheet(block)

    def _run(self, sheet: Sheet, part: Encoded, first: int) -> Chunk:
        out, exact = self._narrower.run(part)
        rule = None if self._rule is None else self._rule.run(part)
        lines, ids = sheet.lines.slice(first, part.rows), sheet.ids.slice(first, part.rows)
        return Chunk(part.rows, lines, ids, part, out, exact, rule)

    def _judged_wrongly(self, chunk: Chunk) -> Flags:
        """Rows with a judgement that the computed level does not allow, by the rules of `check_judgements`."""
        bad = np.zeros(chunk.rows, dtype=bool)
        heads, records = chunk.encoded.heads, chunk.encoded.records
        for name, computed, _ in self._layout.outcomes:
            outcome = self.instrument.outcomes[name]
            judged = [one.judgements.get(name) for one in records]
            if outcome.by_judgement or not any(judged):
                continue
            places = np.array([-1 if one is None else outcome.bit(one.level) - 1 for one in judged])[heads]
            may_lower = np.array([outcome.may_lower and one is not None and bool(one.second_person) for one in judged])
            given = by_mask(chunk.out[computed], chunk.rows, outcome.everything.bit_length(), lowest_level)
            wrong = (places < given) & ~may_lower[heads]
            if not outcome.may_raise:
                wrong |= places > given
            bad |= wrong & (places >= 0) & (given >= 0)
        return bad

    def _refusal(self, sheet: Sheet, row: int) -> Refusal:
        """Say what is wrong in a row, in the words that one person's reader has for it."""
        line, name = sheet.lines[row].as_py(), sheet.ids[row].as_py()
        if row in sheet.unreadable:
            return Refusal(line, name, (sheet.unreadable[row],))
        try:
            record = read(self.instrument, sheet.record(row))
        except InvalidRecord as invalid:
            return Refusal(line, name, invalid.messages)
        reasons = check_judgements(self.instrument, record, assess(self.instrument, record))
        if not reasons:
            raise AssertionError(f"Line {line} is refused by column, and not by itself: a fault of the engine.")
        return Refusal(line, name, reasons)
