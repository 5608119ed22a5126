"""Run an outcome's program for each value of its two-way items, and unite the results.

The items are taken in page order as long as the runs number at most `RUNS`: a prefix, not whatever still fits, else an
answer could push an item out and widen a range.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from engine.format.instrument import CHOICES, Instrument
from engine.interview.encode import Values, without_points
from engine.program import names
from engine.program.build import Build
from engine.program.compiler import Compiled
from engine.program.domain import bounds

RUNS = 64


def narrowed(compiled: Compiled, outcome_id: str, values: Values, plain: int) -> tuple[int, bool]:
    """Return the levels possible over all values of the two-way items, and whether at least and at most are exact.

    `plain` are the levels that one run on the whole ranges leaves: once all of these are reached no run adds any.
    """
    choices: list[list[Values]] = []
    runs, whole = 1, True
    exact = all(_no_open_points(compiled.instrument, name, values) for name in compiled.beyond[outcome_id])
    for name, alike in compiled.two_way[outcome_id].items():
        if _is_exact(compiled, name, values):
            continue
        if not _can_split(compiled.instrument, name):
            exact = False
            continue
        found = list(_each_value(compiled.instrument, name, values, alike))
        whole = whole and runs * len(found) <= RUNS
        if not whole:
            break
        runs *= len(found)
        choices.append(found)
    return (_united(compiled, outcome_id, values, choices, plain) if choices else plain), exact and whole


def _united(compiled: Compiled, outcome_id: str, values: Values, choices: list[list[Values]], plain: int) -> int:
    program = compiled.program((compiled.whole.outcomes[outcome_id].computed,))
    mask, picks, one = 0, product(*choices), dict(values)
    while mask != plain and (pick := next(picks, None)) is not None:
        for value in pick:
            one.update(value)
        mask |= program.run(*[one[argument] for argument in program.arguments])[0]
    return mask


def _no_open_points(instrument: Instrument, name: str, values: Values) -> bool:
    return not int(values[names.mask(name)]) & without_points(instrument.items[name])


def _is_exact(compiled: Compiled, name: str, values: Values) -> bool:
    item = compiled.instrument.items.get(name)
    if item is None or item.kind in CHOICES:
        return int(values[names.mask(name)]).bit_count() == 1
    if item.kind == "tick_all":
        return bool(values[names.surely(name)] == values[names.possibly(name)])
    if item.kind == "repeat":
        return all(_settled(entry, values) for entry in _asked(compiled.whole, name))
    return bool(values[names.lowest(name)] == values[names.highest(name)])


def _asked(build: Build, repeat: str) -> list[str]:
    return [name for question, name in build.entries.items() if question.repeat == repeat]


def _settled(name: str, values: Values) -> bool:
    ends = values[names.lowest(name)] == values[names.highest(name)]
    must, may = values.get(f"{name}__must", True), values.get(f"{name}__may", True)
    return bool(must == may and (ends or not may))  # the latest of nothing has no ends


def _can_split(instrument: Instrument, name: str) -> bool:
    """Whether the item's values are few; of the item, not of the record, so that answers never change it."""
    item = instrument.items.get(name)
    if item is None or item.kind in CHOICES:
        return True
    if item.kind == "tick_all":
        return 1 << len(item.options) <= RUNS
    ends = bounds(item)
    return item.kind == "number" and ends.greatest - ends.least < RUNS


def _each_value(instrument: Instrument, name: str, values: Values, alike: tuple[int, ...]) -> Iterator[Values]:
    item = instrument.items.get(name)
    if item is None or item.kind in CHOICES:
        mask = values[names.mask(name)]
        yield from ({names.mask(name): mask & one} for one in alike if mask & one)
    elif item.kind == "tick_all":
        own = [1 << place for place, option in enumerate(item.options, 1) if option.on_its_own]
        others = item.everything & ~sum(own)
        ticked = [bits for bits in range(others + 1) if bits & ~others == 0 and (bits or not own)]
        yield from ({names.surely(name): bits, names.possibly(name): bits} for bits in [*own, *ticked])
    else:
        low, high = values[names.lowest(name)], values[names.highest(name)]
        yield from ({names.lowest(name): one, names.highest(name): one} for one in range(low, high + 1))
