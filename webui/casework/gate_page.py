"""The gate: what is asked before any question, and what is done when the call drops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import Blueprint, jsonify, redirect, render_template, request
from pydantic import ValidationError
from werkzeug.wrappers import Response

from engine.casework.case import Call, Gate
from engine.casework.store import StoreTrouble
from webui.casework.opened import WHOLE_NUMBER, Opened, keep, opened, told
from webui.casework.watch import wants_json
from webui.site import site

gates = Blueprint("gates", __name__)
Page = str | tuple[str | Response, int] | Response
CHOICES = ("safe_to_talk", "voicemail", "consent", "interpreter")
WRONG = {
    "minutes": "Write how many minutes there are as a number, such as 20, or leave it empty.",
    "delete_after": "Write a day, such as 2027-02-23.",
}


@gates.get("/<reference>/gate")
def show(reference: str) -> Page:
    """Ask what comes first."""
    return _page(opened(reference))


@gates.post("/<reference>/gate")
def send(reference: str) -> Page:
    """Keep what was said at the gate, and go on to the questions or back to the list."""
    one, wrong = opened(reference), {}
    try:
        gate = Gate.model_validate(_typed())
    except ValidationError as invalid:
        wrong = {
            str(mistake["loc"][0]): WRONG.get(str(mistake["loc"][0]), mistake["msg"]) for mistake in invalid.errors()
        }
    delete_after = _day(request.form.get("delete_after", ""))
    if delete_after is None:
        wrong["delete_after"] = WRONG["delete_after"]
    if wrong or delete_after is None:
        return (jsonify(words=" ".join(wrong.values())), 422) if wants_json() else (_page(one, wrong), 422)
    by = request.form.get("by", "").strip()[:200]
    case = replace(one.case, gate=gate, by=by, delete_after=delete_after)
    if not case.calls or case.calls[-1].what != "began":
        case = replace(case, calls=(*case.calls, Call(at=site().settings.now(), what="began")))
    try:
        kept = keep(one, case, request.form.get("revision", ""))
    except StoreTrouble as trouble:
        if wants_json():
            raise
        return _page(one, {"": str(trouble)}), 409
    if wants_json():
        return told(kept)
    section = one.instrument.sections[0].id
    return redirect("/cases/" if gate.safe_to_talk == "no" else f"{one.at}/s/{section}", 303)


@gates.post("/<reference>/dropped")
def dropped(reference: str) -> Page:
    """Write down that the call dropped, and show nothing any more."""
    one = opened(reference)
    call = Call(at=site().settings.now(), what="dropped", note=call_back_rule(one.case.gate))
    keep(one, replace(one.case, calls=(*one.case.calls, call)), str(one.case.revision))
    return redirect("/cases/away", 303)


def call_back_rule(gate: Gate) -> str:
    """Return whether and how to call again, from what was said at the gate."""
    if not gate.number:
        return "Do not call back: no safe number is known. Wait until the person calls."
    message = "leave a message only as agreed" if gate.voicemail == "yes" else "leave no message"
    times = f"only at the safe times ({gate.times})" if gate.times else "only if it was agreed: no safe times are known"
    first = "say nothing before the person has spoken, and ask first whether it is safe"
    return f"Call {gate.number}, {times}; {message}; {first}."


def _typed() -> dict[str, object]:
    typed: dict[str, object] = {}
    for name in Gate.model_fields:
        said = request.form.get(name, "").replace("\r\n", "\n").strip()
        if name == "minutes":
            typed[name] = int(said) if WHOLE_NUMBER.fullmatch(said) else said or None
        elif said or name not in CHOICES:
            typed[name] = said
    return typed


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _page(one: Opened, wrong: dict[str, str] | None = None) -> str:
    stands = request.form if wrong else one.case.gate.model_dump()
    return render_template(
        "desk/gate.html",
        one=one,
        case=one.case,
        stands={name: "" if value is None else str(value) for name, value in stands.items()},
        by=request.form.get("by", one.case.by) if wrong else one.case.by,
        delete_after=request.form.get("delete_after", "") if wrong else one.case.delete_after.isoformat(),
        revision=request.form.get("revision", "") if wrong else one.case.revision,
        rule=call_back_rule(one.case.gate),
        wrong=wrong or {},
    )
