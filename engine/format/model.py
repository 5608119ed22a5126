"""The format: a questionnaire as an author writes it, as frozen models.

These models say what a file may look like; what its words mean is checked when they are resolved
(`engine.format.resolve`). `engine.format.schema` is the same thing for editors and other programs.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, GetJsonSchemaHandler, StringConstraints, model_validator
from pydantic_core import CoreSchema

from engine.format.atoms import ID_PATTERN, Day, Expression, FormatVersion, Id, Line, Text, Voice
from engine.format.items import Options, Part, Section

Version = Annotated[str, StringConstraints(strict=True, pattern=r"^\d+\.\d+\.\d+$")]
Language = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
Unsure = Literal["hide", "show"]


class Review(Part):
    """When the content was last reviewed by its authors, and when it is due again."""

    last: Day
    """The day of the last review."""
    due: Day
    """The day by which the next review is due; later than this is a warning to the operator."""


class Source(Part):
    """Where something is known from."""

    cite: Line
    """Author, year, title or publisher, enough to find it."""
    doi: Line | None = None
    """The digital object identifier, without an address before it."""
    url: Line | None = None
    """The page."""
    judgement: bool = Field(default=False, strict=True)
    """Nothing is published: this is the judgement of the authors, and not validated."""


class Missing(Part):
    """What a published instrument says of missing answers: the second reading, never the range."""

    at_most: int = Field(default=0, strict=True, ge=0)
    """With more than this many of the pool missing, no value is given."""
    then: Literal["leave_out", "average"] = "leave_out"
    """What stands in for a missing item: nothing, or the mean of the answered ones."""
    of: tuple[Id, ...] = ()
    """The pool: items and groups. Without it, every item the value mentions."""
    below: Id | None = None
    """On an outcome: withhold only the levels lower than this one."""
    sources: Annotated[tuple[Id, ...], Field(min_length=1)]
    """Where the rule is published."""


class Score(Part):
    """A number, or a profile of codes, computed from answers."""

    title: Text
    """Its name in print."""
    value: Expression | None = None
    """The calculation."""
    text: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)] | None = None
    """Instead of a value: a profile with the codes of options in braces, as in E{eyes}V{voice}."""
    applies_if: Expression | None = None
    """The score has no value where this is false."""
    missing: Missing | None = None
    """The published rule for missing answers."""
    sources: tuple[Id, ...] = ()
    """The evidence."""


class Level(Part):
    """One level of an outcome; the highest whose `when` holds is the outcome's level."""

    id: Id
    """The word conditions use."""
    title: Text
    """Its name in print."""
    when: Expression | None = None
    """The level holds if this does; only the first level may lack it."""
    text: Text | None = None
    """What the level means for the person, in a sentence or two."""
    sources: tuple[Id, ...] = ()
    """The evidence."""


class JudgementRule(Part):
    """Whether an assessor may raise or lower the computed level, and what that takes."""

    raise_: Literal["with_reason", "never"] = Field(default="with_reason", alias="raise")
    """A raised level acts on alerts and plan."""
    lower: Literal["with_second_person", "never"] = "never"
    """A lowered level changes only what is printed as the level; both are shown."""


class Outcome(Part):
    """Something the answers are about to say: its levels run from least to most concern."""

    title: Text
    """Its name in print."""
    levels: Annotated[tuple[Level, ...], Field(min_length=2, max_length=20)]
    """From least to most concern."""
    applies_if: Expression | None = None
    """The outcome has no level where this is false."""
    decided_by: Literal["rules", "judgement"] = "rules"
    """By `when`s, or by the assessor's own judgement, with a reason."""
    judgement: JudgementRule | None = None
    """Whether a computed level may be raised or lowered by the assessor."""
    missing: Missing | None = None
    """The published rule for missing answers."""
    sources: tuple[Id, ...] = ()
    """The evidence; an outcome of a published instrument cites it."""


class Alert(Part):
    """Something to be said at once."""

    when: Expression
    """The condition."""
    if_unsure: Unsure = "hide"
    """`show`: raised too while the condition is open."""
    stop: bool = Field(default=False, strict=True)
    """Interrupts the questions once, and stays on top of the summary."""
    title: Text
    """The first thing to read."""
    text: Text
    """What to do."""
    missing: Missing | None = None
    """The published rule for missing answers."""
    sources: tuple[Id, ...] = ()
    """The evidence."""


class Theme(Part):
    """A heading of the safety plan. A bare id is its own heading."""

    id: Id
    """The name actions use."""
    title: Text
    """The heading in print."""

    @model_validator(mode="before")
    @classmethod
    def _bare_id(cls, value: object) -> object:
        return {"id": value, "title": value.replace("_", " ").capitalize()} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Allow the bare id."""
        whole = handler.resolve_ref_schema(handler(schema))
        return {"anyOf": [{"type": "string", "pattern": ID_PATTERN, "maxLength": 64}, dict(whole)]}


class Action(Part):
    """One step of the safety plan."""

    id: Id
    """The name of the action."""
    theme: Id
    """The heading it stands under."""
    when: Expression
    """The condition."""
    if_unsure: Unsure = "hide"
    """`show`: printed too while the condition is open."""
    never_if: Expression | None = None
    """Not printed where this is true, nor while it is open."""
    after: tuple[Id, ...] = ()
    """Actions that must stand earlier; without them this one is not printed."""
    first: bool = Field(default=False, strict=True)
    """May stand among the first steps, of which at most five are printed before the plan."""
    title: Text | None = None
    """The step in a few words."""
    text: Text
    """The step."""
    caution: Text | None = None
    """What to mind."""
    reviewed: Day | None = None
    """The day on which somebody last held this step against its sources; with `due`."""
    due: Day | None = None
    """By when somebody looks again. Later than this is a warning to the operator, and takes nothing down."""
    status: Literal["verified", "unverified"] | None = None
    """Whether what it says stands so in its sources. What is unverified is worded as a question to ask."""
    sources: tuple[Id, ...] = ()
    """The evidence."""


class Signpost(Part):
    """A service to point to."""

    service: Id
    """Its id in the directory."""
    when: Expression
    """The condition."""
    if_unsure: Unsure = "hide"
    """`show`: printed too while the condition is open."""
    why: Text
    """What it can do for this person."""


class Guarantee(Part):
    """A promise about every record, to be proved or refuted."""

    id: Id
    """The name of the promise."""
    given: Expression | None = None
    """Only records in which this holds."""
    always: Expression | None = None
    """What must hold."""
    rising: Id | None = None
    """An item; with `never_lowers`."""
    never_lowers: Id | None = None
    """An outcome that a higher answer to `rising` must never lower."""


class Waived(Part):
    """Promises that every questionnaire makes, and why this one need not. Each is a reason in a sentence."""

    everybody_has_a_service: Line | None = None
    """Why somebody may be given no service."""
    everybody_has_an_emergency_route: Line | None = None
    """Why somebody may be given no way to call in an emergency."""
    every_alert_reaches_the_page: Line | None = None
    """Why there may be an alert that nobody sees."""
    no_level_by_leaving_out: Line | None = None
    """Why a level may be reached only by leaving questions out."""
    leaving_out_lowers_nothing: Line | None = None
    """Why leaving something out may lower an outcome."""
    no_dead_end: Line | None = None
    """Why somebody may be asked nothing, or given nothing to do next."""


class Questionnaire(Part):
    """One questionnaire, as written."""

    askwell: FormatVersion
    """The version of the format."""
    id: Id
    """The questionnaire's own name, the same as its folder's."""
    version: Version
    """The version of the content, as in 1.0.0."""
    title: Text
    """What it is called."""
    about: Text | None = None
    """What it is, for the first page."""
    language: Language = "en"
    """The language it is written in."""
    translations: tuple[Language, ...] = ()
    """The languages it is translated into."""
    voices: Annotated[tuple[Voice, ...], Field(min_length=1)] = ("self",)
    """Who may answer."""
    directory: Id | None = None
    """The directory of services that the signposts name."""
    nation_from: Id | None = None
    """The item whose answer chooses among the directory's nations."""
    own_behaviour: tuple[Id, ...] = ()
    """Services of the directory for somebody who worries about their own behaviour: a page that asks nothing."""
    review: Review
    """When the content was reviewed."""
    caution: Text
    """What this questionnaire is not; printed on every summary."""
    sources: dict[Id, Source] = Field(default_factory=dict)
    """Where things are known from, by name."""
    option_sets: dict[Id, Options] = Field(default_factory=dict)
    """Options that several items share."""
    groups: dict[Id, Annotated[tuple[Id, ...], Field(min_length=1)]] = Field(default_factory=dict)
    """Named groups of items; sections are groups too."""
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    """The questions."""
    scores: dict[Id, Score] = Field(default_factory=dict)
    """Numbers computed from answers."""
    outcomes: dict[Id, Outcome] = Field(default_factory=dict)
    """What the answers say, each by itself: there is no overall level."""
    alerts: dict[Id, Alert] = Field(default_factory=dict)
    """What must be said at once."""
    themes: tuple[Theme, ...] = ()
    """The headings of the plan, in the order of print."""
    plan: tuple[Action, ...] = ()
    """The safety plan: printed in the order of the themes, then of this list."""
    signposts: tuple[Signpost, ...] = ()
    """The services to point to, in order."""
    guarantees: tuple[Guarantee, ...] = ()
    """Promises about every record."""
    waived: Waived = Waived()
    """Promises that every questionnaire makes and this one does not, each with the reason."""
