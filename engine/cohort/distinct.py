"""Arrow columns as few distinct values and a code for each row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from engine.cohort.sheet import ABSENT, Column, Whole

BETWEEN = "|"
SHORT = 250  # so many values and ABSENT have codes of one byte
CLOSE = 1000  # whole numbers that lie so close together are their own codes

Read = Callable[[Any], object]  # from a cell to the JSON of an answer


class Distinct:
    """Reads the same column of one block after another. Where the values are those of the block before, they are the
    same list, so that nobody need look at them again.
    """

    def __init__(self, read: Read) -> None:
        """`read` makes the JSON of an answer from a cell."""
        self._read = read
        self._last: Any = None
        self._said: list[Any] = []
        self._or_nothing: list[Any] = []

    def column(self, array: pa.Array) -> Column | None:
        """Return the values and the code of each row; None where every row is null."""
        if array.null_count == len(array):
            return None
        values: Callable[[], list[Any]] | None = None
        kind = array.type
        if pa.types.is_list(kind) or pa.types.is_large_list(kind):
            found = _ticked(array)
            if found is None:
                said = [self._read(one) for one in array.to_pylist()]
                return Column(np.arange(len(array), dtype=np.int32), said)
            array, values = found
        elif pa.types.is_integer(kind):
            ends = pc.min_max(array)
            least, most = ends["min"].as_py(), ends["max"].as_py()
            if most - least < CLOSE:
                above = _raw(array).astype(np.int64) - np.array(least, dtype=kind.to_pandas_dtype()).astype(np.int64)
                return self._coded(above, array, (least, most), lambda: list(range(least, most + 1)))
        if not pa.types.is_dictionary(array.type):
            array = array.dictionary_encode()
        words, codes = array.dictionary, _raw(array.indices)
        if len(words) > len(array):  # a dictionary made for more rows than these
            used, codes = np.unique(np.where(_there(array), codes, len(words)), return_inverse=True)
            words = words.take(pa.array(used[used < len(words)]))
        return self._coded(codes, array, words, values or words.to_pylist)

    def _coded(self, codes: Whole, array: pa.Array, key: Any, values: Callable[[], list[Any]]) -> Column:
        if self._last is None or self._last != key:
            self._last, self._said = key, [self._read(one) for one in values()]
            self._or_nothing = [*self._said, ABSENT]
        many = len(self._said)
        if not array.null_count:
            return Column(codes, self._said)
        there = _there(array)
        if many > SHORT:
            return Column(np.where(there, codes.astype(np.int32), many), self._or_nothing)
        there -= 1  # 255 where there is nothing, else 0
        return Column(np.minimum(codes.astype(np.uint8) | there, np.uint8(many)), self._or_nothing)


def _raw(array: pa.Array) -> Any:
    """Return whole numbers as they stand in memory: where they are null, any."""
    kind = np.dtype(array.type.to_pandas_dtype())
    return np.frombuffer(array.buffers()[1], kind, len(array), array.offset * kind.itemsize)


def _there(array: pa.Array) -> Any:
    """Return 1 where there is something, 0 where there is null."""
    array = array.indices if pa.types.is_dictionary(array.type) else array
    bits = array.buffers()[0]
    if bits is None:
        return np.ones(len(array), dtype=np.uint8)
    first, left = divmod(array.offset, 8)
    packed = np.frombuffer(bits, np.uint8, -(-(left + len(array)) // 8), first)
    return np.unpackbits(packed, count=left + len(array), bitorder="little")[left:]


def _ticked(array: pa.Array) -> tuple[pa.Array, Callable[[], list[list[str]]]] | None:
    """Return lists joined to texts, with what each text stands for; None where that would not tell them apart."""
    flat = array.flatten()
    words = flat.dictionary if pa.types.is_dictionary(flat.type) else flat
    if flat.null_count or pc.any(pc.match_substring(words, BETWEEN)).as_py():
        return None
    if pa.types.is_dictionary(flat.type):
        array = array.cast(pa.list_(pa.string()))
    joined = pc.binary_join(array, BETWEEN).dictionary_encode()
    return joined, lambda: [one.split(BETWEEN) if one else [] for one in joined.dictionary.to_pylist()]
