"""`make bench`: measure, print, and keep the tables in docs/benchmarks.md. BENCH_QUICK=1 measures less, keeps nothing.

Other engines are installed below .venv/peers; one that cannot be had is named as such, and the rest goes on.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import casework, exactness, explaining, files, many, missing, next_best, one_record, screen, site
from tests.bench.case import KINDS, Case, case
from tests.bench.measure import Plan, machine, table
from tests.bench.peers.install import install

EXPLAINED = 200  # items: a reason and the next questions take the square of their number
PAGE = Path("docs/benchmarks.md")
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
    batches = {
        size: {kind: many.measured(one, kind, installed, plan, folder) for kind in KINDS} for size, one in cases.items()
    }
    yield "Many records at once", many.text(batches)
    yield "How exact the ranges are", exactness.text(_tallies(cases, plan))


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
    text = [
        "# Benchmarks",
        "Written by `make bench`. Ratios are measured inside one run; times of two runs cannot be compared.",
        f"Machine: {machine()}.",
    ]
    print(text[-1], flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for title, measured in parts(plan, Path(folder)):
            print(f"\n## {title}\n\n{measured}\n\n({time.perf_counter() - begin:.0f} s)", flush=True)
            text += [f"## {title}", measured]
    if plan.quick:
        print(f"\nA quick look: {PAGE} is left as it is.")
    else:
        PAGE.write_text("\n\n".join(text) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
