"""The language as its tables tell it, and what holds of every text whatever."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from engine.language.parse import DEEPEST, LONGEST, MOST_NODES
from engine.language.read import Reading, read_number, read_truth
from engine.language.reads import reads
from engine.language.slips import SLIP_KINDS
from tests.example_scope import example_scope
from tests.notation import notation

FULL = example_scope("record", "printed")
Row = dict[str, Any]


def rows(table: str) -> list[Row]:
    sections = yaml.safe_load((Path(__file__).parent / "language" / f"{table}.yaml").read_text())
    return [row for section in sections.values() for row in section]


def text_of(row: Row) -> str:
    return str(row.get("condition", row.get("number")))


def read(row: Row) -> Reading:
    scope = example_scope() if "without" in row else FULL
    return (read_truth if "condition" in row else read_number)(text_of(row), scope)


MEANT = rows("conditions") + rows("numbers")
SLIPPED = rows("slips")
WORDS = sorted({word for row in MEANT + SLIPPED for word in text_of(row).split()} | {"(", ")", "not", "≥", "'", "\0"})


@pytest.mark.parametrize("row", MEANT, ids=text_of)
def test_it_means(row: Row) -> None:
    reading = read(row)
    assert reading.slips == ()
    assert reading.term
    assert notation(reading.term, FULL) == str(row["means"])


@pytest.mark.parametrize("row", [row for row in MEANT if "condition" in row], ids=text_of)
def test_two_opposites_cancel(row: Row) -> None:
    assert read_truth(f"not (not ({text_of(row)}))", FULL).term == read(row).term


@pytest.mark.parametrize("row", SLIPPED, ids=text_of)
def test_it_is_a_slip(row: Row) -> None:
    (slip,) = read(row).slips
    marked = text_of(row)[slip.start : slip.start + slip.length]
    assert (slip.kind, marked) == (row["slip"], str(row["at"]))
    assert row["says"] in f"{slip.message} {slip.remedy}"


def test_every_kind_of_slip_has_a_sentence_and_an_example() -> None:
    limits = {"too-long", "too-complex"}
    assert {row["slip"] for row in SLIPPED} | limits == set(SLIP_KINDS)


def test_all_slips_are_found_at_once() -> None:
    reading = read_truth("threats contains kill && who is parner || (age > 1e5 and whoo)", FULL)
    assert [slip.kind for slip in reading.slips] == [
        "other-spelling", "other-spelling", "unknown-option", "mixed-and-or", "other-spelling", "number-form",
        "unknown-name",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("stalked or " * LONGEST, "too-long"),
        ("not " * (DEEPEST + 1) + "stalked", "too-complex"),
        ("(" * 600 + "1" + ")" * 600, "too-complex"),
        ("-" * 1_900 + "1", "too-complex"),
        ("+".join(["1"] * (MOST_NODES + 1)) + ">1", "too-complex"),
    ],
    ids=["long", "deep", "brackets", "signs", "many"],
)
def test_limits(text: str, kind: str) -> None:
    assert [slip.kind for slip in read_truth(text, FULL).slips] == [kind]


def test_a_long_sum_is_not_deep() -> None:
    assert read_number(" + ".join(["age"] * 100), FULL).slips == ()


@given(st.text() | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_no_text_ever_raises(text: str) -> None:
    hold_what_a_reading_promises(text)


@given(st.sampled_from([text_of(row) for row in MEANT]), st.data())
def test_no_change_to_an_expression_ever_raises(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 8)))
    hold_what_a_reading_promises(text[:start] + data.draw(st.sampled_from(["", *WORDS])) + text[end:])


def hold_what_a_reading_promises(text: str) -> None:
    for reading in (read_truth(text, FULL), read_number(text, FULL)):
        assert (reading.term is None) is bool(reading.slips)
        assert {slip.kind for slip in reading.slips} <= set(SLIP_KINDS)
        assert all(slip.start >= 0 and slip.length >= 1 for slip in reading.slips)
        assert all(slip.start + slip.length <= max(1, len(text)) for slip in reading.slips)
        assert reading.term is None or reads(reading.term) <= {name for name, _ in reading.mentions}


def test_what_is_mentioned_and_where() -> None:
    reading = read_truth("any(fears) and count(incidents, days_since(on) < 7) > 1 and who is partner", FULL)
    assert reading.mentions == (("fears", 4), ("stalked", 4), ("afraid", 4), ("incidents", 21), ("who", 60))
    assert reading.term
    assert reads(reading.term) == {"stalked", "afraid", "incidents", "who"}
