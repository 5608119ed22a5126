"""Results in NumPy columns as Arrow arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log10
from typing import Any

import numpy as np
import pyarrow as pa

from engine.cohort.sheet import Flags, Whole
from engine.program.build import LARGEST

WORDS = pa.dictionary(pa.int32(), pa.string())
LISTED = pa.list_(WORDS)
MOST_PLACES = 9
SMALL = 10  # bits of a mask up to which a table of all masks is made


def full(value: Any, rows: int) -> Any:
    """Return a column, also of what holds of every row."""
    return value if isinstance(value, np.ndarray) else np.full(rows, value)


def truths(value: Any, rows: int) -> Flags:
    """Return a column of truths."""
    column: Flags = full(value, rows).astype(bool, copy=False)
    return column


def open_or_not(must: Any, may: Any, rows: int) -> pa.Array:
    """Return true, false, or null where it is open."""
    sure = truths(must, rows)
    return pa.array(sure, mask=truths(may, rows) & ~sure)


def words(places: Whole, of: Sequence[str], absent: Flags | None = None) -> pa.Array:
    """Return words by their places, null where absent."""
    codes = pa.array(places.astype(np.int32, copy=False), mask=absent)
    return pa.DictionaryArray.from_arrays(codes, pa.array(of, pa.string()))


def by_mask(mask: Any, rows: int, size: int, read: Callable[[int], int]) -> Whole:
    """Return what `read` says of each mask of at most `size` bits."""
    column = full(mask, rows)
    if size <= SMALL:
        found: Whole = _table(size, read).take(column, mode="clip")
        return found
    masks, codes = np.unique(column.astype(np.int64), return_inverse=True)
    return np.array([read(int(one)) for one in masks])[codes]


def _table(size: int, read: Callable[[int], int]) -> Whole:
    key = size, read
    if key not in _TABLES:
        _TABLES[key] = np.array([read(mask) for mask in range(1 << size)])
    return _TABLES[key]


_TABLES: dict[tuple[int, Callable[[int], int]], Whole] = {}


def listed(columns: Sequence[Any], names: Sequence[str], rows: int) -> pa.Array:
    """Return in each row the names whose column holds there, in their order."""
    held = np.empty((rows, len(columns)), dtype=bool)
    for place, column in enumerate(columns):
        held[:, place] = column
    ends = np.zeros(rows + 1, dtype=np.int32)
    np.cumsum(held.sum(axis=1), out=ends[1:])
    codes = np.flatnonzero(held) % len(columns) if columns else np.zeros(0, np.int64)
    return pa.ListArray.from_arrays(pa.array(ends), words(codes, names))


@dataclass(frozen=True, slots=True)
class Scale:
    """How numbers in units of 1/denominator are written: whole, as a decimal, or as a fraction such as "7/3"."""

    denominator: int
    places: int | None

    @classmethod
    def of(cls, denominator: int, most: int) -> Scale:
        """Return the scale of numbers that lie at most this many units from zero."""
        for places in range(MOST_PLACES + 1):
            if 10**places % denominator == 0:
                return cls(denominator, places if most * (10**places // denominator) < LARGEST else None)
        return cls(denominator, None)

    @property
    def type(self) -> pa.DataType:
        """The Arrow type of such a column."""
        if self.places is None:
            return pa.string()
        return pa.decimal128(int(log10(LARGEST)) + 1, self.places) if self.places else pa.int64()

    def array(self, values: Any, absent: Flags) -> pa.Array:
        """Return the numbers, null where absent."""
        values = np.where(absent, 0, full(values, len(absent)))
        if self.places is None:
            distinct, codes = np.unique(values, return_inverse=True)
            texts = pa.array([str(Fraction(int(one), self.denominator)) for one in distinct], pa.string())
            return texts.take(pa.array(codes, mask=absent))
        values = values.astype(np.int64)
        if self.places == 0:
            return pa.array(values, mask=absent)
        units = values * (10**self.places // self.denominator)
        halves = np.stack([units, units >> 63], axis=1)  # 128 bits, the lower half first
        present = pa.array(~absent).buffers()[1]
        return pa.Array.from_buffers(self.type, len(values), [present, pa.py_buffer(halves)])
