"""Many records at once: askwell with its bounds, NumPy by hand without any, and OpenFisca."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from engine.cohort.flat import Given
from engine.cohort.scorer import Scorer
from tests.bench.as_yaml import TODAY
from tests.bench.by_hand import Codes, columns, drawn, on_columns
from tests.bench.case import KINDS, Case
from tests.bench.measure import Plan, grid, ratio
from tests.bench.peers.install import Installed
from tests.bench.peers.process import Process, Remote
from tests.bench.rounds import Calls, Failed, Timed, Times, in_turns
from tests.bench.workload import ANSWERED, Item, Questionnaire, result

HAND, OURS, PEER = "NumPy by hand, no bounds", "**askwell, all bounds**", "OpenFisca, no bounds"
ROWS = {12: 65536, 40: 65536, 200: 32768, 1000: 16384}
HOST = "tests.bench.peers.openfisca_host"
OUT = ("total", "subtotal0", "subtotal1", "subtotal2")
LEVELS = ("band", "flag0", "flag1", "flag2", "final")


def measured(case: Case, kind: str, installed: Mapping[str, Installed], plan: Plan, folder: Path) -> dict[str, Times]:
    """Measure at one size; everybody's results are compared first."""
    few = columns(case.made, case.answers[kind])
    meant = np.array([result(case.made, one) for one in case.answers[kind]])
    by_hand, scorer = on_columns(case.made), Scorer(case.instrument, Given(on=TODAY, voice="self"))
    assert (by_hand(few) == meant).all()
    if kind == "complete":
        _assert_equal(scorer, as_arrow(case.made, few), meant)
    many = drawn(case.made, ROWS[case.size], 1 if kind == "complete" else ANSWERED)
    subjects: dict[str, Timed] = {HAND: Calls(by_hand, [many]), OURS: Calls(scorer.score, [as_arrow(case.made, many)])}
    try:
        with Process(
            installed["openfisca-core"], HOST, ["-", str(_written(case, many, by_hand(many), folder))], limit=90
        ) as peer:
            agreed, of = peer.ask("agree", "all", 0)
            if agreed < of:
                raise Failed(f"agrees on {agreed} of {of}")
            return in_turns({**subjects, PEER: Remote(peer, "all")}, plan.budget)
    except Failed as failure:
        return in_turns(subjects, plan.budget) | {PEER: Times(failed=str(failure))}


def _written(case: Case, people: Codes, expected: Any, folder: Path) -> Path:
    place = folder / f"columns_{case.size}"
    place.mkdir(exist_ok=True)
    (place / "questionnaire.json").write_text(json.dumps(case.made), encoding="utf-8")
    np.save(place / "columns.npy", people)
    np.save(place / "expected.npy", expected)
    return place


def _assert_equal(scorer: Scorer, block: pa.RecordBatch, meant: Any) -> None:
    """Check that ours is settled on every complete record, and on what was meant."""
    batches, refused = scorer.score(block)
    found = pa.Table.from_batches(batches)
    assert refused == []
    for place, name in enumerate(OUT, 1):
        for end in ("lowest", "highest"):
            assert found[f"{name}__{end}"].to_pylist() == meant[:, place].tolist()
    for place, name in enumerate(LEVELS, 1 + len(OUT)):
        for end in ("at_least", "at_most"):
            levels = [int(one.rpartition("_")[2]) for one in found[f"{name}__{end}"].to_pylist()]
            assert levels == meant[:, place].tolist()


def as_arrow(made: Questionnaire, people: Codes) -> pa.RecordBatch:
    """Return coded columns as a data frame holds them: few words in dictionaries, whole numbers, null if missing."""
    return pa.record_batch(
        {item["id"]: _column(item, codes) for item, codes in zip(made["items"], people, strict=True)}
    )


def _column(item: Item, codes: Any) -> pa.Array:
    missing = codes < 0
    if item["kind"] == "number":
        return pa.array(codes.astype(np.int64), mask=missing)
    words = [option for option, _ in item["points"]]
    if item["kind"] == "ticks":
        masks = range(1 << len(words))
        words = ["|".join(word for bit, word in enumerate(words) if mask >> bit & 1) for mask in masks]
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32), mask=missing), pa.array(words))


def text(found: Mapping[int, Mapping[str, Mapping[str, Times]]]) -> str:
    """Return the table."""
    rows = []
    for kind, title in zip(KINDS, ("everything answered", "92 % answered"), strict=True):
        times = {size: one[kind] for size, one in found.items()}
        per_record = {size: one[HAND].median / ROWS[size] for size, one in times.items()}
        rows.append([f"{HAND}, {title}, ns a record", *(f"{one * 1e9:,.0f}" for one in per_record.values())])
        rows += [[f"{name}, over that", *(_over(one, name) for one in times.values())] for name in (OURS, PEER)]
        ours = [f"{ROWS[size] / one[OURS].median:,.0f}" for size, one in times.items()]
        rows.append([f"{OURS}, records a second", *ours])
    said = (
        "By hand and OpenFisca start from columns of codes and end at NumPy columns. askwell starts from an Arrow "
        "table, checks every answer, narrows, and ends at an Arrow table. One process; hardly two records are alike; "
        "the results are compared first."
    )
    failed = {one[PEER].failed for by_kind in found.values() for one in by_kind.values() if one[PEER].failed}
    notes = [f"{PEER}: {why}." for why in sorted(failed)]
    return "\n\n".join([said, grid(["", *(f"{size:,} items" for size in found)], rows), *notes])


def _over(one: Mapping[str, Times], name: str) -> str:
    return "–" if one[name].failed else f"{ratio(one[name].over)} ×"
