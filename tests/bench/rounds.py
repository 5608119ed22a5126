"""Short rounds, taken in turns, so that what else the machine does falls on everyone alike.

Standard library only: the peers' own processes import this.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
ROUND = 0.005  # seconds that a round should take: few enough that most rounds are not interrupted
LEAST = 3  # rounds, unless they take very long


class Failed(Exception):
    """Something cannot be measured; the text says why."""


class Timed(Protocol):
    """Something whose rounds are timed."""

    def warm(self, budget: float) -> None:
        """Get ready: compile what is compiled late, and find out how many calls make a round."""

    def round(self) -> float:
        """Return the seconds of one call in one further round."""


class Calls(Generic[T]):
    """Calls of one function on values in turn."""

    def __init__(self, work: Callable[[T], object], on: Sequence[T]) -> None:
        """Nothing is called yet."""
        self.work, self.values, self.calls = work, cycle(on), 1

    def warm(self, budget: float) -> None:
        """Call for so many seconds."""
        done, begin = 0, time.perf_counter()
        while done == 0 or time.perf_counter() - begin < budget:
            self.work(next(self.values))
            done += 1
        self.calls = max(1, int(ROUND * done / (time.perf_counter() - begin)))
        gc.collect()

    def round(self) -> float:
        """Time one round."""
        values, work = list(islice(self.values, self.calls)), self.work
        begin = time.perf_counter()
        for value in values:
            work(value)
        return (time.perf_counter() - begin) / len(values)


@dataclass(slots=True)
class Times:
    """The seconds of one call in each round, and those over the yardstick's just before; or why there are none."""

    rounds: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    failed: str = ""

    @property
    def median(self) -> float:
        """Return the seconds of one call."""
        return statistics.median(self.rounds)

    @property
    def over(self) -> float:
        """Return how many times longer than the yardstick this takes."""
        return statistics.median(self.ratios)


def in_turns(subjects: Mapping[str, Timed], budget: float) -> dict[str, Times]:
    """Measure for about `budget` seconds each. The first is the yardstick: it goes before every round of another."""
    found = {name: Times() for name in subjects}
    spent = dict.fromkeys(subjects, 0.0)
    yardstick, *others = subjects
    for name, subject in subjects.items():
        try:
            subject.warm(budget / 4)
        except Failed as failure:
            found[name].failed = str(failure)
    while active := [name for name in others if _goes_on(found[name], spent[name], budget)]:
        for name in active:
            begin, one = time.perf_counter(), found[name]
            try:
                before = subjects[yardstick].round()
                took = subjects[name].round()
            except Failed as failure:
                one.failed = str(failure)
            else:
                found[yardstick].rounds.append(before)
                one.rounds.append(took)
                one.ratios.append(took / before)
            spent[name] += time.perf_counter() - begin
    while not found[yardstick].failed and len(found[yardstick].rounds) < LEAST:  # it was alone
        found[yardstick].rounds.append(subjects[yardstick].round())
    return found


def _goes_on(times: Times, spent: float, budget: float) -> bool:
    enough = spent > budget and (len(times.rounds) >= LEAST or spent > 4 * budget)
    return not times.failed and not enough
