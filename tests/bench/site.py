"""The site: a page, a PDF, and what the first page weighs on the wire."""

from __future__ import annotations

import re

from flask import Flask

from tests.bench.measure import Row, milli, seconds
from tests.served import Person
from webui import Settings, create_app

FILES = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def rows(budget: float) -> list[Row]:
    """Measure, a page for `budget` seconds and the PDF for longer."""
    app = create_app(Settings())
    site = app.extensions["askwell"]
    site.press.warm_up()
    which = [title.instrument.id for title in site.library.titles].index("stalking_screen")
    person = Person(app).begins(which)
    try:
        question = seconds(lambda: person.client.get("/q"), budget=budget)
        person.presses("enough")
        made = seconds(lambda: person.client.get("/notes.pdf"), budget=6 * budget)
    finally:
        site.press.close()
    return [
        Row("a question page, request to reply in process", milli(question), "5 ms"),
        Row("the PDF of a summary, warm", milli(made), "2,000 ms"),
        Row("the first page with its styles and script, on the wire", f"{_first_page(app) / 1000:.1f} kB", "30 kB"),
    ]


def _first_page(app: Flask) -> int:
    """Return the bytes of the replies, with their headers, as a browser asks for them: compressed where that is had."""
    client, packed = app.test_client(), {"Accept-Encoding": "gzip"}
    first = client.get("/", headers=packed)
    replies = [first, *(client.get(path, headers=packed) for path in FILES.findall(first.get_data(as_text=True)))]
    return sum(len(reply.get_data()) + len(str(reply.headers)) for reply in replies)
