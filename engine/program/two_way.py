"""The items an outcome is to be split on: their arguments, and each value they may have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.format.instrument import CHOICES, Instrument
from engine.program import names
from engine.program.build import Build
from engine.program.domain import bounds

RUNS = 64
"""How many runs a split may take: with more, only a prefix of the items is split on."""

Values = Mapping[str, Any]
Kind = Literal["mask", "ticks", "ends", "entries"]


@dataclass(frozen=True, slots=True)
class TwoWay:
    """One such item.

    `arguments` are its arguments in pairs that are equal once it is exact (one mask for a choice); `alike` the masks
    of options the outcome cannot tell apart; `can_split` whether its values are few: a matter of the item, not of a
    record, so that no answer ever changes it.
    """

    name: str
    kind: Kind
    arguments: tuple[str, ...]
    alike: tuple[int, ...]
    can_split: bool
    own: int = 0
    others: int = 0

    def each(self, values: Values) -> Iterator[dict[str, int]]:
        """Return the arguments for each of its values that is still possible."""
        first = self.arguments[0]
        if self.kind == "mask":
            mask = values[first]
            yield from ({first: mask & one} for one in self.alike if mask & one)
            return
        second = self.arguments[1]
        if self.kind == "ticks":
            bits = [one for one in range(self.others + 1) if one & ~self.others == 0 and (one or not self.own)]
            alone = [1 << place for place in range(self.own.bit_length()) if self.own >> place & 1]
            yield from ({first: one, second: one} for one in [*alone, *bits])
        else:
            yield from ({first: one, second: one} for one in range(values[first], values[second] + 1))


def two_way_items(instrument: Instrument, whole: Build, found: Mapping[str, tuple[int, ...]]) -> tuple[TwoWay, ...]:
    """Return what is needed to split on these items."""
    return tuple(_two_way(instrument, whole, name, alike) for name, alike in found.items())


def _two_way(instrument: Instrument, whole: Build, name: str, alike: tuple[int, ...]) -> TwoWay:
    item = instrument.items.get(name)
    if item is None or item.kind in CHOICES:
        return TwoWay(name, "mask", (names.mask(name),), alike, can_split=True)
    if item.kind == "tick_all":
        own = sum(1 << place for place, option in enumerate(item.options, 1) if option.on_its_own)
        few = 1 << len(item.options) <= RUNS
        both = (names.surely(name), names.possibly(name))
        return TwoWay(name, "ticks", both, (), can_split=few, own=own, others=item.everything & ~own)
    if item.kind == "repeat":
        asked = [one for question, one in whole.entries.items() if question.repeat == name]
        ends = tuple(end for one in asked for end in (names.lowest(one), names.highest(one)))
        return TwoWay(name, "entries", ends, (), can_split=False)
    few = item.kind == "number" and bounds(item).greatest - bounds(item).least < RUNS
    return TwoWay(name, "ends", (names.lowest(name), names.highest(name)), (), can_split=few)
