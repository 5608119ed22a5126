"""What a peer's one number says where something is missing, beside the range in which the truth lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from engine.interview.assess import assess
from engine.interview.assessment import ScoreRange
from tests.bench.case import Case
from tests.bench.measure import grid, share
from tests.bench.workload import FINAL, TOTAL, records, result

SAID = (
    "About 92 % is answered. The peers count a missing answer as nothing, and hide what depends on it; they say one "
    "total and one band. askwell says what is still possible. So their total is, over all these records:"
)
COMPLETIONS = 3  # ways to answer the rest, tried for each record
TOTALS = ("below every possible total", "the lowest possible", "in between", "the highest possible", "above every one")
BANDS = ("lower than is possible", "the only one possible", "one of several", "higher than is possible")


def text(cases: Iterable[Case]) -> str:
    """Return the tables."""
    totals, bands = [], []
    for case in cases:
        total, band = Counter[str](), Counter[str]()
        for said, record in zip(case.answers["partial"], case.records["partial"], strict=True):
            meant, found = result(case.made, said), assess(case.instrument, record)
            low, high, final = *_ends(found.scores["total"]), found.outcomes["final"]
            total[_place(meant[TOTAL], low, high)] += 1
            band[_level(meant[FINAL], final.possible)] += 1
            for whole in records(case.made, COMPLETIONS, complete=True, seed=4):  # the range is a range of what can be
                come = result(case.made, {**whole, **said})
                assert low <= come[TOTAL] <= high
                assert come[FINAL] in final.possible
        of = len(case.records["partial"])
        totals.append([f"{case.size:,} items", *(share(total[one], of) for one in TOTALS)])
        bands.append([f"{case.size:,} items", *(share(band[one], of) for one in BANDS)])
    return "\n\n".join(
        [SAID, grid(["", *TOTALS], totals), "and their band, after the flags:", grid(["", *BANDS], bands)]
    )


def _ends(score: ScoreRange) -> tuple[int, int]:
    assert score.lowest is not None
    assert score.highest is not None
    return int(score.lowest), int(score.highest)


def _place(total: int, lowest: int, highest: int) -> str:
    if total < lowest:
        return TOTALS[0]
    if total > highest:
        return TOTALS[4]
    return TOTALS[1] if total == lowest else TOTALS[3] if total == highest else TOTALS[2]


def _level(band: int, possible: tuple[int, ...]) -> str:
    if band not in possible:
        return BANDS[0] if band < possible[0] else BANDS[3]
    return BANDS[1] if len(possible) == 1 else BANDS[2]
