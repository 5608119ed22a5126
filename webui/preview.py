"""The preview: a questionnaire as its author writes it, in a browser on the same machine, anew with each save."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, cast

from flask import Blueprint, Flask, Response, abort, current_app, jsonify, render_template, request
from werkzeug.wsgi import get_path_info

from engine.format.tongue import ENGLISH
from engine.interview.summarise import summarise
from engine.interview.wording import number_words
from engine.workshop.logic_map import by_kind, logic_map
from engine.workshop.paper import paper
from webui import create_app
from webui.assets import read_assets
from webui.headers import set_up_headers
from webui.library import Library, alone
from webui.paper import form_page, lay_out
from webui.pdf import NoPdf
from webui.preview_state import Snapshot, Watched
from webui.prose import prose
from webui.settings import Settings
from webui.tongue import set_up_tongue

AT = "/preview"
KINDS = {
    "item": "Questions",
    "score": "Scores",
    "outcome": "Outcomes",
    "alert": "Alerts",
    "action": "Actions",
    "signpost": "Services",
}
pages = Blueprint("preview", __name__, url_prefix=AT)


def watched() -> Watched:
    """Return what the application of this request looks at."""
    return cast("Watched", current_app.extensions["watched"])


def create_preview(file: Path, today: Callable[[], date]) -> Flask:
    """Return the application with the pages around the questionnaire."""
    app = Flask(__name__, static_folder=None, root_path=str(Path(__file__).parent))
    app.config.update(TRUSTED_HOSTS=["127.0.0.1", "localhost", "[::1]"], PROPAGATE_EXCEPTIONS=False)
    assets = read_assets()
    app.extensions["watched"] = Watched(file, today)
    app.extensions["preview_assets"] = assets
    app.register_blueprint(pages)
    set_up_headers(app)
    set_up_tongue(app.jinja_env)
    app.jinja_env.filters.update(prose=prose, day=ENGLISH.day, count=number_words, by_kind=by_kind)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(asset=lambda name: AT + assets[name].url, kinds=KINDS)
    return app


class Switch:
    """The site of the questionnaire as it is now, and around it the preview under its own address."""

    def __init__(self, preview: Flask, settings: Settings) -> None:
        """Take the preview; the site is made anew when the questionnaire has changed."""
        self._preview, self._settings = preview, settings
        self._watched: Watched = preview.extensions["watched"]
        self._lock = threading.Lock()
        self._made: tuple[Snapshot, Flask] | None = None

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        path = get_path_info(environ)
        if path.startswith(AT + "/"):
            return self._preview(environ, start)
        site = self._site()
        if site is None:
            environ["PATH_INFO"] = AT + "/"
            return self._preview(environ, start)
        return site(environ, start)

    def _site(self) -> Flask | None:
        now = self._watched.now()
        if now.instrument is None:
            return None
        with self._lock:
            if self._made is None or self._made[0] is not now:
                self.close()
                library = Library((alone(now.instrument, now.directory),), ())
                self._made = now, create_app(self._settings, library)
            return self._made[1]

    def close(self) -> None:
        """End the workers of the site, if it has any."""
        if self._made is not None:
            self._made[1].extensions["askwell"].press.close()


def _show(template: str, now: Snapshot, **more: Any) -> str:
    return render_template(template, now=now, instrument=now.instrument, voice=_voice(now), **more)


def _voice(now: Snapshot) -> str:
    """The voice that is asked for, else the practitioner's if there is one: it says most."""
    voices = now.instrument.questionnaire.voices if now.instrument is not None else ()
    asked = request.args.get("voice", "practitioner")
    return asked if asked in voices else voices[0] if voices else ""


@pages.get("/")
def overview() -> str:
    """Say what is wrong, or what there is to see."""
    return _show("preview.html", watched().now())


@pages.get("/static/<name>")
def static_file(name: str) -> Response:
    """Hand out a stylesheet or the script; they are there also while the questionnaire is broken."""
    one = current_app.extensions["preview_assets"].get(name) or abort(404)
    return Response(one.text, content_type=one.kind)


@pages.get("/changed")
def changed() -> Response:
    """Answer once the files are not those of this name any more, or after a while."""
    return jsonify(name=watched().wait(request.args.get("name", "")))


@pages.get("/short")
def in_short() -> str:
    """Say how the cases and the checks came out: a part of the overview, which does not wait for it."""
    now = watched().now()
    return _show("preview_short.html", now) if now.instrument is not None else ""


@pages.get("/findings")
def findings() -> str:
    """Show what is probably not meant."""
    return _show("preview_findings.html", watched().now())


@pages.get("/map")
def the_map() -> str:
    """Show the logic in plain words."""
    now = watched().now()
    if now.instrument is None:
        return _show("preview.html", now)
    return _show("preview_map.html", now, map=logic_map(now.instrument, _voice(now)))


@pages.get("/file/<name>")
def file(name: str) -> str:
    """Show a file with its lines."""
    now = watched().now()
    shown = {"questionnaire": now.file, "cases": now.cases_file}.get(name) or abort(404)
    try:
        lines = shown.read_text(encoding="utf-8-sig", errors="replace").split("\n")
    except OSError:
        abort(404)
    marked = {one.place.line: one for one in (*now.problems, *now.cases[2]) if one.place.file == str(shown)}
    return _show("preview_file.html", now, lines=lines, shown=shown, marked=marked)


@pages.get("/cases")
def cases() -> str:
    """Show the test persons, and whether each hears what is expected."""
    now = watched().now()
    persons, results, problems = now.cases
    return _show("preview_cases.html", now, results=list(zip(persons, results, strict=True)), wrong=problems)


@pages.get("/cases/<int:place>")
def case(place: int) -> str:
    """Show the summary of one test person."""
    now = watched().now()
    persons, results, _ = now.cases
    if now.instrument is None or not 0 < place <= len(persons):
        abort(404)
    person = persons[place - 1]
    summary = summarise(now.instrument, person.record, now.directory)
    return _show("preview_summary.html", now, person=person, result=results[place - 1], summary=summary)


@pages.get("/form")
def form() -> str:
    """Show the form on paper."""
    now = watched().now()
    if now.instrument is None:
        return _show("preview.html", now)
    return _show("preview_form.html", now, paper=paper(now.instrument, now.directory, _voice(now)))


@pages.get("/form.pdf")
def form_pdf() -> Response:
    """Hand out the form to be printed."""
    now = watched().now()
    if now.instrument is None:
        abort(404)
    try:
        made = lay_out(form_page(paper(now.instrument, now.directory, _voice(now))))
    except NoPdf:
        abort(503)
    return Response(made, mimetype="application/pdf")
