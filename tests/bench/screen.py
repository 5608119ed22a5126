"""The stalking screen: from file to assessment, page and PDF."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

from engine.format.instrument import CHOICES, Instrument, Item
from engine.format.load import load
from engine.format.load_directory import load_directory
from engine.interview.assess import assess
from engine.interview.record import Answer, NonAnswer, Record, start
from engine.interview.walk import walk
from engine.program.compiler import compile_instrument
from tests.bench.measure import Row, micro, milli, seconds

ROOT = Path("questionnaires")
TODAY = date(2026, 11, 23)
RECORDS = 200


def answer(item: Item, dice: random.Random) -> Answer | NonAnswer | None:
    """Return some answer to a question with options; nothing to the others."""
    if item.kind in CHOICES:
        said: list[Answer | NonAnswer] = [*(option.id for option in item.options), NonAnswer.DONT_KNOW]
        return dice.choice(said)
    if item.kind == "tick_all":
        others = [option.id for option in item.options if not option.on_its_own]
        return tuple(sorted(dice.sample(others, dice.randint(1, len(others)))))
    return None


def records(of: Instrument, dice: random.Random) -> list[Record]:
    """Return records of people who answered between a tenth and nine tenths of the questions."""
    found = []
    for _ in range(RECORDS):
        record, share = start(of, "self", TODAY), dice.uniform(0.1, 0.9)
        for item in of.items.values():
            said = answer(item, dice) if item.id != "voice" and dice.random() < share else None
            if said is not None:
                record = record.saying(item.id, said)
        found.append(record)
    return found


def instrument() -> Instrument:
    """Return the stalking screen."""
    return load(ROOT / "stalking_screen", load_directory(ROOT / "directory" / "uk.yaml"))


def rows(budget: float) -> list[Row]:
    """Measure, for about `budget` seconds each short thing."""
    directory = load_directory(ROOT / "directory" / "uk.yaml")
    screen = load(ROOT / "stalking_screen", directory)
    people = records(screen, random.Random(1))
    turn = iter(range(10**9))

    def one() -> Record:
        return people[next(turn) % RECORDS]

    assessing = seconds(lambda: assess(screen, one()), budget=budget)
    walking = seconds(lambda: walk(screen, record := one(), assess(screen, record).applies), budget=budget)
    loading = seconds(lambda: load(ROOT / "stalking_screen", directory), budget=4 * budget)
    compiling = seconds(lambda: compile_instrument(screen).main.run, budget=3 * budget)
    return [
        Row("assess, everything with bounds", micro(assessing), "50 µs"),
        Row("one step of the walk: that, what is shown, what is next", micro(walking)),
        Row("load", milli(loading)),
        Row("compile", milli(compiling)),
        Row("load and compile", milli(loading + compiling), "150 ms"),
    ]
