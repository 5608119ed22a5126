"""Leaving at once: from every page, in every way, and neither Back nor the disk shows what was asked or answered."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Response
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browsing import EXIT_WORDS, ExitSite, back, browser, exit_site, shown
from tests.kinds import go_to
from tests.served import served, small_site

TOPIC = re.compile("zebra", re.IGNORECASE)
TYPED = "Okapi-7301"


@pytest.fixture(scope="module")
def site(sites: dict[str, str]) -> str:
    return sites["question"]


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExitSite]:
    with exit_site(tmp_path_factory.mktemp("exit")) as site:
        yield site


def leave_by(page: Page, way: str) -> None:
    if way == "button":
        page.get_by_role("banner").get_by_role("button", name="Leave this site").click()
    elif way == "first on the page":
        page.get_by_role("button", name="Leave this site now").focus()
        page.keyboard.press("Enter")
    else:
        for _ in range(3):
            page.keyboard.press("Shift")


def assert_gone(page: Page, context: BrowserContext, site: str) -> list[str]:
    """We are elsewhere, nothing is left, and Back leads to no page with a question; return where it leads."""
    expect(page.get_by_role("heading")).to_have_text(EXIT_WORDS)
    assert context.cookies(site) == []
    places = []
    for _ in range(4):
        back(page)
        seen = shown(page)
        if page.url == f"{site}/q":
            expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here now")
        if page.url != f"{site}/":  # the first page itself is where everybody came in
            assert not TOPIC.search(seen)
        assert "kicking" not in seen
        places.append(page.url.removeprefix(site))
    return places


def test_the_browser_of_these_tests_does_bring_pages_back_whole(tmp_path: Path) -> None:
    """Otherwise the tests of Back below would prove nothing."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.html").write_text(f"<title>{name}</title><h1>{name}</h1>")
    handler = functools.partial(Silent, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, browser(tmp_path / "profile") as context:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page, url = context.pages[0], f"http://127.0.0.1:{server.server_address[1]}"
        page.goto(f"{url}/one.html")
        page.evaluate("window.kept = 'as it was'")
        page.goto(f"{url}/two.html")
        back(page)
        expect(page.get_by_role("heading")).to_have_text("one")
        assert page.evaluate("window.kept") == "as it was"
        server.shutdown()


class Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # http.server's name
        pass


@pytest.mark.parametrize("way", ["button", "first on the page", "three times Shift"])
def test_with_scripts_back_leads_to_before_the_site(
    tmp_path: Path, sites: dict[str, str], away: ExitSite, way: str
) -> None:
    with browser(tmp_path / "profile", away) as context:
        for kind, site in sites.items():
            page = context.new_page()
            go_to(page, site, kind)
            leave_by(page, way)
            places = assert_gone(page, context, site)
            # Somebody who comes in a second time by its address has the page before as an entry of its own.
            assert set(places) <= ({"about:blank"} if kind != "again" else {"/q", "about:blank"})
            page.close()


@pytest.mark.parametrize("way", ["button", "first on the page"])
def test_without_scripts_back_shows_no_question(
    tmp_path: Path, sites: dict[str, str], away: ExitSite, way: str
) -> None:
    with browser(tmp_path / "profile", away, java_script_enabled=False) as context:
        for kind, site in sites.items():
            page = context.new_page()
            go_to(page, site, kind)
            leave_by(page, way)
            assert_gone(page, context, site)
            page.close()


def test_nobody_tells_the_exit_site_where_people_come_from(tmp_path: Path, site: str, away: ExitSite) -> None:
    for scripts in (True, False):
        before = len(away.referrers)
        with browser(tmp_path / str(scripts), away, java_script_enabled=scripts) as context:
            go_to(context.pages[0], site, "question")
            leave_by(context.pages[0], "button")
            expect(context.pages[0].get_by_role("heading")).to_have_text(EXIT_WORDS)
        assert away.referrers[before:] == [None]


def test_the_page_is_blank_at_once_even_if_the_exit_site_never_answers(tmp_path: Path, site: str) -> None:
    with browser(tmp_path / "profile") as context:
        page = context.pages[0]
        go_to(page, site, "question")
        waiting: list[Route] = []
        context.route("https://www.bbc.co.uk/**", lambda route: waiting.append(route))  # noqa: PLW0108  # it marks it
        left = "document.querySelector('.bar button').click(), [document.title, document.body.innerHTML]"
        assert page.evaluate(left) == ["Loading", ""]
        for route in waiting:
            route.abort()


def test_capital_letters_and_a_slow_hand_do_not_leave(tmp_path: Path, site: str, away: ExitSite) -> None:
    with browser(tmp_path / "profile", away) as context:
        page = context.pages[0]
        page.clock.install()
        go_to(page, site, "list")
        box = page.get_by_label("Month")
        box.focus()
        for letter in "ABCD":
            page.keyboard.press(f"Shift+{letter}")
        expect(box).to_have_value("ABCD")
        page.keyboard.press("Shift")
        page.keyboard.press("Shift")
        expect(page.get_by_role("status").filter(has_text="Press Shift once more to leave.")).to_have_count(1)
        page.clock.fast_forward(5_100)
        expect(page.get_by_role("status").filter(has_text="Press Shift")).to_have_count(0)
        page.keyboard.press("Shift")
        page.keyboard.press("Shift")
        expect(page.get_by_role("heading", name="What you have added so far")).to_be_visible()
        page.keyboard.press("Shift")
        expect(page.get_by_role("heading")).to_have_text(EXIT_WORDS)


def test_a_page_that_is_put_away_or_brought_back_whole_is_blank_at_once(tmp_path: Path, site: str) -> None:
    with browser(tmp_path / "profile") as context:
        page = context.pages[0]
        for event in ("pagehide", "pageshow"):
            go_to(page, site, "question")
            kept = f"dispatchEvent(new PageTransitionEvent('{event}', {{persisted: true}})), document.body.innerHTML"
            assert page.evaluate(kept) == ""


def test_a_page_that_the_browser_kept_in_spite_of_all_is_fetched_anew(tmp_path: Path) -> None:
    """Whether pages that are not to be stored are kept for Back is for each browser to say, so here they may be."""
    app = small_site(pdf_workers=1)

    @app.after_request
    def may_be_kept(response: Response) -> Response:
        response.headers["Cache-Control"] = "private"
        return response

    with served(app) as site, browser(tmp_path / "profile") as context:
        page = context.pages[0]
        go_to(page, site, "list")
        page.get_by_label("Month").fill(TYPED)
        page.evaluate("window.kept = 'as it was'")
        page.goto("about:blank")
        back(page)
        expect(page.get_by_label("Month")).to_have_value("")
        assert page.evaluate("window.kept") is None


def test_going_away_and_coming_back_without_leaving_shows_the_page_afresh(tmp_path: Path, site: str) -> None:
    """Another site opened in the same tab: Back must not bring back what was typed but not sent."""
    with browser(tmp_path / "profile") as context:
        page = context.pages[0]
        go_to(page, site, "list")
        page.get_by_label("Month").fill(TYPED)
        page.goto("about:blank")
        back(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("What has the zebra done, and when?")
        expect(page.get_by_label("Month")).to_have_value("")
