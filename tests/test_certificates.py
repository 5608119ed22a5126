"""Ways in which bounds could fall short of the worlds: what is certified exact must not be one of them.

In each, one answer is used twice so that both ends cannot be attained together; random questionnaires seldom are so
contrary.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from engine.format.instrument import Instrument, Item
from engine.format.load import load
from engine.interview.assess import assess
from engine.interview.ready import ready
from engine.interview.record import Days, Entries, start
from engine.language.terms import (
    Absent,
    All,
    Answer,
    Chosen,
    Compare,
    Count,
    IfElse,
    Latest,
    Least,
    Mean,
    Not,
    Number,
    OrElse,
    Product,
    Sum,
    Table,
    Tick,
    Truth,
)
from engine.language.terms import Test as Is
from tests import laws
from tests.generate_items import TODAY
from tests.oracle import read
from tests.test_oracle import COLOUR, LOG, NO, NUMBER, ONE, TICKS, YES, X, Y, constant, levels, made, plus, record

N, K, Z = Answer("n"), Answer("k"), Fraction(0)
FIVE_IF_B, MINUS_FIVE_IF_B = (IfElse(Is("c", 4), constant(number), Absent()) for number in (5, -5))
TWO_OWN = replace(TICKS, options=(TICKS.options[0], *(replace(one, on_its_own=True) for one in TICKS.options[1:])))
FLAT = Table("y", (None, Fraction(-2), Fraction(-2)), (None, Fraction(-2), Fraction(-2)))
HIDDEN = replace(Y, applies_if=Is("x", YES), points=FLAT)
SINCE = Sum(((ONE, Answer("today")), (-ONE, Latest("log", "on"))))
FIELD = replace(
    LOG, fields=(LOG.fields[0], replace(NUMBER, id="k", low=Decimal(-1), high=Decimal(1)), replace(X, id="bad"))
)


def at_least(number: Number, limit: int) -> Compare:
    return Compare(">=", number, constant(limit))


def one_outcome(*items: Item, when: Truth) -> Instrument:
    return made(*items, outcomes=(levels(when),))


def through_an_outcome(reading: Number) -> Instrument:
    """An outcome read by another that also reads the answer behind it."""
    first = replace(levels(Is("x", YES)), id="first")
    return made(X, NUMBER, outcomes=(first, levels(at_least(plus(reading, Tick(Is("x", NO))), 2))))


def counted(condition: Truth) -> Instrument:
    return one_outcome(FIELD, when=at_least(Count("log", condition), 1))


CONTRARY = {
    "an outcome counted beside the answer it rests on": through_an_outcome(Tick(Is("first", 4))),
    "an outcome in a table beside the answer it rests on": through_an_outcome(
        Table("first", (None, Z, ONE), (None, Z, ONE))
    ),
    "absent is better than the only value": one_outcome(
        COLOUR, NUMBER, when=All((at_least(OrElse(Sum(((ONE, MINUS_FIVE_IF_B), (ONE, N))), Z), 0), Is("c", 4)))
    ),
    "hidden is better than the points all options have": one_outcome(
        X, HIDDEN, NUMBER, when=All((at_least(OrElse(Sum(((ONE, FLAT), (ONE, N))), Fraction(5)), 5), Is("y", YES)))
    ),
    "a mean over what may be absent": one_outcome(
        COLOUR, replace(NUMBER, high=Decimal(1)), when=at_least(Mean((FIVE_IF_B, N)), 4)
    ),
    "the least of what may be absent": one_outcome(
        COLOUR, NUMBER, when=All((at_least(Least((FIVE_IF_B, Sum(((Fraction(8), N),)))), 6), Is("c", 4)))
    ),
    "a product with what may be absent": one_outcome(
        COLOUR,
        NUMBER,
        when=All((at_least(OrElse(Product(MINUS_FIVE_IF_B, N), Z), 0), Is("c", 4), at_least(N, 1))),
    ),
    "a number up and down": one_outcome(NUMBER, when=All((at_least(N, 3), Compare(">", constant(2), N)))),
    "nothing is ticked in a list of which something is": one_outcome(
        TWO_OWN, when=at_least(plus(*(Tick(Not(Chosen("t", option))) for option in (1, 2, 3))), 3)
    ),
    "two options on their own together": one_outcome(
        TWO_OWN, when=at_least(plus(Tick(Chosen("t", 2)), Tick(Chosen("t", 3))), 2)
    ),
    "a tick up and down": one_outcome(X, Y, when=All((Is("x", YES), Is("y", YES), Not(Is("x", YES))))),
    "a field of an entry times itself": counted(at_least(Product(K, K), 0)),
    "a field of an entry up and down": counted(
        at_least(plus(Tick(at_least(K, 1)), Tick(Compare(">=", constant(0), K))), 1)
    ),
    "a field of an entry chosen by another": counted(
        at_least(plus(Tick(Is("bad", YES)), IfElse(Is("bad", YES), constant(-1), constant(0)), K), 2)
    ),
    "the latest of a list that is open": one_outcome(LOG, when=at_least(Sum(((-ONE, SINCE),)), 0)),
    "the days since the latest": one_outcome(LOG, when=at_least(SINCE, 1)),
}
LONG_AGO = {"on": Days(TODAY - timedelta(days=2), TODAY - timedelta(days=2))}
LISTS = {
    "untouched": None,
    "an entry, and that is all": Entries(({},), closed=True),
    "an entry of long ago, and perhaps more": Entries((LONG_AGO,), closed=False),
    "an entry of long ago, and that is all": Entries((LONG_AGO,), closed=True),
    "nothing to add": Entries((), closed=True),
}


@pytest.mark.parametrize("name", CONTRARY)
@pytest.mark.parametrize("listed", LISTS)
def test_no_certificate_where_the_bounds_fall_short(name: str, listed: str) -> None:
    drawn, entries = CONTRARY[name], LISTS[listed]
    said = record({"log": entries} if entries and "log" in drawn.items else {})
    found, reading = assess(drawn, said), read(drawn, said)
    laws.sound(drawn, found, reading)
    laws.exact_where_certified(found, reading)


def options(*points: int) -> str:
    return "{" + ", ".join(f"o{one}: {{label: Option {one}, points: {one}}}" for one in points) + "}"


CROWDED = f"""
askwell: 1
id: crowded
version: 1.0.0
title: More to split on than there are runs
caution: An example.
review: {{last: 2026-11-23, due: 2027-11-23}}
sections:
  - id: page
    title: All
    items:
      - {{id: gate, ask: Gate?, type: yes_no}}
      - {{id: many, ask: Many?, type: pick_one, applies_if: gate, options: {options(*range(1, 7))}}}
      - {{id: some, ask: Some?, type: pick_one, options: {options(*range(10))}}}
      - {{id: few, ask: Few?, type: pick_one, options: {options(*range(5))}}}
      - {{id: lift, ask: Lift?, type: yes_no, points: 1}}
      - {{id: never, ask: Never?, type: yes_no}}
scores:
  both: {{title: Two, value: "sum(many, some)"}}
  up: {{title: Up, value: "sum(few, lift)"}}
  down: {{title: Down, value: "4 - sum(few) + sum(lift)"}}
outcomes:
  danger:
    title: Danger
    levels:
      - {{id: first, title: First}}
      - {{id: second, title: Second, when: "(up >= 3 and down >= 3) or (never and both >= 5 and both <= 6)"}}
"""


def test_an_answer_that_makes_room_for_one_item_does_not_push_another_out_of_the_split(tmp_path: Path) -> None:
    """`gate`, `many` and `few` would fit into the runs, and with `gate` open `some` does not. Once it is answered
    `some` fits, and `few` no longer does: were it not for the order, the answer would open what was settled.
    """
    path = tmp_path / "crowded" / "questionnaire.yaml"
    path.parent.mkdir()
    path.write_text(CROWDED)
    crowded = load(path)
    before = start(crowded, "self", TODAY).saying("lift", "no").saying("never", "no")
    assert {"many", "some", "few"} <= {way.name for way in ready(crowded).compiled.two_way["danger"]}
    left = set(assess(crowded, before).outcomes["danger"].possible)
    assert set(assess(crowded, before.saying("gate", "yes")).outcomes["danger"].possible) <= left
    assert left == {0, 1}
