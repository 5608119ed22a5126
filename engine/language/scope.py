"""What the language knows of the names in an expression: their kinds, their options, where they were defined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.language.terms import Number, PrintWord

Vocabulary = Literal["record", "printed"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several options: a pick-one or yes/no item, an outcome (its levels), the voice.

    `option_set` is equal for two choices that share their options; `yes_no` may stand alone as a condition.
    `may_be_absent` says of every kind that it is not always asked, so that its number or points may be absent.
    """

    options: tuple[str, ...]
    labels: tuple[str, ...]
    ordered: bool = False
    option_set: str = ""
    yes_no: bool = False
    is_outcome: bool = False
    may_be_absent: bool = False


@dataclass(frozen=True, slots=True)
class Ticks:
    """Any number of options; those `on_its_own` exclude the rest and are not counted."""

    options: tuple[str, ...]
    labels: tuple[str, ...]
    on_its_own: frozenset[str] = frozenset()
    may_be_absent: bool = False


@dataclass(frozen=True, slots=True)
class Numeric:
    """A number item (`bounded` if it has a min and a max) or a score."""

    bounded: bool = True
    is_score: bool = False
    may_be_absent: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A date item."""

    may_be_absent: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A text item, a note, a score that is a text: of an item can be asked whether it applies or was answered."""

    is_score: bool = False


@dataclass(frozen=True, slots=True)
class Entries:
    """A repeat, with the names of its fields."""

    fields: Mapping[str, Name]


@dataclass(frozen=True, slots=True)
class Members:
    """A group or a section: the items it stands for, in order."""

    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something printed: an action, an alert, a service. Only guarantees speak of it."""

    word: PrintWord


Meaning = Choice | Ticks | Numeric | Moment | Words | Entries | Members | Thing


@dataclass(frozen=True, slots=True)
class Name:
    """One name: what it means, where it was defined (in words: "item 'who', line 41"), and its points if it has any."""

    id: str
    meaning: Meaning
    origin: str
    points: Number | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """The names an expression may use, and the further vocabularies it may use ("record", "printed")."""

    names: Mapping[str, Name]
    vocabularies: frozenset[Vocabulary] = frozenset()
    forbidden_because: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake in an expression: a problem whose place is a stretch of characters of the expression's text."""

    kind: str
    start: int
    length: int
    message: str
    remedy: str = ""
