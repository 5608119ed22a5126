"""`make bench`: measure, print, and keep the tables in docs/benchmarks.md. BENCH_QUICK=1 measures less, keeps nothing.

`python -m tests.bench many million` measures only these sections anew and leaves the others as they are; that of a
million records is measured in no other way.

Other engines are installed below .venv/peers; one that cannot be had is named as such, and the rest goes on.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.bench import (
    casework,
    exactness,
    explaining,
    files,
    many,
    million,
    missing,
    next_best,
    one_record,
    screen,
    site,
)
from tests.bench.case import KINDS, Case, case
from tests.bench.measure import Plan, machine, table
from tests.bench.peers.install import install
from tests.bench.rounds import Times

EXPLAINED = 200  # items: a reason and the next questions take the square of their number
PAGE = Path("docs/benchmarks.md")
MANY, MILLION = "Many records at once", "A million records"
HEAD = """\
# Benchmarks

Written by `make bench`. Ratios are measured inside one run; times of two runs cannot be compared."""
MADE_UP = """\
Made-up questionnaires of yes/no/unknown, scored choices, ticked options and numbers; about 40 % of the items hang on
earlier ones; a total, three subtotals, four bands and three flags that lift the band. Every figure is the median of
many short rounds; whatever is compared takes turns round by round, and a ratio is the median over the turns. Peers
run in processes of their own and time themselves; askwell and what is written by hand run in one process."""


def parts(plan: Plan, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each part's title and text once it is measured."""
    yield "The stalking screen", table(screen.rows(plan.budget))
    yield (
        "How many questions until everything is settled",
        next_best.text(next_best.asking(screen.instrument(), budget=300 * plan.budget)),
    )
    yield "The site", table(site.rows(plan.budget))
    yield "The practitioner's screen", f"{casework.WHAT}\n\n{table(casework.rows())}"
    installed = install()
    cases = {size: case(size, folder) for size in plan.sizes}
    people = {}
    for size, one in cases.items():
        print(f"  {size} items …", flush=True)
        people[size] = one_record.measured(one, installed, plan)
    yield "One record, beside others", f"{MADE_UP}\n\n{one_record.text(people)}"
    yield "What a missing answer does", missing.text(cases.values())
    explained = [one for size, one in cases.items() if size <= EXPLAINED]
    yield "Why, and what to ask next", explaining.text(explaining.all_measured(explained, 2 * plan.budget))
    loaded = {size: files.measured(one, plan) for size, one in cases.items()}
    yield "From a file to a program", files.text(loaded, people)
    yield MANY, many.text(_batches(cases, plan, folder))
    yield "How exact the ranges are", exactness.text(_tallies(cases, plan))


def _batches(cases: dict[int, Case], plan: Plan, folder: Path) -> dict[int, dict[str, dict[str, Times]]]:
    installed = install()
    return {
        size: {kind: many.measured(one, kind, installed, plan, folder) for kind in KINDS} for size, one in cases.items()
    }


def alone(name: str, plan: Plan, folder: Path) -> tuple[str, str]:
    """Return title and text of a section that is measured on its own."""
    before = f"Measured on its own. {machine()}."
    if name == "million":
        return MILLION, f"{million.text()}\n\n{before}"
    return MANY, f"{many.text(_batches({size: case(size, folder) for size in plan.sizes}, plan, folder))}\n\n{before}"


def sections(page: str) -> dict[str, str]:
    """Return the sections of the page by their titles; what stands before them has none."""
    found = ("\n" + page).split("\n## ")
    return {"": found[0].strip()} | {one.partition("\n")[0]: one.partition("\n")[2].strip() for one in found[1:]}


def write(found: Mapping[str, str]) -> None:
    """Write the page."""
    parts = [f"## {title}\n\n{text}" if title else text for title, text in found.items()]
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _tallies(cases: dict[int, Case], plan: Plan) -> Iterator[tuple[str, exactness.Tally]]:
    instrument = screen.instrument()
    people = screen.records(instrument, random.Random(2))[: exactness.PEOPLE]
    yield "the stalking screen", exactness.tally(instrument, people, 15 * plan.budget)
    for size, one in cases.items():
        if size <= (40 if plan.quick else 200):
            print(f"  {size} items …", flush=True)
            yield f"{size} items", exactness.tally(one.instrument, exactness.generated(one), 10 * plan.budget)


def main() -> None:
    """Measure every part."""
    plan, begin = Plan.chosen(), time.perf_counter()
    before, asked = sections(PAGE.read_text(encoding="utf-8")), sys.argv[1:]
    found = before if asked else {"": f"{HEAD}\n\nMachine: {machine()}."}
    print(found[""], flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, measured in (alone(one, plan, folder) for one in asked) if asked else parts(plan, folder):
            print(f"\n## {title}\n\n{measured}\n\n({time.perf_counter() - begin:.0f} s)", flush=True)
            found[title] = measured
    if plan.quick:
        print(f"\nA quick look: {PAGE} is left as it is.")
    else:
        write(found | {title: text for title, text in before.items() if title == MILLION and not asked})


if __name__ == "__main__":
    main()
