"""The screen: a whole section on a page, saved as it is entered, with the live side beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as Reply

from engine.casework.store import StoreTrouble
from engine.format.instrument import Item, Section
from engine.interview.assess import assess
from engine.interview.record import HOW_KNOWN, Entries
from engine.interview.walk import State, state_of
from engine.interview.wording import answer_words, speech_of
from webui.casework.desk import desk
from webui.casework.entering import SectionForm, enter, form_for
from webui.casework.live import Live, live
from webui.casework.opened import Opened, clock, keep, opened
from webui.casework.practice_page import what_the_caller_says
from webui.casework.watch import wants_json
from webui.forms import AnswerField
from webui.site import site
from webui.words import NON_ANSWERS

screens = Blueprint("screens", __name__)
Page = str | tuple[str, int] | Reply
STATES: dict[State, str] = {
    "answered": "Answered",
    "dont_know": "They don't know",
    "declined": "They'd rather not say",
    "not_asked": "Not asked",
    "open": "No answer yet",
    "note": "",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One item on the page."""

    item: Item
    fields: list[AnswerField]
    state: State
    how: str
    note: str
    carried: str
    entries: tuple[str, ...]
    closed: bool
    shown: bool
    wrong: str
    caller: str


@screens.get("/<reference>/")
def begin(reference: str) -> Page:
    """Go to the first section with an open question."""
    one = opened(reference)
    beside = live(one.instrument, one.record)
    first = next((part for part in beside.sections if part.done < part.total), beside.sections[0])
    return redirect(f"{one.at}/s/{first.id}", 303)


@screens.get("/<reference>/s/<section>")
def show(reference: str, section: str) -> Page:
    """Show a section."""
    one = opened(reference)
    part = _section(one, section)
    return _page(one, part, form_for(_items(one, part), one.record), {})


@screens.post("/<reference>/s/<section>")
def send(reference: str, section: str) -> Page | tuple[Response, int] | Response:
    """Keep what was entered: all that stands on the page or, for our script, one item."""
    one = opened(reference)
    part, only = _section(one, section), request.form.get("item")
    items = [item for item in _items(one, part) if only is None or item.id == only]
    entered = enter(one.case, items, request.form)
    try:
        kept = keep(one, entered.case, request.form.get("revision", ""))
    except StoreTrouble as trouble:
        if wants_json():
            raise
        return _page(one, part, entered.form, {"": str(trouble), **entered.wrong}, request.form["revision"]), 409
    if wants_json():
        return _told(one, kept, part, entered.wrong)
    if entered.wrong:
        return _page(kept, part, entered.form, entered.wrong), 422
    return redirect(_onward(kept, part), 303)


@screens.get("/<reference>/jump")
def jump(reference: str) -> Page:
    """Go to the question whose words are most like these; to the page it came from if there is none."""
    one, words = opened(reference), request.args.get("to", "").casefold().split()
    asked = [item for part in one.instrument.sections for item in part.items]
    for item in asked if words else ():
        whole = f"{item} {one.instrument.items[item].ask.says(one.voice)}".casefold()
        if all(word in whole for word in words):
            return redirect(f"{one.at}/s/{one.instrument.items[item].section}#i-{item}", 303)
    came_from = request.args.get("from", "")
    known = {part.id for part in one.instrument.sections}
    return redirect(f"{one.at}/s/{came_from if came_from in known else one.instrument.sections[0].id}", 303)


def _onward(one: Opened, part: Section) -> str:
    do, _, rest = request.form.get("do", "").partition(":")
    item = rest.partition(":")[0]
    if do == "go" and item in {section.id for section in one.instrument.sections}:
        return f"{one.at}/s/{item}"
    return f"{one.at}/s/{part.id}{f'#i-{item}' if item in part.items else ''}"


def _told(before: Opened, kept: Opened, part: Section, wrong: dict[str, str]) -> Response:
    """Tell our script what was saved, and what that changes beside the questions."""
    old, new = assess(before.instrument, before.record), live(kept.instrument, kept.record)
    known = set(old.alerts) - old.unsure
    raised = [alert.title for alert in new.alerts if not alert.unsure and alert.id not in known]
    lines = _lines(kept, part, form_for(_items(kept, part), kept.record), {}, new)
    return jsonify(
        revision=kept.case.revision,
        saved=clock(),
        wrong=wrong,
        states={line.item.id: [line.state, STATES[line.state]] for line in lines},
        shown=[line.item.id for line in lines if line.shown],
        sections=render_template("desk/sections.html", one=kept, live=new, part=part),
        live=render_template("desk/live.html", one=kept, live=new, part=part) if desk().shows_live else "",
        announce=f"Alert: {'. '.join(raised)}" if raised else "",
    )


def _page(one: Opened, part: Section, form: SectionForm, wrong: dict[str, str], revision: str = "") -> str:
    beside = live(one.instrument, one.record)
    places = [section.id for section in one.instrument.sections]
    after = places.index(part.id) + 1
    return render_template(
        "desk/screen.html",
        one=one,
        case=one.case,
        part=part,
        lines=_lines(one, part, form, wrong, beside),
        live=beside,
        wrong=wrong,
        revision=revision or one.case.revision,
        after=places[after] if after < len(places) else "",
        non_answers=NON_ANSWERS["practitioner"],
        how_known=[(way, speech_of(one.instrument, one.voice).say(way)) for way in HOW_KNOWN],
        states=STATES,
        saved=clock(),
        until=_until(one),
    )


def _until(one: Opened) -> str:
    """Until when there is time to talk, by what was said at the gate."""
    begun = [call.at for call in one.case.calls if call.what == "began"]
    if not begun or one.case.gate.minutes is None:
        return ""
    return (begun[-1] + timedelta(minutes=one.case.gate.minutes)).astimezone(site().settings.zone).strftime("%H:%M")


def _lines(one: Opened, part: Section, form: SectionForm, wrong: dict[str, str], beside: Live) -> list[Line]:
    record, speech = one.record, speech_of(one.instrument, one.voice)
    lines = []
    for item in _items(one, part):
        said = record.answers.get(item.id)
        day = one.case.carried.get(item.id)
        entries = said.entries if isinstance(said, Entries) else ()
        lines.append(
            Line(
                item,
                form.of(item),
                state_of(item, record),
                record.how_known.get(item.id, ""),
                request.form.get(f"note-{item.id}", record.notes.get(item.id, "")),
                speech.tongue.day(day) if day else "",
                tuple(
                    answer_words(one.instrument, item.id, Entries((entry,), closed=True), speech) for entry in entries
                ),
                isinstance(said, Entries) and said.closed,
                item.id in beside.shown,
                wrong.get(item.id, ""),
                what_the_caller_says(one.instrument, one.case.reference, item.id),
            )
        )
    return lines


def _items(one: Opened, part: Section) -> list[Item]:
    return [one.instrument.items[item] for item in part.items]


def _section(one: Opened, name: str) -> Section:
    return next((section for section in one.instrument.sections if section.id == name), None) or abort(404)
