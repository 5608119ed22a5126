"""What a button does to a journey. The name of the button says it, as in `dont_know`, `remove:2`, `change:who`."""

from __future__ import annotations

from dataclasses import replace

from werkzeug.datastructures import MultiDict

from engine.format.instrument import Instrument, Item
from engine.interview.record import Answer, Entries, NonAnswer
from engine.interview.walk import Walk
from webui.forms import QuestionForm, question_form
from webui.journey import Journey, back, further, go_to, gone_on, onward, said, stopped
from webui.tongue import _
from webui.typed import NOTHING
from webui.words import NO_MORE, NON_ANSWERS

Typed = MultiDict[str, str]


def act(instrument: Instrument, journey: Journey, way: Walk, typed: Typed) -> Journey | QuestionForm:
    """Return where the journey goes that is on this way, or the form that has to be filled in once more.

    A button that makes no sense where the journey stands (an old page, a forged one) leaves it where it is.
    """
    do = typed.get("do", "answer")
    match do.split(":"):
        case ["go_on"]:
            return gone_on(instrument, journey)
        case ["back"]:
            return back(instrument, stopped(journey))
        case ["further"]:
            return further(instrument, journey)
        case ["check" | "summary" | "keep" | "aloud" | "whole" | "plain" as place]:
            return go_to(journey, f"/{place}")
        case ["change", what]:
            return go_to(journey, what, changing=True) if what in way.asked else journey
        case _:
            return _answer(instrument, journey, do, typed) if typed.get("item", "") in way.asked else journey


def _answer(instrument: Instrument, journey: Journey, do: str, typed: Typed) -> Journey | QuestionForm:
    name = typed["item"]
    item = instrument.items[name]
    here = journey if journey.at == name else go_to(journey, name)
    if do in dict(NON_ANSWERS[journey.record.voice]):
        return _keep(instrument, here, item, NonAnswer(do))
    if item.kind == "repeat":
        return _list(instrument, here, item, do, typed)
    form = question_form(here, item, typed)
    if not form.validate():
        return form
    answer = form.answers()[0].answer
    if answer is None:
        form.refuse(_(NOTHING[item.kind]))
        return form
    return _keep(instrument, here, item, answer)


def _keep(instrument: Instrument, journey: Journey, item: Item, answer: Answer | NonAnswer) -> Journey:
    return onward(instrument, journey, said(instrument, journey, item.id, answer), item.id)


def _list(instrument: Instrument, journey: Journey, item: Item, do: str, typed: Typed) -> Journey | QuestionForm:
    before = journey.record.answers.get(item.id)
    listed = before.entries if isinstance(before, Entries) else ()
    do, what = do.split(":", 1) if ":" in do else (do, "")
    old = typed.get("listed", str(len(listed))) != str(len(listed))  # the page was sent before the list was as it is
    if do == "remove":
        rest = tuple(entry for place, entry in enumerate(listed, 1) if old or str(place) != what)
        return said(instrument, journey, item.id, Entries(rest, closed=False))
    form = question_form(journey, item, typed)
    if not form.validate():
        return form
    entry = form.entry()
    if old and entry in listed[-1:]:  # a button that was pressed twice
        entry, do = {}, do if do == "all" else "stay"
    if (entry and len(listed) >= item.at_most) or not (entry or do in ("all", "stay")):
        form.refuse(_(NO_MORE if entry else NOTHING[item.kind]))
        return form
    listed = (*listed, entry) if entry else listed
    if do == "all":
        return _keep(instrument, journey, item, Entries(listed, closed=True))
    return replace(said(instrument, journey, item.id, Entries(listed, closed=False)), at=item.id)
