"""The practitioner's screen over loopback: an answer saved and the live side with it, a case opened, many listed."""

from __future__ import annotations

import http.client
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from engine.casework.case import begin
from engine.casework.case_file import written
from engine.format.instrument import Instrument
from tests.bench.measure import Row, milli
from tests.served import served
from webui import Settings, create_app
from webui.casework.desk import Desk

WHAT = "The stalking screen over HTTP on loopback, one connection; 95 of 100 stay below the figure."
CASES = 1000
ROUNDS = 3  # through all questions of the stalking screen
PASSPHRASE = "four words by chance"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def rows() -> list[Row]:
    """Measure what a practitioner waits for; every figure is that which 95 of 100 stay below."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(cases=Path(folder) / "cases.db"))
        desk: Desk = app.extensions["askwell_desk"]
        instrument = next(
            one.instrument for one in app.extensions["askwell"].library.titles if one.instrument.id == "stalking_screen"
        )
        with served(app) as at:
            worker = _Worker(at, desk)
            _fill(desk, instrument)
            found = [
                Row("an answer saved and the live side updated", milli(_p95(worker.answers(instrument))), "50 ms"),
                Row(
                    "a case opened at a section",
                    milli(_p95(worker.gets("/cases/case-500/s/the_person", 50))),
                    "200 ms",
                ),
                Row(f"the list of {CASES:,} cases", milli(_p95(worker.gets("/cases/", 20))), "200 ms"),
            ]
        desk.lock()
    return found


class _Worker:
    """One browser with one connection that stays open."""

    def __init__(self, at: str, desk: Desk) -> None:
        self.line = http.client.HTTPConnection(urlsplit(at).netloc)
        self.line.request("POST", "/cases/unlock", urlencode({"passphrase": PASSPHRASE, "again": PASSPHRASE}), FORM)
        reply = self.line.getresponse()
        reply.read()
        self.cookie = {"Cookie": (reply.getheader("Set-Cookie") or "").partition(";")[0]}
        self.token = desk.token

    def gets(self, page: str, times: int) -> Iterator[float]:
        for _ in range(times):
            begun = time.perf_counter()
            self._ask("GET", page)
            yield time.perf_counter() - begun

    def answers(self, instrument: Instrument) -> Iterator[float]:
        page = self._ask("GET", "/cases/case-1/s/right_now").decode()
        found = re.search(r'id="revision" value="(\d+)"', page)
        revision = found[1] if found else "1"
        for turn in range(ROUNDS):
            for section in instrument.sections:
                for name in section.items:
                    item = instrument.items[name]
                    if not item.options:
                        continue
                    said = {f"a-{name}": item.options[turn % len(item.options)].id, f"how-{name}": "asked"}
                    typed = urlencode({"token": self.token, "revision": revision, "item": name, **said})
                    begun = time.perf_counter()
                    told = self._ask("POST", f"/cases/case-1/s/{section.id}", typed).decode()
                    yield time.perf_counter() - begun
                    revision = str(re.findall(r'"revision":\s*(\d+)', told)[0])

    def _ask(self, method: str, page: str, typed: str | None = None) -> bytes:
        headers = {**self.cookie, "Accept": "application/json", **(FORM if typed else {})}
        self.line.request(method, page, typed, headers)
        reply = self.line.getresponse()
        content = reply.read()
        if reply.status != http.client.OK:
            raise RuntimeError(f"{page}: {reply.status}")
        return content


def _fill(desk: Desk, instrument: Instrument) -> None:
    store = desk._store
    if store is None:
        raise RuntimeError("The cases are locked.")
    now = desk._now()
    for place in range(CASES):
        store.add(written(begin(instrument, f"case-{place}", now, now.date())))


def _p95(taken: Iterator[float]) -> float:
    every = sorted(taken)
    return every[int(0.95 * len(every))]
