"""Climb to the ends of a score: one answer after the other is changed while the score goes on rising, or falling."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from engine.format.instrument import Item
from engine.interview.encode import Encoder, Values
from engine.program import names
from engine.program.compiler import Compiled
from engine.program.domain import bounds
from engine.workshop.check.people import people

STARTS = 12
ROUNDS = 4
LARGEST_CONE = 300


def climbed(compiled: Compiled, encoder: Encoder, score: str, on: date) -> tuple[int, int] | None:
    """Return the lowest and the highest of a score that was reached, in units of its line; None if it never had any."""
    line = compiled.whole.scores[score]
    program = compiled.program((line.lowest, line.highest, line.present.must))
    items = [item for item in compiled.instrument.items.values() if _argument(item) in program.arguments]
    if len(items) > LARGEST_CONE:
        return None
    reached: list[int] = []
    for record in islice(people(compiled.instrument, on), STARTS):
        for sign in (1, -1):
            values = encoder.encode(record)
            _climb(program.of, values, items, sign)
            low, high, present = program.of(values)
            if present and low == high:
                reached.append(low)
    return (min(reached), max(reached)) if reached else None


def _climb(run: Any, values: Values, items: list[Item], sign: int) -> None:
    best = _worth(run(values), sign)
    for _ in range(ROUNDS):
        before = best
        for item in items:
            for change in _changes(item):
                kept = {name: values[name] for name in change}
                values.update(change)
                worth = _worth(run(values), sign)
                if worth is not None and (best is None or worth > best):
                    best = worth
                else:
                    values.update(kept)
        if best == before:
            return


def _worth(found: tuple[int, int, bool], sign: int) -> int | None:
    low, high, present = found
    return sign * low if present and low == high else None


def _argument(item: Item) -> str:
    if item.kind == "tick_all":
        return names.possibly(item.id)
    return names.lowest(item.id) if item.kind == "number" else names.mask(item.id)


def _changes(item: Item) -> Iterator[Values]:
    """Each answer to an item; of a tick list all that may be ticked together, each alone, and none; of a number its
    ends.
    """
    if item.kind == "tick_all":
        own = sum(2 << place for place, option in enumerate(item.options) if option.on_its_own)
        whole = item.everything & ~own
        for ticked in [whole, *(2 << place for place in range(len(item.options))), *([] if own else [0])]:
            yield {names.surely(item.id): ticked, names.possibly(item.id): ticked}
    elif item.kind == "number":
        ends = bounds(item)
        for value in (ends.least, ends.greatest):
            yield {names.lowest(item.id): value, names.highest(item.id): value}
    elif item.kind in ("yes_no", "pick_one"):
        for place in range(len(item.options)):
            yield {names.mask(item.id): 2 << place}
