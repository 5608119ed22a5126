"""A program on NumPy columns: the same text, other tables and other minimum and maximum."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.program.compiler import Program


class Table:
    """A look-up table. `take` that clips is quicker than an index that checks; no mask is out of range."""

    def __init__(self, values: tuple[int, ...]) -> None:
        """Keep the values as a column."""
        self.values = np.array(values, dtype=np.int64)

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


def bound(program: Program) -> Callable[..., tuple[Any, ...]]:
    """Return the program as a function of columns, or of numbers that hold for every row."""
    return program.bind(lambda one: (Bits if isinstance(one[0], bool) else Table)(one), np.minimum, np.maximum)
