"""What a page of the journey shows, worked out from the record each time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import render_template

from engine.format.directory import Directory
from engine.format.instrument import Instrument
from engine.format.opening import is_open
from engine.format.tongue import Tongue
from engine.interview.own_words import tongue_in
from engine.interview.record import Record
from engine.interview.services import own_behaviour_services
from engine.interview.summarise import summarise
from engine.interview.summary import Help, Summary
from engine.interview.timeline import Timeline, timelines
from engine.interview.walk import State, Walk, walk
from engine.interview.wording import answer_words, speech_of
from webui.forms import PageForm, StartForm, page_form
from webui.journey import ALOUD, BEFORE, CHECK, ENOUGH, KEEP, PLAIN, SUMMARY, Journey
from webui.library import Title
from webui.question import listed, question_page
from webui.site import site
from webui.tongue import _
from webui.words import OPEN_NOW, about_how_long


@dataclass(frozen=True, slots=True)
class Line:
    """One question on the page of all answers."""

    item: str
    question: str
    answer: str
    state: State


@dataclass(frozen=True, slots=True)
class Log:
    """What was listed so far, entry by entry, and how it lies in time."""

    listed: tuple[str, ...]
    timelines: tuple[Timeline, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """One questionnaire on the first page."""

    title: str
    about: str
    how_long: str
    short: str
    form: StartForm
    tongue: Tongue


def door(title: Title, form: StartForm) -> Door:
    """Return how this questionnaire is offered: in the words for its first voice, nobody having chosen one yet."""
    instrument, written = title.instrument, title.instrument.questionnaire
    voice = written.voices[0]
    questions = sum(item.kind != "note" for item in instrument.items.values()) - 1  # the voice is asked on this page
    core = sum(item.core for item in instrument.items.values())
    about = written.about.says(voice) if written.about else ""
    short = about_how_long(core) if core else ""
    return Door(written.title.says(voice), about, about_how_long(questions), short, form, tongue_in(written.language))


def page(title: Title, journey: Journey, way: Walk) -> str:
    """Return the page at which this journey stands, on this way."""
    if not journey.stops and journey.at in way.asked:
        return question_page(title.instrument, journey, way)
    form = page_form(journey)
    if journey.stops:
        return _stop_page(title.instrument, journey, form)
    if journey.at == BEFORE:
        return _render("before.html", journey, form=form)
    if journey.at == ENOUGH:
        return _render("enough.html", journey, form=form)
    if journey.at == CHECK:
        return _check_page(title.instrument, journey, form)
    if journey.at == KEEP:
        return _render("keep.html", journey, form=form)
    return summary_page(title, journey, form)


def summary_page(title: Title, journey: Journey, form: PageForm) -> str:
    """Return the summary, or what of it is to be read out or printed."""
    whole = summary(title, journey.record)
    now = open_now(title.directory, whole.services)
    template = {ALOUD: "aloud.html", SUMMARY: "summary.html"}.get(journey.at, "print.html")
    context = {"form": form, "summary": whole, "open_now": now, "answers": journey.at != PLAIN}
    return _render(template, journey, log=log(title, journey.record), **context)


def log(title: Title, record: Record) -> Log:
    """Return what the person has listed so far."""
    items = title.instrument.items.values()
    found = (listed(title.instrument, record, item) for item in items if item.kind == "repeat")
    return Log(tuple(one for entries in found for one in entries), timelines(title.instrument, record, record.voice))


def open_now(directory: Directory | None, helps: Iterable[Help]) -> dict[str, str]:
    """Return what to say of each service whose hours are known for sure: for the screen, and never on paper."""
    moment = site().settings.now().astimezone(site().settings.zone)
    said: dict[str, str] = {}
    if directory is None:
        return said
    for one in helps:
        hours = directory.services[one.id].hours
        answers = is_open(hours, moment)
        if hours is not None and answers is not None:
            said[one.id] = _(OPEN_NOW[(answers, hours.always)])
    return said


def own_page(titles: Iterable[Title]) -> str:
    """Return the page for somebody who worries about their own behaviour. Nothing of it depends on any answer."""
    helps: dict[str, Help] = {}
    now: dict[str, str] = {}
    for title in titles:
        if title.directory is not None:
            speech = speech_of(title.instrument, title.instrument.questionnaire.voices[0])
            found = own_behaviour_services(title.instrument, title.directory, speech)
            helps |= {one.id: one for one in found}
            now |= open_now(title.directory, found)
    return render_template("own.html", services=helps.values(), open_now=now)


def notes(title: Title, record: Record, *, answers: bool = True) -> str:
    """Return the summary as a page to be printed and kept, with what the person answered or without."""
    context = {"summary": summary(title, record), "log": log(title, record), "answers": answers}
    return render_template("notes.html", **context)


def summary(title: Title, record: Record) -> Summary:
    """Return the summary in words."""
    return summarise(title.instrument, record, title.directory, record.voice)


def _render(template: str, journey: Journey, **context: Any) -> str:
    left = site().seconds_left(journey.begun)
    return render_template(template, voice=journey.record.voice, journey=journey, left=left, **context)


def _stop_page(instrument: Instrument, journey: Journey, form: PageForm) -> str:
    alerts = [instrument.alerts[one] for one in journey.stops]
    return _render("stop.html", journey, form=form, alerts=alerts)


def _check_page(instrument: Instrument, journey: Journey, form: PageForm) -> str:
    lines = {line.item: line for line in _lines(instrument, journey.record)}
    sections = [
        (section.title.says(journey.record.voice), [lines[item] for item in section.items if item in lines])
        for section in instrument.sections
    ]
    return _render("check.html", journey, form=form, sections=[one for one in sections if one[1]])


def _lines(instrument: Instrument, record: Record) -> list[Line]:
    lines, speech = [], speech_of(instrument, record.voice)
    for step in walk(instrument, record).steps:
        if step.state == "note":
            continue
        said = record.answers.get(step.item)
        words = speech.say("open") if said is None else answer_words(instrument, step.item, said, speech)
        lines.append(Line(step.item, instrument.items[step.item].ask.says(record.voice), words, step.state))
    return lines
