"""The site: a page, a PDF, and what the first page weighs on the wire."""

from __future__ import annotations

import gzip
import re

from tests.bench.measure import Row, milli, seconds
from tests.served import Person
from webui import Settings, create_app

FILES = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def rows(budget: float) -> list[Row]:
    """Measure, a page for `budget` seconds and the PDF for longer."""
    app = create_app(Settings())
    site = app.extensions["askwell"]
    site.press.warm_up()
    person = Person(app).begins()
    try:
        question = seconds(lambda: person.client.get("/q"), budget=budget)
        person.presses("enough")
        made = seconds(lambda: person.client.get("/notes.pdf"), budget=6 * budget)
    finally:
        site.press.close()
    first = app.test_client().get("/").get_data()
    files = {path: app.test_client().get(path).get_data() for path in FILES.findall(first.decode())}
    plain = len(first) + sum(map(len, files.values()))
    squeezed = len(gzip.compress(first)) + sum(len(gzip.compress(file)) for file in files.values())
    return [
        Row("a question page, request to reply in process", milli(question), "5 ms"),
        Row("the PDF of a summary, warm", milli(made), "2,000 ms"),
        Row("the first page with its styles and script, as sent", f"{plain / 1000:.1f} kB", "30 kB"),
        Row("the same, compressed", f"{squeezed / 1000:.1f} kB", ""),
    ]
