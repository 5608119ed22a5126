"""From file to program: load beside a mere reading of the YAML, compile apart, and how all of it grows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial

import yaml

from engine.format.load import load
from engine.program.compiler import compile_instrument
from tests.bench.case import Case
from tests.bench.measure import Plan, grid, ratio, span
from tests.bench.one_record import OURS, Found
from tests.bench.rounds import Calls, Timed, Times, in_turns

READ, LOAD, COMPILE = "PyYAML's CSafeLoader", "load", "compile"


def measured(case: Case, plan: Plan) -> dict[str, Times]:
    """Measure the loading and the compiling of one questionnaire."""
    content = case.file.read_text(encoding="utf-8")
    read = partial(yaml.load, Loader=yaml.CSafeLoader)
    subjects: dict[str, Timed] = {
        READ: Calls(read, [content]),
        LOAD: Calls(load, [case.file]),
        COMPILE: Calls(lambda instrument: compile_instrument(instrument).main.run, [case.instrument]),
    }
    return in_turns(subjects, 3 * plan.budget)


def text(found: Mapping[int, Mapping[str, Times]], people: Mapping[int, Found]) -> str:
    """Return the tables."""
    sizes = list(found)
    rows = [[f"{READ} (tree without places)", *(span(one[READ].median) for one in found.values()), ""]]
    rows.append([f"**{LOAD}**, over that", *(f"{ratio(one[LOAD].over)} ×" for one in found.values()), ""])
    series = {name: [one[name].median for one in found.values()] for name in (LOAD, COMPILE)}
    series["assess, complete"] = [people[size].times["complete"][OURS].median for size in sizes]
    series["assess, 92 %"] = [people[size].times["partial"][OURS].median for size in sizes]
    rows += [[name, *map(span, times), f"{_growth(sizes, times):.2f}"] for name, times in series.items()]
    said = (
        "Load reads, places, validates, resolves and types; compile makes the program of everything. Growth is the "
        f"exponent between {sizes[0]} and {sizes[-1]:,} items: 1 is in proportion."
    )
    return "\n\n".join([said, grid(["", *(f"{size:,} items" for size in sizes), "growth"], rows)])


def _growth(sizes: list[int], times: list[float]) -> float:
    return math.log(times[-1] / times[0]) / math.log(sizes[-1] / sizes[0])
