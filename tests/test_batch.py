"""Many records at once: equal, bit for bit, to assessing each of them alone, from every kind of file."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import dask.bag
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from engine.cohort import columns, scorer, sources, split
from engine.cohort.batch import Done, Run, Task
from engine.cohort.flat import Given
from engine.cohort.mapped import ArrowScorer
from engine.cohort.scorer import Scorer
from engine.format.instrument import Instrument
from engine.format.load import load
from engine.interview.reading import to_json
from engine.interview.record import Record
from tests.bench.case import case
from tests.cohort_expected import differences, expected
from tests.flat_rows import text_table, typed_table
from tests.generate import instrument
from tests.generate_rules import with_rules
from tests.generate_terms import Dice
from tests.people import random_record

SCREEN = load(Path(__file__).parent.parent / "questionnaires" / "stalking_screen")
Write = Callable[[Sequence[Record], Path], Path]


def people(drawn: Instrument, random: Random, count: int, judged: float = 0.0) -> list[Record]:
    return [random_record(drawn, random, random.uniform(0.1, 0.9), judged=judged) for _ in range(count)]


def as_block(records: Sequence[Record]) -> pa.RecordBatch:
    return pa.record_batch({"record": [json.dumps(to_json(one)) for one in records]})


def check(drawn: Instrument, records: Sequence[Record], rows: list[dict[str, Any]], refused: set[int]) -> None:
    """Every record has its row, in order, and it is what `assess` says; or it was refused, and rightly so."""
    wanted = {line: expected(drawn, record) for line, record in enumerate(records, start=1)}
    assert refused == {line for line, row in wanted.items() if row is None}
    assert [row["line"] for row in rows] == [line for line, row in wanted.items() if row is not None]
    for row in rows:
        assert differences(row, wanted[row["line"]] or {}) == {}, f"record {row['line']}"


@pytest.mark.parametrize("seed", range(120))
def test_columns_equal_assessments_of_one(seed: int) -> None:
    random = Random(seed)
    dice = Dice(random.randint)
    drawn = instrument(dice, rising=seed % 5 == 0)
    drawn = with_rules(dice, drawn) if seed % 2 else drawn
    records = people(drawn, random, 20, judged=0.1 if seed % 3 else 0.6)
    batches, refused = Scorer(drawn).score(as_block(records))
    rows = [row for batch in batches for row in batch.to_pylist()]
    check(drawn, records, rows, {refusal.line for refusal in refused})


@pytest.mark.parametrize("seed", range(60))
def test_a_split_in_many_small_steps_finds_the_same(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few rows at once, one item after another, what stays of a sum added up before: as long questionnaires need it."""
    for name, value in {"TOGETHER": 2, "LONGEST": 16}.items():
        monkeypatch.setattr(split, name, value)
    monkeypatch.setattr(columns, "WORTH_ADDING", 1)
    random = Random(1000 + seed)
    drawn = instrument(Dice(random.randint), rising=False)
    records = people(drawn, random, 40)
    scored_by = Scorer(drawn)
    batches, refused = scored_by.score(as_block(records))
    rows = [row for batch in batches for row in batch.to_pylist()]
    again, _ = scored_by.score(as_block(records))  # by now it has learnt which values reach the ends
    assert again == batches
    check(drawn, records, rows, {refusal.line for refusal in refused})


def test_long_sums_are_split_by_column_as_for_one(tmp_path: Path) -> None:
    drawn = case(200, tmp_path)
    one, split_rows = Scorer(drawn.instrument), 0
    for kind in ("complete", "partial", "partial", "complete", "partial"):  # nothing open, then something, and again
        people = drawn.records[kind][:40]
        batches, refused = one.score(as_block(people))
        rows = [row for batch in batches for row in batch.to_pylist()]
        check(drawn.instrument, people, rows, {refusal.line for refusal in refused})
        split_rows += sum(row["final__at_least"] != row["final__at_most"] for row in rows)
    assert split_rows > 10


def test_some_rows_of_a_block_come_to_the_same() -> None:
    """A slice of Arrow begins somewhere inside its buffers."""
    records = people(SCREEN, Random(5), 90)
    for table in (text_table(SCREEN, records), typed_table(SCREEN, records)):
        whole = table.combine_chunks().to_batches()[0]
        for block in (whole, whole.slice(11, 53), whole.slice(64, 9)):
            copied = pa.Table.from_pylist(block.to_pylist(), block.schema).combine_chunks().to_batches()[0]
            assert Scorer(SCREEN).score(block) == Scorer(SCREEN).score(copied)


def test_the_screen_is_split_by_column_as_it_is_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scorer, "CHUNK", 300)
    records = people(SCREEN, Random(1), 1500, judged=0.05)
    batches, refused = Scorer(SCREEN).score(as_block(records))
    rows = [row for batch in batches for row in batch.to_pylist()]
    check(SCREEN, records, rows, {refusal.line for refusal in refused})
    split = [
        row["serious_harm__exact"] for row in rows if row["serious_harm__at_least"] != row["serious_harm__at_most"]
    ]
    assert len(batches) == 5
    assert split.count(True) > 100


def test_two_way_items_of_every_kind_are_met() -> None:
    """The generated instruments have what the split must see: else equality would say little."""
    kinds: dict[str, int] = {}
    fewer = 0
    for seed in range(60):
        random = Random(seed)
        drawn = instrument(Dice(random.randint))
        made = Scorer(drawn)._narrower
        for splitter in made.splitters.values():
            for item in splitter.compiled.two_way[splitter.outcome]:
                kinds[item.kind] = kinds.get(item.kind, 0) + 1
        fewer += len(made.places)
    assert min(kinds[kind] for kind in ("mask", "ticks", "ends", "entries")) >= 5
    assert fewer > 100


LARGE = """
askwell: 1
id: large
version: 1.0.0
title: Large
caution: Made up.
review: {{last: 2026-11-23, due: 2027-11-23}}
sections:
  - id: part
    title: Part
    items:
      - {{id: a, ask: A?, type: yes_no, points: {{yes: {points}, no: -{points}}}}}
      - {{id: b, ask: B?, type: yes_no, points: {{yes: {points}, no: 1}}}}
      - {{id: c, ask: C?, type: number, min: 0, max: {points}, applies_if: b is yes}}
scores:
  once: {{title: Once, value: sum(part)}}
  more: {{title: More, value: "once + 3 * sum(c)"}}
outcomes:
  level:
    title: Level
    levels:
      - {{id: few, title: Few}}
      - {{id: many, title: Many, when: "more >= {points}"}}
"""


@pytest.mark.parametrize("points", [10, 2_000, 3_000, 9_000, 200_000_000, 10**12])
def test_points_of_every_size_are_added_exactly(points: int, tmp_path: Path) -> None:
    """Columns are only as wide as what a questionnaire adds up to; beside the least of 16 bits, too."""
    file = tmp_path / "large.yaml"
    file.write_text(LARGE.format(points=points), encoding="utf-8")
    drawn = load(file)
    records = people(drawn, Random(3), 60)
    batches, refused = Scorer(drawn).score(as_block(records))
    rows = [row for batch in batches for row in batch.to_pylist()]
    assert max(row["more__highest"] for row in rows) == 5 * points
    check(drawn, records, rows, {refusal.line for refusal in refused})


def json_lines(records: Sequence[Record], path: Path) -> Path:
    text = "\n".join(json.dumps(to_json(one)) for one in records)
    (path / "records.jsonl").write_text(text + "\n", encoding="utf-8")
    return path / "records.jsonl"


def csv(records: Sequence[Record], path: Path) -> Path:
    pa_csv.write_csv(text_table(SCREEN, records), path / "records.csv")
    return path / "records.csv"


def texts(records: Sequence[Record], path: Path) -> Path:
    pq.write_table(text_table(SCREEN, records), path / "records.parquet", row_group_size=130)
    return path / "records.parquet"


def dictionaries(records: Sequence[Record], path: Path) -> Path:
    table = text_table(SCREEN, records)
    kinds = [(name, pa.dictionary(pa.int32(), pa.string())) for name in table.column_names]
    pq.write_table(table.cast(pa.schema(kinds)), path / "records.parquet")
    return path / "records.parquet"


def typed(records: Sequence[Record], path: Path) -> Path:
    pq.write_table(typed_table(SCREEN, records), path / "records.parquet")
    return path / "records.parquet"


def json_column(records: Sequence[Record], path: Path) -> Path:
    ids = pa.array([f"p{place}" for place in range(len(records))])
    pq.write_table(pa.table({"record": as_block(records).column("record"), "id": ids}), path / "records.parquet")
    return path / "records.parquet"


@pytest.mark.parametrize("write", [json_lines, csv, texts, dictionaries, typed, json_column])
def test_every_kind_of_file_says_the_same(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "BLOCK", 70)
    records = people(SCREEN, Random(2), 200, judged=0.05)
    done, rows = scored(write(records, tmp_path), tmp_path / "results.parquet")
    refused = [int(line.split(",")[0]) for line in done.rejects.read_text().splitlines()[1:]]
    lines = range(1, len(records) + 1) if write is not csv else range(2, len(records) + 2)
    places = {line: place for place, line in enumerate(lines, start=1)}
    check(SCREEN, records, [row | {"line": places[row["line"]]} for row in rows], {places[line] for line in refused})
    assert (done.scored, done.refused) == (len(rows), len(set(refused)))
    if write is not json_lines:
        assert [row["id"] for row in rows] == [f"p{places[row['line']] - 1}" for row in rows]


def scored(records: Path, output: Path, jobs: int = 1, given: Given | None = None) -> tuple[Done, list[dict[str, Any]]]:
    done = Run(Task(SCREEN, records, output, jobs=jobs, given=given or Given())).score(lambda _: None)
    return done, pq.read_table(output).to_pylist() if output.suffix == ".parquet" else []


def test_workers_write_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "BLOCK", 100)
    records = dictionaries(people(SCREEN, Random(3), 450, judged=0.1), tmp_path)
    for jobs in (1, 2):
        scored(records, tmp_path / f"results{jobs}.parquet", jobs)
    assert (tmp_path / "results1.parquet").read_bytes() == (tmp_path / "results2.parquet").read_bytes()
    assert (tmp_path / "results1.rejects.csv").read_text() == (tmp_path / "results2.rejects.csv").read_text()


def test_results_say_the_same_in_every_format(tmp_path: Path) -> None:
    records = texts(people(SCREEN, Random(4), 40), tmp_path)
    _, rows = scored(records, tmp_path / "results.parquet")
    for suffix in ("csv", "jsonl"):
        scored(records, tmp_path / f"results.{suffix}")
    assert [json.loads(line) for line in (tmp_path / "results.jsonl").read_text().splitlines()] == rows
    lists = {name for name, value in rows[0].items() if isinstance(value, list)}
    for row, other in zip(rows, pa_csv.read_csv(tmp_path / "results.csv").to_pylist(), strict=True):
        assert {name: "|".join(value) if name in lists else value for name, value in row.items()} == {
            name: "" if name in lists and value is None else value for name, value in other.items()
        }


def test_results_say_whose_they_are(tmp_path: Path) -> None:
    scored(texts(people(SCREEN, Random(5), 3), tmp_path), tmp_path / "results.parquet")
    about = pq.read_schema(tmp_path / "results.parquet").metadata
    assert about[b"askwell.questionnaire"] == SCREEN.id.encode()
    assert about[b"askwell.version"] == SCREEN.version.encode()
    assert about[b"askwell.content_hash"] == SCREEN.content_hash.encode()


def test_an_arrow_engine_maps_it_over_processes() -> None:
    records = people(SCREEN, Random(6), 90, judged=0.3)
    batches = [as_block(records[first : first + 30]) for first in (0, 30, 60)]
    score = pickle.loads(pickle.dumps(ArrowScorer(SCREEN)))
    bag = dask.bag.from_sequence(batches, npartitions=2)  # type: ignore[no-untyped-call]
    found = bag.map_partitions(lambda part: list(score(part))).compute(scheduler="processes", num_workers=2)
    assert all(batch.schema == score.schema for batch in found)
    rows = [row for batch in found for row in batch.to_pylist()]
    assert len(rows) == len(records)
    for row, record in zip(rows, records, strict=True):
        wanted = expected(SCREEN, record)
        assert (row["refused"] is None) == (wanted is not None)
        assert wanted is None or differences(row, wanted) == {}
    assert any(row["refused"] is not None and row["plan"] is None for row in rows)


def test_an_arrow_engine_may_hand_over_flat_columns_and_the_day() -> None:
    on = date(2026, 11, 23)
    batch = pa.record_batch({"id": ["a", "b"], "who": ["stranger", "strange"], "threats": [["kill"], ["dont_know"]]})
    (found,) = ArrowScorer(SCREEN, on=on, voice="practitioner")([batch])
    first, second = found.to_pylist()
    assert (first["id"], first["serious_harm__at_least"], first["refused"]) == ("a", "high", None)
    assert (second["id"], second["line"], second["plan"]) == ("b", 2, None)
    assert second["refused"].startswith("answers.who: 'strange' is not one of the options.")
    assert next(ArrowScorer(SCREEN, on=on)([batch.slice(0, 0)])).num_rows == 0
