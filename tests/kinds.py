"""Every kind of page that the public meets, and how people come to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from playwright.sync_api import Page, expect

from tests.served import SHORT, Clock, breaks, served, small_site
from webui import Settings, create_app

JOURNEY = ("before", "question", "error", "stop", "list", "answers", "summary", "keep", "aloud", "print", "again")
KEEPING = {
    "keep": ("", ""),
    "aloud": ("Read it to somebody on the phone", "To read to somebody on the phone"),
    "print": ("Open all of it to print", "Your summary"),
}
BY_ADDRESS = {"over": "q", "no cookie": "in", "own": "own", "nowhere": "nowhere", "failure": "breaks"}
KINDS = ("first page", "nobody chosen", *JOURNEY, "enough", "help", "safety", *BY_ADDRESS)


def with_a_short_path() -> Flask:
    """Return the site with questions of which some come first and are enough."""
    return create_app(Settings(questionnaires=SHORT, now=Clock(), pdf_workers=1))


@contextmanager
def sites_by_kind(whole: Flask | None = None, short: Flask | None = None) -> Iterator[dict[str, str]]:
    """Serve every kind of page: the address of the site that has it, by its kind."""
    whole, short = whole or breaks(small_site(pdf_workers=1)), short or with_a_short_path()
    with served(whole) as most, served(short) as enough:
        yield {kind: enough if kind == "enough" else most for kind in KINDS}


def go_to(page: Page, site: str, kind: str) -> None:
    """Come to a page of this kind as people do, and leave traces on the way."""
    page.context.clear_cookies()
    page.goto(f"{site}/{BY_ADDRESS.get(kind, '')}")
    if kind == "first page" or kind in BY_ADDRESS:
        return
    if kind == "nobody chosen":
        press(page, "Begin", "Please look at this again")
        return
    page.get_by_label("It is happening to me").check()
    press(page, "Begin", "Before the first question")
    if kind == "before":
        return
    press(page, "Go on to the questions", "Is a zebra kicking you now?")
    if kind == "error":
        press(page, "Continue", "Please look at this again")
    elif kind == "stop":
        page.get_by_label("Yes", exact=True).check()
        press(page, "Continue", "Step away from the zebra")
    elif kind == "enough":
        press(page, "I don't know", "What do you wish for?")
        press(page, "I'd rather not say", "This is enough for now")
    elif kind in ("list", "answers", "summary", *KEEPING):
        _go_far(page, kind)
    elif kind in ("help", "safety"):
        page.get_by_role("contentinfo").get_by_role("link").nth(("help", "safety").index(kind)).click()
        expect(page.get_by_role("link", name="Go back")).to_be_visible()
    elif kind == "again":
        press(page, "I don't know", "Can the zebra hear you?")
        page.goto(site)
        page.get_by_label("It is happening to me").check()
        press(page, "Begin", "You have already begun")


def _go_far(page: Page, kind: str) -> None:
    """From the first question to the answers, and on to what is made of them."""
    press(page, "I don't know", "Can the zebra hear you?")
    press(page, "I'd rather not say", "The zebra may hear this")
    press(page, "Continue with the questions", "Whose zebra is it?")
    press(page, "See my answers", "Check your answers")
    if kind in ("summary", *KEEPING):
        press(page, "Go to the summary", "Your summary")
    if kind in KEEPING:
        press(page, "Keep, print or read it out", "Is it safe to keep this?")
        if kind != "keep":
            press(page, *KEEPING[kind])
    if kind == "list":
        page.get_by_role("button", name=re.compile("What has the zebra done, and when")).click()
        page.get_by_label("Year").fill("2024")
        press(page, "Add this to the list", "What you have added so far")


def press(page: Page, name: str, then: str) -> None:
    """Press a button, and wait for what it leads to."""
    page.get_by_role("button", name=name, exact=True).first.click()
    expect(page.get_by_role("heading", name=then).first).to_be_visible()
