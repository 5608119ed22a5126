"""How long something takes, the same way everywhere: many short rounds, the median of them."""

from __future__ import annotations

import gc
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what was measured, the figure in words, and the aim if there is one."""

    what: str
    figure: str
    aim: str = ""


def seconds(work: Callable[[], object], *, budget: float = 1.0, least: int = 5) -> float:
    """Return the median time of one call, in seconds, over as many calls as the budget (seconds) allows."""
    work()
    gc.collect()
    times: list[float] = []
    end = time.perf_counter() + budget
    while len(times) < least or time.perf_counter() < end:
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def micro(value: float) -> str:
    """Return seconds as microseconds."""
    return f"{value * 1e6:.1f} µs"


def milli(value: float) -> str:
    """Return seconds as milliseconds."""
    return f"{value * 1e3:.1f} ms"


def machine() -> str:
    """Return what the figures were measured on."""
    with Path("/proc/cpuinfo").open(encoding="utf-8") as file:
        models = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    name = models[0] if models else platform.machine()
    return f"{name}, {len(models)} cores, {platform.system()}, Python {platform.python_version()}"


def table(rows: list[Row]) -> str:
    """Return rows as a Markdown table."""
    lines = ["| what | measured | aim |", "|---|--:|--:|"]
    return "\n".join([*lines, *(f"| {row.what} | {row.figure} | {row.aim} |" for row in rows)])
