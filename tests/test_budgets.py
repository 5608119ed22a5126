"""What the site weighs for somebody with little data and a slow phone, on the wire, as a browser counts it.

A kB is 1,000 bytes. Replies count with their headers; what the browser has from before is not asked for again.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import browser
from tests.kinds import press
from tests.served import Clock, served
from webui import Settings, create_app

Tells = Callable[[str, object], None]


@dataclass
class Wire:
    """Every reply that came over the wire, what leads elsewhere included: which request it answers, and its bytes."""

    paths: dict[str, str] = field(default_factory=dict)
    replies: list[tuple[str, int]] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        talk = page.context.new_cdp_session(page)
        talk.on("Network.requestWillBeSent", self._asked)
        talk.on("Network.responseReceivedExtraInfo", self._begun)
        talk.on("Network.loadingFinished", self._came)
        talk.send("Network.enable")

    def _asked(self, told: dict[str, Any]) -> None:
        self.paths.setdefault(told["requestId"], urlsplit(told["request"]["url"]).path)

    def _begun(self, told: dict[str, Any]) -> None:
        """The headers are there. What the browser has from before sends none."""
        self.replies.append((told["requestId"], len(told["headersText"])))

    def _came(self, told: dict[str, Any]) -> None:
        """All of it is there: the last reply to a request is the one with a body."""
        of_it = [place for place, (request, _) in enumerate(self.replies) if request == told["requestId"]]
        if of_it:
            self.replies[of_it[-1]] = (told["requestId"], int(told["encodedDataLength"]))

    @property
    def by_path(self) -> list[tuple[str, int]]:
        return [(self.paths[request], size) for request, size in self.replies]

    @property
    def whole(self) -> int:
        return sum(size for _, size in self.replies)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(create_app(Settings(offered=("stalking_screen",), now=Clock(), pdf_workers=1))) as url:
        yield url


@pytest.fixture(scope="module")
def shipped() -> Iterator[str]:
    """The site with everything that is shipped, so with the longest first page."""
    with served(create_app(Settings(now=Clock(), pdf_workers=1))) as url:
        yield url


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with browser(tmp_path / "profile") as context:
        yield context.pages[0]


def test_the_first_page_is_light(page: Page, shipped: str, record_property: Tells) -> None:
    wire = Wire()
    wire.listen(page)
    page.goto(shipped, wait_until="networkidle")
    by_path = dict(wire.by_path)
    html = len(gzip.compress(page.content().encode()))
    sheet, script = (by_path[path] for path in ("/static/site.css", "/static/app.js"))
    record_property(
        "budget",
        f"first page {_kb(wire.whole)} of 30 kB in {len(wire.replies)} of 4 requests: "
        f"page compressed {_kb(html)} of 10, styles {_kb(sheet)} of 10, script {_kb(script)} of 5",
    )
    assert wire.whole <= 30_000
    assert len(wire.replies) <= 4
    assert html <= 10_000
    assert sheet <= 10_000
    assert script <= 5_000


def test_a_whole_journey_is_light(page: Page, site: str, record_property: Tells) -> None:
    """The short path of the stalking screen, a third of it answered, up to the summary."""
    wire = Wire()
    wire.listen(page)
    page.goto(site, wait_until="networkidle")
    page.get_by_label("It is happening to me").check()
    press(page, "Begin", "Before the first question")
    page.get_by_role("button", name="Go on to the questions").click()
    pages = _to_the_end_of_the_short_path(page)
    press(page, "Go to the summary", "Your summary")
    page.wait_for_load_state("networkidle")
    heaviest = max(len(gzip.compress(html.encode())) for html in (*pages, page.content()))
    steps = len(pages) + 4
    record_property(
        "budget",
        f"journey of {steps} pages to the summary {_kb(wire.whole)} of 250 kB "
        f"in {len(wire.replies)} of {2 * steps + 2} requests; the heaviest page {_kb(heaviest)} compressed",
    )
    assert steps >= 15
    assert wire.whole <= 250_000
    assert len(wire.replies) <= 2 * steps + 2
    # the stylesheet and the script come once
    files = sorted(path for path, _ in wire.by_path if path.startswith("/static/"))
    assert files == ["/static/app.js", "/static/site.css"]


def _to_the_end_of_the_short_path(page: Page) -> list[str]:
    heading, pages = page.get_by_role("heading", level=1), list[str]()
    expect(heading).to_have_text("Are you in danger right now?")
    while (asked := heading.inner_text()) != "This is enough for now":
        pages.append(page.content())
        go_on = page.get_by_role("button", name="Continue with the questions")
        if go_on.is_visible():
            go_on.click()
        elif len(pages) % 3 == 0 and page.locator(".choice input[type=radio]").count():
            page.locator(".choice input[type=radio]").first.check()
            page.get_by_role("button", name="Continue", exact=True).click()
        else:
            page.get_by_role("button", name="I don't know").click()
        expect(heading).not_to_have_text(asked)
    return pages


def _kb(size: int) -> str:
    return f"{size / 1000:.1f}"
