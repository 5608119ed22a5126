"""Measure the site under load, on this machine only, and keep the table in docs/load.md.

JOURNEYS=10000 is the whole programme; fewer are a quick look, of which nothing is kept. Ends with 1 if anything failed.
"""

from __future__ import annotations

import base64
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests import served
from tests.bench.measure import Row, machine, milli, ratio, table
from tests.load.person import Person, again_and_again, journey
from tests.load.servers import memory, running
from webui import Settings, create_app
from webui.assets import read_assets
from webui.cookie import here
from webui.pages import notes
from webui.pdf_worker import lay_out
from webui.sealed import NAME

WHOLE, AT_ONCE = 10_000, 50
QUESTIONS = 3  # of each journey: the memory of the site is looked at, not the length of a questionnaire
SECONDS = 5.0
MANY = 20
PAGE = Path("docs/load.md")
HEAD = """\
Written by `make load`: one process of the site, as `askwell serve` runs it, and made-up people on the same machine, who
begin, pass three questions, read the summary and leave. Whatever is compared takes turns within the run."""


def percentile(times: list[float], share: float) -> float:
    """Return the time that this share of the replies kept within."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)]


def crowd(port: int, pid: int, journeys: int) -> tuple[list[Row], Counter[str]]:
    """Send whole journeys, AT_ONCE at a time."""
    times: list[float] = []
    wrong: Counter[str] = Counter()
    kept = [memory(pid)]
    begin = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done, person in enumerate(pool.map(lambda turn: journey(port, turn % 2, QUESTIONS), range(journeys)), 1):
            times += person.times
            wrong.update(person.wrong)
            if done % max(journeys // 10, 1) == 0:
                kept.append(memory(pid))
                print(f"  {done:,} journeys, {kept[-1]:.0f} MB", file=sys.stderr, flush=True)
    took = time.perf_counter() - begin
    return [
        Row(f"journeys, {AT_ONCE} at once", f"{journeys:,}"),
        Row("requests a second, client and server on two cores", f"{len(times) / took:,.0f}"),
        Row("half of the replies within", milli(percentile(times, 0.5))),
        Row("99 of 100 replies within", milli(percentile(times, 0.99))),
        Row("errors", str(sum(wrong.values())), "0"),
        Row(
            "memory at the start, after a tenth, at the end", f"{kept[0]:.0f}, {kept[1]:.0f}, {kept[-1]:.0f} MB", "flat"
        ),
    ], wrong


def pages(port: int, cookie: str, beside: int) -> list[Row]:
    """Compare a question page with the same page as a bare template, and with an empty page, in turns."""

    def of(where: int, path: str, cookie: str = "") -> Person:
        person = Person(where, cookie=cookie)
        person.asks("GET", path)
        return person

    ours, same, empty = of(port, "/q", cookie), of(beside, "/same"), of(beside, "/empty")
    calls = {"/q": ours, "/same": same, "/empty": empty}
    found: dict[str, list[float]] = {path: [] for path in calls}
    for _ in range(5):
        for path, person in calls.items():
            found[path].append(len(again_and_again(partial(person.asks, "GET", path), SECONDS / 5)))
    rates = {path: statistics.median(counts) / (SECONDS / 5) for path, counts in found.items()}
    return [
        Row("a question page, requests a second", f"{rates['/q']:,.0f}"),
        Row("the same HTML from a plain template", f"{rates['/same']:,.0f}"),
        Row("an empty page of Flask", f"{rates['/empty']:,.0f}"),
        Row("a question page, over the plain template", ratio(rates["/q"] / rates["/same"]), "0.7"),
    ]


def papers(port: int, cookie: str, page: str) -> list[Row]:
    """Compare the PDF with WeasyPrint alone on the same page, and ask for more at once than may wait."""
    person, css = Person(port, cookie=cookie), read_assets()["paper.css"].text
    ours, bare = [], []
    lay_out(css, page)
    person.asks("GET", "/notes.pdf")
    for _ in range(7):
        bare += again_and_again(lambda: lay_out(css, page), 0.01)
        ours += again_and_again(lambda: person.asks("GET", "/notes.pdf"), 0.01)
    many = [Person(port, cookie=cookie) for _ in range(MANY)]
    with ThreadPoolExecutor(MANY) as pool:
        list(pool.map(lambda one: one.asks("GET", "/notes.pdf"), many))
    served = sum(one.page.startswith("%PDF") for one in many)
    told = sum("<h1" in one.page and not one.wrong for one in many)
    return [
        Row("the PDF of a summary, warm", milli(statistics.median(ours))),
        Row("the same, over WeasyPrint alone", ratio(statistics.median(ours) / statistics.median(bare)), "1.15"),
        Row(f"{MANY} PDFs asked for at once: served, told to try again", f"{served}, {told}", f"{MANY} together"),
    ]


def somebody(key: str) -> tuple[str, str, str]:
    """Return the cookies of somebody at a question and at the summary, and the page of that summary's PDF."""
    app = create_app(Settings(keys=(base64.b64decode(key),)))
    person = served.Person(app).begins()
    at_question = person.cookie
    person.presses("summary")
    with app.test_request_context("/", headers={"Cookie": f"{NAME}={person.cookie}"}):
        now = here()
        assert now is not None
        return at_question, person.cookie, notes(now.title, now.journey.record)


def main() -> None:
    """Measure, print, and keep the table of a whole run."""
    journeys = int(os.environ.get("JOURNEYS", WHOLE))
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    at_question, at_summary, page = somebody(key)
    with tempfile.TemporaryDirectory() as folder, running("webui.serve", ASKWELL_KEYS=key) as (port, pid):
        question = Person(port, cookie=at_question)
        question.asks("GET", "/q")
        same = Path(folder) / "same.html"
        same.write_text(question.page, encoding="utf-8")
        with running("tests.load.servers", str(same)) as (beside, _):
            rows = pages(port, at_question, beside)
        rows += papers(port, at_summary, page)
        found, wrong = crowd(port, pid, journeys)
    text = "\n\n".join(["# Under load", HEAD, f"Machine: {machine()}.", table(found + rows)])
    print(text)
    for what, times in wrong.most_common():
        print(f"{times} times: {what}")
    if journeys >= WHOLE:
        PAGE.write_text(text + "\n", encoding="utf-8")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
