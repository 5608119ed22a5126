"""Measure the site under load, on this machine only, and keep the table in docs/load.md.

JOURNEYS=10000 is the whole programme; fewer are a quick look, of which nothing is kept. Ends with 1 if anything failed.
"""

from __future__ import annotations

import base64
import json
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
from tests.load.same import held, past_some_questions, squeezed, words_of
from tests.load.servers import memory, running
from webui import Settings, create_app
from webui.assets import read_assets
from webui.pages import notes
from webui.pdf_worker import lay_out

WHOLE, AT_ONCE = 10_000, 50
QUESTIONS = 3  # of each journey: the memory of the site is looked at, not the length of a questionnaire
SECONDS, TURNS = 6.0, 30  # of each page that is compared
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


def pages(port: int, person: served.Person) -> list[Row]:
    """Compare a question page with the same HTML from a plain template, and with an empty page, in turns."""
    ours = Person(port, cookie=person.cookie)
    ours.asks("GET", "/q")
    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder) / "words.json"
        words.write_text(json.dumps(words_of(ours.page, person)), encoding="utf-8")
        with running("tests.load.servers", str(words)) as (beside, _):
            same, empty = Person(beside), Person(beside)
            same.asks("GET", "/same")
            if squeezed(same.page) != squeezed(ours.page):
                sys.exit("The plain template gives other HTML than ours: see tests/load/templates/same.html.")
            rates = in_turns({"/q": ours, "/same": same, "/empty": empty})
    return [
        Row("a question page, requests a second", f"{rates['/q']:,.0f}"),
        Row("the same HTML from a plain template", f"{rates['/same']:,.0f}"),
        Row("an empty page of Flask", f"{rates['/empty']:,.0f}"),
        Row("a question page, over the plain template", ratio(rates["/q"] / rates["/same"]), "0.7"),
    ]


def in_turns(people: dict[str, Person]) -> dict[str, float]:
    """Return how many requests a second each path answers; they take short turns, and the median turn counts."""
    turn = SECONDS / TURNS
    found: dict[str, list[int]] = {path: [] for path in people}
    for _ in range(TURNS):
        for path, person in people.items():
            found[path].append(len(again_and_again(partial(person.asks, "GET", path), turn)))
    return {path: statistics.median(counts) / turn for path, counts in found.items()}


def papers(port: int, at_summary: served.Person) -> list[Row]:
    """Compare the PDF with WeasyPrint alone on the same page, and ask for more at once than may wait."""
    cookie, now, css = at_summary.cookie, held(at_summary), read_assets()["paper.css"].text
    with at_summary.client.application.test_request_context("/"):
        page = notes(now.title, now.journey.record)
    person = Person(port, cookie=cookie)
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


def main() -> None:
    """Measure, print, and keep the table of a whole run."""
    journeys = int(os.environ.get("JOURNEYS", WHOLE))
    key = secrets.token_bytes(32)
    app = create_app(Settings(keys=(key,)))
    at_question = past_some_questions(served.Person(app))
    at_summary = served.Person(app).begins().presses("summary")
    with running("webui.serve", ASKWELL_KEYS=base64.b64encode(key).decode()) as (port, pid):
        rows = pages(port, at_question)
        rows += papers(port, at_summary)
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
