"""The same person in two versions of a questionnaire, exactly, for z3: joined on the items of the same id.

Somebody who gives an answer that only one version has is left out, unless the other version does not ask at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import z3  # type: ignore[import-untyped]

from engine.format.instrument import CHOICES, Instrument, Item
from engine.program.domain import bounds
from engine.program.maybe import Z3
from engine.program.one_world import OneWorld
from engine.program.raw import Raw
from engine.program.solve import Search


class TwoWorlds:
    """One person, in the world of the old version and in that of the new."""

    def __init__(self, old: Instrument, new: Instrument, *, work: int) -> None:
        """Make both worlds in one context. Nobody raises a level: that is not what changed."""
        self.old_instrument, self.new_instrument = old, new
        self.old = OneWorld(_unraised(old))
        same = {name for name, item in new.items.items() if name in old.items and is_same(item, old.items[name])}
        self.apart = [name for name in new.items if name in old.items and name not in same]
        self.new = OneWorld(
            _unraised(new), label="new.", like=self.old, but=frozenset(set(new.items) - same), own_record=False
        )
        self.new.judged = {}
        self.search = Search(self.new, work=work)

    def ask(self, *conditions: Z3) -> bool | None:
        """Return whether there is somebody of whom all of these hold."""
        return self.search.ask(*self._joined(), *conditions)

    def _joined(self) -> Iterator[Z3]:
        """What ties the two worlds together, of the variables made so far."""
        day = self.new_instrument.questionnaire.review.last.toordinal()
        yield self.old.today == day
        for name in self.apart:
            if name in self.old.raws and name in self.new.raws:
                yield from joined(self.old.raws[name], self.new.raws[name])
        for name, level in self.new.judged.items():
            if name in self.old.judged and _levels(self.old_instrument, name) == _levels(self.new_instrument, name):
                yield level == self.old.judged[name]


def _unraised(instrument: Instrument) -> Instrument:
    outcomes = {name: replace(one, may_raise=one.by_judgement) for name, one in instrument.outcomes.items()}
    return replace(instrument, outcomes=outcomes)


def _levels(instrument: Instrument, name: str) -> list[str]:
    return [level.id for level in instrument.outcomes[name].levels]


def is_same(one: Item, other: Item) -> bool:
    """Whether an item can be answered in the very same ways."""
    return _answers(one) == _answers(other)


def _answers(item: Item) -> tuple[object, ...]:
    options = tuple((option.id, option.on_its_own) for option in item.options)
    fields = tuple((one.id, *_answers(one)) for one in item.fields)
    points = item.points if item.kind in CHOICES and "lowest" in repr(item.points) else None
    ends = bounds(item) if item.kind in ("number", "date") else None
    return item.kind, options, ends, item.future, item.at_most if item.kind == "repeat" else 0, fields, _open(points)


def _open(points: object) -> object:
    """Points that are no number need the same variable in both worlds."""
    low, high = getattr(points, "lowest", None), getattr(points, "highest", None)
    return (low, high) if low != high else None


def joined(old: Raw, new: Raw) -> Iterator[Z3]:
    """What holds of an item that both versions ask, but not with the very same answers."""
    one, other = old.item, new.item
    if one.kind != other.kind or one.kind == "repeat":
        return
    there = {option.id: place for place, option in enumerate(other.options, start=1)}
    common = [(place, there[option.id]) for place, option in enumerate(one.options, start=1) if option.id in there]
    if one.kind in CHOICES:
        yield z3.Or([z3.And(old.value == before, new.value == after) for before, after in common] or [old.value < 0])
    elif one.kind == "tick_all":
        yield from (old.ticks[before - 1] == new.ticks[after - 1] for before, after in common)
        for raw, places in ((old, [before for before, _ in common]), (new, [after for _, after in common])):
            yield from (z3.Not(tick) for place, tick in enumerate(raw.ticks, start=1) if place not in places)
    elif one.kind == "number":
        scales = bounds(one).denominator, bounds(other).denominator
        yield old.value * scales[1] == new.value * scales[0]
    elif one.kind == "date":
        yield old.value == new.value
