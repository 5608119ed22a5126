"""Time runs out with a warning that says nothing of what the page is about, and can be answered with one button."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import browser
from tests.kinds import go_to
from tests.served import Clock, served, small_site
from tests.test_leaving import TOPIC


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[Page]:
    with (
        served(small_site(clock, pdf_workers=1)) as site,
        browser(tmp_path_factory.mktemp("profile"), viewport={"width": 320, "height": 568}) as context,
    ):
        page = context.pages[0]
        page.clock.install()
        go_to(page, site, "question")
        yield page


def passes(page: Page, clock: Clock, minutes: float) -> None:
    clock.passes(timedelta(minutes=minutes))
    page.clock.fast_forward(int(minutes * 60_000))


def test_a_warning_comes_before_the_end_and_one_button_gives_the_time_anew(page: Page, clock: Clock) -> None:
    warning = page.get_by_role("alert").filter(has_text="Are you still there?")
    passes(page, clock, 24)
    expect(warning).to_have_count(0)
    for _ in range(3):  # within the two hours as often as one likes
        passes(page, clock, 1.1)
        expect(warning).to_be_visible()
        assert not TOPIC.search(warning.inner_text())
        expect(page.get_by_role("banner").get_by_role("button")).to_be_in_viewport(ratio=1)
        warning.get_by_role("button", name="Stay on this page").click()
        expect(warning).to_have_count(0)
        passes(page, clock, 24)
    expect(page.get_by_role("heading", level=1)).to_have_text("Is a zebra kicking you now?")


def test_nobody_there_means_that_the_page_clears_itself(page: Page, clock: Clock) -> None:
    passes(page, clock, 31)
    expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here now")
    assert not TOPIC.search(page.content())
