"""The open questions are those that can still change an outcome: two worlds that differ in one answer show it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from engine.format.instrument import Instrument
from engine.interview.assess import assess
from engine.interview.open_questions import OpenQuestions, open_questions
from engine.interview.record import NonAnswer, Record
from tests.generate import instrument
from tests.generate_records import Case, partial
from tests.generate_terms import Dice
from tests.interview.screen import SCREEN, STEADY, Said, answers, person
from tests.oracle import unfold
from tests.worlds import domains_of, how_many

FOUND = settings(STEADY, phases=(Phase.explicit, Phase.generate))
MOST_WORLDS = 1500
STRANGER = {"who": "stranger"}
HARM = ("serious_harm",)
BOTH = ("serious_harm", "after_separation")


def listed(found: OpenQuestions) -> dict[str, tuple[str, ...]]:
    return {one.item: one.outcomes for one in (*found.unanswered, *found.partly)}


# answers, the open questions with the outcomes they can change
OPEN: list[tuple[Said, dict[str, tuple[str, ...]]]] = [
    ({}, {"who": BOTH, "separated": BOTH, "contested": BOTH, "threats": HARM, "visits": HARM}),
    (STRANGER, {"threats": HARM}),  # visits alone are never enough, and never decide
    ({**STRANGER, "threats": ["kill"]}, {}),  # nothing can be more
    ({"threats": ["kill"]}, {"who": BOTH[1:], "separated": BOTH[1:], "contested": BOTH[1:]}),
    # two points for every week, three for a threat to harm: a level is reached by neither with the other
    ({**STRANGER, "threats": ["none_of_these"]}, {}),
    ({**STRANGER, "threats": ["harm"]}, {}),
    ({**STRANGER, "visits": "never"}, {"threats": HARM}),
    ({"who": "ex_partner", "separated": "no"}, {"threats": HARM}),
]


@pytest.mark.parametrize(("said", "items"), OPEN)
def test_what_is_open(said: Said, items: dict[str, tuple[str, ...]]) -> None:
    found = open_questions(SCREEN, person(said))
    assert listed(found) == items
    assert found.exact


def test_the_four_kinds_of_no_answer_are_told_apart() -> None:
    said = {"who": "declined", "separated": "dont_know", "contested": "not_asked", "hours": "declined"}
    found = open_questions(SCREEN, person(said))
    assert [[one.item for one in kind] for kind in (found.not_reached, found.not_asked)] == [
        ["threats", "visits"],
        ["contested"],
    ]
    assert [[one.item for one in kind] for kind in (found.dont_know, found.declined)] == [["separated"], ["who"]]
    assert found.partly == ()


def can_change(drawn: Instrument, record: Record) -> dict[str, set[str]]:
    """For each outcome the items of which two raw values give two levels, all else being the same."""
    domains = domains_of(drawn, record)
    names, found = list(domains), {outcome: set[str]() for outcome in drawn.outcomes}
    levels = {}
    for places in product(*(range(len(domain)) for domain in domains.values())):
        raw = {name: domains[name][place] for name, place in zip(names, places, strict=True)}
        levels[places] = unfold(drawn, record, raw).bits
    for at, name in enumerate(names):
        for places, bits in levels.items() if name in drawn.items else ():
            other = levels[*places[:at], 0, *places[at + 1 :]]
            for outcome, items in found.items():
                if bits[outcome] != other[outcome]:
                    items.add(name)
    return found


@st.composite
def cases(draw: st.DrawFn) -> Case:
    dice = Dice(lambda low, high: draw(st.integers(low, high)))
    drawn = instrument(dice, rising=dice.often(3), recorded=False)
    return Case(drawn, (partial(dice, drawn), partial(dice, drawn)))


certain: list[bool] = []


@settings(FOUND, max_examples=200)
@given(cases())
def test_exactly_what_can_change_an_outcome_is_open(case: Case) -> None:
    for record in case.records:
        if how_many(case.instrument, record) > MOST_WORLDS:
            continue
        found, really = open_questions(case.instrument, record), can_change(case.instrument, record)
        items = listed(found)
        for outcome, changing in really.items():
            assert changing <= {item for item, outcomes in items.items() if outcome in outcomes}
        for one in (*found.unanswered, *found.partly):
            certain.append(one.certain)
            if one.certain:
                assert [outcome for outcome, changing in really.items() if one.item in changing] == list(one.outcomes)


def test_nearly_all_of_that_is_certain() -> None:
    """It runs after the one above, and looks at what that found."""
    assert not certain or sum(certain) >= 0.9 * len(certain)


@FOUND
@given(answers())
def test_while_an_outcome_is_open_so_is_a_question(said: Said) -> None:
    record = person(said)
    found = listed(open_questions(SCREEN, record))
    for name, outcome in assess(SCREEN, record).outcomes.items():
        if not SCREEN.outcomes[name].by_judgement:
            assert any(name in outcomes for outcomes in found.values()) != outcome.settled


@FOUND
@given(answers())
def test_why_there_is_no_answer_makes_no_difference(said: Said) -> None:
    record = person(said)
    silent = record
    for item, one in record.answers.items():
        if isinstance(one, NonAnswer):
            silent = silent.without(item)
    assert listed(open_questions(SCREEN, record)) == listed(open_questions(SCREEN, silent))
