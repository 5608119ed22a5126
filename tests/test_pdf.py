"""The file: tagged, neutral on the outside, made in a process that may do little and whose end harms nobody."""

from __future__ import annotations

import html
import io
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from tests.served import Person, small_site
from webui import Settings
from webui.pdf import NoPdf, Press
from webui.pdf_worker import MEMORY, NothingIsFetched

PAGE = "<!doctype html><html lang=en><title>Notes</title><h1>Hello</h1><p>All is well.</p></html>"
ENDLESS = "<html lang=en><title>Notes</title>" + "<p>A zebra went by.</p>" * 20_000


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    press = Press(Settings(pdf_workers=1, pdf_seconds=8))
    yield press
    press.close()


@pytest.fixture(scope="module")
def person() -> Iterator[Person]:
    app = small_site(pdf_workers=1)
    person = Person(app).begins()
    person.answers("yes").presses("go_on").answers("yes").presses("go_on").answers("own").answers("12").answers(
        "kicked"
    )
    yield person
    app.extensions["askwell"].press.close()


def text_of(pdf: bytes) -> str:
    """Everything in the file that is not compressed away, and all of its dictionaries."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return "\n".join(repr(thing) for thing in document.objects) + repr(document.docinfo)


def test_the_file_is_tagged_and_tells_nothing_on_the_outside(person: Person) -> None:
    pdf = person.client.get("/notes.pdf").data
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        assert root.Lang == "en"
        assert root.MarkInfo.Marked == True  # noqa: E712  # a PDF's own truth
        assert root.ViewerPreferences.DisplayDocTitle == True  # noqa: E712
        assert "/StructTreeRoot" in root
        assert str(document.docinfo["/Title"]) == "Notes"
        assert set(document.docinfo.keys()) <= {"/Title", "/Producer"}
        with document.open_metadata() as about:
            assert str(about["pdfuaid:part"]) == "1"
            assert about["dc:title"] == "Notes"
        tags = {str(thing.S) for thing in document.objects if isinstance(thing, pikepdf.Dictionary) and "/S" in thing}
        assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Link"} <= tags
        assert "/Names" not in root or "/EmbeddedFiles" not in root.Names
        assert len(document.pages) >= 2


def words_of(text: str) -> set[str]:
    return set(re.split(r"[\s().]+", text))


def test_the_file_says_what_the_page_says(person: Person, tmp_path: Path) -> None:
    main = person.presses("summary").page.partition("<h1")[2].partition('<section id="keep"')[0]
    shown = re.sub(r"<nav.*?</nav>|<p class=.now.*?</p>|^[^>]*>", " ", main, flags=re.DOTALL)
    on_screen = words_of(html.unescape(re.sub(r"<[^>]*>", " ", shown)))
    file = tmp_path / "notes.pdf"
    file.write_bytes(person.client.get("/notes.pdf").data)
    in_file = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, text=True, check=True).stdout
    assert on_screen - words_of(in_file) <= {"Thank", "you", "for", "answering"}
    for words in ("Step away from the zebra", "Grave zebra concern", "Put a fence around the zebra.", "999"):
        assert words in in_file


def test_one_worker_serves_page_after_page(press: Press) -> None:
    press.lay_out("", PAGE)
    first = worker_of(press)
    for _ in range(2):
        assert press.lay_out("", PAGE).startswith(b"%PDF")
    assert worker_of(press) == first


def test_nothing_is_fetched_from_the_disk_or_the_network(press: Press, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'><title>walrus</title><text>walrus</text></svg>")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        asking = (
            f"<img src='file://{secret}' alt=x>",
            f"<img src='{url}/a.png' alt=x>",
            "<img src='secret.svg' alt=x>",
            f"<link rel=attachment href='file://{secret}'>",
            f"<link rel=stylesheet href='{url}/b.css'>",
            f"<object data='file://{secret}'></object>",
        )
        page = PAGE.replace("</h1>", "</h1>" + "".join(asking))
        css = f"@import '{url}/c.css'; @font-face {{ font-family: f; src: url('{url}/f.woff') }} p {{ font-family: f }}"
        pdf = press.lay_out(css, page)
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert "walrus" not in text_of(pdf)
    for address in ("file:///etc/passwd", "https://example.org/", "data:text/plain,x", "secret.svg", "ftp://x/"):
        with pytest.raises(ValueError, match="Nothing is fetched"):
            NothingIsFetched().fetch(address)


@pytest.mark.parametrize(
    "page",
    ["<div>" * 3000, "<p style='font-size:1e7px'>x", "<p>x" * 200_000],
    ids=["nested too deep", "letters too large", "too many bytes"],
)
def test_a_page_that_cannot_be_laid_out_is_refused_and_the_next_one_is_not(press: Press, page: str) -> None:
    with pytest.raises(NoPdf):
        press.lay_out("", page)
    assert press.lay_out("", PAGE).startswith(b"%PDF")


def test_a_page_that_takes_too_long_is_given_up(press: Press) -> None:
    with pytest.raises(NoPdf):
        press.lay_out("", ENDLESS)
    assert press.lay_out("", PAGE).startswith(b"%PDF")


def test_a_worker_that_dies_is_replaced(press: Press) -> None:
    press.lay_out("", PAGE)
    os.kill(worker_of(press), signal.SIGKILL)
    with pytest.raises(NoPdf):
        press.lay_out("", PAGE)
    assert press.lay_out("", PAGE).startswith(b"%PDF")


def test_where_no_worker_can_be_started_there_is_no_pdf_until_one_can(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    press.close()
    with monkeypatch.context() as machine:
        machine.setattr(sys, "executable", "/nowhere/python")
        for _ in range(3):
            with pytest.raises(NoPdf):
                press.lay_out("", PAGE)
    assert press.lay_out("", PAGE).startswith(b"%PDF")


def test_a_worker_is_confined_and_knows_no_keys(press: Press) -> None:
    press.lay_out("", PAGE)
    about = Path(f"/proc/{worker_of(press)}")
    limits = {line[:26].strip(): line[26:].split()[0] for line in (about / "limits").read_text().splitlines()}
    assert limits["Max address space"] == str(MEMORY)
    assert limits["Max core file size"] == "0"
    assert limits["Max file size"] == "0"
    assert int(limits["Max open files"]) <= 64
    assert int(limits["Max cpu time"]) < 60
    assert (about / "environ").read_bytes() == b""


def test_nobody_waits_when_too_many_already_do() -> None:
    press = Press(Settings(pdf_workers=1, pdf_waiting=0, pdf_seconds=4))
    done = threading.Event()

    def take_long() -> None:
        with pytest.raises(NoPdf):
            press.lay_out("", ENDLESS)
        done.set()

    thread = threading.Thread(target=take_long)
    thread.start()
    while press._room._value:  # until the other has taken the only place
        time.sleep(0.01)
    with pytest.raises(NoPdf):
        press.lay_out("", PAGE)
    assert not done.is_set()  # so this was refused at once, and not after the other
    thread.join()
    press.close()


def test_without_a_file_the_summary_stays_with_a_message(person: Person) -> None:
    app = small_site(pdf_workers=1, pdf_largest_page=100)
    other = Person(app).begins().answers("no")
    reply = other.client.get("/notes.pdf")
    assert (reply.status_code, reply.headers["Location"]) == (303, "/q")
    other.looks()
    assert other.heading == "Your summary"
    assert "The file could not be made this time." in other.words
    assert "data-print" in other.page
    assert "could not be made" not in other.looks().words
    assert "Is a zebra kicking you now? No" in other.presses("check").words


def worker_of(press: Press) -> int:
    worker = press._idle.queue[0]
    assert worker is not None
    return worker._process.pid
