"""The blank form on paper: questions with boxes, and the way through them in words. Values only; `webui` lays it out.

Everything is said in one voice. Questions that this voice is never asked are left out, and what is known of the voice
is worked into the conditions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.format.directory import Directory
from engine.format.instrument import Alert, Instrument, Item
from engine.interview.assess import applies
from engine.interview.record import start
from engine.interview.services import every_service
from engine.interview.summary import Help
from engine.interview.wording import speech_of
from engine.language import terms
from engine.workshop.clause import NEVER, Clause
from engine.workshop.paper_names import PaperNames
from engine.workshop.paper_sheet import Sheet, sheet
from engine.workshop.spell import Speller

MOST_ROWS = 12  # of a list on one form; more paper can be added


@dataclass(frozen=True, slots=True)
class Box:
    """One box to tick: the letter the sheet calls it by (nothing for Yes and No), its words, and where to go on."""

    letter: str
    label: str
    hint: str
    go_to: str = ""


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """One question, or a note (number 0). `only_if` says when it is put; `alerts` what to do at once after an answer.

    `columns` are the fields of a list with so many `rows`.
    """

    number: int
    id: str
    kind: str
    ask: str
    hint: str
    guidance: str
    only_if: Clause
    boxes: tuple[Box, ...]
    unit: str = ""
    columns: tuple[str, ...] = ()
    rows: int = 0
    alerts: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A heading and its questions."""

    title: str
    intro: str
    questions: tuple[PaperQuestion, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole form. `alerts` and what else is worked out by hand stand on the `sheet`."""

    title: str
    about: str
    caution: str
    voice: str
    language: str
    id: str
    version: str
    content_hash: str
    reviewed: date
    due: date
    sections: tuple[PaperSection, ...]
    sheet: Sheet
    services: tuple[Help, ...]


def paper(instrument: Instrument, directory: Directory | None, voice: str) -> Paper:
    """Return the form in one of the questionnaire's voices; ValueError if it has no such voice."""
    written = instrument.questionnaire
    if voice not in written.voices:
        raise ValueError(f"'{instrument.id}' has no words in the voice '{voice}'")
    form = _Form(instrument, voice)
    return Paper(
        title=written.title.says(voice),
        about=written.about.says(voice) if written.about else "",
        caution=written.caution.says(voice),
        voice=voice,
        language=written.language,
        id=instrument.id,
        version=instrument.version,
        content_hash=instrument.content_hash,
        reviewed=written.review.last,
        due=written.review.due,
        sections=form.sections(),
        sheet=sheet(instrument, form.names, form.speller),
        services=every_service(instrument, directory, speech_of(instrument, voice)) if directory is not None else (),
    )


class _Form:
    """One questionnaire in one voice."""

    def __init__(self, instrument: Instrument, voice: str) -> None:
        self.instrument, self.voice = instrument, voice
        self.names = PaperNames(instrument, voice)
        self.speller = Speller(instrument, self.names)
        self.gated = any(item.applies_if != terms.ALWAYS for item in instrument.items.values())
        self.empty = start(instrument, voice, instrument.questionnaire.review.last)

    def sections(self) -> tuple[PaperSection, ...]:
        found = []
        for section in self.instrument.sections:
            items = [self.instrument.items[name] for name in section.items]
            questions = tuple(self.question(item) for item in items if self.is_put(item))
            intro = section.intro.says(self.voice) if section.intro else ""
            if questions:
                found.append(PaperSection(section.title.says(self.voice), intro, questions))
        return tuple(found)

    def is_put(self, item: Item) -> bool:
        return item.id in self.names.numbers if item.kind != "note" else self.only_if(item) != NEVER

    def only_if(self, item: Item) -> Clause:
        return self.speller.truth(item.applies_if)

    def question(self, item: Item) -> PaperQuestion:
        expert = self.voice == "practitioner"
        return PaperQuestion(
            number=self.names.numbers.get(item.id, 0),
            id=item.id,
            kind=item.kind,
            ask=item.ask.says(self.voice),
            hint=item.hint.says(self.voice) if item.hint else "",
            guidance=item.guidance.says(self.voice) if item.guidance and expert else "",
            only_if=self.only_if(item),
            boxes=self.boxes(item),
            unit=item.unit.says(self.voice) if item.unit else "",
            columns=tuple(self.column(one) for one in item.fields),
            rows=min(item.at_most, MOST_ROWS) if item.kind == "repeat" else 0,
            alerts=tuple(self.alerts(item)),
        )

    def column(self, field: Item) -> str:
        words = field.ask.says(self.voice)
        choices = " / ".join(option.label.says(self.voice) for option in field.options)
        return f"{words} ({choices})" if choices else words

    def boxes(self, item: Item) -> tuple[Box, ...]:
        return tuple(
            Box(
                letter="" if item.kind == "yes_no" else self.names.option(item, place),
                label=option.label.says(self.voice),
                hint=option.hint.says(self.voice) if option.hint else "",
                go_to=self.go_to(item, option.id) if item.kind in ("yes_no", "pick_one") else "",
            )
            for place, option in enumerate(item.options, start=1)
        )

    def go_to(self, item: Item, option: str) -> str:
        """Where to go on after this answer, if questions that come next are certainly not put then."""
        if not self.gated:
            return ""
        shown = applies(self.instrument, self.empty.saying(item.id, option))
        numbers = self.names.numbers
        after = [name for name, number in numbers.items() if number > numbers[item.id]]
        left_out = 0
        while left_out < len(after) and shown[after[left_out]] is False:
            left_out += 1
        if not left_out:
            return ""
        return f"go to question {numbers[after[left_out]]}" if left_out < len(after) else "go to the end"

    def alerts(self, item: Item) -> list[tuple[str, str, str]]:
        """The alerts that this answer alone raises: for which answer, the title, the text."""
        return [
            (self.answers_of(item, alert), alert.title.says(self.voice), alert.text.says(self.voice))
            for alert in self.instrument.alerts.values()
            if isinstance(alert.when, terms.Test) and alert.when.name == item.id
        ]

    def answers_of(self, item: Item, alert: Alert) -> str:
        assert isinstance(alert.when, terms.Test)  # noqa: S101  `alerts` asks for no other
        places = [place for place in range(1, len(item.options) + 1) if alert.when.allowed >> place & 1]
        return " or ".join(self.names.option(item, place) for place in places)
