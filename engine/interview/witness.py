"""Does an item matter to an outcome? Two worlds that differ in this item alone, and in the level, show that it does.

Most witnesses are found on a way from a world of little concern to one of much: somewhere on it the level turns, and
there one answer more or less decides. Where none is found so, and to show that there is none, what is open is gone
through value by value, within a fixed number of steps.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any
from weakref import WeakKeyDictionary

from engine.format.instrument import Instrument
from engine.interview.encode import Values, without_points
from engine.interview.ready import ready
from engine.interview.record import Record
from engine.interview.single_values import single_values
from engine.interview.trial import Ranges, owners
from engine.interview.weights import End, scale_for
from engine.program import names
from engine.program.compiler import Program
from engine.program.hanging import Hanging

STEPS, STEPS_OF_ONE = 2000, 400  # of going through what is open: of an outcome, and of one item in it

ENDS: tuple[End, End] = ("lowest", "highest")
Placed = tuple[tuple[int, Any], ...]
Picks = Mapping[str, int]


class Search:
    """Looks for witnesses in one outcome of one record.

    `values` are the record's, encoded, with what running through two-way items left; `hanging` tells on which items an
    outcome hangs.
    """

    def __init__(self, instrument: Instrument, record: Record, values: Values, outcome: str, hanging: Hanging) -> None:
        """Find out what is open, and the two worlds to go between."""
        self.instrument, self.values, self.hanging = instrument, values, hanging
        results = (ready(instrument).compiled.whole.outcomes[outcome].acting,)
        self.scales = {end: scale_for(instrument, results, end) for end in ENDS}
        self.program = ready(instrument).compiled.program(results)
        self.each: dict[str, Sequence[Ranges]] = {}
        self.whole: set[str] = set()
        for name in owners(self.program.arguments):
            found, whole = single_values(instrument, record, name)
            if found:
                self.each[name] = found
                self.whole |= {name} if whole else set()
        self.said, self.at = self._placed(self.program)
        self.sets = hanging.alone(outcome)
        self.sets_said, self.sets_at = self._placed(self.sets)
        self.groups = groups(instrument)
        self.low, self.high = self._end("lowest"), self._end("highest")
        self.steps = STEPS

    def matters(self, item: str) -> bool | None:
        """Whether the item can still change the outcome; None if neither was shown within the steps there are."""
        if item not in self.each:
            return None
        shown = self._shown(item)
        low, high = {**self.low, **shown}, {**self.high, **shown}
        if any(self._turns(item, low, high, order) for order in self._orders(item)):
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
                level = (mask.bit_length(), total) if end == "highest" else (-(mask & -mask), -total)
                found.append((self._is_single(name, one), *level, -one))
            picks[name] = -max(found)[3]
            for place, value in at[name][picks[name]]:
                arguments[place] = value
        return picks

    def _is_single(self, name: str, one: int) -> bool:
        """Whether a value leaves nothing open: an option without points of its own may count as any other does."""
        item = self.instrument.items.get(name)
        return item is None or not self.each[name][one].get(names.mask(name), 0) & without_points(item)

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

    def _orders(self, item: str) -> Iterator[Sequence[str]]:
        """A few unlike orders of the others: what is added up or judged with the item first, or last; then any."""
        others = [one for one in self.each if one != item]
        for group in self.groups:
            if item in group:
                near, far = [one for one in others if one in group], [one for one in others if one not in group]
                yield from ([*near, *far], [*near[::-1], *far], [*far, *near], [*far, *near[::-1]])
        for start in dict.fromkeys((0, len(others) // 2, len(others) // 4, 3 * len(others) // 4)):
            order = [*others[start:], *others[:start]]
            yield from (order, order[::-1])

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
        found = self._hanging_on(picks)
        if not found & self.hanging.bits[item]:
            return False
        masks = [self._level(picks, item, one) for one in range(len(self.each[item]))]
        if _differ(masks):
            return True
        left = [name for name in self.each if name not in picks and name != item and self._may_count(name, found)]
        if not left:
            return False if item in self.whole and len(set(masks)) == 1 and masks[0].bit_count() == 1 else None
        name = min(left, key=lambda one: len(self.each[one]))
        sure, low = name in self.whole, self.low[name]
        # what stays low leaves it to the item to decide
        for one in sorted(range(len(self.each[name])), key=lambda one: one != low):
            decided = self._gone_through(item, {**picks, name: one}, until)
            if decided:
                return True
            sure = sure and decided is False
        return False if sure else None

    def _hanging_on(self, picks: Picks) -> int:
        arguments, at = self.sets_said.copy(), self.sets_at
        for name, pick in picks.items():
            for place, value in at[name][pick]:
                arguments[place] = value
        return int(self.sets.run(*arguments)[0])

    def _may_count(self, name: str, items: int) -> bool:
        return name in self.instrument.outcomes or items & self.hanging.bits[name] != 0


_GROUPS: WeakKeyDictionary[Instrument, list[frozenset[str]]] = WeakKeyDictionary()


def groups(instrument: Instrument) -> list[frozenset[str]]:
    """Return the items of each score and outcome, the smallest groups first."""
    if instrument not in _GROUPS:
        compiled = ready(instrument).compiled
        lines = [score.lowest for score in compiled.whole.scores.values()]
        lines += [outcome.acting for outcome in compiled.whole.outcomes.values()]
        found = dict.fromkeys(frozenset(owners(compiled.program((line,)).arguments)) for line in lines)
        _GROUPS[instrument] = sorted(found, key=len)
    return _GROUPS[instrument]


def _differ(masks: Iterator[int] | list[int]) -> bool:
    return any(not one & other for one, other in combinations(dict.fromkeys(masks), 2))
