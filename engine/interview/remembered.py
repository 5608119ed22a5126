"""What a function of few different arguments returned, kept: looking it up takes a tenth of a call."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

MOST = 4096  # a bound on memory; what is kept follows from answers that many give, and tells nothing of anybody
Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(dict[Key, Value]):
    """What `work` returns, by its argument: worked out when first looked up, and kept while there is room."""

    def __init__(self, work: Callable[[Key], Value]) -> None:
        """Nothing is known yet."""
        super().__init__()
        self._work = work

    def __missing__(self, key: Key) -> Value:
        value = self._work(key)
        if len(self) < MOST:
            self[key] = value
        return value
