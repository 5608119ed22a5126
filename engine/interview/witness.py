"""Does an item matter to an outcome? Two worlds that differ in this item alone, and in the level, show that it does.

Most witnesses are found on a way from a world of little concern to one of much: somewhere on it the level turns, and
there one answer more or less decides. Where none is found so, and to show that there is none, what is open is gone
through value by value, within a fixed number of steps.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

from engine.format.instrument import Instrument, Item
from engine.interview.encode import Values, last_day
from engine.interview.encode import answered as left_by
from engine.interview.ready import ready
from engine.interview.record import Days, Entries, Record, answered
from engine.interview.replies import logged, replies
from engine.interview.trial import Ranges, owners
from engine.interview.weights import End, scale_for
from engine.program import names
from engine.program.compiler import Program

MOST_TICKS = 4  # options of a list of which every way to tick them is tried
STEPS, STEPS_OF_ONE = 1000, 200  # of going through what is open: of an outcome, and of one item in it

ENDS: tuple[End, End] = ("lowest", "highest")
Placed = tuple[tuple[int, Any], ...]
Picks = Mapping[str, int]
Hangs = Callable[[Ranges], set[str]]


class Search:
    """Looks for witnesses in one outcome of one record.

    `values` are the record's, encoded, with what running through two-way items left; `hangs` tells on which items the
    outcome hangs when these ranges are put in their place.
    """

    def __init__(self, instrument: Instrument, record: Record, values: Values, outcome: str, hangs: Hangs) -> None:
        """Find out what is open, and the two worlds to go between."""
        self.instrument, self.values, self.hangs = instrument, values, hangs
        results = (ready(instrument).compiled.whole.outcomes[outcome].acting,)
        self.scales = {end: scale_for(instrument, results, end) for end in ENDS}
        self.program = ready(instrument).compiled.program(results)
        self.each: dict[str, Sequence[Ranges]] = {}
        self.whole: set[str] = set()
        for name in owners(self.program.arguments):
            found, whole = open_values(instrument, record, name)
            if found:
                self.each[name] = found
                self.whole |= {name} if whole else set()
        self.said, self.at = self._placed(self.program)
        self.low, self.high = self._end("lowest"), self._end("highest")
        self.steps = STEPS

    def matters(self, item: str) -> bool | None:
        """Whether the item can still change the outcome; None if neither was shown within the steps there are."""
        if item not in self.each:
            return None
        shown = self._shown(item)
        low, high = {**self.low, **shown}, {**self.high, **shown}
        if any(self._turns(item, low, high, order) for order in _orders([one for one in self.each if one != item])):
            return True
        return self._gone_through(item, {}, max(self.steps - STEPS_OF_ONE, 0))

    def _placed(self, program: Program) -> tuple[list[Any], Mapping[str, Sequence[Placed]]]:
        """The arguments of a program, and for each value of what is open where it goes."""
        place = {name: place for place, name in enumerate(program.arguments)}
        at = {
            name: [tuple((place[one], value) for one, value in ranges.items() if one in place) for ranges in each]
            for name, each in self.each.items()
        }
        return [self.values[name] for name in program.arguments], at

    def _level(self, picks: Picks, item: str = "", one: int = 0) -> int:
        """The mask of levels left with these values, and this one of the item."""
        arguments, at = self.said.copy(), self.at
        for name, pick in picks.items():
            for place, value in at[name][pick]:
                arguments[place] = value
        for place, value in at[item][one] if item else ():
            arguments[place] = value
        return int(self.program.run(*arguments)[0])

    def _end(self, end: End) -> dict[str, int]:
        """A world of the lowest, or the highest, level that fixing one item after another finds. Among values that
        leave the same levels, the one with the lower, or higher, scores is taken.
        """
        scale, picks = self.scales[end], dict[str, int]()
        arguments, at = self._placed(scale.program)
        for name in self.each:
            found = []
            for one, placed in enumerate(at[name]):
                for place, value in placed:
                    arguments[place] = value
                mask, *ends = scale.program.run(*arguments)
                total = sum(number * factor for number, factor in zip(ends, scale.factors, strict=True))
                found.append((mask.bit_length(), total, -one) if end == "highest" else (-(mask & -mask), -total, -one))
            picks[name] = -max(found)[2]
            for place, value in at[name][picks[name]]:
                arguments[place] = value
        return picks

    def _shown(self, item: str) -> dict[str, int]:
        """Answers with which the item is shown, as far as fixing one after another finds any."""
        line = ready(self.instrument).compiled.whole.applies[item]
        program = ready(self.instrument).compiled.program((line.may,))
        arguments, at = self._placed(program)
        picks: dict[str, int] = {}
        for name in owners(program.arguments):
            for one, placed in enumerate(at.get(name, ())):
                for place, value in placed:
                    arguments[place] = value
                picks[name] = one
                if program.run(*arguments)[0]:
                    break
        return picks

    def _turns(self, item: str, low: Picks, high: Picks, order: Sequence[str]) -> bool:
        """Whether the item decides where the level turns on the way from one world to the other."""

        def level(steps: int, one: int) -> int:
            return self._level(
                {name: (high if place < steps else low)[name] for place, name in enumerate(order)}, item, one
            )

        def decides(steps: int) -> bool:
            return _differ(level(steps, one) for one in values)

        values, most = range(len(self.each[item])), len(order)
        if decides(0) or decides(most):
            return True
        for one in (values[0], values[-1]):
            first, last = level(0, one), level(most, one)
            if first & last:
                continue
            left = bisect_left(range(most), True, key=lambda steps: not level(steps, one) & first)
            reached = bisect_left(range(most), True, key=lambda steps: bool(level(steps, one) & last))
            if any(decides(steps) for steps in {left - 1, left, reached - 1, reached} if steps >= 0):
                return True
        return False

    def _gone_through(self, item: str, picks: Picks, until: int) -> bool | None:
        """Whether the item matters with these values of others; only what the outcome hangs on is gone through."""
        if self.steps <= until:
            return None
        self.steps -= 1
        ranges: Values = {}
        for name, one in picks.items():
            ranges |= self.each[name][one]
        open_items = self.hangs(ranges)
        if item not in open_items:
            return False
        masks = [self._level(picks, item, one) for one in range(len(self.each[item]))]
        if _differ(masks):
            return True
        left = [name for name in self.each if name not in picks and name != item and self._may_count(name, open_items)]
        if not left:
            return False if item in self.whole and len(set(masks)) == 1 and masks[0].bit_count() == 1 else None
        name = min(left, key=lambda one: len(self.each[one]))
        sure = name in self.whole
        for one in range(len(self.each[name])):
            found = self._gone_through(item, {**picks, name: one}, until)
            if found:
                return True
            sure = sure and found is False
        return False if sure else None

    def _may_count(self, name: str, open_items: set[str]) -> bool:
        return name in open_items or name in self.instrument.outcomes


def _differ(masks: Iterator[int] | list[int]) -> bool:
    return any(not one & other for one, other in combinations(dict.fromkeys(masks), 2))


def _orders(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """A few unlike orders, the same every time."""
    for start in dict.fromkeys((0, len(names) // 2, len(names) // 4, 3 * len(names) // 4)):
        order = [*names[start:], *names[:start]]
        yield from (order, order[::-1])


def open_values(instrument: Instrument, record: Record, name: str) -> tuple[Sequence[Ranges], bool]:
    """Return the ranges of single values, still possible, of an item or of an outcome left to judgement, and whether
    these are all; none where only one is.
    """
    outcome, item = instrument.outcomes.get(name), instrument.items.get(name)
    if outcome is not None and outcome.by_judgement and name not in record.judgements:
        return [{names.mask(name): 1 << bit} for bit in range(1, len(outcome.levels) + 1)], True
    if item is None or name == "voice":
        return [], True
    said, tried = record.answers.get(name), replies(instrument, name, record.on)
    today = record.on.toordinal()
    if not answered(record, name):
        few = item.kind == "tick_all" and len(item.options) <= MOST_TICKS
        every = [left_by(item, one, today) for one in _ticked(item)] if few else [one.ranges for one in tried.each]
        return every, few or tried.all_of_them
    if isinstance(said, Days) and said.first < said.last:
        found = [
            Days(one, one)
            for one in (max(said.first, item.earliest), min(said.last, date.fromordinal(last_day(item, today))))
        ]
        days = (reply.answer for reply in tried.each)
        found += [one for one in days if isinstance(one, Days) and said.first <= one.first <= said.last]
        return [left_by(item, one, today) for one in dict.fromkeys(found)], False
    if isinstance(said, Entries) and not said.closed:
        more = [one.answer.entries for one in tried.each if isinstance(one.answer, Entries)]
        fits = [replace(said, entries=(*said.entries, *one), closed=True) for one in more]
        return [logged(instrument, name, one, record.on) for one in fits if len(one.entries) <= item.at_most], False
    return [], True


def _ticked(item: Item) -> Iterator[tuple[str, ...]]:
    """Every way to tick a list: one of the options that stand alone, or some of the others."""
    alone = [option.id for option in item.options if option.on_its_own]
    together = [option.id for option in item.options if not option.on_its_own]
    yield from ((one,) for one in alone)
    for size in range(1 if alone else 0, len(together) + 1):
        yield from combinations(together, size)
