"""The preview: what an author sees beside the editor, and what a review meeting reads and signs."""

from __future__ import annotations

import html
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from waitress import wasyncore
from werkzeug.test import Client

from engine.cli import main
from engine.format.load import load
from engine.workshop.logic_map import Entry, LogicMap, logic_map
from tests.browsing import browser
from webui.preview import Switch, create_preview
from webui.preview_serve import listen_here, make_server
from webui.settings import Settings

DAY = date(2026, 11, 23)
PAGES = ("", "short", "findings", "map", "cases", "form", "file/questionnaire", "file/cases")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    result = CliRunner().invoke(main, ["new", "lone_visits", "--in", str(tmp_path), "--on", "2026-11-23"])
    assert result.exit_code == 0
    return tmp_path / "lone_visits" / "questionnaire.yaml"


@pytest.fixture
def reader(file: Path) -> Iterator[Client]:
    switch = Switch(create_preview(file, lambda: DAY), Settings())
    yield Client(switch)
    switch.close()


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html.unescape(page)).split())


def shown(reader: Client, page: str) -> str:
    reply = reader.get(f"/preview/{page}")
    assert reply.status_code == 200
    return words(reply.get_data(as_text=True))


def saved(file: Path, old: str, new: str) -> None:
    """Save the file with a change, and a time of its own."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    about = file.stat()
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns + 1_000_000))


def test_the_questionnaire_is_shown_and_can_be_tried(reader: Client) -> None:
    assert "No problems. 5 questions and notes, 1 scores, 1 outcomes, 1 alerts, 4 actions" in shown(reader, "")
    assert "4 cases, 0 failed" in shown(reader, "short")
    assert "0 errors and warnings, 1 notes" in shown(reader, "short")
    assert "Only if question 2 is Yes" in shown(reader, "form")
    assert "Signs of danger 0 11" in shown(reader, "findings")
    assert "Lone visits" in words(reader.get("/").get_data(as_text=True))


def test_a_saved_change_is_shown(reader: Client, file: Path) -> None:
    before = re.search(r'data-name="(\w+)"', reader.get("/preview/").get_data(as_text=True))
    assert before
    saved(file, "title: Lone visits", "title: Visits to strangers")
    now: Any = reader.get(f"/preview/changed?name={before[1]}").json
    assert now["name"] != before[1]
    assert "Visits to strangers" in shown(reader, "")
    assert "Visits to strangers" in words(reader.get("/").get_data(as_text=True))


@pytest.mark.parametrize(
    "broken",
    [
        b"", b"\0\xff\xfe", b"- a\n- b\n", b"askwell: 1\nid: [", b"{" * 200, b"askwell: 1\nid: lone_visits\n",
    ],
)  # fmt: skip
def test_a_broken_file_shows_its_problems_and_no_traceback(reader: Client, file: Path, broken: bytes) -> None:
    reader.get("/preview/")
    file.write_bytes(broken)
    for page in (*PAGES, "cases/1", "form.pdf"):
        reply = reader.get(f"/preview/{page}")
        assert reply.status_code in (200, 404)
        assert "Traceback" not in reply.get_data(as_text=True)
    assert "to mend first" in shown(reader, "")
    assert "to mend first" in words(reader.get("/").get_data(as_text=True))


def test_a_problem_leads_to_its_line(reader: Client, file: Path) -> None:
    saved(file, "when: danger_there >= high", "when: danger_there >= hihg")
    line = next(number for number, text in enumerate(file.read_text().splitlines(), 1) if "hihg" in text)
    page = reader.get("/preview/").get_data(as_text=True)
    assert f'href="/preview/file/questionnaire#L{line}"' in page
    assert "hihg" in words(page)
    listing = reader.get("/preview/file/questionnaire").get_data(as_text=True)
    assert f'<li id="L{line}" class="marked">' in listing


def test_a_case_that_fails_and_what_its_person_is_told(reader: Client, file: Path) -> None:
    saved(file.with_name("cases.yaml"), "danger_there: high", "danger_there: more")
    assert "4 cases, 1 failed" in shown(reader, "short")
    assert "danger_there: expected more, came high" in shown(reader, "cases")
    told = shown(reader, "cases/1")
    assert "Go with a second person" in told
    assert "danger_there: expected more, came high" in told
    assert reader.get("/preview/cases/9").status_code == 404


def test_a_file_of_cases_with_mistakes_shows_them(reader: Client, file: Path) -> None:
    file.with_name("cases.yaml").write_text(
        "- name: Somebody\n  answers: {alone: perhaps}\n  expect: {no_such: high}\n"
    )
    assert "The file of cases has 2 problems" in shown(reader, "short")
    assert "There is no outcome 'no_such' here." in shown(reader, "cases")


def entry(entries: tuple[Entry, ...], name: str) -> Entry:
    return next(one for one in entries if one.thing.id == name)


@pytest.fixture
def the_map(file: Path) -> LogicMap:
    return logic_map(load(file), "self")


def test_the_map_says_what_an_item_feeds_directly_and_through_others(the_map: LogicMap) -> None:
    before = entry(the_map.items, "there_before")
    assert [(thing.kind, thing.id) for thing in before.feeds] == [("score", "signs"), ("outcome", "danger_there")]
    assert [(thing.kind, thing.id) for thing in before.through] == [("action", "not_alone")]
    assert before.answers[1] == ("Threats", "3")
    asked = entry(the_map.items, "call_back").rules[0].clause
    assert asked.words == "question 2 “Will you go there alone?” is Yes"


def test_the_map_says_what_makes_an_action_appear(the_map: LogicMap) -> None:
    action = entry(the_map.actions, "not_alone")
    assert action.rules[0].clause.words == "outcome “Danger on the visit” is “High concern”"
    assert [thing.id for thing in action.needs] == ["danger_there"]
    assert entry(the_map.actions, "tell_the_team").rules[0].note == "also while that is not known"


def test_every_shipped_questionnaire_has_a_map_of_everything() -> None:
    for folder in ("first_contact", "stalking_screen", "device_check"):
        instrument = load(Path("questionnaires") / folder)
        for voice in instrument.questionnaire.voices:
            found = logic_map(instrument, voice)
            assert len(found.items) == len(instrument.items) - 1
            assert len(found.actions) == len(instrument.plan)
            assert all(one.thing.line for one in (*found.items, *found.outcomes, *found.actions))


@contextmanager
def served(switch: Switch) -> Iterator[str]:
    with listen_here(0) as door:
        server: Any = make_server(switch, door)
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            host, port = door.getsockname()
            assert host == "127.0.0.1"
            yield f"http://127.0.0.1:{port}/preview/"
        finally:
            channels = server._map
            server.trigger.pull_trigger(lambda: wasyncore.close_all(channels, ignore_all=True))
            thread.join()
            server.task_dispatcher.shutdown()
            switch.close()


def test_in_a_browser_the_page_follows_the_file_and_fits_a_narrow_screen(file: Path, tmp_path: Path) -> None:
    with served(Switch(create_preview(file, lambda: DAY), Settings())) as address, browser(tmp_path / "b") as chromium:
        page = chromium.new_page()
        page.set_viewport_size({"width": 340, "height": 700})
        for name in PAGES:
            page.goto(address + name)
            assert page.evaluate("document.documentElement.scrollWidth") <= 340, name
        page.goto(address)
        page.wait_for_selector("p:text('4 cases, 0 failed')")
        saved(file, "title: Lone visits", "title: Visits to strangers")
        page.wait_for_selector("h1:text('Visits to strangers')")
        saved(file, "type: yes_no", "type: yes_noo")
        page.wait_for_selector("h1:text('1 problem to mend first')")
        page.goto("about:blank")
