"""How long something takes, the same way everywhere: many short rounds, the median of them. And how that is written."""

from __future__ import annotations

import gc
import os
import platform
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: up to which size, and for how many seconds each thing at each size."""

    sizes: tuple[int, ...] = (12, 40, 200, 1000)
    budget: float = 1.0

    @classmethod
    def chosen(cls) -> Plan:
        """Return the whole plan; with BENCH_QUICK=1, a short one."""
        return cls((12, 40, 200), 0.15) if os.environ.get("BENCH_QUICK") == "1" else cls()

    @property
    def quick(self) -> bool:
        """Whether this is the short plan."""
        return self.budget < 1


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
    return f"{value * 1e6:,.1f} µs"


def milli(value: float) -> str:
    """Return seconds as milliseconds."""
    return f"{value * 1e3:,.1f} ms"


def span(value: float) -> str:
    """Return seconds in the unit that suits them."""
    return micro(value) if value < 1e-3 else milli(value) if value < 1 else f"{value:,.1f} s"


def ratio(value: float) -> str:
    """Return a ratio with two or three figures that count."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def share(part: int, of: int) -> str:
    """Return a share in percent."""
    return f"{100 * part / of:.0f} %" if of else "–"


def machine() -> str:
    """Return what the figures were measured on."""
    with Path("/proc/cpuinfo").open(encoding="utf-8") as file:
        models = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    name = models[0] if models else platform.machine()
    system = f"{platform.system()}, Python {platform.python_version()}, {_node()}"
    return f"{name}, {len(models)} cores, {system}; load average before: {os.getloadavg()[0]:.1f}"


def _node() -> str:
    found = shutil.which("node")
    if found is None:
        return "no Node"
    return "Node " + subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout.strip(
        " v\n"
    )


def table(rows: list[Row]) -> str:
    """Return rows as a Markdown table."""
    return grid(["what", "measured", "aim"], [(row.what, row.figure, row.aim) for row in rows])


def grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return cells as a Markdown table: words to the left, figures to the right."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
