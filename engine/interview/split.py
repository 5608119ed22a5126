"""Run an outcome's program for each value of its two-way items, and unite the results.

The items are taken in page order as long as the runs number at most `RUNS`: a prefix, not whatever still fits, else an
answer could push an item out and widen a range.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from engine.interview.encode import without_points
from engine.interview.remembered import Remembered
from engine.program import names
from engine.program.compiler import Compiled
from engine.program.two_way import RUNS, TwoWay

Run = Callable[..., tuple[Any, ...]]
Move = list[tuple[int, Any]]  # what stands at some places instead


class Doubtful:
    """The two-way items of all outcomes of an instrument."""

    def __init__(self, compiled: Compiled, place: Mapping[str, int]) -> None:
        """Find where their arguments stand in a record's values."""
        found = {one.name: one for items in compiled.two_way.values() for one in items}
        order = [*compiled.instrument.items, *compiled.instrument.outcomes]
        items = [found[name] for name in order if name in found]
        self._masks = [(one.name, place[one.arguments[0]]) for one in items if one.kind == "mask"]
        pairs = [one for one in items if one.kind in ("ticks", "ends")]
        self._pairs = [(one.name, place[one.arguments[0]], place[one.arguments[1]]) for one in pairs]
        self._lists = [one.name for one in items if one.kind == "entries"]
        self._order = {one.name: number for number, one in enumerate(items)}

    def open_in(self, values: Sequence[Any], shown: Mapping[str, bool | None]) -> list[str]:
        """Return those that leave more than one value, in page order, and are not certainly hidden. Of lists only a
        splitter can tell.
        """
        found = [name for name, place in self._masks if values[place] & values[place] - 1]
        found += [name for name, low, high in self._pairs if values[low] != values[high]]
        found = [name for name in found + self._lists if shown.get(name) is not False]
        return sorted(found, key=self._order.__getitem__)


class Splitter:
    """Narrows one outcome of an instrument."""

    def __init__(self, compiled: Compiled, place: Mapping[str, int], outcome: str) -> None:
        """Prepare what does not depend on a record; `place` says where each argument stands in a record's values."""
        self.program = compiled.computed(outcome)
        self._said = itemgetter(*(place[name] for name in self.program.arguments), 0)
        self._ways = {one.name: Way(one, place, self.program.places) for one in compiled.two_way[outcome]}
        items = {name: compiled.instrument.items[name] for name in compiled.beyond[outcome]}
        self._beyond = [(name, place[names.mask(name)], without_points(item)) for name, item in items.items()]

    def narrowed(
        self,
        values: Sequence[Any],
        plain: int,
        open_items: Sequence[str],
        shown: Mapping[str, bool | None],
        enough: int = 0,
    ) -> tuple[int, bool]:
        """Return the levels possible over all values of the two-way items, and whether at least and at most are exact.

        `plain` are the levels that one run on the whole ranges leaves: once all of these are reached no run adds any.
        `open_items` are those that `Doubtful` finds open. What was answered to items that are certainly not `shown`
        matters no more. Once one of the levels in `enough` is found, no others are looked for.
        """
        if plain & plain - 1 == 0:
            return plain, True  # the bounds meet: there is nothing left to narrow
        choices: list[Choice] = []
        runs, whole, exact = 1, True, True
        for name, place, without in self._beyond:
            exact = exact and (not values[place] & without or shown.get(name) is False)
        for way in [self._ways[name] for name in open_items if name in self._ways]:
            moves = way.moves(values)
            if moves is None:
                continue
            if not way.item.can_split:
                exact = False
                continue
            whole = whole and runs * len(moves) <= RUNS
            if not whole:
                break
            runs *= len(moves)
            choices.append((way, way.in_turn(moves)))
        return (self._united(values, choices, plain, enough) if choices else plain), exact and whole

    def _united(self, values: Sequence[Any], choices: list[Choice], plain: int, enough: int) -> int:
        """Return the levels of all runs together.

        Items are fixed one after another. By narrowing, further runs find no other levels than the one before them:
        where it leaves a single level, or none that is new, they are spared. Values with which somebody reached all
        levels come first next time: of whom tells nothing, and nothing but the time it takes depends on it.
        """
        said, run = [*self._said(values)], self.program.run
        said.pop()
        found = 0
        for end in (0, -1) if len(choices) > 1 else ():  # two people unlike each other often reach all levels
            mask: int = run(*moved(said, [one for _, moves in choices for one in moves[end]]))[0]
            found |= mask
            if mask == plain:
                for way, moves in choices:
                    way.helped = moves[end]
            if found == plain or found & enough:
                return found
        return _reached(run, said, choices, (plain, enough), found)


class Way:
    """A two-way item, where it stands among a record's values and among the arguments of its outcome's program."""

    def __init__(self, item: TwoWay, place: Mapping[str, int], own: Mapping[str, int]) -> None:
        self.item, self._own = item, own
        self.helped: Move = []
        self._mask = place[item.arguments[0]] if item.kind == "mask" else None
        self._by_mask, self._by_ends = Remembered(self._choices), Remembered(self._between)
        pairs = zip(item.arguments[::2], item.arguments[1::2], strict=False)  # a mask is alone
        self._ends = [(place[low], place[high]) for low, high in pairs]
        # the latest of nothing has no ends
        stems = [low.removesuffix("__from") for low in item.arguments[::2]]
        self._there = [(place.get(f"{stem}__must"), place.get(f"{stem}__may")) for stem in stems]

    def moves(self, values: Sequence[Any]) -> list[Move] | None:
        """Return each value that is still possible, put where the program has it; nothing if only one is."""
        if self._mask is not None:
            return self._by_mask[values[self._mask]]
        if not self._is_open(values):
            return None
        if not self.item.can_split:
            return []
        low, high = self._ends[0]
        return self._by_ends[values[low], values[high]]

    def in_turn(self, moves: list[Move]) -> list[Move]:
        """Return them with the one that helped last time first."""
        helped = self.helped
        if moves[0] is helped or helped not in moves:
            return moves
        return [helped, *(one for one in moves if one != helped)]

    def _choices(self, mask: int) -> list[Move] | None:
        if mask & mask - 1 == 0:
            return None
        place = self._own.get(self.item.arguments[0])
        found = [mask & one for one in self.item.alike if mask & one]
        return [[] if place is None else [(place, one)] for one in found] if len(found) > 1 else None

    def _between(self, ends: tuple[int, int]) -> list[Move]:
        return [self._put(one) for one in self.item.each(dict(zip(self.item.arguments, ends, strict=True)))]

    def _put(self, value: Mapping[str, int]) -> Move:
        return [(self._own[name], one) for name, one in value.items() if name in self._own]

    def _is_open(self, values: Sequence[Any]) -> bool:
        for (low, high), (must, may) in zip(self._ends, self._there, strict=True):
            if must is None or may is None:
                if values[low] != values[high]:
                    return True
            elif values[must] != values[may] or (values[may] and values[low] != values[high]):
                return True
        return False


def _reached(run: Run, said: list[Any], choices: list[Choice], until: tuple[int, int], found: int) -> int:
    (way, moves), *others = choices
    for move in moves:
        arguments = moved(said, move)
        mask: int = run(*arguments)[0]
        if not others or mask & mask - 1 == 0:
            found |= mask
        elif mask & ~found:
            found = _reached(run, arguments, others, until, found)
        if found == until[0] or found & until[1]:
            way.helped = move
            break
    return found


Choice = tuple[Way, list[Move]]


def moved(arguments: list[Any], move: Move) -> list[Any]:
    """Return the arguments with what stands at some places instead."""
    arguments = arguments.copy()
    for place, value in move:
        arguments[place] = value
    return arguments
