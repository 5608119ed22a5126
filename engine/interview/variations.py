"""Run one program on many variations of one record: one after another or, where there are very many and NumPy is
installed, all at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from typing import Any
from weakref import WeakKeyDictionary

from engine.format.instrument import Instrument
from engine.interview.encode import Values
from engine.interview.trial import Ranges, places
from engine.program.compiler import Program

MANY, VERY_MANY = 3_000, 60_000
"""Lines to be run from which on columns save time: where NumPy is loaded already, and where it has to be."""

Columns = Callable[..., tuple[Any, ...]]
_COLUMNS: WeakKeyDictionary[Instrument, dict[tuple[str, ...], Columns]] = WeakKeyDictionary()


def run_each(
    instrument: Instrument, program: Program, values: Values, variations: Sequence[Ranges]
) -> Iterable[tuple[int, ...]]:
    """Return the results for each variation: the values, but for these ranges."""
    if at_once(len(variations) * len(program.lines)):
        return _at_once(instrument, program, values, variations)
    return _in_turn(program, values, variations)


def at_once(lines: int) -> bool:
    """Whether so many lines, of all variations together, take less time in columns."""
    return lines >= MANY and ("numpy" in sys.modules or (lines >= VERY_MANY and find_spec("numpy") is not None))


def _in_turn(program: Program, values: Values, variations: Sequence[Ranges]) -> list[tuple[int, ...]]:
    place, run = places(program.arguments), program.run
    said = [values[name] for name in program.arguments]
    found = []
    for ranges in variations:
        arguments = said.copy()
        for name, value in ranges.items():
            if name in place:
                arguments[place[name]] = value
        found.append(run(*arguments))
    return found


def _at_once(
    instrument: Instrument, program: Program, values: Values, variations: Sequence[Ranges]
) -> Iterable[tuple[int, ...]]:
    import numpy as np  # noqa: PLC0415  an extra, and slow to load

    kept = _COLUMNS.setdefault(instrument, {})
    if program.results not in kept:
        # of so few rows a place in a table is found sooner than its bits are tested
        kept[program.results] = program.bind(np.array, np.minimum, np.maximum)
    place = places(program.arguments)
    arguments: list[Any] = [values[name] for name in program.arguments]
    for row, ranges in enumerate(variations):
        for name, value in ranges.items():
            if name in place:
                at = place[name]
                if not isinstance(arguments[at], np.ndarray):
                    arguments[at] = np.full(len(variations), arguments[at])
                arguments[at][row] = value
    out = kept[program.results](*arguments)
    return zip(*(np.broadcast_to(one, len(variations)).tolist() for one in out), strict=True)
