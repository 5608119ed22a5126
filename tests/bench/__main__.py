"""`make bench`: measure, print, and keep the tables in docs/benchmarks.md."""

from __future__ import annotations

from pathlib import Path

from tests.bench import screen, site
from tests.bench.measure import machine, table

PAGE = Path("docs/benchmarks.md")
PARTS = (("The stalking screen", screen.rows), ("The site", site.rows))


def main() -> None:
    """Measure every part."""
    text = [
        "# Benchmarks",
        "Written by `make bench`. A time is the median of many calls in one process.",
        f"Machine: {machine()}.",
    ]
    for title, rows in PARTS:
        print(f"{title} …", flush=True)
        measured = table(rows())
        print(measured, flush=True)
        text += [f"## {title}", measured]
    PAGE.write_text("\n\n".join(text) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
