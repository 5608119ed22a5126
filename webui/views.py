"""The pages, and what they send. What was said is kept in the sealed cookie; every post is answered with "go to /q"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, Response, abort, make_response, render_template, request

from engine.interview.walk import walk
from webui.acts import act
from webui.cookie import KEPT_FREE, Here, here, keep, keep_language, shown, to, without_cookie
from webui.forms import QuestionForm, StartForm, page_form, question_form, start_form
from webui.journey import PLAIN, SUMMARY, TOLD_FIRST, WHOLE, Journey, begin, go_to, settled
from webui.leave import forgetting
from webui.pages import door, notes, own_page, page
from webui.pdf import NoPdf
from webui.question import question_page
from webui.sealed import TooLarge
from webui.site import site
from webui.tongue import tongue
from webui.words import NO_PDF, NO_ROOM

journeys = Blueprint("journeys", __name__)
SPOKEN = ("/", "/in", "/q", "/own", "/help-now", "/safety")  # the pages of which there is one in each language


@journeys.get("/")
def start() -> str:
    """Say what this is, what happens to answers and how to leave; ask who is answering."""
    return _start_page({})


@journeys.post("/")
def begin_here() -> Response | tuple[str, int]:
    """Begin a questionnaire."""
    titles = site().library.titles
    which = request.form.get("which", "")
    if which not in map(str, range(len(titles))):
        abort(400)
    place = int(which)
    title = titles[place].speaking(tongue().language)
    instrument = title.instrument
    form = start_form(instrument.questionnaire.voices, place, request.form)
    if not form.validate():
        return _start_page({place: form}), 422
    now = here()
    if now is not None and now.journey.record.answers and request.form.get("anew") != "yes":
        return make_response(render_template("again.html", form=form))
    moment = int(site().settings.now().timestamp())
    journey = begin(instrument, str(form.voice.data), site().today(), moment, title.language)
    return keep(to("/in"), title, journey)


@journeys.post("/language")
def change_language() -> Response:
    """Go on in another language, with everything that was answered."""
    language, place = request.form.get("language", ""), request.form.get("to", "")
    response = to(place if place in SPOKEN else "/")
    now = here()
    if now is None:
        return keep_language(response, language) if language in site().library.languages else response
    if language not in now.title.languages:
        return response
    return keep(response, now.title, replace(now.journey, language=language))


@journeys.get("/in")
def come_in() -> Response:
    """Go to the journey that was just begun or, where its cookie was not kept, say what to do."""
    return to("/q") if here() is not None else make_response(render_template("no_cookie.html"))


@journeys.get("/q")
def show() -> Response:
    """Show where the journey stands; where there is none, a page that could be about anything."""
    now = here()
    if now is None:
        return without_cookie(make_response(render_template("over.html")))
    return shown(make_response(page(now.title, now.journey, now.way)), now)


@journeys.post("/q")
def send() -> Response | tuple[str, int]:
    """Do what the button says."""
    now = here()
    if now is None:
        return to("/q")
    if not page_form(now.journey, request.form).validate():
        abort(400)
    if request.form.get("do") == "forget":
        return forgetting(to("/q"))
    instrument = now.title.instrument
    outcome = act(instrument, now.journey, now.way, request.form)
    if not isinstance(outcome, Journey):
        return _once_more(now, outcome, ""), 422
    answered = outcome.record != now.journey.record
    way = walk(instrument, outcome.record) if answered else now.way
    try:
        return keep(to("/q"), now.title, settled(outcome, way), KEPT_FREE if answered else 0)
    except TooLarge:
        item = instrument.items[request.form["item"]]
        return _once_more(now, question_form(now.journey, item, request.form), NO_ROOM), 422


def _once_more(now: Here, form: QuestionForm, wrong: str) -> str:
    """The question again, with what was typed."""
    journey = go_to(now.journey, str(form.item.data), changing=now.journey.changing)
    return question_page(now.title.instrument, journey, now.way, form, wrong)


@journeys.get("/notes.pdf", defaults={"answers": True})
@journeys.get("/short/notes.pdf", defaults={"answers": False})
def notes_pdf(*, answers: bool) -> Response:
    """Hand out the summary, whole or without the answers, as a file with a name that tells nothing."""
    now = here()
    if now is None:
        return to("/q")
    page_of_it = notes(now.title, now.journey.record, answers=answers)
    try:
        pdf = site().press.lay_out(site().assets["paper.css"].text, page_of_it)
    except NoPdf:
        to_print = SUMMARY if now.journey.record.voice not in TOLD_FIRST else WHOLE if answers else PLAIN
        return keep(to("/q"), now.title, replace(go_to(now.journey, to_print), notice=NO_PDF))
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="notes.pdf"'
    return response


@journeys.get("/help-now")
def help_now() -> str:
    """Say whom to call. Needs nothing that could be broken."""
    return render_template("help_now.html")


@journeys.get("/healthz")
def healthz() -> Response:
    """Say to a balancer that this process answers. It tells nothing else."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@journeys.get("/own")
def own() -> str:
    """Lead somebody who worries about their own behaviour to those who help with it. Nothing is asked."""
    return own_page(one.speaking(tongue().language) for one in site().library.titles)


@journeys.get("/safety")
def safety() -> str:
    """Say what leaving can do, and what it cannot."""
    return render_template("safety.html")


def _start_page(refused: Mapping[int, StartForm]) -> str:
    doors = [
        door(
            one.speaking(tongue().language),
            refused.get(place) or start_form(one.instrument.questionnaire.voices, place),
        )
        for place, one in enumerate(site().library.titles)
    ]
    own = any(one.instrument.questionnaire.own_behaviour for one in site().library.titles)
    return render_template("start.html", doors=doors, begun=here() is not None, refused=refused, own=own)
