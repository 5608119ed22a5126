"""Files of records: what is refused is told with its line, what cannot be used at all is told at once, nothing is left
behind, and the command says what it did.
"""

from __future__ import annotations

import csv
import json
import multiprocessing
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from engine.cli import main
from engine.cohort import sources
from engine.cohort.batch import Done, Run, Task
from engine.cohort.flat import Given
from engine.cohort.scorer import Scorer
from engine.cohort.sheet import UnusableFile
from engine.format.load import load
from engine.interview.reading import InvalidRecord, Message, read, to_json
from tests.people import random_record

PATH = Path(__file__).parent.parent / "questionnaires" / "stalking_screen"
SCREEN = load(PATH)
ON = Given(date(2026, 11, 23))
Json = dict[str, Any]

WRONG: list[Any] = [
    None, True, 1, -7, 2.5, 1e300, float("nan"), "", "kill", "dont_know", "2026-13", "2099", "2026-11-03", [], ["kill"],
    ["kill", "kill"], ["none_of_these", "kill"], ["dont_know"], [None], [["kill"]], {}, {"text": ""}, {"text": "Words"},
    {"entries": [], "that_is_all": True}, {"entries": [], "that_is_all": 1},
    {"entries": [{}] * 99, "that_is_all": True},
    {"entries": [{"on": "2199"}], "that_is_all": False}, {"entries": [{"on": 3, "what": []}], "that_is_all": False},
    {"entries": [{"dance": "1"}], "that_is_all": True}, {"entries": "many", "that_is_all": True}, {"entries": [1]},
]  # fmt: skip


def spoilt(random: Random) -> Json:
    """A record with a few things put where they may not belong."""
    data = to_json(random_record(SCREEN, random, 0.5, judged=0.05))
    for _ in range(random.randint(1, 2)):
        where = random.choice(["answers", "answers", "answers", "answers", "whole", "judgements", "notes", "how_known"])
        name = random.choice([*SCREEN.items, "dance"]) if where != "judgements" else random.choice([*SCREEN.outcomes])
        if where == "whole":
            data[random.choice([*data, "dance"])] = random.choice(WRONG)
        elif isinstance(data.get(where), dict):
            data[where][name] = random.choice([*WRONG, {"level": "high", "reason": "Because"}, "asked"])
    return data


def reasons(data: object) -> tuple[Message, ...] | None:
    try:
        read(SCREEN, data)
    except InvalidRecord as invalid:
        return invalid.messages
    return None


@pytest.mark.parametrize("seed", range(8))
def test_a_record_is_refused_exactly_where_its_reader_refuses_it(seed: int) -> None:
    random = Random(seed)
    records = [spoilt(random) for _ in range(250)]
    _, refused = Scorer(SCREEN).score(pa.record_batch({"record": [json.dumps(one) for one in records]}))
    found = {refusal.line: refusal.reasons for refusal in refused}
    unread = 0
    for line, data in enumerate(records, start=1):
        said = reasons(json.loads(json.dumps(data)))
        unread += said is not None
        # what can be read may still hold a judgement that is not allowed
        assert found.get(line) == said or all(one.field.startswith("judgements.") for one in found[line])
    assert 100 < unread < 250


def good(**answers: Any) -> str:
    data = to_json(random_record(SCREEN, Random(1), 0.0))
    return json.dumps(data | {"answers": answers})


def run(records: Path, given: Given = ON, **parts: Any) -> tuple[Done, list[tuple[str, ...]]]:
    done = Run(Task(SCREEN, records, records.with_name("out.parquet"), given=given, **parts)).score(lambda _: None)
    with done.rejects.open(encoding="utf-8", newline="") as file:
        return done, [tuple(row) for row in csv.reader(file)][1:]


def test_lines_that_are_no_records_are_told_with_their_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LONGEST_LINE", 2000)
    lines = [
        good(who="stranger").encode(),
        b"",
        b'{"answers": ',
        b"\xff\xfe",
        b"[" * 1500,
        b"7",
        b" " * 5000 + good().encode(),
        good(who="parner").encode(),
        b'{"answers": {"who": ' + b"9" * 1900 + b"}}",
        good(who="partner").encode(),
    ]
    (tmp_path / "records.jsonl").write_bytes(b"\r\n".join(lines))
    done, refused = run(tmp_path / "records.jsonl")
    assert (done.scored, done.refused) == (2, 7)
    assert pq.read_table(tmp_path / "out.parquet").column("line").to_pylist() == [1, 10]
    assert [row[0] for row in dict.fromkeys((row[0],) for row in refused)] == ["3", "4", "5", "6", "7", "8", "9"]
    assert refused[0] == ("3", "", "", "This is not JSON: Expecting value, character 13.")
    assert refused[1][3] == "This is not UTF-8: byte 1."
    assert refused[4] == ("7", "", "", f"This line has {5000 + len(good()) + 2} bytes; there is room for 2000.")
    assert refused[5] == ("8", "", "answers.who", "'parner' is not one of the options. Did you mean 'partner'?")


def test_rows_of_csv_that_are_no_records_are_told_with_their_line(tmp_path: Path) -> None:
    rows = [
        b"\xef\xbb\xbfid,who,threats,own_words",
        b'a,stranger,kill|harm_child,"in two\nlines"',
        b"b,stranger",
        b"c,stranger,,,",
        b'd,"stran"ger,,',
        b"",
        b"e,stranger,,\xff",
        "f,stränger,,".encode(),
        b"g,dont_know,kill|kill,",
        b"h,,,",
    ]
    (tmp_path / "records.csv").write_bytes(b"\n".join(rows))
    done, refused = run(tmp_path / "records.csv", Given(ON.on, "practitioner"))
    table = pq.read_table(tmp_path / "out.parquet")
    assert (table.column("line").to_pylist(), table.column("id").to_pylist()) == ([2, 11], ["a", "h"])
    assert done.refused == 6
    assert [(row[0], row[1], row[3][:22]) for row in refused] == [
        ("4", "", "Here are 2 cells; the "),
        ("5", "", "Here are 5 cells; the "),
        ("6", "", "This is not CSV: ',' e"),
        ("8", "", "This is not UTF-8."),
        ("9", "f", "'stränger' is not one "),
        ("10", "g", "An option is ticked tw"),
    ]


@pytest.mark.parametrize(
    ("column", "cells", "bad"),
    [
        ("threats", pa.array([["kill"], [], ["kill", None], ["kill|harm_child"], None, ["declined"]]), {2, 3, 4}),
        ("incidents", pa.array(["", "{", "[]", '{"entries": [], "that_is_all": true}', "declined", None]), {2, 3}),
        ("judgements", pa.array(['{"rising": {"level": "fast"}}', "{", "dance", "{}", "", None]), {1, 2, 3}),
        ("date", pa.array([date(2026, 1, 1), None, date(1726, 1, 1)] + 3 * [date(2026, 1, 2)]), {2, 3}),
        ("voice", pa.array(["self", "", "horse", None, "practitioner", "self"]), {2, 3, 4}),
        ("version", pa.array([SCREEN.version, "0"] + 4 * [SCREEN.version]), {2}),
    ],
)
def test_cells_of_parquet(column: str, cells: pa.Array, bad: set[int], tmp_path: Path) -> None:
    table = {"who": pa.array(["stranger"] * len(cells)), column: cells}
    pq.write_table(pa.table(table), tmp_path / "records.parquet")
    _, refused = run(tmp_path / "records.parquet")
    assert {int(row[0]) for row in refused} == bad


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"whu": ["stranger"]}, "Nothing here is called 'whu'. Did you mean 'who'?"),
        ({"id;who": ["a;stranger"]}, "Save the file as CSV with commas"),
        ({"who": [1]}, "Column 'who' has the type int64"),
        ({"who": ["stranger"], "record": ["{}"]}, "here are both"),
    ],
)
def test_columns_that_are_wrong_are_told_at_once(table: Json, says: str, tmp_path: Path) -> None:
    pq.write_table(pa.table(table), tmp_path / "records.parquet")
    with pytest.raises(UnusableFile, match=says):
        run(tmp_path / "records.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["records.parquet"]


def test_files_that_are_wrong_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "records.parquet").write_bytes(b"PAR1 and no more")
    (tmp_path / "records.csv").write_text("")
    for name, says in (("records.parquet", "not Parquet"), ("records.csv", "empty"), ("records.txt", "ends in none")):
        with pytest.raises(UnusableFile, match=says):
            run(tmp_path / name)
    (tmp_path / "records.csv").write_text("who\nstranger\n")
    with pytest.raises(UnusableFile, match="--on"):
        run(tmp_path / "records.csv", Given())
    with pytest.raises(UnusableFile, match="a file each"):
        run(tmp_path / "records.csv", rejects=tmp_path / "out.parquet")


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupted_run_leaves_nothing_behind(jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "BLOCK", 20)
    (tmp_path / "records.jsonl").write_text("\n".join([good(who="stranger")] * 200))

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    task = Task(SCREEN, tmp_path / "records.jsonl", tmp_path / "out.parquet", jobs=jobs)
    with pytest.raises(KeyboardInterrupt):
        Run(task).score(interrupted)
    assert [path.name for path in tmp_path.iterdir()] == ["records.jsonl"]
    assert multiprocessing.active_children() == []


def test_a_worker_that_dies_is_told_and_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "BLOCK", 20)
    (tmp_path / "records.jsonl").write_text("\n".join([good(who="stranger")] * 200))

    def killing(_: int) -> None:
        for worker in multiprocessing.active_children():
            worker.kill()

    task = Task(SCREEN, tmp_path / "records.jsonl", tmp_path / "out.parquet", jobs=2)
    with pytest.raises(UnusableFile, match="scoring ended"):
        Run(task).score(killing)
    assert [path.name for path in tmp_path.iterdir()] == ["records.jsonl"]


def askwell(*words: object) -> Result:
    return CliRunner().invoke(main, ["score", str(PATH), *map(str, words)])


def test_the_command_scores_a_file_and_says_what_it_did(tmp_path: Path) -> None:
    records, output = tmp_path / "people.csv", tmp_path / "results.csv"
    records.write_text("id,who\na,stranger\nb,partner\n")
    result = askwell(records, "-o", output, "--on", "2026-11-23")
    assert (result.exit_code, result.output) == (0, f"{output}: 2 records scored, none refused\n")
    records.write_text("id,who\na,stranger\nb,parner\n")
    result = askwell(records, "-o", output, "--on", "2026-11-23", "--rejects", tmp_path / "no.csv", "--jobs", 2)
    assert (result.exit_code, result.output) == (1, f"{output}: 1 record scored, 1 refused: {tmp_path / 'no.csv'}\n")
    assert (tmp_path / "no.csv").read_text().splitlines()[1].startswith("3,b,answers.who,'parner' is not one of")


Words = Callable[[Path], list[object]]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (lambda path: [path / "people.csv"], "Say where the results go"),
        (lambda path: [path / "people.csv", "-o", path / "out.csv"], "--on 2026-11-23"),
        (lambda path: [path / "people.csv", "-o", path / "out.xls"], "ends in none of .parquet, .csv, .jsonl"),
        (lambda path: [path / "people.csv", "-o", path / "no" / "out.csv", "--on", "2026-11-23"], "cannot be written"),
        (lambda path: [path / "one.json", "-o", path / "out.csv"], "--output goes with many records"),
    ],
)
def test_the_command_says_what_is_amiss(words: Words, says: str, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("who\nstranger\n")
    (tmp_path / "one.json").write_text(good())
    result = askwell(*words(tmp_path))
    assert result.exit_code in (1, 2)
    assert says in result.output


def test_one_record_needs_no_columns_and_many_say_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("engine.cohort")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numpy", None)
    (tmp_path / "one.json").write_text(good())
    assert askwell(tmp_path / "one.json").exit_code == 0
    (tmp_path / "people.csv").write_text("who\nstranger\n")
    result = askwell(tmp_path / "people.csv", "-o", tmp_path / "out.csv")
    assert result.exit_code == 1
    assert "pip install 'askwell[batch]'" in result.output
