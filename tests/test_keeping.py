"""Keeping the summary: asked for first, neutral on the outside, with the answers or without, on paper and by phone."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from engine.interview.reading import read
from engine.interview.timeline import timelines
from tests.served import Person, small_site

ANSWERS = ("The zebra kicked", "12 zebra years", "Grave zebra concern", "A zebra bite", "goes only by what you said")


@pytest.fixture(scope="module")
def person() -> Iterator[Person]:
    app = small_site(pdf_workers=1)
    person = Person(app).begins()
    person.answers("yes").presses("go_on").answers("yes").presses("go_on").answers("own").answers("12")
    person.answers("kicked").passes_on_to("and when?")
    for month in ("3", "3", "5"):
        person.presses("add", answer_1_month=month, answer_1_year="2026", answer_2="bite")
    person.presses("all")
    yield person
    app.extensions["askwell"].press.close()


def pages_of(person: Person, path: str, folder: Path) -> list[str]:
    """The words of the file, page by page."""
    reply = person.client.get(path)
    assert reply.headers["Content-Disposition"] == 'attachment; filename="notes.pdf"'
    file = folder / "notes.pdf"
    file.write_bytes(reply.data)
    read_out = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    return [" ".join(page.split()) for page in read_out.split("\f")]


def test_nothing_is_kept_before_it_is_asked_whether_that_is_safe(person: Person) -> None:
    person.presses("summary")
    assert "notes.pdf" not in person.page
    assert "data-print" not in person.page
    assert person.presses("keep").heading == "Is it safe to keep this?"
    assert person.page.index('value="summary"') < person.page.index("notes.pdf")
    assert person.presses("back").heading == "Your summary"


def test_the_first_page_of_the_file_says_nothing(person: Person, tmp_path: Path) -> None:
    first, second, *_ = pages_of(person, "/notes.pdf", tmp_path)
    assert re.fullmatch(r"Notes 1 ?/ ?\d+", first)
    assert "Your summary" in second


def test_without_the_answers_the_file_says_what_helps_and_nothing_that_was_said(person: Person, tmp_path: Path) -> None:
    whole, short = (" ".join(pages_of(person, path, tmp_path)) for path in ("/notes.pdf", "/short/notes.pdf"))
    for words in (*ANSWERS, "You did not get to this"):
        assert (words in whole, words in short) == (words in whole, False)
    assert all(words in whole for words in ANSWERS)
    for words in ("Put a fence around the zebra.", "999", "A log to fill in", "When to come back"):
        assert words in short


@pytest.mark.parametrize("path", ["/notes.pdf", "/short/notes.pdf"])
def test_the_log_to_fill_in_is_not_torn_apart(person: Person, tmp_path: Path, path: str) -> None:
    assert sum(page.count("Date and time") for page in pages_of(person, path, tmp_path)) == 1  # its first line


def test_without_the_answers_the_page_to_print_says_none_of_them_either(person: Person) -> None:
    person.presses("plain")
    assert [words for words in ANSWERS if words in person.words] == []
    assert "Put a fence around the zebra." in person.words
    person.presses("whole")
    assert [words for words in ANSWERS if words not in person.words.replace("This goes", "goes")][:-1] == []


def test_what_is_read_out_is_short_and_never_makes_less_of_it(person: Person) -> None:
    words = person.presses("aloud").words
    assert "I have answered some questions about what is happening to me." in words
    assert "What has the zebra done? The zebra kicked" in words
    assert "That does not mean no." in words
    assert "999" in words
    assert len(person.words) < len(person.presses("whole").words) / 2


def test_the_summary_begins_with_the_person_and_says_that_it_is_not_their_fault(person: Person) -> None:
    words = person.presses("summary").words
    assert "This is not your fault." in words
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", person.page.partition("<main")[2]) == [
        *("Step away from the zebra", "The zebra may hear this", "In short", "What stands out", "What may help"),
        *("Who can help", "When to come back", "What you told us", "What has no answer", "A log to fill in"),
        "Keep or print this",
    ]
    assert "that never means less danger" in words
    assert "A call stays in this phone’s list of calls." in words


def test_what_happened_over_time_is_a_picture_and_the_same_in_words(person: Person, tmp_path: Path) -> None:
    page = person.presses("summary").page
    picture = re.search(r'<svg[^>]*role="img"[^>]*>\s*<title>(.*?)</title>', page)
    assert picture is not None
    assert picture[1] == "A bar for each time: March 2026 2, April 2026 0, May 2026 1"
    for words in ("March 2026: 2", "April 2026: none", "May 2026: 1"):
        assert words in person.words
        assert words in " ".join(pages_of(person, "/notes.pdf", tmp_path))


@pytest.mark.parametrize(
    ("dates", "spans"),
    [
        (["2026-03-01"], None),
        (["2026-03-01", None], None),
        (["2026-03", "2026-03-09"], [("March 2026", 2)]),
        (["2025-12", "2026-02-09"], [("December 2025", 1), ("January 2026", 0), ("February 2026", 1)]),
        (["2025", "2026-02-09", None], [("2025", 1), ("2026", 1)]),
        (["2023-01", "2025-02"], [("2023", 1), ("2024", 0), ("2025", 1)]),
    ],
)
def test_few_months_are_counted_by_month_and_what_is_vague_or_long_by_year(
    dates: list[str | None], spans: list[tuple[str, int]] | None
) -> None:
    instrument = small_site().extensions["askwell"].library.titles[0].instrument
    entries = [{"what": "kick"} if one is None else {"on": one} for one in dates]
    whose = {"questionnaire": instrument.id, "version": instrument.version, "content_hash": instrument.content_hash}
    answers = {"visits": {"entries": entries, "that_is_all": True}}
    record = read(instrument, {**whose, "voice": "self", "date": str(date(2026, 11, 23)), "answers": answers})
    found = timelines(instrument, record, "self")
    assert [[(span.name, span.count) for span in one.spans] for one in found] == ([] if spans is None else [spans])
    assert [one.undated for one in found] == ([] if spans is None else [dates.count(None)])


def in_reading_order(node: Any) -> Iterator[Any]:
    """The elements of the tree of a tagged file."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from in_reading_order(kid)


@pytest.mark.parametrize("path", ["/notes.pdf", "/short/notes.pdf"])
def test_another_reader_of_tagged_files_finds_nothing_but_the_cells_to_fill_in(
    person: Person, path: str, tmp_path: Path
) -> None:
    file = tmp_path / "notes.pdf"
    file.write_bytes(person.client.get(path).data)
    avalpdf = Path(sys.executable).with_name("avalpdf")
    subprocess.run([avalpdf, file, "--report", "--quiet", "--lang", "en", "-o", tmp_path], check=True)
    found = json.loads((tmp_path / "notes_validation_report.json").read_text())["validation_results"]
    assert found["issues"] == []
    assert [
        one for one in found["warnings"] if not re.match(r"(Table 1 has|Found) \d+ empty (cells|elements)", one)
    ] == []
    assert "Document is tagged" in found["successes"]


@pytest.mark.parametrize("path", ["/notes.pdf", "/short/notes.pdf"])
def test_the_tree_of_the_file_has_headings_in_order_lists_links_a_picture_in_words_and_bookmarks(
    person: Person, path: str
) -> None:
    with pikepdf.open(io.BytesIO(person.client.get(path).data)) as document:
        elements = list(in_reading_order(document.Root.StructTreeRoot))
        tags = [str(one.S) for one in elements]
        levels = [int(tag[2]) for tag in tags if re.fullmatch("/H[1-6]", tag)]
        assert [one for one in elements if str(one.S) == "/P" and not len(one.get("/K", []))] == []
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert {"/L", "/LI", "/Table", "/TR", "/TH", "/TD", "/Link", "/P"} <= set(tags)
        pictures = [str(one.get("/Alt", "")) for one in elements if str(one.S) == "/Figure"]
        assert pictures == (["A bar for each time: March 2026 2, April 2026 0, May 2026 1"] if path[1] == "n" else [])
        with document.open_outline() as outline:
            names = [str(one.title) for top in outline.root for one in (top, *top.children)]
        assert {"Your summary", "What may help", "Who can help", "A log to fill in"} <= set(names)
        links = [note for page in document.pages for note in page.get("/Annots", [])]
        assert links
        assert all("/Contents" in note or "/StructParent" in note for note in links)
