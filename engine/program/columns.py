"""A program on NumPy columns: the same text, other tables and other minimum and maximum."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from engine.program.compiler import Program
from engine.program.lines import Line

FACTOR = re.compile(r"(?<![\w.])(\d+)(?= \* )")


class Table:
    """A look-up table. `take` that clips is quicker than an index that checks; no mask is out of range."""

    def __init__(self, values: tuple[int, ...], numbers: Any) -> None:
        """Keep the values as a column."""
        self.values = np.array(values, dtype=np.promote_types(numbers, smallest(max(map(abs, values)))))

    def __getitem__(self, places: Any) -> Any:
        """Return the values at these places."""
        return self.values.take(places, mode="clip")


class Bits:
    """A table that says of masks whether they have any of some bits, or none: on columns a test is quicker."""

    def __init__(self, values: tuple[int, ...]) -> None:
        """Find the bits out."""
        self.wanted = not values[0]
        self.bits = sum(1 << bit for bit in range(len(values).bit_length() - 1) if values[1 << bit] is self.wanted)

    def __getitem__(self, masks: Any) -> Any:
        """Return of each mask what the table says."""
        return (masks & self.bits != 0) if self.wanted else (masks & self.bits == 0)


def smallest(most: int) -> Any:
    """Return the type of a column of whole numbers that lie at most so far from zero: of masks, too."""
    return np.dtype(np.int16 if most < 2**15 else np.int32 if most < 2**31 else np.int64)


def bound(program: Program, numbers: Any = None) -> Callable[..., tuple[Any, ...]]:
    """Return the program as a function of columns, or of numbers that hold for every row.

    `numbers` is the type of columns in which it computes: of its own accord NumPy takes 64 bits for points times a
    truth, which is slow. Whoever says it knows that none of the program's numbers is too large for it.
    """
    if numbers is None:
        return _bind(program, np.dtype(np.int64))
    factors = {int(one) for line in program.lines for one in FACTOR.findall(line.text)}
    lines = (Line(one.name, FACTOR.sub(r"_\1", one.text), "") for one in program.lines)
    known = {**program.known, **{f"_{one}": numbers.type(one) for one in factors}}
    return _bind(replace(program, lines=tuple(lines), known=known), numbers)


def _bind(program: Program, numbers: Any) -> Callable[..., tuple[Any, ...]]:
    def table(values: tuple[int, ...]) -> Any:
        return Bits(values) if isinstance(values[0], bool) else Table(values, numbers)

    return program.bind(table, np.minimum, np.maximum)
