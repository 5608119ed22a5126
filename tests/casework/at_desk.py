"""A practitioner at the desk, without a browser's help."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.casework.people import PASSPHRASE, QUICK
from tests.served import LIBRARY, Clock
from webui import Settings, create_app


def desk_site(folder: Path, clock: Clock | None = None, **settings: Any) -> Flask:
    """The site with cases in this folder; a passphrase costs little."""
    known = {"questionnaires": LIBRARY, "cases": folder / "cases.db", "now": clock or Clock(), **settings}
    app = create_app(Settings(**known))
    app.extensions["askwell_desk"].cost = QUICK
    return app


class Worker:
    """Unlocks the cases and works on one."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.page = ""
        self.last: TestResponse

    def unlocks(self, passphrase: str = PASSPHRASE) -> Worker:
        return self.sends("/cases/unlock", passphrase=passphrase, again=passphrase)

    def begins(self, reference: str = "2026-1", questionnaire: str = "small") -> Worker:
        return self.sends("/cases/new", reference=reference, questionnaire=questionnaire)

    def looks(self, at: str) -> Worker:
        self._take(self.client.get(at))
        return self

    def sends(self, to: str, /, **typed: Any) -> Worker:
        """Send a form of the page that is shown, with its token and revision unless others are given."""
        hidden = {name: self.hidden(name) for name in ("token", "revision")}
        data = {name.replace("__", "-"): value for name, value in {**hidden, **typed}.items()}
        self._take(self.client.post(to, data=data))
        return self

    def saves(self, to: str, /, **typed: Any) -> TestResponse:
        """What the script does: send one item, and take the answer as JSON."""
        hidden = {name: self.hidden(name) for name in ("token", "revision")}
        data = {name.replace("__", "-"): value for name, value in {**hidden, **typed}.items()}
        return self.client.post(to, data=data, headers={"Accept": "application/json"})

    @property
    def words(self) -> str:
        return " ".join(re.sub(r"<[^>]*>", " ", html.unescape(self.page)).split())

    def hidden(self, name: str) -> str:
        found = re.search(rf'<input type="hidden" name="{name}"[^>]* value="([^"]*)"', self.page)
        return found[1] if found else ""

    def _take(self, response: TestResponse) -> None:
        self.last = response
        while response.status_code == 303:
            response = self.client.get(response.headers["Location"])
        self.page = response.get_data().decode(errors="replace")  # a case file is no text


LONG = timedelta(minutes=16)
