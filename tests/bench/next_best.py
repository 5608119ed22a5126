"""How many questions until every outcome is settled, in the order of the file and by the next best question?

Random people who would answer every question of the stalking screen, of whose answers some are given already, are asked
the rest one question at a time. A part of `make bench`; alone: `python -m tests.bench.next_best --people 2000`.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from engine.format.instrument import Instrument
from engine.format.load import load
from engine.format.load_directory import load_directory
from engine.interview.assess import assess
from engine.interview.next_best import next_best
from engine.interview.record import Entries, Record
from engine.interview.walk import walk
from tests.bench.measure import grid
from tests.people import random_record

ROOT = Path("questionnaires")
SHARES = (0.0, 0.25, 0.5)
MOST = 3000
Next = Callable[[Instrument, Record], str | None]


def settled(instrument: Instrument, record: Record) -> bool:
    """Say whether no outcome that follows from answers is open."""
    found = assess(instrument, record).outcomes.values()
    return all(one.settled for one in found if not instrument.outcomes[one.id].by_judgement)


def in_file_order(instrument: Instrument, record: Record) -> str | None:
    """Return the next question on the page."""
    return walk(instrument, record).next


def by_next_best(instrument: Instrument, record: Record) -> str | None:
    """Return the question whose answers settle the most."""
    return next((one.item for one in next_best(instrument, record, n=1)), None)


ORDERS: dict[str, Next] = {"in the order of the file": in_file_order, "by the next best question": by_next_best}


def asked(instrument: Instrument, start: Record, whole: Record, order: Next) -> int:
    """Return how many questions were put until everything was settled, or nothing was left to ask."""
    record, count = start, 0
    while not settled(instrument, record) and (item := order(instrument, record)) is not None:
        record, count = record.saying(item, whole.answers[item]), count + 1
    return count


def people(instrument: Instrument, random: Random, count: int) -> Iterator[tuple[Record, Record]]:
    """Yield records in which none, a quarter or a half is said so far, each with the record of everything."""
    for number in range(count):
        said = random_record(instrument, random, 1.0)
        # whoever is asked says when that is all: a list left open would be asked for again and again
        answers = {item: replace(a, closed=True) if isinstance(a, Entries) else a for item, a in said.answers.items()}
        share = SHARES[number % len(SHARES)]
        kept = {item: answer for item, answer in answers.items() if random.random() < share}
        yield replace(said, answers=kept), replace(said, answers=answers)


@dataclass(frozen=True, slots=True)
class Asking:
    """How many questions each person was asked, in the order of ORDERS, and how many were open at the start."""

    counts: tuple[tuple[int, ...], ...]
    open: tuple[int, ...]


def asking(instrument: Instrument, *, budget: float, most: int = MOST, seed: int = 1) -> Asking:
    """Ask as many people as there is time for (seconds), in both orders."""
    counts, left, end = [], [], time.perf_counter() + budget
    for start, whole in people(instrument, Random(seed), most):
        steps = walk(instrument, start)
        left.append(steps.total - steps.done)
        counts.append(tuple(asked(instrument, start, whole, order) for order in ORDERS.values()))
        if time.perf_counter() > end:
            break
    return Asking(tuple(counts), tuple(left))


def text(found: Asking) -> str:
    """Return the table."""
    head = ["questions until every outcome is settled", "mean", "median", "nine of ten need at most"]
    rows, columns = [], list(zip(*found.counts, strict=True))
    for title, each in zip(ORDERS, columns, strict=True):
        ninth = sorted(each)[int(len(each) * 0.9)]
        rows.append([title, f"{statistics.mean(each):.1f}", f"{statistics.median(each):.0f}", str(ninth)])
    fewer = sum(best < file for file, best in found.counts)
    more = sum(best > file for file, best in found.counts)
    said = (
        f"{len(found.open):,} random people who would answer every question of the stalking screen; none, a quarter or "
        f"half of it is said already, so that {statistics.mean(found.open):.1f} questions are open in the mean. They "
        "are asked until every outcome that follows from answers is settled. Random answers are not those of callers."
    )
    ratio = f"{statistics.mean(columns[0]) / statistics.mean(columns[1]):.1f}"
    end = (
        f"{ratio} times as many in the order of the file; next best asks fewer for {fewer:,} people, more for {more:,}."
    )
    return "\n\n".join([said, grid(head, rows), end])


def main() -> None:
    """Ask, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    instrument = load(ROOT / "stalking_screen", load_directory(ROOT / "directory" / "uk.yaml"))
    print(text(asking(instrument, budget=float("inf"), most=chosen.people, seed=chosen.seed)))


if __name__ == "__main__":
    main()
