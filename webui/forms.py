"""Forms built from an instrument's items.

A field takes what a person typed and finds out what it means, or a message to stand beside the question; the engine has
the last word on whether an answer can be kept. The pages draw the fields with macros of their own.
"""

from __future__ import annotations

import hmac
from datetime import date
from typing import Any, assert_never

from markupsafe import Markup
from wtforms import Field, Form, HiddenField, RadioField
from wtforms.csrf.core import CSRF, CSRFTokenField
from wtforms.utils import unset_value
from wtforms.validators import AnyOf, ValidationError

from engine.format.instrument import Item
from engine.interview.answers import InvalidRecord, read_answer
from engine.interview.record import Answer, Entries, NonAnswer
from webui.journey import Journey
from webui.stencil import hole
from webui.tongue import _
from webui.typed import DATE_PARTS, NOTHING, Unclear, boxes_for, date_in, number_in, refusal
from webui.words import CHOOSE_VOICE, VOICES

ANSWER = "answer"
TICKED = Markup(" checked")


class JourneyToken(CSRF):
    """A form belongs to the journey in the sealed cookie: both must say the same."""

    def setup_form(self, form: Any) -> Any:
        self._token = str(form.meta.csrf_context)
        return super().setup_form(form)

    def generate_csrf_token(self, csrf_token_field: CSRFTokenField) -> str:  # noqa: ARG002  # WTForms' signature
        return self._token

    def validate_csrf_token(self, form: Any, field: CSRFTokenField) -> None:  # noqa: ARG002  # as above
        if not hmac.compare_digest(self._token.encode(), str(field.data or "").encode()):
            raise ValidationError(_("This page is out of date."))


class PageForm(Form):
    """What every form of the journey sends: the token, and the question it is about."""

    class Meta:
        csrf = True
        csrf_class = JourneyToken
        csrf_field_name = "token"

    item = HiddenField()


class AnswerField(Field):
    """One item: what stands in its boxes, and the `answer` that this means (None if there is nothing in them)."""

    def __init__(self, item: Item, voice: str, on: date, **kwargs: Any) -> None:
        """Ask this item in this voice, on this assessment date."""
        super().__init__(label=item.ask.says(voice), **kwargs)
        self.asks = item
        self.kind = item.kind
        self.answer: Answer | None = None
        self._voice = voice
        self._on = on
        self._typed: dict[str, list[str]] = {}

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:  # noqa: ARG002  # as above
        """Take what was typed or, on a page that is opened, what was answered before."""
        self.process_errors = []
        if formdata is not None:
            self._typed = {box: formdata.getlist(box) for box in self._boxes()}
        elif data is not unset_value:
            self._typed = boxes_for(self.name, data)

    def box(self, part: str = "") -> str:
        """Return what stands in one box."""
        typed = self._typed.get(f"{self.name}-{part}" if part else self.name)
        return typed[0] if typed else ""

    def tick(self, option: str) -> str:
        """Return what a box says of this option: that it is ticked, or nothing."""
        return TICKED if option in self._typed.get(self.name, []) else ""

    @property
    def first_box(self) -> str:
        """The id of the first thing to write or tick in; a message points to it."""
        if self.kind == "date":
            return f"{self.name}-{DATE_PARTS[0]}"
        return f"{self.name}-1" if self.asks.options else self.name

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  # as above
        """Find out what the boxes mean."""
        try:
            meant = self._meant()
            answer = None if meant is None else read_answer(self.asks, meant, self._on, self.name)
        except Unclear as unclear:
            raise ValidationError(str(unclear)) from unclear
        except InvalidRecord as invalid:
            words = refusal(self.asks, self._voice, self._on, _otherwise(self.asks, self._voice))
            raise ValidationError(words) from invalid
        if not isinstance(answer, NonAnswer):  # nobody says "I don't know" by sending it as an option
            self.answer = answer

    def _meant(self) -> object:
        first = self.box().strip()
        match self.kind:
            case "yes_no" | "pick_one":
                return first or None
            case "tick_all":
                return [one for one in self._typed.get(self.name, []) if one] or None
            case "number":
                return number_in(first)
            case "date":
                return date_in(*(self.box(part).strip() for part in DATE_PARTS))
            case "text":
                return {"text": self.box().replace("\r\n", "\n").strip()} if first else None
            case "repeat" | "note":
                return None
            case _:
                assert_never(self.kind)

    def _boxes(self) -> tuple[str, ...]:
        return tuple(f"{self.name}-{part}" for part in DATE_PARTS) if self.kind == "date" else (self.name,)


class BlankField(AnswerField):
    """The same item on a page that is drawn for nobody."""

    def box(self, part: str = "") -> str:
        """Return the hole for what stands in one box, named for the box."""
        return hole(f"{self.name}-{part}" if part else self.name)

    def tick(self, option: str) -> str:
        """Return the hole for the tick of this option."""
        return hole(f"{self.name}={option}")


def _otherwise(item: Item, voice: str) -> str:
    alone = next((option.label.says(voice) for option in item.options if option.on_its_own), "")
    if item.kind == "tick_all" and alone:
        return _("“{alone}” cannot be ticked together with another answer.", alone=alone)
    return _(NOTHING[item.kind])


class QuestionForm(PageForm):
    """The form of one question: one answer, or the boxes of one entry of a list."""

    def answers(self) -> list[AnswerField]:
        """Return the fields that a person fills in."""
        return [field for field in self if isinstance(field, AnswerField)]

    def entry(self) -> dict[str, Answer]:
        """Return what was written of one entry, by the ids of its fields."""
        return {field.asks.id: field.answer for field in self.answers() if field.answer is not None}

    def refuse(self, words: str) -> None:
        """Put a message beside the question."""
        first = self.answers()[0]
        first.errors = (*first.errors, words)


def page_form(journey: Journey, formdata: Any = None) -> PageForm:
    """Return the form of a page without a question."""
    return PageForm(formdata, meta={"csrf_context": journey.token})


def question_form(
    journey: Journey, item: Item, formdata: Any = None, field: type[AnswerField] = AnswerField
) -> QuestionForm:
    """Return the form of this question, filled in with what was typed or what was answered before."""
    voice, on = journey.record.voice, journey.record.on
    asked = item.fields if item.kind == "repeat" else (item,)
    names = [f"{ANSWER}-{place}" for place, _ in enumerate(asked, 1)] if item.kind == "repeat" else [ANSWER]

    fields = {name: field(one, voice, on) for name, one in zip(names, asked, strict=True)}
    form = type("Form", (QuestionForm,), fields)
    before = journey.record.answers.get(item.id)
    known = {} if before is None or isinstance(before, NonAnswer | Entries) else {ANSWER: before}
    made: QuestionForm = form(formdata, data={"item": item.id, **known}, meta={"csrf_context": journey.token})
    return made


class StartForm(Form):
    """Which questionnaire, by its place on the page, and who answers."""

    which = HiddenField()
    voice = RadioField(validate_choice=False)


def start_form(voices: tuple[str, ...], which: int, formdata: Any = None) -> StartForm:
    """Return the form that begins a questionnaire."""
    form = StartForm(formdata, data={"which": str(which)})
    form.voice.validators = (AnyOf(voices, message=_(CHOOSE_VOICE)),)
    form.voice.choices = [(voice, VOICES[voice]) for voice in voices]
    return form
