"""The instrument: a questionnaire that was checked, with names resolved and expressions lowered, ready to ask.

Everything is frozen. `items` are in page order with the built-in `voice` first; `order` names items, scores and
outcomes so that each comes after what it depends on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from engine.format.atoms import Text
from engine.format.model import Questionnaire
from engine.format.tongue import ENGLISH, Tongue
from engine.language.terms import ALWAYS, Number, Truth
from engine.problem import Place

Kind = Literal["yes_no", "pick_one", "tick_all", "number", "date", "text", "repeat", "note"]
CHOICES: frozenset[Kind] = frozenset({"yes_no", "pick_one"})


@dataclass(frozen=True, slots=True)
class Option:
    """One option. Its bit in a mask is its place among the item's options, counted from 1."""

    id: str
    label: Text
    hint: Text | None = None
    on_its_own: bool = False
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item, or one field of a repeat. What does not belong to its kind keeps its default.

    `low` and `high` bound a number; `at_most` counts the entries of a repeat or the characters of a text.
    """

    id: str
    kind: Kind
    section: str
    ask: Text
    hint: Text | None = None
    why: Text | None = None
    counts: Text | None = None
    probes: tuple[Text, ...] = ()
    guidance: Text | None = None
    options: tuple[Option, ...] = ()
    applies_if: Truth = ALWAYS
    points: Number | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    decimals: int = 0
    unit: Text | None = None
    earliest: date = date(1900, 1, 1)
    future: bool = False
    at_most: int = 0
    fields: tuple[Item, ...] = ()
    core: bool = False
    blank: str | Decimal | tuple[str, ...] | None = None
    sources: tuple[str, ...] = ()

    @property
    def everything(self) -> int:
        """The mask of all options."""
        return (2 << len(self.options)) - 2

    def bit(self, option: str) -> int:
        """Return the place of the option, from 1."""
        return 1 + next(i for i, one in enumerate(self.options) if one.id == option)


@dataclass(frozen=True, slots=True)
class Section:
    """A titled run of items."""

    id: str
    title: Text
    intro: Text | None
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingRule:
    """The published rule for missing answers, its pool spelt out as items; `below` is the place of a level."""

    at_most: int
    then: Literal["leave_out", "average"]
    pool: tuple[str, ...]
    below: int | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A number (`value`) or a profile of codes (`profile`: literal text and items in turn)."""

    id: str
    title: Text
    value: Number | None
    profile: tuple[str, ...] = ()
    applies_if: Truth = ALWAYS
    missing: MissingRule | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """One level; its bit in a mask is its place among the outcome's levels, counted from 1."""

    id: str
    title: Text
    text: Text | None
    when: Truth
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Levels from least to most concern."""

    id: str
    title: Text
    levels: tuple[Level, ...]
    applies_if: Truth = ALWAYS
    by_judgement: bool = False
    may_raise: bool = False
    may_lower: bool = False
    missing: MissingRule | None = None
    sources: tuple[str, ...] = ()

    @property
    def everything(self) -> int:
        """The mask of all levels."""
        return (2 << len(self.levels)) - 2

    def bit(self, level: str) -> int:
        """Return the place of the level, from 1."""
        return 1 + next(i for i, one in enumerate(self.levels) if one.id == level)


@dataclass(frozen=True, slots=True)
class Alert:
    """Something to be said at once."""

    id: str
    when: Truth
    if_unsure: bool
    stop: bool
    title: Text
    text: Text
    missing: MissingRule | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """A heading of the plan."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class Action:
    """One step of the plan."""

    id: str
    theme: str
    when: Truth
    if_unsure: bool
    never_if: Truth
    after: tuple[str, ...]
    title: Text | None
    text: Text
    caution: Text | None
    sources: tuple[str, ...] = ()
    first: bool = False
    reviewed: date | None = None
    due: date | None = None
    status: Literal["verified", "unverified"] | None = None


@dataclass(frozen=True, slots=True)
class Signpost:
    """A service to point to."""

    service: str
    when: Truth
    if_unsure: bool
    why: Text


@dataclass(frozen=True, slots=True)
class Guarantee:
    """A promise: `given` and `always`, or that a higher answer to `rising` never lowers `never_lowers`."""

    id: str
    given: Truth
    always: Truth | None
    rising: str | None
    never_lowers: str | None


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Instrument:
    """A questionnaire ready to ask.

    `content_hash` is the SHA-256 (hex) of the file's bytes; `written` gives the author's words for an expression by
    what it belongs to ("harm", "serious_harm.high", "separated_recently.applies_if"), for comments and reviews.
    `places` say where in the file each name is defined. `tongue` is the language its words are in now.
    `plan` is in the order of print; `order` in the order of dependency.
    """

    questionnaire: Questionnaire
    content_hash: str
    sections: tuple[Section, ...]
    items: Mapping[str, Item]
    groups: Mapping[str, tuple[str, ...]]
    scores: Mapping[str, Score]
    outcomes: Mapping[str, Outcome]
    alerts: Mapping[str, Alert]
    themes: tuple[Theme, ...]
    plan: tuple[Action, ...]
    signposts: tuple[Signpost, ...]
    guarantees: tuple[Guarantee, ...]
    order: tuple[str, ...]
    written: Mapping[str, str]
    places: Mapping[str, Place] = field(default_factory=dict)
    tongue: Tongue = ENGLISH

    @property
    def id(self) -> str:
        """The questionnaire's id."""
        return self.questionnaire.id

    @property
    def version(self) -> str:
        """The version of its content."""
        return self.questionnaire.version
