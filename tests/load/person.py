"""One made-up person: reads a page, presses one of its buttons, and times each reply. Talks to this machine only."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

HIDDEN = re.compile(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"')
BUTTONS = re.compile(r'<button[^>]* name="do" value="([a-z_]+)"')
COOKIE = re.compile(r"__Host-s=([^;]+)")
ONWARD = ("dont_know", "go_on", "summary", "all", "answer")
MOST_PAGES = 60


@dataclass
class Person:
    """Keeps what a browser keeps, and how long each reply took (seconds)."""

    port: int
    times: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    cookie: str = ""
    page: str = ""

    def __post_init__(self) -> None:
        """Open the connection that all requests share, as a browser's do."""
        self.line = HTTPConnection("127.0.0.1", self.port, timeout=60)

    def asks(self, method: str, path: str, **fields: str) -> int:
        """Send a request and read the reply; follow where it leads."""
        headers = {"Cookie": f"__Host-s={self.cookie}"} if self.cookie else {}
        body = urlencode(fields) if fields else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begin = time.perf_counter()
        try:
            self.line.request(method, path, body, headers)
            reply = self.line.getresponse()
            self.page = reply.read().decode("utf-8", "replace")
        except (OSError, HTTPException) as lost:
            self.wrong.append(type(lost).__name__)
            self.line.close()
            return 0
        self.times.append(time.perf_counter() - begin)
        if reply.status >= 400:
            self.wrong.append(f"{reply.status} to {method} {path}")
        given = COOKIE.search(reply.headers.get("Set-Cookie", ""))
        self.cookie = given[1] if given else self.cookie
        return reply.status if reply.status != 303 else self.asks("GET", reply.headers["Location"])

    def begins(self, which: int) -> None:
        """Open the first page, and begin a questionnaire."""
        self.asks("GET", "/")
        self.asks("POST", "/", which=str(which), voice="self")

    def goes_on(self, *, to_the_end: bool = False) -> bool:
        """Press the button that leads on; False where there is none."""
        fields, buttons = dict(HIDDEN.findall(self.page)), BUTTONS.findall(self.page)
        wanted = ("summary", *ONWARD) if to_the_end else ONWARD
        do = next((one for one in wanted if one in buttons), None)
        if do is None:
            return False
        self.asks("POST", "/q", do=do, **fields)
        return True

    def leaves(self) -> None:
        """Press the leave button; the exit site itself is not visited."""
        self.asks("POST", "/leave")
        self.line.close()


def journey(port: int, which: int, questions: int) -> Person:
    """Begin, pass so many questions, read the summary, leave."""
    person = Person(port)
    person.begins(which)
    for _ in range(questions):
        person.goes_on()
    for _ in range(MOST_PAGES):
        if person.wrong or "summary" not in BUTTONS.findall(person.page) or not person.goes_on(to_the_end=True):
            break
    person.leaves()
    return person


def again_and_again(ask: Callable[[], object], seconds: float) -> list[float]:
    """Return how long each of many calls took."""
    times, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        begin = time.perf_counter()
        ask()
        times.append(time.perf_counter() - begin)
    return times
