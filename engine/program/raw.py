"""The z3 variables of an item: what it would say in one world if it were shown, and what a record leaves of that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import z3  # type: ignore[import-untyped]

from engine.format.instrument import CHOICES, Item
from engine.language.terms import OrElse, Recorded, Table
from engine.program import names
from engine.program.domain import FUTURE_DAYS, bounds
from engine.program.maybe import Z3, Algebra

# the option from 1, or a day; ticked options; a number; entries by field
Value = int | frozenset[int] | Fraction | tuple[Mapping[str, "Value"], ...] | None
Bits = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """What a record says of a repeat: of each entry the ranges of its fields, and whether that is all."""

    entries: tuple[Bits, ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What a record leaves possible: the arguments of a program (see `names`), what was listed in each repeat, and
    what conditions may ask of the record itself.
    """

    values: Bits
    listed: Mapping[str, Listed]
    recorded: Callable[[Recorded], bool]


@dataclass(frozen=True, slots=True)
class Raw:
    """The variables of one item. `value` is the option (from 1), the number in units of its last decimal, the day, or
    how many entries there are; `points` those of an answer with `points: none`; `entries` are made as they are needed.
    """

    item: Item
    name: str
    value: Z3
    points: Z3 = None
    ticks: tuple[Z3, ...] = ()
    entries: tuple[dict[str, Raw], ...] = ()


def made(item: Item, name: str, algebra: Algebra) -> Raw:
    """Return the variables of an item under this name."""
    value = algebra.whole(name)
    match item.kind:
        case "tick_all":
            ticks = tuple(algebra.flag(f"{name}.{option.id}") for option in item.options)
            return Raw(item, name, value, ticks=ticks)
        case "repeat":
            return Raw(item, name, value, entries=tuple({} for _ in range(item.at_most)))
        case _:
            return Raw(item, name, value, algebra.real(f"{name}.points") if _open_points(item) else None)


def _open_points(item: Item) -> dict[int, tuple[Fraction, Fraction]]:
    """The options with `points: none`, each with the least and the most it may count."""
    table = item.points.number if isinstance(item.points, OrElse) else item.points
    if not isinstance(table, Table):
        return {}
    rows = enumerate(zip(table.lowest, table.highest, strict=True))
    return {bit: (low, high) for bit, (low, high) in rows if low is not None and high is not None and low != high}


def domain(raw: Raw, today: Z3) -> Iterator[Z3]:
    """What holds of the variables in every world."""
    item, value = raw.item, raw.value
    if item.kind in CHOICES:
        yield from (value >= 1, value <= len(item.options))
        for bit, (low, high) in _open_points(item).items():
            within = [raw.points >= str(low), raw.points <= str(high)]
            yield z3.Implies(value == bit, z3.And(within))
    elif item.kind == "tick_all":
        alone = [tick for tick, option in zip(raw.ticks, item.options, strict=True) if option.on_its_own]
        for own in alone:
            yield from (z3.Not(z3.And(own, tick)) for tick in raw.ticks if tick is not own)
        if alone:
            yield z3.Or(list(raw.ticks))
    elif item.kind == "number":
        ends = bounds(item)
        yield from (value >= ends.least, value <= ends.greatest)
    elif item.kind == "date":
        yield from (value >= item.earliest.toordinal(), value <= (today + FUTURE_DAYS if item.future else today))
    elif item.kind == "repeat":
        yield from (value >= 0, value <= item.at_most)


def agrees(raw: Raw, values: Bits, listed: Mapping[str, Listed]) -> Iterator[Z3]:
    """What a record adds to that."""
    item, value = raw.item, raw.value
    if item.kind in CHOICES:
        mask = values[names.mask(item.id)]
        yield from (value != bit for bit in range(1, len(item.options) + 1) if not mask >> bit & 1)
    elif item.kind == "tick_all":
        surely, possibly = values[names.surely(item.id)], values[names.possibly(item.id)]
        yield from (tick for bit, tick in enumerate(raw.ticks, start=1) if surely >> bit & 1)
        yield from (z3.Not(tick) for bit, tick in enumerate(raw.ticks, start=1) if not possibly >> bit & 1)
    elif item.kind in ("number", "date"):
        yield from (value >= values[names.lowest(item.id)], value <= values[names.highest(item.id)])
    elif item.kind == "repeat":
        said = listed[item.id]
        yield value == len(said.entries) if said.closed else value >= len(said.entries)
        for entry, known in zip(raw.entries, said.entries, strict=False):
            for one in entry.values():
                yield from agrees(one, known, listed)


def read(raw: Raw, model: Z3) -> Value:
    """Return what the item says in the world that z3 found; nothing of fields that no condition reads."""

    def number(variable: Z3) -> int:
        return int(model.eval(variable, model_completion=True).as_long())

    match raw.item.kind:
        case "yes_no" | "pick_one" | "date":
            return number(raw.value)
        case "tick_all":
            held = (z3.is_true(model.eval(tick, model_completion=True)) for tick in raw.ticks)
            return frozenset(bit for bit, one in enumerate(held, start=1) if one)
        case "number":
            return Fraction(number(raw.value), bounds(raw.item).denominator)
        case "repeat":
            entries = raw.entries[: number(raw.value)]
            return tuple({name: read(one, model) for name, one in entry.items()} for entry in entries)
        case _:
            return None
