"""What the compiler needs to know of an instrument's names: which bits, which bounds, what can be hidden."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.format.instrument import CHOICES, Instrument, Item
from engine.language.terms import ALWAYS
from engine.program.merge import Merger

NUMBERS = frozenset({"number", "date"})
LAST_DAY = date.max.toordinal()
FUTURE_DAYS = 3653  # a date item with `future` reaches ten years past the assessment


@dataclass(frozen=True, slots=True)
class Bounds:
    """The whole range of a number item in units of 1/denominator."""

    least: int
    greatest: int
    denominator: int


def bounds(item: Item) -> Bounds:
    """Return the range of a number or date item that no record can leave."""
    if item.kind == "date":
        return Bounds(item.earliest.toordinal(), LAST_DAY, 1)
    if item.low is None or item.high is None:
        return Bounds(0, 0, 1)  # nothing computes with it: the loader has made sure
    scale = 10**item.decimals
    return Bounds(int(item.low * scale), int(item.high * scale), scale)


def merger_for(instrument: Instrument) -> Merger:
    """Return the rewriter that knows this instrument's choices."""
    domains: dict[str, int] = {}
    shown: set[str] = set()
    alone: dict[str, tuple[int, int]] = {}
    for item in instrument.items.values():
        if item.kind in CHOICES:
            domains[item.id] = item.everything | (item.applies_if != ALWAYS)
        if item.applies_if == ALWAYS:
            shown.add(item.id)
        own = [place for place, option in enumerate(item.options, start=1) if option.on_its_own]
        if item.kind == "tick_all" and len(own) == 1:
            alone[item.id] = own[0], len(item.options)
    for outcome in instrument.outcomes.values():
        domains[outcome.id] = outcome.everything | (outcome.applies_if != ALWAYS)
    return Merger(domains, frozenset(shown | {"today"}), alone)
