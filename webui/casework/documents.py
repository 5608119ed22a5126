"""What leaves: a preview of exactly that, and the same as a file and as text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request
from markupsafe import Markup
from pydantic import ValidationError
from werkzeug.wrappers import Response as Reply

from engine.casework.case import Draft
from engine.casework.in_text import plan_text, referral_text
from engine.casework.leaving import NEXT_SERVICES, CallerPlan, Referral
from engine.casework.referral import caller_plan, referral
from engine.casework.store import StoreTrouble
from webui.casework.opened import Opened, keep, opened, told
from webui.casework.watch import wants_json
from webui.library import Title
from webui.pdf import NoPdf
from webui.site import site
from webui.tongue import languages, speak, tongue

documents = Blueprint("documents", __name__)
Page = str | tuple[str | Reply, int] | Reply
NO_PDF = "The file could not be made this time. The plain text says the same, and the page can be printed."


@documents.get("/<reference>/referral")
def show_referral(reference: str) -> Page:
    """Show the referral exactly as it leaves."""
    return _referral_page(opened(reference))


@documents.post("/<reference>/referral")
def send_referral(reference: str) -> Page:
    """Keep the words that no answer gives."""
    one = opened(reference)
    typed = {name: request.form.get(name, "").replace("\r\n", "\n").strip() for name in ("to", "reason", "pathway")}
    own = typed["pathway"] if typed["pathway"] != site().settings.pathway else None
    try:
        draft = Draft.model_validate({**typed, "pathway": own})
        kept = keep(one, replace(one.case, draft=draft), request.form.get("revision", ""))
    except (ValidationError, StoreTrouble) as wrong:
        words = str(wrong) if isinstance(wrong, StoreTrouble) else "This is longer than can be kept."
        if wants_json():
            return jsonify(words=words), 422
        return _referral_page(one, words), 422
    return told(kept) if wants_json() else redirect(f"{one.at}/referral", 303)


@documents.get("/<reference>/referral.pdf")
def referral_pdf(reference: str) -> Page:
    """Hand out the referral as a file."""
    document = _referral(opened(reference))
    return _held(document) or _pdf(render_template("desk/referral_paper.html", document=document), "referral.pdf")


@documents.get("/<reference>/referral.txt")
def referral_in_text(reference: str) -> Page:
    """Hand out the referral as text, to be pasted into another system."""
    document = _referral(opened(reference))
    return _held(document) or _text(referral_text(document))


@documents.get("/<reference>/plan")
def show_plan(reference: str) -> Page:
    """Show the caller's plan exactly as it leaves."""
    one, spoken = opened(reference), _spoken(reference)
    document = _plan(one, spoken)
    with _in(spoken):
        body = Markup(render_template("desk/plan_body.html", document=document))  # noqa: S704  # a template of our own
    return render_template("desk/plan.html", one=one, case=one.case, document=document, body=body, spoken=spoken)


@documents.get("/<reference>/plan.pdf")
def plan_pdf(reference: str) -> Page:
    """Hand out the caller's plan as a file with a name that tells nothing."""
    spoken = _spoken(reference)
    with _in(spoken):
        page = render_template("desk/plan_paper.html", document=_plan(opened(reference), spoken))
    return _pdf(page, "notes.pdf")


@documents.get("/<reference>/plan.txt")
def plan_in_text(reference: str) -> Page:
    """Hand out the caller's plan as text, to be read out or sent by the safe way."""
    return _text(plan_text(_plan(opened(reference), _spoken(reference))))


def _spoken(reference: str) -> Title:
    """The questionnaire in the language that is asked for, or in its own."""
    return opened(reference).title.speaking(request.args.get("in", ""))


@contextmanager
def _in(spoken: Title) -> Iterator[None]:
    """Let the words of our own templates be said in the language of the caller."""
    mine, offered = tongue().language, [one.language for one in languages()]
    speak(spoken.language, spoken.languages)
    try:
        yield
    finally:
        speak(mine, offered)


def _referral(one: Opened) -> Referral:
    return referral(one.instrument, one.case, one.title.directory, site().today(), site().settings.pathway)


def _plan(one: Opened, spoken: Title) -> CallerPlan:
    return caller_plan(spoken.instrument, one.case, spoken.directory)


def _referral_page(one: Opened, wrong: str = "") -> str:
    draft, pathway = one.case.draft, site().settings.pathway
    stands = (
        request.form
        if wrong
        else {**draft.model_dump(), "pathway": pathway if draft.pathway is None else draft.pathway}
    )
    return render_template(
        "desk/referral.html",
        one=one,
        case=one.case,
        document=_referral(one),
        next_services=NEXT_SERVICES.items(),
        stands=stands,
        wrong=wrong,
    )


def _held(document: Referral) -> Page | None:
    """Nothing is handed out before there is consent, or a reason to go without."""
    return (render_template("desk/trouble.html", words=document.hold), 409) if document.hold else None


def _pdf(page: str, name: str) -> Page:
    try:
        sheets = (site().assets[name].text for name in ("paper.css", "desk_paper.css"))
        content = site().press.lay_out("\n".join(sheets), page)
    except NoPdf:
        return render_template("desk/trouble.html", words=NO_PDF), 503
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _text(words: str) -> Page:
    response = make_response(words)
    response.content_type = "text/plain; charset=utf-8"
    return response
