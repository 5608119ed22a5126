"""What stays behind: on the disk, in the history, with other sites, in another tab, on an old browser."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browsing import EXIT_WORDS, ExitSite, browser, exit_site
from tests.kinds import go_to, press
from tests.served import Clock, Person, served, small_site
from tests.test_leaving import TOPIC, leave_by
from webui.sealed import NAME

OLD = "window.fetch = window.DOMParser = Element.prototype.closest = navigator.sendBeacon = undefined"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(small_site(pdf_workers=1)) as url:
        yield url


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExitSite]:
    with exit_site(tmp_path_factory.mktemp("exit")) as site:
        yield site


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_nothing_is_left_on_the_disk(tmp_path: Path, site: str, away: ExitSite, scripts: bool) -> None:
    profile = tmp_path / "profile"
    with browser(profile, away, java_script_enabled=scripts) as context:
        page = context.pages[0]
        go_to(page, site, "list")
        page.get_by_label("Month").fill("March")
        page.get_by_label("Year").fill("1987")
        press(page, "Add this to the list", "What you have added so far")
        press(page, "That is all", "Check your answers")
        press(page, "Go to the summary", "Your summary")
        if scripts:
            assert page.evaluate(STORES) == [0, 0, 0, 0, 0]
        leave_by(page, "button")
        expect(page.get_by_role("heading")).to_have_text(EXIT_WORDS)
        assert context.cookies(site) == []
    assert told_by(profile) == []
    with sqlite3.connect(profile / "Default" / "History") as history:
        seen = set(history.execute("select url, title from urls"))
    assert {url.removeprefix(site) for url, _ in seen if url.startswith(site)} <= {"/", "/q", "/leave", "/out", "/in"}
    assert {title for _, title in seen} <= {"Questions", "Loading", "Weather", ""}
    with sqlite3.connect(profile / "Default" / "Web Data") as forms:
        assert forms.execute("select count(*) from autofill").fetchone() == (0,)
    with sqlite3.connect(profile / "Default" / "Login Data") as logins:
        assert logins.execute("select count(*) from logins").fetchone() == (0,)


def told_by(profile: Path) -> list[Path]:
    """Return the files of a browser that is closed which tell what was asked or answered."""
    return [file for file in profile.rglob("*") if file.is_file() and TOPIC.search(file.read_bytes().decode("latin1"))]


STORES = """async () => [
    localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
    (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length,
]"""


def test_a_browser_that_is_closed_and_opened_again_holds_no_journey(tmp_path: Path, site: str) -> None:
    with browser(tmp_path / "profile") as context:
        go_to(context.pages[0], site, "summary")
        assert len(context.cookies(site)) == 1
    assert told_by(tmp_path / "profile") == []
    with browser(tmp_path / "profile") as context:
        assert context.cookies(site) == []
        context.pages[0].goto(f"{site}/q")
        expect(context.pages[0].get_by_role("heading", level=1)).to_have_text("There is nothing here now")


def test_a_copied_cookie_lasts_as_long_as_an_untouched_one_and_no_longer() -> None:
    """Nothing is kept on the server, so nothing there can end a copy before its time: this is said, and bounded."""
    clock = Clock()
    person = Person(small_site(clock)).begins().answers("no")
    copied = person.cookie
    person.client.post("/leave")
    assert person.cookie == ""
    person.client.set_cookie(NAME, copied, domain="localhost")
    assert person.looks().heading == "Can the zebra hear you?"
    clock.passes(timedelta(minutes=31))
    person.client.set_cookie(NAME, copied, domain="localhost")
    assert person.looks().heading == "There is nothing here now"


def test_what_is_sent_after_the_end_leads_to_a_page_about_nothing() -> None:
    clock = Clock()
    person = Person(small_site(clock)).begins()
    clock.passes(timedelta(minutes=31))
    person.answers("yes")
    assert (person.heading, person.cookie) == ("There is nothing here now", "")
    assert not TOPIC.search(person.page)


def test_a_browser_of_years_ago_can_answer_and_leave(tmp_path: Path, site: str, away: ExitSite) -> None:
    with browser(tmp_path / "profile", away) as context:
        page = context.pages[0]
        page.add_init_script(OLD)
        go_to(page, site, "summary")
        leave_by(page, "three times Shift")
        expect(page.get_by_role("heading")).to_have_text(EXIT_WORDS)
        assert context.cookies(site) == []


def test_a_page_out_of_sight_is_covered(tmp_path: Path, site: str) -> None:
    with browser(tmp_path / "profile") as context:
        page = context.pages[0]
        go_to(page, site, "question")
        for hidden in (True, False):
            page.evaluate("is => Object.defineProperty(document, 'hidden', {value: is, configurable: true})", hidden)
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
            over = page.evaluate("getComputedStyle(document.documentElement, '::after').content")
            assert (over != "none") is hidden


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_service_that_is_looked_up_is_not_told_where_from(
    tmp_path: Path, site: str, away: ExitSite, scripts: bool
) -> None:
    before = len(away.referrers)
    with browser(tmp_path / "profile", away, java_script_enabled=scripts) as context:
        page = context.pages[0]
        go_to(page, site, "summary")
        page.get_by_role("link", name="weather.example").click()
        expect(page.get_by_role("heading")).to_have_text(EXIT_WORDS)
    assert away.referrers[before:] == [None]


@pytest.mark.parametrize("name", ["favicon.ico", "manifest.json", "robots.txt", "apple-touch-icon.png", "sw.js"])
def test_what_browsers_ask_for_by_themselves_tells_nothing(name: str) -> None:
    reply = small_site().test_client().get(f"/{name}")
    assert not TOPIC.search(reply.get_data(as_text=True) + str(reply.headers))
    assert re.search(r"<title>Questions</title>", reply.get_data(as_text=True))
