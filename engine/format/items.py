"""Items as an author writes them: one model for each type, told apart by `type`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, GetJsonSchemaHandler, Tag, model_validator
from pydantic_core import CoreSchema

from engine.format.atoms import Answer, Day, Expression, Id, Number, OptionPoints, Points, Text


class Part(BaseModel):
    """A part of a questionnaire: frozen, and an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Option(Part):
    """One option of an item. A bare string is its label."""

    label: Text
    """What the respondent reads."""
    hint: Text | None = None
    """A line under the label."""
    points: OptionPoints | None = None
    """What this answer adds, or `none`: a real answer without a number."""
    on_its_own: bool = Field(default=False, strict=True)
    """In a tick list: excludes every other option, as "none of these" does."""
    code: Annotated[str, Field(strict=True, min_length=1, max_length=20)] | None = None
    """The letters or digits that stand for this option in a score that is a text."""

    @model_validator(mode="before")
    @classmethod
    def _bare_label(cls, value: object) -> object:
        return {"label": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Allow the bare label."""
        whole = handler.resolve_ref_schema(handler(schema))
        return {"anyOf": [{"type": "string", "pattern": r"\S"}, dict(whole)]}


Options = Annotated[dict[Id, Option], Field(min_length=1, max_length=62)]


def _map_or_name(value: object) -> str:
    return "(map)" if isinstance(value, dict) else "(name)"


# Told apart by what is written, so that one mistake inside the options gives one problem.
OptionsOrName = Annotated[Annotated[Options, Tag("(map)")] | Annotated[Id, Tag("(name)")], Discriminator(_map_or_name)]


class _Asked(Part):
    id: Id
    """The name by which conditions speak of this item."""
    ask: Text
    """The question, in the respondent's words; verbatim in the practitioner voice."""
    hint: Text | None = None
    """A line under the question."""
    why: Text | None = None
    """Why this is asked; shown on request."""


class _Item(_Asked):
    counts: Text | None = None
    """For a practitioner: what counts as this, or as a yes. Never read out."""
    probes: tuple[Text, ...] = ()
    """For a practitioner: gentle questions that may follow, each in words that can be read out."""
    guidance: Text | None = None
    """For a practitioner: how to ask, and what to mind. Never read out."""
    applies_if: Expression | None = None
    """The item is asked unless this is certainly false."""
    core: bool = Field(default=False, strict=True)
    """Belongs to the short path: asked before everything else, and enough for a summary."""
    sources: tuple[Id, ...] = ()
    """The evidence for asking this or for its points."""


class _Scored(_Item):
    points: Points | None = None
    """A number (for yes, or for each option), a map by option, or a calculation."""
    points_if_skipped: Number | None = None
    """Points of the item where it does not apply; without this it has none and leaves every pool."""
    blank: Answer | None = None
    """By a published rule a non-answer counts as this answer. The range never uses it."""


class YesNo(_Scored):
    """A question answered yes or no."""

    type: Literal["yes_no"]
    """A question answered yes or no."""


class PickOne(_Scored):
    """One option of several."""

    type: Literal["pick_one"]
    """One option of several."""
    options: OptionsOrName
    """The options, or the name of an option set."""
    ordered: bool = Field(default=False, strict=True)
    """The options run from least to most, so that `>=` and `<` may be used."""


class TickAll(_Scored):
    """Any number of options. A tick list with nothing ticked is unanswered."""

    type: Literal["tick_all"]
    """Any number of options."""
    options: OptionsOrName
    """The options, or the name of an option set; one of them should be `on_its_own` (none of these)."""


class NumberItem(_Scored):
    """A number between two bounds."""

    type: Literal["number"]
    """A number."""
    min: Number | None = None
    """The lowest answer allowed; needed when anything computes with the number."""
    max: Number | None = None
    """The highest answer allowed; needed when anything computes with the number."""
    decimals: int = Field(default=0, strict=True, ge=0, le=6)
    """Digits after the point."""
    unit: Text | None = None
    """What is counted or measured."""


class DateItem(_Item):
    """A day, a month or a year."""

    type: Literal["date"]
    """A day, a month or a year."""
    earliest: Day | None = None
    """No day before this one; 1900-01-01 if not given."""
    future: bool = Field(default=False, strict=True)
    """Days up to ten years after the assessment are allowed too."""


class TextItem(_Item):
    """Free words. Never scored, never in a condition, and not asked in the self voice unless `self_voice` says so."""

    type: Literal["text"]
    """Free words."""
    at_most: int = Field(default=500, strict=True, ge=1, le=4000)
    """Characters."""
    self_voice: bool = Field(default=False, strict=True)
    """Ask this in the self voice too."""


class Note(Part):
    """Words between the questions; nothing is asked."""

    type: Literal["note"]
    """Words only."""
    id: Id
    """The name of the note."""
    ask: Text
    """The words."""
    applies_if: Expression | None = None
    """The note is shown unless this is certainly false."""


class YesNoField(_Asked):
    """A yes or no in every entry of a repeat."""

    type: Literal["yes_no"]
    """A question answered yes or no."""


class PickOneField(_Asked):
    """One option in every entry of a repeat."""

    type: Literal["pick_one"]
    """One option of several."""
    options: OptionsOrName
    """The options, or the name of an option set."""
    ordered: bool = Field(default=False, strict=True)
    """The options run from least to most."""


class NumberField(_Asked):
    """A number in every entry of a repeat."""

    type: Literal["number"]
    """A number."""
    min: Number
    """The lowest answer allowed."""
    max: Number
    """The highest answer allowed."""
    decimals: int = Field(default=0, strict=True, ge=0, le=6)
    """Digits after the point."""
    unit: Text | None = None
    """What is counted or measured."""


class DateField(_Asked):
    """A day, a month or a year in every entry of a repeat."""

    type: Literal["date"]
    """A day, a month or a year."""
    earliest: Day | None = None
    """No day before this one; 1900-01-01 if not given."""


class TextField(_Asked):
    """Free words in every entry of a repeat; not asked in the self voice."""

    type: Literal["text"]
    """Free words."""
    at_most: int = Field(default=200, strict=True, ge=1, le=1000)
    """Characters."""


FieldPart = Annotated[YesNoField | PickOneField | NumberField | DateField | TextField, Field(discriminator="type")]


class Repeat(_Item):
    """A group of fields answered several times: incidents, children."""

    type: Literal["repeat"]
    """A group of questions answered several times."""
    items: Annotated[tuple[FieldPart, ...], Field(min_length=1, max_length=12)]
    """What is asked of each entry. The ids are the repeat's own."""
    at_most: int = Field(strict=True, ge=1, le=100)
    """The most entries that can be listed."""


ItemPart = Annotated[
    YesNo | PickOne | TickAll | NumberItem | DateItem | TextItem | Repeat | Note, Field(discriminator="type")
]
ScoredPart = YesNo | PickOne | TickAll | NumberItem


class Section(Part):
    """A titled run of items; also a group by its id."""

    id: Id
    """The name of the section; conditions may use it as a group."""
    title: Text
    """The heading."""
    intro: Text | None = None
    """Words before the first question: what comes, and that it may be skipped."""
    applies_if: Expression | None = None
    """None of the section's items is asked where this is certainly false."""
    blank: Answer | None = None
    """By a published rule a non-answer to any item of the section counts as this answer."""
    items: Annotated[tuple[ItemPart, ...], Field(min_length=1)]
    """The questions, in the order in which they are asked."""
