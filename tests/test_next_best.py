"""The next best question is the one whose answers, on the whole, leave the fewest levels open."""

from __future__ import annotations

from fractions import Fraction
from unittest.mock import patch

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from engine.interview import variations
from engine.interview.assess import applies, assess
from engine.interview.next_best import next_best
from engine.interview.open_questions import open_questions
from engine.interview.ready import ready
from engine.interview.record import Entries, NonAnswer
from tests.generate import instrument
from tests.generate_records import Case, partial
from tests.generate_terms import Dice
from tests.interview.screen import SCREEN, STEADY, Said, answers, person

FOUND = settings(STEADY, phases=(Phase.explicit, Phase.generate))
STRANGER = {"who": "stranger"}

# answers, the questions in the order they are offered
OFFERED: list[tuple[Said, list[str]]] = [
    ({}, ["who", "threats", "visits", "separated", "contested"]),
    (STRANGER, ["threats"]),
    ({**STRANGER, "threats": ["kill"]}, []),
    ({"threats": "dont_know"}, ["who", "visits", "separated", "contested", "threats"]),  # again, but last
    ({"threats": "declined"}, ["who", "visits", "separated", "contested"]),  # never again
    ({"threats": "not_asked"}, ["who", "threats", "visits", "separated", "contested"]),
]


@pytest.mark.parametrize(("said", "items"), OFFERED)
def test_what_is_offered(said: Said, items: list[str]) -> None:
    assert [one.item for one in next_best(SCREEN, person(said), n=9)] == items


def test_the_reasons_are_values() -> None:
    (threats,) = next_best(SCREEN, person(STRANGER))
    assert (threats.item, threats.state, threats.applies, threats.could_settle) == (
        "threats",
        "open",
        True,
        ("serious_harm",),
    )
    assert {str(one.answer): one.left["serious_harm"] for one in threats.prospects} == {
        "('none_of_these',)": (0,),
        "('kill',)": (2,),
        "('harm',)": (1,),
    }
    assert threats.levels_left == Fraction(1)


def test_as_many_as_are_asked_for() -> None:
    assert len(next_best(SCREEN, person({}))) == 3
    assert len(next_best(SCREEN, person({}), n=1)) == 1


@FOUND
@given(answers())
def test_on_the_way_each_is_asked_once_until_all_is_settled(said: Said) -> None:
    """Whoever answers everything is asked only what matters, and then no more."""
    record = person({})
    everything = person(said).answers
    asked: list[str] = []
    while offered := next_best(SCREEN, record, n=1):
        asked.append(offered[0].item)
        answer = everything.get(asked[-1], NonAnswer.DECLINED)
        record = record.saying(asked[-1], NonAnswer.DECLINED if isinstance(answer, NonAnswer) else answer)
    assert len(set(asked)) == len(asked)
    declined = any(said is NonAnswer.DECLINED for said in record.answers.values())
    outcomes = (one for one in assess(SCREEN, record).outcomes.values() if one.id != "fear")
    assert declined or all(one.settled for one in outcomes)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    dice = Dice(lambda low, high: draw(st.integers(low, high)))
    drawn = instrument(dice, recorded=False)
    return Case(drawn, (partial(dice, drawn),))


@FOUND
@given(cases())
def test_in_any_questionnaire_the_questions_offered_are_open_and_ranked(case: Case) -> None:
    drawn, (record,) = case.instrument, case.records
    offered, shown, found = next_best(drawn, record, n=99), applies(drawn, record), open_questions(drawn, record)
    items = [one.item for one in offered]
    open_items = {one.item for one in found.unanswered if one.state != "declined"}
    assert open_items <= set(items)
    assert not found.exact or open_items >= {one.item for one in offered if one.certain}
    for one in offered:
        said = record.answers.get(one.item)
        assert said is None or said in (NonAnswer.NOT_ASKED, NonAnswer.DONT_KNOW) or said == Entries((), closed=False)
        assert one.applies is shown[one.item]
        assert one.applies is not False
    ranks = [
        (one.state == "dont_know", one.applies is not True, one.levels_left, list(drawn.items).index(one.item))
        for one in offered
    ]
    assert ranks == sorted(ranks)


@FOUND
@given(cases())
def test_what_an_answer_would_leave_is_what_it_leaves(case: Case) -> None:
    drawn, (record,) = case.instrument, case.records
    run_through = ready(drawn).compiled.two_way
    for question in next_best(drawn, record, n=99):
        for one in question.prospects:
            if one.answer == ():  # nobody can say this
                continue
            after = assess(drawn, record.saying(question.item, one.answer)).outcomes
            for outcome, left in one.left.items():
                assert set(after[outcome].possible) <= set(left)
                if not run_through:
                    assert after[outcome].possible == left


@FOUND
@given(cases())
def test_in_columns_the_same_is_found(case: Case) -> None:
    drawn, (record,) = case.instrument, case.records
    in_turn = next_best(drawn, record, n=99)
    with patch.object(variations, "MANY", 0), patch.object(variations, "VERY_MANY", 0):
        assert next_best(drawn, record, n=99) == in_turn
