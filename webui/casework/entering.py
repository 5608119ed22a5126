"""What was entered on the page of a section, and what that makes of the case.

Each item is read by itself: a box that cannot be understood keeps its words on the page and nothing else from being
saved. What stands beside a question (how it is known, a note) is kept whether or not there is an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict
from wtforms import Form

from engine.casework.case import Case
from engine.casework.reassess import confirmed
from engine.format.instrument import Item
from engine.interview.answers import InvalidRecord, plain_words
from engine.interview.reading import MOST_CHARACTERS
from engine.interview.record import HOW_KNOWN, Answer, Entries, NonAnswer, Record
from webui.forms import AnswerField
from webui.words import NO_MORE

Typed = MultiDict[str, str]
NON_ANSWERS = tuple(one.value for one in NonAnswer)
EMPTY_ENTRY = "Fill in at least one box before adding this."


class SectionForm(Form):
    """The boxes of some items, by item; of a list the boxes of one entry."""

    def of(self, item: Item) -> list[AnswerField]:
        """Return the fields of this item."""
        return [field for field in self if isinstance(field, AnswerField) and field.name in _boxes(item)]


@dataclass(frozen=True, slots=True)
class Entered:
    """The case after what was entered, the form with what stands in it, and what is wrong, by item."""

    case: Case
    form: SectionForm
    wrong: dict[str, str]


def form_for(items: list[Item], record: Record, typed: Typed | None = None) -> SectionForm:
    """Return the form of these items, with what was typed or what was answered before."""
    fields = {}
    known: dict[str, Answer] = {}
    for item in items:
        for name, one in _boxes(item).items():
            fields[name] = AnswerField(one, record.voice, record.on)
        said = record.answers.get(item.id)
        if said is not None and not isinstance(said, NonAnswer | Entries):
            known[next(iter(_boxes(item)))] = said
    form = type("Form", (SectionForm,), fields)(typed, data=known)
    assert isinstance(form, SectionForm)  # noqa: S101  # says so to the type checker
    return form


def enter(case: Case, items: list[Item], typed: Typed) -> Entered:
    """Return what the boxes and the button make of these items."""
    form, wrong = form_for(items, case.record, typed), {}
    form.validate()
    do, _, rest = typed.get("do", "").partition(":")
    about, _, which = rest.partition(":")
    for item in items:
        button = (do, which) if item.id == about else ("", "")
        try:
            said = _said(item, form, case.record.answers.get(item.id), *button)
            case = _with_answer(case, item, said, confirm=button[0] == "confirm")
            case = _beside(case, item, typed)
        except InvalidRecord as invalid:
            wrong[item.id] = invalid.messages[0].text
        except _Unclear as unclear:
            wrong[item.id] = str(unclear)
    return Entered(case, form, wrong)


class _Unclear(ValueError):
    """What stands in a box cannot be kept, in words."""


def _said(
    item: Item, form: SectionForm, before: Answer | NonAnswer | None, do: str, which: str
) -> Answer | NonAnswer | None:
    if item.kind == "note":
        return None
    if do in NON_ANSWERS:
        return NonAnswer(do)
    if do == "clear":
        return None
    if item.kind == "repeat":
        return _listed(item, form, before, do, which)
    (field,) = form.of(item)
    if field.errors:
        raise _Unclear(" ".join(field.errors))
    # empty boxes say nothing new of what was not answered, and take away what was
    return before if field.answer is None and isinstance(before, NonAnswer) else field.answer


def _listed(
    item: Item, form: SectionForm, before: Answer | NonAnswer | None, do: str, which: str
) -> Answer | NonAnswer | None:
    fields = form.of(item)
    listed = before.entries if isinstance(before, Entries) else ()
    closed = isinstance(before, Entries) and before.closed
    if do == "remove":
        return Entries(tuple(one for place, one in enumerate(listed, 1) if str(place) != which), closed=False)
    mistakes = [words for field in fields for words in field.errors]
    if mistakes:
        raise _Unclear(" ".join(map(str, mistakes)))
    entry = {field.asks.id: field.answer for field in fields if field.answer is not None}
    if entry and len(listed) >= item.at_most:
        raise _Unclear(NO_MORE)
    if do == "add" and not entry:
        raise _Unclear(EMPTY_ENTRY)
    if do == "all":
        return Entries((*listed, entry) if entry else listed, closed=True)
    return Entries((*listed, entry), closed=closed and do != "add") if entry else before


def _with_answer(case: Case, item: Item, said: Answer | NonAnswer | None, *, confirm: bool) -> Case:
    before = case.record.answers.get(item.id)
    if said == before:
        return confirmed(case, item.id) if confirm else case
    record = case.record.without(item.id) if said is None else case.record.saying(item.id, said)
    return confirmed(replace(case, record=record), item.id)


def _beside(case: Case, item: Item, typed: Typed) -> Case:
    """How it is known, and the note."""
    record = case.record
    how, note = typed.get(f"how-{item.id}"), typed.get(f"note-{item.id}")
    if how is not None:
        known = {name: way for name, way in record.how_known.items() if name != item.id}
        if how in HOW_KNOWN and record.answers.get(item.id, NonAnswer.NOT_ASKED) is not NonAnswer.NOT_ASKED:
            known[item.id] = how
        record = replace(record, how_known=known)
    if note is not None:
        words = note.replace("\r\n", "\n").strip()
        notes = {name: one for name, one in record.notes.items() if name != item.id}
        if words:
            notes[item.id] = plain_words(words, MOST_CHARACTERS, "note")
        record = replace(record, notes=notes)
    return replace(case, record=record)


def _boxes(item: Item) -> dict[str, Item]:
    """The names of an item's fields on the page, and what each asks."""
    if item.kind == "note":
        return {}
    if item.kind != "repeat":
        return {f"a-{item.id}": item}
    return {f"e-{item.id}-{place}": field for place, field in enumerate(item.fields, 1)}
