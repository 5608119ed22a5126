"""Results in NumPy columns as Arrow arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import log10
from typing import Any

import numpy as np
import pyarrow as pa

from engine.cohort.sheet import Flags, Whole
from engine.program.build import LARGEST

WORDS = pa.dictionary(pa.int32(), pa.string())
LISTED = pa.list_(WORDS)
MOST_PLACES = 9
KEPT = 256  # columns that are the same in every block
SMALL = 10  # bits of a mask up to which a table of all masks is made


def full(value: Any, rows: int) -> Any:
    """Return a column, also of what holds of every row."""
    return value if isinstance(value, np.ndarray) else np.full(rows, value)


def truths(value: Any, rows: int) -> Flags:
    """Return a column of truths."""
    column: Flags = full(value, rows).astype(bool, copy=False)
    return column


def packed(column: Flags) -> pa.Buffer:
    """Return truths as Arrow keeps them, eight to a byte."""
    return pa.py_buffer(np.packbits(column, bitorder="little"))


def flags(value: Any, rows: int, absent: Flags | None = None) -> pa.Array:
    """Return truths, null where absent."""
    if absent is None and not isinstance(value, np.ndarray):
        return _same_flag(bool(value), rows)
    there = None if absent is None else packed(~absent)
    return pa.BooleanArray.from_buffers(pa.bool_(), rows, [there, packed(truths(value, rows))])


@lru_cache(maxsize=KEPT)
def _same_flag(value: bool, rows: int) -> pa.Array:
    return flags(np.full(rows, value), rows)


def open_or_not(must: Any, may: Any, rows: int) -> pa.Array:
    """Return true, false, or null where it is open."""
    if must is may:
        return flags(must, rows)
    sure = truths(must, rows)
    return flags(sure, rows, truths(may, rows) & ~sure)


def words(places: Whole, of: Sequence[str], absent: Flags | None = None) -> pa.Array:
    """Return words by their places, null where absent."""
    codes = pa.array(places.astype(np.int32, copy=False), mask=absent)
    return pa.DictionaryArray.from_arrays(codes, _text(tuple(of)), safe=False)  # a place is that of a word


@lru_cache(maxsize=KEPT)
def _text(words: tuple[str, ...]) -> pa.Array:
    return pa.array(words, pa.string())


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
        _TABLES[key] = np.array([read(mask) for mask in range(1 << size)], np.int32)
    return _TABLES[key]


_TABLES: dict[tuple[int, Callable[[int], int]], Whole] = {}


def listed(columns: Sequence[Any], names: Sequence[str], rows: int) -> pa.Array:
    """Return in each row the names whose column holds there, in their order."""
    if not columns:
        return _nothing_listed(rows)
    held = np.empty((rows, len(columns)), dtype=bool)
    for place, column in enumerate(columns):
        held[:, place] = column
    ends = np.zeros(rows + 1, dtype=np.int32)
    np.cumsum(held.sum(axis=1), out=ends[1:])
    codes = np.flatnonzero(held) % len(columns)
    return pa.ListArray.from_arrays(pa.array(ends), words(codes, names))


@lru_cache(maxsize=KEPT)
def _nothing_listed(rows: int) -> pa.Array:
    return pa.ListArray.from_arrays(pa.array(np.zeros(rows + 1, np.int32)), words(np.zeros(0, np.int32), ()))


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

    def array(self, values: Any, rows: int, absent: Flags | None = None) -> pa.Array:
        """Return the numbers, null where absent."""
        values = full(values, rows)
        if absent is not None:
            values = np.where(absent, 0, values)
        if self.places is None:
            distinct, codes = np.unique(values, return_inverse=True)
            texts = pa.array([str(Fraction(int(one), self.denominator)) for one in distinct], pa.string())
            return texts.take(pa.array(codes, mask=absent))
        values = values.astype(np.int64)
        if self.places == 0:
            return pa.array(values, mask=absent)
        units = values * (10**self.places // self.denominator)
        halves = np.stack([units, units >> 63], axis=1)  # 128 bits, the lower half first
        present = None if absent is None else packed(~absent)
        return pa.Array.from_buffers(self.type, rows, [present, pa.py_buffer(halves)])
