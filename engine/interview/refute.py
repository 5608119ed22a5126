"""Look for somebody who shows that something is not forced: with values for some two-way items one run leaves it open.

An assessment runs through the values of two-way items, as many as its budget allows, and unites the results. So once a
run in which all of these have some value leaves a level possible, no assessment of the record excludes that level: its
own run with these values knows no more. That is found in one run mostly, where going through the values takes many.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from engine.interview.split import Move, Way, moved
from engine.program.two_way import RUNS

Run = Callable[..., tuple[Any, ...]]
Holds = Callable[[tuple[Any, ...]], bool]


class RunThrough:
    """The two-way items that a target's program is run through, by outcome, each in page order."""

    def __init__(self, by_outcome: Sequence[Sequence[Way]], order: Mapping[str, int]) -> None:
        """`order` says where each stands on the page."""
        self._by_outcome, self._order = [{way.item.name: way for way in ways} for ways in by_outcome], order
        self.ways = {name: way for ways in self._by_outcome for name, way in ways.items() if way.item.can_split}

    def within_budget(self, listed: Sequence[Any], open_items: Sequence[str]) -> list[str]:
        """Return those that an assessment of the record, or of one that says less, can have the runs for.

        With less said more of them are open, and the budget is spent on those that come first.
        """
        found = set[str]()
        for ways in self._by_outcome:
            runs, end = 1, len(self._order)
            for name in open_items:
                moves = ways[name].moves(listed) if name in ways and ways[name].item.can_split else None
                runs *= len(moves) if moves else 1
                if runs > RUNS:
                    end = self._order[name]
                    break
            found |= {name for name in ways if self._order[name] < end}
        return [name for name in self.ways if name in found]


class Somebody:
    """A person of whom nothing was answered, made up: two-way items have one of their values.

    Values with which something was refuted are kept for the next record: they tell nothing of anybody, and nothing but
    the time it takes depends on them.
    """

    def __init__(self, run: Run, holds: Holds, ways: Mapping[str, Way], listed: Sequence[Any]) -> None:
        """`run` and `holds` are of the target's own program; `listed` are the arguments of a record without answers."""
        self._run, self._holds = run, holds
        self._moves = {name: way.moves(listed) or [[]] for name, way in ways.items()}
        self._has = {name: moves[0] for name, moves in self._moves.items()}

    def made_up(self, nobody: list[Any], items: Collection[str]) -> list[Any]:
        """Return the arguments of a record without answers, with values for these items."""
        return moved(nobody, [one for item in items for one in self._has[item]])

    def refutes(self, arguments: list[Any], items: Sequence[str]) -> bool:
        """Find values for these items with which it does not hold; return whether some were found, as they need not be
        even where there are some. With the arguments as they are it must not hold.
        """
        has, given = [self._has[name] for name in items], 0
        while True:
            # the values that these had before are given to as many as can have them: the more, the more holds
            rest = has[given:]
            more = bisect_left(range(len(rest)), True, key=lambda end: self._would_hold(arguments, rest[: end + 1]))
            arguments, given = moved(arguments, [one for move in rest[:more] for one in move]), given + more
            if given == len(has):
                self._has.update(zip(items, has, strict=True))
                return True
            for move in self._moves[items[given]]:
                if move != has[given] and not self._would_hold(arguments, [move]):
                    has[given] = move
                    arguments, given = moved(arguments, move), given + 1
                    break
            else:
                return False

    def _would_hold(self, arguments: list[Any], moves: Sequence[Move]) -> bool:
        return self._holds(self._run(*moved(arguments, [one for move in moves for one in move])))
