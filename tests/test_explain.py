"""A reason is a set of answers that is enough by itself, with nothing in it that could be left out."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.format.instrument import Instrument
from engine.interview.assess import holds
from engine.interview.explain import because, unsure_about
from engine.interview.record import Record
from engine.program.names import Target
from tests.generate import instrument
from tests.generate_records import partial
from tests.generate_terms import Dice
from tests.interview.screen import SCREEN, STEADY, Said, answers, judged, person

HIGH: Target = ("outcome", "serious_harm", "high")
ELEVATED: Target = ("outcome", "serious_harm", "elevated")
TARGETS: list[Target] = [
    HIGH,
    ELEVATED,
    ("outcome", "after_separation", "disputed"),
    ("alert", "death_threat"),
    ("alert", "talk_first"),
    ("action", "leave_the_phone"),
    ("action", "grab_bag"),
    ("action", "ask_again"),
    ("signpost", "4"),
    ("applies", "contested"),
]
EX = {"who": "ex_partner", "separated": "yes"}

# answers, what is to be explained, the answers that explain it
REASONS: list[tuple[Said, Target, tuple[str, ...]]] = [
    ({}, HIGH, ()),
    ({"threats": ["kill"]}, HIGH, ("threats",)),
    ({"threats": ["kill"], "visits": "weekly", **EX}, HIGH, ("threats",)),
    ({"threats": ["kill"], "visits": "dont_know"}, HIGH, ("threats",)),
    ({"threats": ["harm"], "visits": "weekly", **EX}, HIGH, ("who", "separated", "threats", "visits")),
    ({"threats": ["harm"], "visits": "weekly", **EX}, ELEVATED, ("threats",)),
    ({"visits": "weekly", "separated": "yes", "who": "stranger"}, ELEVATED, ()),  # hidden: no reason for anything
    ({"visits": "weekly", "separated": "yes"}, ELEVATED, ()),  # it may be hidden
    ({"contested": "yes", **EX}, ("outcome", "after_separation", "disputed"), ("who", "separated", "contested")),
    ({"visits": "weekly"}, ("alert", "talk_first"), ("visits",)),
    ({"visits": "monthly"}, ("alert", "talk_first"), ()),
    ({"phone_access": "yes"}, ("action", "leave_the_phone"), ("phone_access",)),
    ({"phone_access": "dont_know"}, ("action", "leave_the_phone"), ()),
    ({"incidents": {"entries": [{}] * 2, "that_is_all": False}}, ("action", "show_the_log"), ("incidents",)),
    ({"visits": "dont_know"}, ("action", "ask_again"), ("visits",)),
    ({"visits": "dont_know", "hours": 2, "more": {"text": "No"}}, ("action", "ask_again"), ("visits",)),
    ({"threats": ["kill"]}, ("signpost", "4"), ("threats",)),
    ({"threats": ["kill"]}, ("signpost", "0"), ()),  # it stands there whatever is answered
    (EX, ("applies", "contested"), ("who", "separated")),
]


@pytest.mark.parametrize(("said", "target", "reason"), REASONS)
def test_the_reason(said: Said, target: Target, reason: tuple[str, ...]) -> None:
    assert because(SCREEN, person(said), target) == reason


# answers, what it is about, the open questions on which it hangs
OPEN: list[tuple[Said, Target, tuple[str, ...]]] = [
    ({}, ("action", "leave_the_phone"), ("phone_access",)),
    ({"phone_access": "declined"}, ("action", "leave_the_phone"), ("phone_access",)),
    ({"phone_access": "no"}, ("action", "leave_the_phone"), ()),
    ({}, HIGH, ("who", "separated", "contested", "threats", "visits")),
    ({"who": "stranger", "visits": "never"}, HIGH, ("threats",)),
    ({"who": "ex_partner", "separated": "no", "threats": "dont_know"}, HIGH, ("threats", "visits")),
    ({}, ("action", "show_the_log"), ("incidents",)),
    ({"incidents": {"entries": [{}], "that_is_all": False}}, ("action", "show_the_log"), ("incidents",)),
    ({"incidents": {"entries": [{}], "that_is_all": True}}, ("action", "show_the_log"), ()),
]


@pytest.mark.parametrize(("said", "target", "items"), OPEN)
def test_what_it_hangs_on(said: Said, target: Target, items: tuple[str, ...]) -> None:
    assert unsure_about(SCREEN, person(said), target) == items


def test_a_judgement_by_itself_needs_no_answer() -> None:
    assert because(SCREEN, person({"visits": "weekly"}, judgements=judged("high")), HIGH) == ()


@pytest.mark.parametrize("target", TARGETS, ids=":".join)
@STEADY
@given(said=answers())
def test_a_reason_is_enough_and_nothing_less_is(said: Said, target: Target) -> None:
    record = person(said)
    reason = because(SCREEN, record, target)
    if not reason:
        assert not holds(SCREEN, record, target) or holds(SCREEN, with_only(record, ()), target)
        return
    assert holds(SCREEN, with_only(record, reason), target)
    assert [fewer for fewer in parts(reason) if holds(SCREEN, with_only(record, fewer), target)] == []


@STEADY
@given(answers())
def test_what_explains_one_record_explains_it_in_any_order(said: Said) -> None:
    backwards = dict(reversed(said.items()))
    assert [because(SCREEN, person(said), one) for one in TARGETS] == [
        because(SCREEN, person(backwards), one) for one in TARGETS
    ]


@STEADY
@given(st.data())
def test_in_any_questionnaire_a_reason_is_enough_and_nothing_less_is(data: st.DataObject) -> None:
    dice = Dice(lambda low, high: data.draw(st.integers(low, high)))
    drawn = instrument(dice)
    record = partial(dice, drawn)
    for target in every_target(drawn):
        reason = because(drawn, record, target)
        if reason:
            assert holds(drawn, with_only(record, reason), target)
            assert [fewer for fewer in parts(reason) if holds(drawn, with_only(record, fewer), target)] == []
        else:
            assert not holds(drawn, record, target) or holds(drawn, with_only(record, ()), target)


def every_target(drawn: Instrument) -> Iterator[Target]:
    yield from (("outcome", one.id, level.id) for one in drawn.outcomes.values() for level in one.levels)
    yield from (("alert", name) for name in drawn.alerts)
    yield from (("action", action.id) for action in drawn.plan)
    yield from (("signpost", str(place)) for place in range(len(drawn.signposts)))
    yield from (("applies", name) for name in drawn.items)


def with_only(record: Record, items: Iterable[str]) -> Record:
    return replace(record, answers={item: record.answers[item] for item in items})


def parts(reason: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(reason, size) for size in range(len(reason)))
