"""Scoring as a function over an iterator of Arrow record batches, in the shape of Spark's `mapInArrow`.

Any engine that moves Arrow batches can map it over as many machines as it has. It can be pickled, and each process
compiles the questionnaire once.

    from engine.cohort.mapped import ArrowScorer

    score = ArrowScorer(instrument, on=date(2026, 11, 23))
    frame.mapInArrow(score, ...)                                     # Spark, with the types of score.schema
    bag.map_partitions(lambda batches: list(score(batches)))         # Dask, of a bag of record batches
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

import numpy as np
import pyarrow as pa

from engine.cohort.flat import Given
from engine.cohort.scorer import Refusal, Scorer
from engine.cohort.sheet import LINE, id_column, lines_and_ids
from engine.format.instrument import Instrument


class ArrowScorer:
    """A function from record batches to record batches, row for row.

    What goes in has the columns of `engine.cohort.flat`, or a column `record` of JSON texts and perhaps an `id`. What
    comes out has those of `engine.cohort.results` and `refused`: null, or every reason why the record was not scored;
    then the rest of the row is null. `line` counts from 1 over the batches of one call.
    """

    def __init__(self, instrument: Instrument, on: date | None = None, voice: str | None = None) -> None:
        """`on` and `voice` hold of records that do not say it themselves."""
        self._packed = pickle.dumps((instrument, Given(on, voice)))

    @property
    def schema(self) -> pa.Schema:
        """The columns of what comes out."""
        schema = _unpacked(self._packed).schema
        return schema.append(pa.field("refused", pa.string()))

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Score each batch; raises UnusableFile where its columns are not the questionnaire's."""
        scorer, schema, before = _unpacked(self._packed), self.schema, 0
        for batch in batches:
            numbered = with_lines(batch, before + 1)
            scored, refused = scorer.score(numbered)
            reasons = {refusal.line - before - 1: said(refusal) for refusal in refused}
            yield _row_for_row(
                lines_and_ids(numbered, id_column(scorer.instrument, numbered.schema)), scored, reasons, schema
            )
            before += batch.num_rows


def with_lines(batch: pa.RecordBatch, first: int) -> pa.RecordBatch:
    """Return the batch with the place of each record in its file; that of the first is given."""
    return batch.append_column(LINE, pa.array(np.arange(first, first + batch.num_rows)))


def said(refusal: Refusal) -> str:
    """Return every reason of a refusal as one text."""
    return "; ".join(f"{one.field}: {one.text}" if one.field else one.text for one in refusal.reasons)


def _row_for_row(
    first: tuple[pa.Array, pa.Array], scored: list[pa.RecordBatch], reasons: dict[int, str], schema: pa.Schema
) -> pa.RecordBatch:
    """Return all rows of a batch, the refused ones among the others; `first` are its columns `line` and `id`."""
    rows = len(first[0])
    if not scored:
        return pa.RecordBatch.from_pylist([], schema=schema)
    kept = np.ones(rows, dtype=bool)
    kept[list(reasons)] = False
    places = pa.array(np.cumsum(kept) - 1, mask=~kept)
    columns = [column.take(places) for column in pa.concat_batches(scored).columns[len(first) :]]
    refused = pa.array([reasons.get(row) for row in range(rows)], pa.string())
    return pa.RecordBatch.from_arrays([*first, *columns, refused], schema=schema)


@lru_cache(maxsize=4)
def _unpacked(packed: bytes) -> Scorer:
    return Scorer(*pickle.loads(packed))  # noqa: S301  what this very class packed
