"""What it takes to say why, and what to ask next: one reason for one level, and the ranked next questions."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from engine.format.instrument import Instrument
from engine.interview.assess import assess
from engine.interview.next_best import next_best
from engine.interview.reasons import because
from engine.interview.record import Record
from engine.program.names import Target
from tests.bench import exactness, screen
from tests.bench.case import Case
from tests.bench.measure import grid, span

T = TypeVar("T")
REASON, NEXT = "one reason", "the next questions"
AIMS = {"40 items": (0.3e-3, 1e-3), "200 items": (5e-3, 5e-3)}


@dataclass
class Found:
    """The seconds of each reason and of each ranking; how many answers the reasons have."""

    reasons: list[float] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    rankings: list[float] = field(default_factory=list)


def all_measured(cases: Iterable[Case], budget: float) -> Iterable[tuple[str, Found]]:
    """Measure every group for about `budget` seconds."""
    return [(title, measured(instrument, people, budget)) for title, instrument, people in groups(cases)]


def groups(cases: Iterable[Case]) -> Iterable[tuple[str, Instrument, Sequence[Record]]]:
    """Return what is measured: the stalking screen, and made-up questionnaires with more and less answered."""
    instrument = screen.instrument()
    yield "the stalking screen, 10 to 90 % answered", instrument, screen.records(instrument, random.Random(4))
    for case in cases:
        yield f"{case.size:,} items, 10 to 90 % answered", case.instrument, exactness.generated(case)
        yield f"{case.size:,} items, everything answered", case.instrument, case.records["complete"]


def measured(instrument: Instrument, people: Sequence[Record], budget: float) -> Found:
    """Measure as many people as there is time for, at least two; of each, the reasons of all levels reached."""
    found, begin = Found(), time.perf_counter()
    for number, record in enumerate(people):
        for target in _reached(instrument, record):
            because(instrument, record, target)  # programs are made when they are first asked for
            seconds, reason = _timed(lambda target=target, record=record: because(instrument, record, target))  # type: ignore[misc]
            found.reasons.append(seconds)
            found.lengths.append(len(reason))
        next_best(instrument, record)
        found.rankings.append(_timed(lambda record=record: next_best(instrument, record))[0])  # type: ignore[misc]
        if number and time.perf_counter() - begin > budget:
            break
    return found


def _reached(instrument: Instrument, record: Record) -> Iterable[Target]:
    for name, outcome in assess(instrument, record).outcomes.items():
        if outcome.at_least:
            yield "outcome", name, instrument.outcomes[name].levels[outcome.at_least].id


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    begin = time.perf_counter()
    result = work()
    return time.perf_counter() - begin, result


def text(found: Iterable[tuple[str, Found]]) -> str:
    """Return the table."""
    head = ["", REASON, "nine in ten within", "answers in it", NEXT, "nine in ten within"]
    rows = []
    for name, one in found:
        answers = f"{statistics.median(one.lengths):.0f}" if one.lengths else "–"
        rows.append([name, *_spread(one.reasons), answers, *_spread(one.rankings)])
    said = (
        "A reason is a set of answers that forces a level whatever else is answered, and of which none can be spared; "
        "the next questions are ranked by what their answers would leave open. Medians. The aims: a reason in 0.3 ms "
        "at 40 items and 5 ms at 200, the questions in 1 ms and 5 ms."
    )
    return "\n\n".join([said, grid(head, rows)])


def _spread(seconds: Sequence[float]) -> tuple[str, str]:
    if not seconds:
        return "–", "–"
    return span(statistics.median(seconds)), span(sorted(seconds)[int(0.9 * len(seconds))])
