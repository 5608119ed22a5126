"""The blank form and the blank log, as pages and as PDF files. No application is needed for them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from engine.format.tongue import ENGLISH
from engine.interview.wording import number_words
from engine.workshop.paper import Paper
from webui.pdf import Press
from webui.prose import prose, says_999
from webui.settings import Settings
from webui.tongue import set_up_tongue

HERE = Path(__file__).parent
STYLES = ("paper.css", "form.css")
LAY_OUT_SECONDS = 60  # a long form on a slow machine; nobody else waits for it
LARGEST_PAGE = 4 * 1024 * 1024


@cache
def pages() -> Environment:
    """Return the templates, with the words that those of a form need."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    made.filters.update(prose=prose, says_999=says_999, day=ENGLISH.day, count=number_words)
    set_up_tongue(made)
    return made


def form_page(paper: Paper) -> str:
    """Return the form as a page to be printed."""
    return pages().get_template("form.html").render(paper=paper)


def log_page() -> str:
    """Return a log to fill in."""
    return pages().get_template("log.html").render()


def style() -> str:
    """Return how these pages look."""
    return "\n".join((HERE / "static" / name).read_text(encoding="utf-8") for name in STYLES)


def lay_out(page: str, **settings: Any) -> bytes:
    """Return the page as a PDF, made by a worker that may do little. Raises NoPdf."""
    press = Press(Settings(pdf_workers=1, pdf_seconds=LAY_OUT_SECONDS, pdf_largest_page=LARGEST_PAGE, **settings))
    try:
        return press.lay_out(style(), page)
    finally:
        press.close()
