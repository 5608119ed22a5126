"""The page of one question.

Nearly all of it is the same for everybody who is asked this question in this voice and this language, so it is drawn
once and kept as a stencil; what is one person's own is put in for one reply. A stencil is drawn for somebody made up
who has said nothing, so no answer and no token can be in what is kept: the sealed cookie stays their only place.

A page with a message, or with what was listed so far, is drawn by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import render_template
from markupsafe import Markup

from engine.format.instrument import Instrument, Item, Section
from engine.interview.record import Answer, Entries, NonAnswer, Record, start
from engine.interview.walk import Walk
from engine.interview.wording import answer_words, speech_of
from webui.forms import ANSWER, TICKED, BlankField, QuestionForm, question_form
from webui.journey import TOLD_FIRST, Journey
from webui.site import site
from webui.stencil import Stencil, cut, hole
from webui.typed import boxes_for
from webui.words import NON_ANSWERS

PRESSED = Markup(' aria-pressed="true"')


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a question: the same for everybody who comes to it this way.

    Whether it is the first of its section; the notes between the question before and this one; whether there is
    anything to go back to; whether it is asked after the short path.
    """

    is_first: bool
    notes: tuple[str, ...]
    can_go_back: bool
    more: bool


class _Holes(dict[str, str]):
    """Whatever is one person's own, of nobody."""

    def __missing__(self, name: str) -> str:
        return hole(name)


def question_page(
    instrument: Instrument, journey: Journey, way: Walk, form: QuestionForm | None = None, wrong: str = ""
) -> str:
    """Return the page of the question at which the journey stands, on this way.

    A form that is given is shown with what was typed and its messages; `wrong` is a message about the whole page.
    """
    item, voice = instrument.items[journey.at], journey.record.voice
    said, place = journey.record.answers.get(item.id), way.asked.index(item.id)
    around = _around(instrument, journey, way, place)
    own = {**_counted(journey, way, place), **_own(item, said)}
    entries = listed(instrument, journey.record, item) if item.kind == "repeat" else []
    if form is None and not entries:
        return site().stencil(instrument, item.id, voice, around).filled({**own, "token": journey.token})
    form = form or question_form(journey, item)
    return _drawn(instrument, item, voice, around, own, form=form, entries=entries, wrong=wrong)


def question_stencil(instrument: Instrument, name: str, voice: str, around: Around) -> Stencil:
    """Return the page of this item as it is for everybody."""
    item = instrument.items[name]
    nobody = Journey(start(instrument, voice, date.min), 0, name, hole("token"))
    form = question_form(nobody, item, field=BlankField)
    return cut(_drawn(instrument, item, voice, around, _Holes(), form=form))


def _drawn(
    instrument: Instrument, item: Item, voice: str, around: Around, own: Mapping[str, str], **shown: object
) -> str:
    return render_template(
        "question.html",
        voice=voice,
        item=item,
        section=_section(instrument, item),
        around=around,
        notes=[instrument.items[note].ask.says(voice) for note in around.notes],
        non_answers=NON_ANSWERS[voice],
        own=own,
        left=own["left"],
        **shown,
    )


def _around(instrument: Instrument, journey: Journey, way: Walk, place: int) -> Around:
    item, before = instrument.items[way.asked[place]], way.asked[place - 1] if place else None
    return Around(
        before is None or instrument.items[before].section != item.section,
        _notes_before(instrument, way, item),
        journey.changing or place > 0 or journey.record.voice in TOLD_FIRST,
        way.short > 0 and place >= way.short,
    )


def _notes_before(instrument: Instrument, way: Walk, item: Item) -> tuple[str, ...]:
    """The notes between the question before this one and this one."""
    names, found = tuple(instrument.items), tuple[str, ...]()
    for name in reversed(names[: names.index(item.id)]):
        if way.shown[name] is not False:
            if instrument.items[name].kind != "note":
                break
            found = (name, *found)
    return found


def _counted(journey: Journey, way: Walk, place: int) -> dict[str, str]:
    """How far along this is, of at most how many questions, and how many seconds are left."""
    nth, total = place + 1, way.total
    if way.short:
        nth, total = (nth, way.short) if place < way.short else (nth - way.short, total - way.short)
    return {"place": str(nth), "total": str(total), "left": str(site().seconds_left(journey.begun))}


def _own(item: Item, said: Answer | NonAnswer | None) -> dict[str, str]:
    """What was answered before: what is pressed or ticked, by its name and value, or the words in each box."""
    if said is None:
        return {}
    if isinstance(said, NonAnswer):
        return {f"do={said.value}": PRESSED}
    boxes = boxes_for(ANSWER, said)
    if item.options:
        return {f"{box}={option}": TICKED for box, options in boxes.items() for option in options}
    return {box: words for box, (words,) in boxes.items()}


def _section(instrument: Instrument, item: Item) -> Section:
    return next(section for section in instrument.sections if section.id == item.section)


def listed(instrument: Instrument, record: Record, item: Item) -> list[str]:
    """Return what was listed so far, each entry in words."""
    said = record.answers.get(item.id)
    entries = said.entries if isinstance(said, Entries) else ()
    speech = speech_of(instrument, record.voice)
    return [answer_words(instrument, item.id, Entries((entry,), closed=True), speech) for entry in entries]
