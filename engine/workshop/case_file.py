"""Read `cases.yaml`: test persons, what they answered, and what they must be told. Every mistake at its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from engine.format import shape, yaml_tree
from engine.format.atoms import Day, Line, Voice
from engine.format.instrument import Instrument, Item
from engine.format.items import Part
from engine.format.text_file import text_of
from engine.format.yaml_node import Node
from engine.interview.reading import InvalidRecord, read
from engine.interview.record import Record, start
from engine.problem import InvalidQuestionnaire, Place, Problem, did_you_mean

# The kinds of problem that only a file of cases can have.
CASE_KINDS = {
    "wrong-answer": "A case answers what is asked, as a record does.",
    "unknown-alert": "The questionnaire has no such alert.",
    "unknown-score": "The questionnaire has no such score.",
}
PRINTED = ("alerts", "plan", "signposts")
_RANGE = re.compile(r"(\S+?)\.\.(\S+)")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class Case(Part):
    """One test person."""

    name: Line
    """Who this is, in a few words."""
    voice: Voice | None = None
    """Who answers; the questionnaire's first voice if not given."""
    date: Day | None = None
    """The day of the assessment; the day of the last review if not given."""
    answers: dict[str, Any]
    """What was answered: by item, an option, a list of options, a number, a date, dont_know, declined, not_asked."""
    judgements: dict[str, Any] = Field(default_factory=dict)
    """What an assessor judged: by outcome, a level, a reason and, to lower it, a second person."""
    expect: Annotated[dict[str, Any], Field(min_length=1)]
    """What must come: levels by outcome, alerts, plan, signposts, applies, scores."""


@dataclass(frozen=True, slots=True)
class Levels:
    """Expected of an outcome, where it applies: these lowest and highest levels; without a `highest`, at least the
    lowest; without either, that it does not apply.
    """

    words: str
    lowest: int | None
    highest: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """Expected of what is printed: with `exact` nothing but `shows`, else all of `shows` and none of `hides`."""

    shows: tuple[str, ...]
    hides: tuple[str, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class Value:
    """Expected of a score: bounds, a profile, or (neither) that it has no value."""

    words: str
    bounds: tuple[Fraction, Fraction] | None = None
    profile: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One case, ready to be tried."""

    name: str
    place: Place
    record: Record
    outcomes: Mapping[str, Levels]
    printed: Mapping[str, Listed]
    applies: Mapping[str, bool | None]
    scores: Mapping[str, Value]


def load_cases(instrument: Instrument, file: Path) -> tuple[Person, ...]:
    """Return the persons in this file, or raise InvalidQuestionnaire with every problem."""
    return read_cases(instrument, text_of(file), str(file))


def read_cases(instrument: Instrument, text: str, file: str) -> tuple[Person, ...]:
    """Return the persons of this file, or raise InvalidQuestionnaire with every problem."""
    tree, problems = yaml_tree.read(text, file, begins="- name: …")
    persons: list[Person] = []
    if tree is not None and not tree.is_list:
        remedy = "Begin each case on its own line with a dash and its name."
        problems.append(Problem("wrong-type", tree.place, "This must be a list of cases.", remedy))
    for node in tree.items if tree is not None else ():
        case, misshapen = shape.check(Case, node)
        problems.extend(misshapen)
        if case is not None and not misshapen:
            reading = _Reading(instrument, case, node)
            persons.append(reading.person())
            problems.extend(reading.problems)
    if problems:
        raise InvalidQuestionnaire(problems, {file: text})
    return tuple(persons)


class _Reading:
    """Reads one case against its questionnaire and collects what is wrong with it."""

    def __init__(self, instrument: Instrument, case: Case, node: Node) -> None:
        self.instrument, self.case, self.node = instrument, case, node
        self.problems: list[Problem] = []

    def person(self) -> Person:
        expected, known = self.node.at(["expect"]).entries, self.instrument
        for name, (key, _) in expected.items():
            if name not in (*PRINTED, "applies", "scores", *known.outcomes):
                self.unknown("outcome", name, key.place, known.outcomes)
        return Person(
            name=self.case.name,
            place=self.node.place,
            record=self.record(),
            outcomes={name: self.levels(name, node) for name, (_, node) in expected.items() if name in known.outcomes},
            printed={name: self.listed(name, node) for name, (_, node) in expected.items() if name in PRINTED},
            applies=self.map("applies", "item", {**known.items, **known.outcomes}, self.applies),
            scores=self.map("scores", "score", known.scores, self.value),
        )

    def record(self) -> Record:
        day: date = self.case.date or self.instrument.questionnaire.review.last
        said = {
            "questionnaire": self.instrument.id,
            "version": self.instrument.version,
            "voice": self.case.voice or self.instrument.questionnaire.voices[0],
            "date": day.isoformat(),
            "answers": {name: self.said(name, one) for name, one in self.case.answers.items()},
            "judgements": self.case.judgements,
        }
        try:
            return read(self.instrument, said)
        except InvalidRecord as invalid:
            for message in invalid.messages:
                path = [int(part) if part.isdigit() else part for part in message.field.split(".")]
                self.problems.append(Problem("wrong-answer", self.node.at(path).place, message.text))
            return start(self.instrument, self.instrument.questionnaire.voices[0], day)  # never tried

    def said(self, name: str, said: object) -> object:
        item = self.instrument.items.get(name)
        return said if item is None else _years_as_words(item, said)

    def levels(self, name: str, node: Node) -> Levels:
        words = str(node.value)
        ids = [level.id for level in self.instrument.outcomes[name].levels]
        if words == "not shown":
            return Levels(words, None, None)
        between = _RANGE.fullmatch(words)
        least = words.removeprefix("at least ")
        ends = between.groups() if between else (least, least)
        for end in ends:
            if end not in ids:
                self.unknown("level", end, node.place, ids)
                return Levels(words, None, None)
        return Levels(words, ids.index(ends[0]), None if least != words else ids.index(ends[1]))

    def listed(self, name: str, node: Node) -> Listed:
        if node.is_list:
            return Listed(self.names(name, node), (), exact=True)
        for key, (key_node, _) in node.entries.items():
            if key not in ("shows", "hides"):
                self.unknown("key", key, key_node.place, ("shows", "hides"))
        if not node.is_map:
            self.wrong(node, "This must be a list, or a map with `shows` and `hides`.")
        shows, hides = (self.names(name, below) if (below := node.get(key)) else () for key in ("shows", "hides"))
        return Listed(shows, hides, exact=False)

    def names(self, kind: str, node: Node) -> tuple[str, ...]:
        if not node.is_list:
            self.wrong(node, "This must be a list of ids.")
        what, known = {
            "alerts": ("alert", list(self.instrument.alerts)),
            "plan": ("action", [action.id for action in self.instrument.plan]),
            "signposts": ("service", [signpost.service for signpost in self.instrument.signposts]),
        }[kind]
        for one in node.items:
            if one.value not in known:
                self.unknown(what, str(one.value), one.place, known)
        return tuple(str(one.value) for one in node.items)

    def map(
        self, key: str, what: str, known: Collection[str], reading: Callable[[str, Node], Any]
    ) -> Mapping[str, Any]:
        node = self.node.at(["expect"]).get(key)
        if node is not None and not node.is_map:
            self.wrong(node, f"This must be a map from {what} to what is expected of it.")
        values = {}
        for name, (key_node, value) in node.entries.items() if node is not None else ():
            if name in known:
                values[name] = reading(name, value)
            else:
                self.unknown(what, name, key_node.place, known)
        return values

    def applies(self, _: str, node: Node) -> bool | None:
        if node.value in (True, False) and isinstance(node.value, bool):
            return node.value
        if node.value != "open":
            self.wrong(node, "This must be true, false or open.")
        return None

    def value(self, name: str, node: Node) -> Value:
        words = str(node.value)
        if self.instrument.scores[name].value is None:
            return Value(words, profile=words)
        if words == "none":
            return Value(words)
        between = _RANGE.fullmatch(words)
        ends = between.groups() if between else (words, words)
        if not all(_NUMBER.fullmatch(end) for end in ends):
            self.wrong(node, "This must be a number, two with .. between them, or none.")
            return Value(words)
        return Value(words, (Fraction(Decimal(ends[0])), Fraction(Decimal(ends[1]))))

    def unknown(self, what: str, name: str, place: Place, known: Collection[str]) -> None:
        remedy = did_you_mean(name, dict.fromkeys(known, "")) or f"There are: {', '.join(known)}."
        self.problems.append(Problem(f"unknown-{what}", place, f"There is no {what} '{name}' here.", remedy))

    def wrong(self, node: Node, message: str) -> None:
        self.problems.append(Problem("wrong-type", node.place, message))


def _years_as_words(item: Item, said: object) -> object:
    """A bare year is a number in YAML and a date in a record."""
    if item.kind == "date" and isinstance(said, int) and not isinstance(said, bool):
        return str(said)
    if item.kind == "repeat" and isinstance(said, dict) and isinstance(said.get("entries"), list):
        fields = {field.id: field for field in item.fields}
        entries = [
            {name: _years_as_words(fields[name], one) if name in fields else one for name, one in entry.items()}
            if isinstance(entry, dict)
            else entry
            for entry in said["entries"]
        ]
        return {**said, "entries": entries}
    return said
