"""A caller is screened in a real browser, by the keyboard alone, from the gate to the referral as a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browsing import browser
from tests.casework.at_desk import desk_site
from tests.casework.people import PASSPHRASE
from tests.served import served


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return desk_site(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def page(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with ExitStack() as stack:
        at = stack.enter_context(served(app))
        context = stack.enter_context(
            browser(tmp_path_factory.mktemp("profile"), base_url=at, viewport={"width": 1300, "height": 850})
        )
        yield context.new_page()
        app.extensions["askwell_desk"].lock()


def to(page: Page, words: str) -> None:
    """Press Tab until what has the focus is called so."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focus = "e => (e.labels && e.labels.length ? e.labels[0].textContent : e.textContent).trim()"
        if page.evaluate(f"({focus})(document.activeElement)").startswith(words):
            return
    raise AssertionError(f"Tab does not lead to {words}")


def is_accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def saved(page: Page) -> None:
    expect(page.locator("#saved")).to_have_text("Saved 12:00:00")


def test_from_the_gate_to_the_referral(page: Page, tmp_path: Path) -> None:
    page.goto("/cases/")
    unlocks_and_begins(page)
    passes_the_gate(page)
    asks(page)
    refers(page, tmp_path / "referral.pdf")


def unlocks_and_begins(page: Page) -> None:
    is_accessible(page)
    for words in ("Passphrase", "The same once more"):
        to(page, words)
        page.keyboard.type(PASSPHRASE)
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Cases")
    is_accessible(page)
    to(page, "Reference")
    page.keyboard.type("2026-1")
    page.keyboard.press("Enter")


def passes_the_gate(page: Page) -> None:
    expect(page.locator("h1")).to_have_text("2026-1: before you begin")
    is_accessible(page)
    to(page, "Yes")
    page.keyboard.press("Space")
    to(page, "How many minutes")
    page.keyboard.type("10")
    to(page, "Which number is safe")
    page.keyboard.type("01632 960001")
    to(page, "What may you call them")
    for _ in range(40):
        if page.evaluate("document.activeElement.name") == "consent":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")


def asks(page: Page) -> None:
    expect(page.locator("h1")).to_have_text("The zebra today")
    is_accessible(page)
    page.keyboard.press("1")  # in danger: yes
    saved(page)
    expect(page.locator("#live .alert h3").first).to_have_text("Step away from the zebra")
    expect(page.locator("#announce")).to_have_text("Alert: Step away from the zebra")
    page.keyboard.press("3")  # can the zebra hear you: they don't know
    page.keyboard.press("1")  # my own zebra, which brings up one more question
    expect(page.locator("#i-years")).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("n")
    page.keyboard.type("Said 1 or 2 things? n/a")
    saved(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    is_accessible(page)
    page.keyboard.press("Escape")

    page.keyboard.press("/")
    page.keyboard.type("done")
    page.keyboard.press("Enter")
    expect(page.locator("#i-does")).to_be_focused()
    page.keyboard.press("1")  # kicked
    page.keyboard.press("2")  # bitten
    saved(page)
    expect(page.locator("#live")).to_contain_text("Grave zebra concern")
    is_accessible(page)


def refers(page: Page, file: Path) -> None:
    for words, heading in (("Judgement", "Judgement"), ("Plan", "What is happening"), ("Referral", "Referral to")):
        to(page, words)
        page.keyboard.press("Enter")
        expect(page.locator("h1").first).to_contain_text(heading)
        is_accessible(page)
    to(page, "Save as")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(file)
    with pikepdf.open(file) as pdf:
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
    page.goto("/cases/2026-1/referral.txt")
    words = page.inner_text("body")
    for said in ("kicking you now? Yes [Asked]", "The zebra kicked; The zebra bit", "Note: Said 1 or 2 things? n/a"):
        assert said in words


def test_what_cannot_be_saved_stays_on_the_page_and_is_saved_when_it_can_be(page: Page, app: Flask) -> None:
    page.goto("/cases/2026-1/s/second")
    saved(page)
    app.extensions["askwell_desk"].lock()
    page.locator("#i-words textarea").first.fill("Typed while the cases were locked.")
    expect(page.locator("#unsaved")).to_contain_text("locked")
    is_accessible(page)
    other = page.context.new_page()
    other.goto("/cases/")
    other.fill("#passphrase", PASSPHRASE)
    other.keyboard.press("Enter")
    expect(other.locator("h1")).to_have_text("Cases")
    other.close()
    expect(page.locator("#unsaved")).to_be_hidden()
    saved(page)
    page.reload()
    expect(page.locator("#i-words textarea").first).to_have_value("Typed while the cases were locked.")


def test_offline_nothing_typed_is_lost(page: Page) -> None:
    page.goto("/cases/2026-1/s/second")
    page.context.set_offline(True)
    page.locator("#i-more_words textarea").first.fill("Typed without a connection.")
    expect(page.locator("#unsaved")).to_contain_text("did not get through")
    page.context.set_offline(False)
    expect(page.locator("#unsaved")).to_be_hidden()
    page.reload()
    expect(page.locator("#i-more_words textarea").first).to_have_value("Typed without a connection.")


def test_keys_do_nothing_while_somebody_writes_or_once_they_are_turned_off(page: Page) -> None:
    page.goto("/cases/2026-1/s/first")
    before = page.locator("input:checked").count()
    page.locator("#i-years input[type=text]").fill("")
    page.locator("#i-years input[type=text]").press_sequentially("12?")
    expect(page.locator("#help")).to_be_hidden()
    assert page.locator("#i-years input[type=text]").input_value() == "12?"
    page.locator("#i-years input[type=text]").fill("12")
    saved(page)
    page.locator("text=Turn keys off").click()
    expect(page.locator("[data-key]")).to_have_count(0)
    page.locator("#i-danger").focus()
    for key in ("2", "n", "?", "/"):
        page.keyboard.press(key)
    expect(page.locator("#help")).to_be_hidden()
    assert page.locator("input:checked").count() == before


def test_the_gate_and_the_words_of_a_referral_are_saved_as_they_are_written(page: Page) -> None:
    page.goto("/cases/2026-1/gate")
    page.locator("#times").fill("Mondays at noon")
    expect(page.locator("form .saved")).to_have_text("Saved 12:00:00")
    page.goto("/cases/2026-1/referral")
    page.locator("#reason").fill("It gets worse.")
    expect(page.locator("form .saved")).to_have_text("Saved 12:00:00")
    expect(page.locator(".preview")).to_contain_text("It gets worse.")
    expect(page.locator(".preview")).to_contain_text("Mondays at noon")
    is_accessible(page)


def test_the_screen_works_in_a_narrow_window(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/cases/2026-1/s/first")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    is_accessible(page)
