"""How often one run over the ranges, runs that split some items, and a solver find the same levels; what each takes."""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from engine.format.instrument import Instrument
from engine.interview.assess import assess
from engine.interview.ready import ready
from engine.interview.record import Record
from engine.interview.results import COMPUTED
from tests.bench.as_yaml import as_record
from tests.bench.case import Case
from tests.bench.measure import grid, share, span
from tests.bench.workload import records

PLAIN, SPLIT, SOLVED = "one run", "split (`assess`)", "solver (`exact=True`)"
PEOPLE = 60
Masks = dict[str, int]
T = TypeVar("T")


@dataclass
class Tally:
    """Outcomes of records with open answers: how many there were, and of how many something holds."""

    outcomes: int = 0
    of: Counter[str] = field(default_factory=Counter)
    times: dict[str, list[float]] = field(default_factory=dict)

    def timed(self, way: str, work: Callable[[], T]) -> T:
        """Return what the work comes to, and keep how long it took."""
        begin = time.perf_counter()
        found = work()
        self.times.setdefault(way, []).append(time.perf_counter() - begin)
        return found


def generated(case: Case) -> list[Record]:
    """Return records of people who answered between a tenth and nine tenths of the questions."""
    dice, people = random.Random(3), records(case.made, PEOPLE, complete=True, seed=3)
    shares = [dice.uniform(0.1, 0.9) for _ in people]
    kept = [
        {item: said for item, said in one.items() if dice.random() < share_}
        for one, share_ in zip(people, shares, strict=True)
    ]
    return [as_record(case.instrument, one) for one in kept]


def plain(instrument: Instrument, record: Record) -> Masks:
    """Return the levels that one run leaves possible, as masks (bit 0: does not apply)."""
    made = ready(instrument)
    out = made.run(*made.encoder.listed(record))
    return {name: int(mask) >> 1 for name, mask in zip(made.results.outcomes, out[COMPUTED], strict=True)}


def tally(instrument: Instrument, people: Sequence[Record], budget: float) -> Tally:
    """Compare as many records as there is time for, at least one."""
    found, end = Tally(), time.perf_counter() + budget
    for record in people:
        _compare(found, instrument, record)
        if time.perf_counter() > end:
            break
    return found


def _compare(found: Tally, instrument: Instrument, record: Record) -> None:
    first = found.timed(PLAIN, lambda: plain(instrument, record))
    split = found.timed(SPLIT, lambda: assess(instrument, record)).outcomes
    solved = found.timed(SOLVED, lambda: assess(instrument, record, exact=True)).outcomes
    for name, best in solved.items():
        found.outcomes += 1
        levels = tuple(bit for bit in range(first[name].bit_length()) if first[name] >> bit & 1)
        found.of["certified"] += split[name].exact
        found.of["exact"] += best.exact
        if best.exact:
            found.of["plain"] += _ends(levels) == _ends(best.computed)
            found.of["split"] += _ends(split[name].computed) == _ends(best.computed)


def _ends(levels: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return levels[:1], levels[-1:]


def text(found: Iterable[tuple[str, Tally]]) -> str:
    """Return the tables."""
    head = ["", "records", "split knows it is exact", "solver decides", "one run is as exact", "split is as exact"]
    rows, times = [], []
    for name, one in found:
        shares = [share(one.of[key], one.outcomes) for key in ("certified", "exact")]
        agree = [share(one.of[key], one.of["exact"]) for key in ("plain", "split")]
        rows.append([name, str(len(one.times[PLAIN])), *shares, *agree])
        times.append([name, *(span(statistics.median(one.times[way])) for way in (PLAIN, SPLIT, SOLVED))])
    said = (
        "Random records with 10 to 90 % answered. Shares of all their outcomes; the last two of those that the solver "
        "decides: how often the lowest and the highest level are the exact ones without it."
    )
    return "\n\n".join([said, grid(head, rows), grid(["one record", PLAIN, SPLIT, SOLVED], times)])
