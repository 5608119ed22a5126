"""What a questionnaire means once it is loaded: points, visibility, pools and order, exactly as written."""

from collections.abc import Callable
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest

from engine.format.instrument import Instrument
from engine.format.load import load
from engine.format.load_directory import load_directory
from engine.language import terms
from engine.language.terms import (
    ALWAYS,
    Absent,
    All,
    Applies,
    Chosen,
    IfElse,
    Not,
    Recorded,
    Sum,
    Table,
    Tick,
)

HERE = Path(__file__).parent / "format"
DIRECTORY = load_directory(HERE / "directory.yaml")


def good(name: str) -> Instrument:
    return load(HERE / "good" / f"{name}.yaml", DIRECTORY)


def table(name: str, *values: int | None, highest: tuple[int | None, ...] = ()) -> Table:
    low, high = values, highest or values
    return Table(name, *(tuple(None if one is None else Fraction(one) for one in side) for side in (low, high)))


POINTS: dict[str, object] = {
    "alone": table("alone", None, 2, 0),
    "by_answer": table("by_answer", None, 1, 3),
    "by_set": table("by_set", None, 0, 2),
    "backwards": table("backwards", None, 2, 0),
    "not_testable": table("not_testable", None, 4, 1, 1, highest=(None, 4, 1, 4)),
    "ticked": IfElse(Applies("ticked"), Sum(((Fraction(4), Tick(Chosen("ticked", 1))),)), Absent()),
    "skipped": table("skipped", 1, 2, 0),
}


@pytest.mark.parametrize("name", POINTS)
def test_points_become_terms(name: str) -> None:
    assert good("points").items[name].points == POINTS[name]


def test_calculated_points_are_there_when_the_item_is() -> None:
    items = good("points").items
    for name in ("age", "older", "older_still"):
        points = items[name].points
        assert isinstance(points, IfElse)
        assert (points.condition, points.otherwise) == (Applies(name), Absent())


EVERY: list[tuple[str, Callable[[Instrument], object], object]] = [
    ("every_type_of_item", lambda made: list(made.items)[:3], ["voice", "hello", "alone"]),
    ("every_type_of_item", lambda made: [one.id for one in made.items["voice"].options], ["self", "practitioner"]),
    ("every_type_of_item", lambda made: made.items["voice"].options[1].label.says("self"), "A practitioner"),
    ("every_type_of_item", lambda made: made.items["story"].applies_if, terms.Test("voice", 0b100)),
    ("every_type_of_item", lambda made: made.items["story_to_all"].applies_if, ALWAYS),
    ("every_type_of_item", lambda made: made.items["incidents"].fields[4].applies_if, terms.Test("voice", 0b100)),
    ("every_type_of_item", lambda made: [one.id for one in made.items["alone"].options], ["yes", "no"]),
    ("every_type_of_item", lambda made: (made.items["weight"].low, made.items["weight"].high), (-0.5, 15)),
    ("every_type_of_item", lambda made: "hello" in made.groups["first"], False),
    ("conditions_of_every_kind", lambda made: made.items["who"].applies_if, terms.Test("alone", 0b010)),
    (
        "conditions_of_every_kind",
        lambda made: made.items["threats"].applies_if,
        All((terms.Test("who", 0b010), terms.Test("alone", 0b100))),
    ),
    ("conditions_of_every_kind", lambda made: made.items["log"].applies_if, terms.Test("who", 0b010)),
    (
        "conditions_of_every_kind",
        lambda made: made.order,
        ("voice", "alone", "who", "threats", "log", "number", "recent", "number_again", "twice", "harm", "view"),
    ),
    ("conditions_of_every_kind", lambda made: made.outcomes["harm"].levels[0].when, ALWAYS),
    (
        "conditions_of_every_kind",
        lambda made: (made.outcomes["harm"].may_raise, made.outcomes["harm"].may_lower),
        (True, True),
    ),
    ("conditions_of_every_kind", lambda made: made.alerts["danger"].when, terms.Test("harm", 0b100)),
    ("conditions_of_every_kind", lambda made: made.written["harm.high"], "number >= 2"),
    ("conditions_of_every_kind", lambda made: made.written["second.applies_if"], "who is ex"),
    ("plan", lambda made: [action.id for action in made.plan], ["keep", "change", "lock", "bolt", "ask"]),
    ("plan", lambda made: made.plan[3].when, Not(Recorded("answered", "watched"))),
    ("plan", lambda made: [theme.title.says("self") for theme in made.themes], ["Devices", "At home"]),
    ("plan", lambda made: [one.id for one in made.guarantees], ["kept", "someone", "more_visits"]),
    ("published_rules", lambda made: made.scores["total"].missing.pool, ("eyes", "fell", "drugs", "weight")),  # type: ignore[union-attr]
    ("published_rules", lambda made: made.scores["profile"].missing.pool, ("eyes",)),  # type: ignore[union-attr]
    ("published_rules", lambda made: made.scores["profile"].profile, ("E", "eyes", "!")),
    ("published_rules", lambda made: made.outcomes["band"].missing.pool, ("eyes", "fell", "drugs")),  # type: ignore[union-attr]
    ("published_rules", lambda made: made.outcomes["band"].missing.below, 3),  # type: ignore[union-attr]
    (
        "published_rules",
        lambda made: [item.blank for item in made.items.values()][1:],
        ["spontaneous", "no", ("a", "b"), 70],
    ),
]


@pytest.mark.parametrize(("name", "part", "expected"), EVERY)
def test_what_is_written_is_what_is_meant(name: str, part: Callable[[Instrument], object], expected: object) -> None:
    assert part(good(name)) == expected


def test_the_hash_is_that_of_the_file() -> None:
    assert good("plan").content_hash == sha256((HERE / "good" / "plan.yaml").read_bytes()).hexdigest()
