"""What would change an outcome really changes it, and nothing that would is left out where everything was tried."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from engine.format.instrument import CHOICES, Instrument
from engine.interview.assess import assess
from engine.interview.assessment import Assessment, OutcomeRange
from engine.interview.record import Record
from engine.interview.would_change import Change, WouldChange, would_change
from tests.generate import instrument
from tests.generate_records import Case, partial
from tests.generate_terms import Dice
from tests.interview.screen import SCREEN, STEADY, Said, person

FOUND = settings(STEADY, phases=(Phase.explicit, Phase.generate))
NO_THREATS = {"who": "stranger", "threats": ["none_of_these"], "visits": "never"}


def changes(said: Said, outcome: str = "serious_harm") -> WouldChange:
    return next(one for one in would_change(SCREEN, person(said)) if one.outcome == outcome)


def test_one_answer_that_was_given_may_be_what_it_hangs_on() -> None:
    found = changes(NO_THREATS)
    assert [(dict(one.answers), one.left) for one in found.up] == [
        ({"threats": ("kill",)}, (2,)),
        ({"threats": ("harm",)}, (1,)),
        ({"who": "ex_partner"}, (0, 1)),  # whether they separated would then be open
    ]
    assert found.down == ()  # there is nothing below the first level
    assert found.all_tried


def test_an_open_question_may_move_it_both_ways() -> None:
    found = changes({**NO_THREATS, "threats": "declined"})
    assert [(dict(one.answers), one.left) for one in found.up] == [
        ({"threats": ("kill",)}, (2,)),
        ({"threats": ("harm",)}, (1,)),
    ]
    assert [dict(one.answers) for one in found.down] == [{"threats": ("none_of_these",)}, {"threats": ("harm",)}]


def test_another_answer_to_any_question_may_do() -> None:
    said = {"who": "ex_partner", "separated": "yes", "contested": "no", "threats": ["none_of_these"], "visits": "never"}
    found = changes(said)
    assert [set(one.answers) for one in found.up] == [{"threats"}, {"contested"}, {"threats"}, {"visits"}, {"visits"}]
    assert changes({**said, "threats": ["kill"]}).up == ()  # there is nothing above the last level


def test_pairs_are_looked_for_where_no_single_answer_does() -> None:
    found = changes({"who": "ex_partner", "separated": "no", "contested": "no"}, "after_separation")
    assert [dict(one.answers) for one in found.up] == [{"separated": "yes", "contested": "yes"}]
    assert [dict(one.answers) for one in found.down] == [{"who": "stranger"}]  # it would not apply


@st.composite
def cases(draw: st.DrawFn) -> Case:
    dice = Dice(lambda low, high: draw(st.integers(low, high)))
    drawn = instrument(dice, recorded=False)
    return Case(drawn, (partial(dice, drawn),))


@FOUND
@given(cases())
def test_what_is_said_to_change_it_does(case: Case) -> None:
    drawn, (record,) = case.instrument, case.records
    before = assess(drawn, record).outcomes
    for found in would_change(drawn, record):
        for direction, each in (("up", found.up), ("down", found.down)):
            assert len({len(one.answers) for one in each}) <= 1
            for change in each[:6]:
                after = changed(drawn, record, change).outcomes[found.outcome]
                assert after.possible == change.left
                assert moves(before[found.outcome], after, direction)


def changed(drawn: Instrument, record: Record, change: Change) -> Assessment:
    return assess(drawn, reduce(lambda one, said: one.saying(*said), change.answers.items(), record))


def ends(one: OutcomeRange) -> tuple[int, int]:
    lowest = -1 if one.applies is not True else one.possible[0]
    return lowest, one.possible[-1] if one.possible else -1


def moves(before: OutcomeRange, after: OutcomeRange, direction: str) -> bool:
    steps = [now - then for now, then in zip(ends(after), ends(before), strict=True)]
    return any(step > 0 if direction == "up" else step < 0 for step in steps)


@FOUND
@given(cases())
def test_no_option_that_would_is_left_out(case: Case) -> None:
    drawn, (record,) = case.instrument, case.records
    before = assess(drawn, record).outcomes
    for found in would_change(drawn, record):
        if not found.all_tried:
            continue
        said = {"up": [dict(one.answers) for one in found.up], "down": [dict(one.answers) for one in found.down]}
        for item in drawn.items.values():
            for option in item.options if item.kind in CHOICES and item.id != "voice" else ():
                after = assess(drawn, record.saying(item.id, option.id)).outcomes[found.outcome]
                for direction, listed in said.items():
                    if moves(before[found.outcome], after, direction):
                        assert {item.id: option.id} in listed


def test_a_level_that_rests_on_judgement_alone_is_not_among_them() -> None:
    assert [one.outcome for one in would_change(SCREEN, person({}))] == ["serious_harm", "after_separation"]


@pytest.mark.parametrize("said", [{}, NO_THREATS])
def test_the_same_every_time(said: Said) -> None:
    assert would_change(SCREEN, person(said)) == would_change(SCREEN, person(dict(reversed(said.items()))))
