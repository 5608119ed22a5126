"""The practitioner's screen: cases on this machine, behind a passphrase. Off unless a file is named for them."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask

from webui.casework.again import again
from webui.casework.desk import Desk
from webui.casework.documents import documents
from webui.casework.door import door
from webui.casework.gate_page import gates
from webui.casework.judging import judging
from webui.casework.practice_page import practice
from webui.casework.screen import screens
from webui.casework.watch import watch
from webui.settings import Settings
from webui.site import Site


def set_up_cases(app: Flask, file: Path) -> None:
    """Serve the cases of this file."""
    site: Site = app.extensions["askwell"]
    settings: Settings = site.settings
    app.extensions["askwell_desk"] = Desk(file, settings.cases_idle, settings.now)
    cases = Blueprint("cases", __name__)
    watch(cases)
    for part in (door, gates, screens, judging, documents, again, practice):
        cases.register_blueprint(part)
    app.register_blueprint(cases, url_prefix="/cases")
