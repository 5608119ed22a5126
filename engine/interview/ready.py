"""An instrument with its programs at hand, and the results of a run by the names of their lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from engine.format.instrument import Instrument
from engine.interview.encode import Encoder
from engine.program.compiler import Compiled, compile_instrument
from engine.program.lines import NumberLine, TruthLine

CONSTANTS = {"True": True, "False": False}


@dataclass(slots=True)
class Ready:
    """An instrument's programs and what is needed to read their results."""

    compiled: Compiled
    encoder: Encoder
    positions: Mapping[str, int]
    open_applies: Mapping[str, bool | None]
    gated: tuple[tuple[str, str, str], ...]


_READY: WeakKeyDictionary[Instrument, Ready] = WeakKeyDictionary()


def ready(instrument: Instrument) -> Ready:
    """Return the instrument's programs, compiled when first asked for."""
    if instrument not in _READY:
        compiled = compile_instrument(instrument)
        whole = compiled.whole
        gated = tuple((name, line.must, line.may) for name, line in whole.applies.items() if line.must != "True")
        positions = {name: place for place, name in enumerate(compiled.main.results)}
        _READY[instrument] = Ready(compiled, Encoder(compiled), positions, dict.fromkeys(whole.applies, True), gated)
    return _READY[instrument]


class Results:
    """The results of one run, by the names of their lines."""

    def __init__(self, positions: Mapping[str, int], values: Sequence[Any]) -> None:
        self.positions, self.values = positions, values

    def __getitem__(self, name: str) -> Any:
        place = self.positions.get(name)
        if place is not None:
            return self.values[place]
        return CONSTANTS[name] if name in CONSTANTS else int(name)

    def truth(self, line: TruthLine) -> bool | None:
        """True, False, or None where it is open."""
        return True if self[line.must] else None if self[line.may] else False

    def ends(self, line: NumberLine) -> tuple[Fraction | None, Fraction | None, bool | None]:
        present = self.truth(line.present)
        if present is False:
            return None, None, False
        return Fraction(self[line.lowest], line.denominator), Fraction(self[line.highest], line.denominator), present


@lru_cache(maxsize=4096)
def levels(mask: int) -> tuple[int, ...]:
    """Return the places of the levels in a mask, from 0 for the first."""
    return tuple(bit - 1 for bit in range(1, mask.bit_length()) if mask >> bit & 1)
