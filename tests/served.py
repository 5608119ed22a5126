"""The site as people meet it: a person who reads pages and presses buttons, and a server that is stopped again."""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from waitress import wasyncore
from werkzeug.test import TestResponse

from webui import Settings, create_app
from webui.sealed import NAME
from webui.serve import listen, make_server

LIBRARY = Path(__file__).parent / "site" / "library"
SHORT = Path(__file__).parent / "site" / "short"  # some of its questions come first and are enough


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def passes(self, time: timedelta) -> None:
        self.moment += time


class Person:
    """Somebody in front of the site, without a browser's help."""

    def __init__(self, app: Flask, voice: str = "self") -> None:
        self.client: FlaskClient = app.test_client()
        self.voice = voice
        self.page = ""
        self.last: TestResponse

    def begins(self, which: int = 0) -> Person:
        """Begin, and go on from the page that says how to leave."""
        self.opens(which)
        return self.presses("go_on") if self.voice != "practitioner" else self

    def opens(self, which: int = 0) -> Person:
        self._take(self.client.post("/", data={"which": str(which), "voice": self.voice}))
        return self

    def presses(self, do: str, **typed: str | list[str]) -> Person:
        """Press a button of the page that is shown, with what is typed in its boxes."""
        boxes = {name.replace("_", "-"): value for name, value in typed.items()}
        data = {"token": self.hidden("token"), "item": self.hidden("item"), "do": do, **boxes}
        self._take(self.client.post("/q", data=data))
        return self

    def answers(self, value: str | list[str]) -> Person:
        return self.presses("answer", answer=value)

    def passes_on_to(self, question: str) -> Person:
        for _ in range(20):
            if question in self.heading:
                return self
            self.presses("go_on" if 'value="go_on"' in self.page else "dont_know")
        raise AssertionError(f"{question} is not asked")

    def looks(self, at: str = "/q") -> Person:
        self._take(self.client.get(at))
        return self

    @property
    def heading(self) -> str:
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.page, re.DOTALL)
        return " ".join(re.sub(r"<[^>]*>", " ", html.unescape(found[1])).split()) if found else ""

    @property
    def words(self) -> str:
        return " ".join(re.sub(r"<[^>]*>", " ", html.unescape(self.page)).split())

    @property
    def title(self) -> str:
        found = re.search(r"<title>(.*?)</title>", self.page)
        return found[1] if found else ""

    @property
    def cookie(self) -> str:
        cookie = self.client.get_cookie(NAME)
        return cookie.value if cookie else ""

    def hidden(self, name: str) -> str:
        found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', self.page)
        return found[1] if found else ""

    def _take(self, response: TestResponse) -> None:
        self.last = response
        while response.status_code == 303:
            response = self.client.get(response.headers["Location"])
        self.page = response.get_data(as_text=True)


def small_site(clock: Clock | None = None, **settings: Any) -> Flask:
    """The site with the questionnaires of the tests."""
    return create_app(Settings(questionnaires=LIBRARY, now=clock or Clock(), **settings))


def breaks(app: Flask) -> Flask:
    """The same site with one more page, which fails with a person's words in hand."""

    def fails() -> str:
        raise KeyError("ZEBRA-ANSWER")

    app.add_url_rule("/breaks", view_func=fails)
    return app


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application on a free port of this machine, and stop."""
    with listen(Settings(port=0)) as door:
        server: Any = make_server(app, door)
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            # Closed by the loop itself: it ends when nothing is left to watch.
            channels = server._map
            server.trigger.pull_trigger(lambda: wasyncore.close_all(channels, ignore_all=True))
            thread.join()
            server.task_dispatcher.shutdown()
            app.extensions["askwell"].press.close()
