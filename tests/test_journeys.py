"""People in a real browser: from the first page to the file, with scripts and without, by keyboard, and offline."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browsing import browser
from tests.served import served, small_site
from webui import Settings, create_app
from webui.settings import QUESTIONNAIRES

with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(small_site(pdf_workers=1)) as url:
        yield url


@pytest.fixture
def page(tmp_path: Path, site: str) -> Iterator[Page]:
    with browser(tmp_path / "profile") as context:
        yield begun(context, site)


def begun(context: BrowserContext, site: str, who: str = "It is happening to me") -> Page:
    page = context.pages[0]
    page.goto(site)
    page.get_by_label(who).check()
    page.get_by_role("button", name="Begin").click()
    asked(page, "Before the first question")
    move_on(page, "Go on to the questions")
    return page


def asked(page: Page, question: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(question)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/q", page.url)
    assert page.title() == "Questions"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def move_on(page: Page, name: str) -> None:
    """Press a button and wait for the next question."""
    heading = page.get_by_role("heading", level=1)
    before = heading.inner_text()
    press(page, name)
    expect(heading).not_to_have_text(before)


def choose(page: Page, *labels: str) -> None:
    for label in labels:
        page.get_by_label(label, exact=True).check()
    move_on(page, "Continue")


@with_and_without_scripts
def test_from_the_first_page_to_the_file(tmp_path: Path, site: str, scripts: bool) -> None:
    with browser(tmp_path / "profile", java_script_enabled=scripts) as context:
        hosts: set[str] = set()
        context.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        page = context.pages[0]
        page.goto(site)
        length = page.evaluate("history.length") if scripts else 0
        begun(context, site)
        answer_everything(page)
        if scripts:
            assert page.evaluate("history.length") == length
        page.get_by_role("button", name="Change Whose zebra is it?").click()
        choose(page, "A wild zebra")
        asked(page, "Check your answers")
        press(page, "Go to the summary")
        asked(page, "Your summary")
        expect(page.get_by_text("Grave zebra concern")).to_be_visible()
        expect(page.get_by_text("Ten years is old for a zebra.")).to_have_count(0)
        press(page, "Keep, print or read it out")
        asked(page, "Is it safe to keep this?")
        for words in ("all of it", "without my answers"):
            assert downloaded(page, words).startswith(b"%PDF")
        press(page, "Open all of it to print")
        asked(page, "Your summary")
        expect(page.get_by_role("button", name="Print this page")).to_be_visible(visible=scripts)
        press(page, "Back")
        asked(page, "Is it safe to keep this?")
        press(page, "Read it on the screen")
        asked(page, "Your summary")
        move_on(page, "Delete my answers and start again")
        asked(page, "There is nothing here now")
        assert context.cookies() == []
        assert hosts == {site.removeprefix("http://")}


def answer_everything(page: Page) -> None:
    """Every kind of question, a page that stops, and one step back."""
    asked(page, "Is a zebra kicking you now?")
    choose(page, "Yes")
    asked(page, "Step away from the zebra")
    press(page, "Continue with the questions")
    asked(page, "Can the zebra hear you?")
    choose(page, "No")
    asked(page, "Whose zebra is it?")
    press(page, "Back")
    asked(page, "Can the zebra hear you?")
    expect(page.get_by_label("No", exact=True)).to_be_checked()
    move_on(page, "Continue")
    choose(page, "My own zebra")
    asked(page, "For how many years has the zebra been there?")
    page.get_by_role("textbox").fill("12")
    move_on(page, "Continue")
    asked(page, "What has the zebra done?")
    choose(page, "The zebra kicked", "The zebra bit")
    asked(page, "When did the zebra come?")
    page.get_by_label("Month").fill("March")
    page.get_by_label("Year").fill("2019")
    move_on(page, "Continue")
    asked(page, "What has the zebra done, and when?")
    page.get_by_label("A zebra bite").check()
    press(page, "Add this to the list")
    expect(page.get_by_role("listitem").filter(has_text="A zebra bite")).to_be_visible()
    move_on(page, "That is all")
    asked(page, "What would you like to say about the zebra?")
    page.get_by_role("textbox").fill("It is stripy.")
    move_on(page, "Continue")
    asked(page, "What else about the zebra?")
    move_on(page, "I'd rather not say")
    asked(page, "Check your answers")


def downloaded(page: Page, what: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=f"Download {what}").click()
    assert download.value.suggested_filename == "notes.pdf"
    return Path(download.value.path()).read_bytes()


@with_and_without_scripts
def test_the_stalking_screen_can_be_answered_in_part_and_still_names_help(tmp_path: Path, scripts: bool) -> None:
    for part in ("stalking_screen", "directory"):
        shutil.copytree(QUESTIONNAIRES / part, tmp_path / "asked" / part)
    with (
        served(create_app(Settings(questionnaires=tmp_path / "asked", pdf_workers=1))) as site,
        browser(tmp_path / "profile", java_script_enabled=scripts) as context,
    ):
        page = begun(context, site)
        for _ in range(8):
            stopped = page.get_by_role("button", name="Continue with the questions").is_visible()
            move_on(page, "Continue with the questions" if stopped else "I don't know")
        if page.get_by_role("button", name="Continue with the questions").is_visible():
            move_on(page, "Continue with the questions")
        press(page, "This is enough for now")
        asked(page, "Your summary")
        expect(page.get_by_role("heading", name="Who can help")).to_be_visible()
        expect(page.get_by_role("link", name="999", exact=True).first).to_be_visible()
        assert page.get_by_text(re.compile(r"\blow\b|%", re.IGNORECASE)).count() == 0
        press(page, "Keep, print or read it out")
        assert downloaded(page, "all of it").startswith(b"%PDF")


@with_and_without_scripts
def test_a_page_sent_empty_says_so_first_and_keeps_what_was_typed(tmp_path: Path, site: str, scripts: bool) -> None:
    with browser(tmp_path / "profile", java_script_enabled=scripts) as context:
        page = begun(context, site)
        press(page, "Continue")
        expect(page).to_have_title("Error: Questions")
        errors = page.get_by_role("alert").filter(has_text="Please look at this again")
        expect(errors).to_be_visible()
        if scripts:
            expect(errors).to_be_focused()
        errors.get_by_role("link").click()
        expect(page.get_by_label("Yes", exact=True)).to_be_focused(timeout=3_000) if scripts else None
        choose(page, "No")
        choose(page, "No")
        choose(page, "My own zebra")
        page.get_by_role("textbox").fill("a lot")
        press(page, "Continue")
        expect(page.get_by_role("textbox")).to_have_value("a lot")
        expect(page.get_by_role("textbox")).to_have_attribute("aria-invalid", "true")
        assert page.url == f"{site}/q"


def test_everything_can_be_done_by_keyboard_and_focus_is_never_hidden(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    page.reload()
    for name in ("Leave this site now", "Skip to the page", "Help now", "Leave this site", "Back"):
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_accessible_name(name)
        assert in_the_open(page.locator(":focus"))
    page.keyboard.press("Tab")
    expect(page.get_by_label("Yes", exact=True)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("No", exact=True)).to_be_checked()
    for name in ("Continue", "I don't know", "I'd rather not say", "Why is this asked?", "See my answers"):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        expect(focused).to_contain_text(name)
        assert in_the_open(focused)
    for _ in range(4):
        page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Continue")).to_be_focused()
    page.keyboard.press("Enter")
    asked(page, "Can the zebra hear you?")


def test_enter_in_a_box_means_continue(page: Page) -> None:
    choose(page, "No")
    choose(page, "No")
    choose(page, "My own zebra")
    page.get_by_role("textbox").fill("7")
    page.get_by_role("textbox").press("Enter")
    asked(page, "What has the zebra done?")


def test_without_a_connection_nothing_is_lost(page: Page) -> None:
    page.context.set_offline(True)
    page.get_by_label("No", exact=True).check()
    press(page, "Continue")
    expect(page.get_by_text("That did not get through.")).to_be_visible()
    expect(page.get_by_label("No", exact=True)).to_be_checked()
    page.context.set_offline(False)
    press(page, "Continue")
    asked(page, "Can the zebra hear you?")


def in_the_open(focused: Locator) -> bool:
    """Say whether nothing is drawn over what has the focus, and all of it is in the window."""
    return bool(
        focused.evaluate(
            """(at) => {
                const box = at.getBoundingClientRect();
                const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
                const inside = box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
                return inside && (at === top || at.contains(top));
            }"""
        )
    )
