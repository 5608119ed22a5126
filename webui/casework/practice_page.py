"""Practice: the test persons of a questionnaire as callers. Nothing is kept; the model answer comes afterwards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from engine.casework.case import begin
from engine.casework.case_file import written
from engine.casework.practice import feedback
from engine.format.instrument import Instrument
from engine.interview.wording import answer_words, speech_of
from engine.problem import InvalidQuestionnaire
from engine.workshop.case_file import Person, load_cases
from webui.casework.desk import PRACTICE, desk
from webui.casework.opened import opened, title_of
from webui.site import site

practice = Blueprint("practice", __name__)
Page = str | tuple[str, int] | Response
BY = "Practice. This is not about a real person."
SILENT = "The caller does not know, or says nothing about it."


@practice.get("/practice")
def show() -> Page:
    """Offer the callers of every questionnaire, without saying who they are."""
    offered = [(one.instrument, len(callers(one.instrument))) for one in site().library.titles]
    return render_template("desk/practice.html", offered=[one for one in offered if one[1]])


@practice.post("/practice")
def begin_call() -> Page:
    """Take a call."""
    title = title_of(request.form.get("questionnaire", ""))
    known = {str(place): one for place, one in enumerate(callers(title.instrument) if title else (), 1)}
    caller = known.get(request.form.get("caller", ""))
    if title is None or caller is None:
        abort(400)
    reference = f"{PRACTICE}{len(desk().callers) + 1}"
    case = begin(title.instrument, reference, site().settings.now(), caller.record.on)
    desk().practice.add(written(replace(case, by=BY)))
    desk().callers[reference] = caller
    return redirect(f"/cases/{reference}/", 303)


@practice.get("/<reference>/model")
def model(reference: str) -> Page:
    """Show the model answer."""
    one, caller = opened(reference), desk().callers.get(reference)
    if caller is None:
        abort(404)
    found = feedback(one.instrument, caller.record, one.record)
    return render_template("desk/model.html", one=one, case=one.case, caller=caller.name, found=found)


def callers(instrument: Instrument) -> tuple[Person, ...]:
    """Return the test persons of a questionnaire; none where it has no file of them that can be read."""
    file = Path(next(iter(instrument.places.values())).file).with_name("cases.yaml") if instrument.places else None
    if file is None or not file.is_file():
        return ()
    try:
        return load_cases(instrument, file)
    except InvalidQuestionnaire:
        return ()


def what_the_caller_says(instrument: Instrument, reference: str, item: str) -> str:
    """Return what a simulated caller says to this item; nothing for a case that is no practice."""
    caller = desk().callers.get(reference)
    if caller is None:
        return ""
    said = caller.record.answers.get(item)
    return SILENT if said is None else answer_words(instrument, item, said, speech_of(instrument, caller.record.voice))
