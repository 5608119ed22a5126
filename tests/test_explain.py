"""A reason is a set of answers that is enough by itself, with nothing in it that could be left out."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, combinations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from engine.format.instrument import Instrument
from engine.interview.assess import assess
from engine.interview.assessment import Assessment
from engine.interview.explain import because, reasons, unsure_about
from engine.interview.reasons import forces
from engine.interview.record import Record
from engine.program.names import Target
from tests.generate import instrument
from tests.generate_records import partial
from tests.generate_terms import Dice
from tests.interview.screen import SCREEN, STEADY, Said, answers, judged, person
from tests.oracle import read
from tests.worlds import how_many

# Without shrinking: it takes minutes on records of a whole questionnaire, and the first example found is short enough.
FOUND = settings(STEADY, phases=(Phase.explicit, Phase.generate))

HIGH: Target = ("outcome", "serious_harm", "high")
ELEVATED: Target = ("outcome", "serious_harm", "elevated")
MOST_WORLDS = 3000
TARGETS: list[Target] = [
    HIGH,
    ELEVATED,
    ("outcome", "after_separation", "disputed"),
    ("at_most", "serious_harm", "elevated"),
    ("at_most", "serious_harm", "concern"),
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
    ({"threats": ["harm"], "visits": "weekly", **EX}, HIGH, ("threats", "visits", "who", "separated")),
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
    ({"threats": ["none_of_these"]}, ("at_most", "serious_harm", "elevated"), ("threats",)),
    ({"threats": ["none_of_these"], "who": "stranger"}, ("at_most", "serious_harm", "concern"), ("threats", "who")),
    ({"threats": ["none_of_these"]}, ("at_most", "serious_harm", "concern"), ()),
    ({"threats": ["kill"]}, ("at_most", "serious_harm", "high"), ()),  # nothing is higher, whatever is answered
    # an action is explained by what lets it be printed too: nobody else reads the phone
    ({"threats": ["kill"], "phone_access": "no"}, ("action", "grab_bag"), ("threats", "phone_access")),
    ({"threats": ["kill"]}, ("action", "grab_bag"), ()),
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
@FOUND
@given(said=answers())
def test_a_reason_is_enough_and_nothing_less_is(said: Said, target: Target) -> None:
    check_reasons(SCREEN, person(said), target)


@STEADY
@given(answers())
def test_what_explains_one_record_explains_it_in_any_order(said: Said) -> None:
    backwards = dict(reversed(said.items()))
    assert [because(SCREEN, person(said), one) for one in TARGETS] == [
        because(SCREEN, person(backwards), one) for one in TARGETS
    ]


@FOUND
@given(st.data())
def test_in_any_questionnaire_a_reason_is_enough_and_nothing_less_is(data: st.DataObject) -> None:
    dice = Dice(lambda low, high: data.draw(st.integers(low, high)))
    drawn = instrument(dice)
    record = partial(dice, drawn)
    for target in every_target(drawn):
        check_reasons(drawn, record, target)


def check_reasons(drawn: Instrument, record: Record, target: Target) -> None:
    """Every reason is enough by itself, and no part of it is; the first is the one that is told."""
    found = reasons(drawn, record, target)
    assert found[:1] == ((because(drawn, record, target),) if found else ())
    assert len(set(map(frozenset, found))) == len(found) <= 5
    for reason in found:
        assert forces(drawn, with_only(record, reason), target)
        assert [fewer for fewer in parts(reason) if forces(drawn, with_only(record, fewer), target)] == []
    if not found:
        assert not forces(drawn, record, target) or forces(drawn, with_only(record, ()), target)


@FOUND
@given(st.data())
def test_a_reason_keeps_the_level_in_every_world_and_less_does_not(data: st.DataObject) -> None:
    """Against the worlds themselves; that nothing less would do is certain where the range is exact."""
    dice = Dice(lambda low, high: data.draw(st.integers(low, high)))
    drawn = instrument(dice, recorded=False)
    record = partial(dice, drawn)
    if how_many(drawn, with_only(record, ())) > MOST_WORLDS:
        return
    before = assess(drawn, record)
    for outcome, found in before.outcomes.items():
        for kind, place in (("outcome", found.at_least), ("at_most", found.at_most)):
            if place is None or found.applies is not True:
                continue
            reason = because(drawn, record, (kind, outcome, drawn.outcomes[outcome].levels[place].id))
            if reason:
                assert in_every_world(drawn, with_only(record, reason), kind, outcome, place)
            for item in reason:
                less = with_only(record, [one for one in reason if one != item])
                exact = assess(drawn, less).outcomes[outcome].exact and assess(drawn, less).outcomes[outcome].applies
                assert not (exact and in_every_world(drawn, less, kind, outcome, place))


def in_every_world(drawn: Instrument, record: Record, kind: str, outcome: str, place: int) -> bool:
    bits = read(drawn, record).outcomes[outcome]
    return all(bit > place if kind == "outcome" else bit <= place + 1 for bit in bits)


@pytest.mark.parametrize("answer", ["kill", "harm"])
def test_what_is_forced_is_what_an_assessment_says(answer: str) -> None:
    record = person({"threats": [answer], "phone_access": "no", "visits": "weekly"})
    found: Assessment = assess(SCREEN, record)
    for action in SCREEN.plan:
        shown_for_sure = action.id in found.plan and action.id not in found.unsure
        assert forces(SCREEN, record, ("action", action.id)) == shown_for_sure
    for name in SCREEN.alerts:
        assert forces(SCREEN, record, ("alert", name)) == (name in found.alerts and name not in found.unsure)


def test_of_several_reasons_the_most_telling_comes_first() -> None:
    said: Said = {"threats": ["kill", "harm"], "visits": "weekly", **EX, "contested": "yes"}
    assert reasons(SCREEN, person(said), ELEVATED) == (
        ("threats",),
        ("visits", "who", "separated"),
        ("who", "separated", "contested"),
    )
    assert reasons(SCREEN, person({}), ELEVATED) == ()


def every_target(drawn: Instrument) -> Iterator[Target]:
    yield from (("outcome", one.id, level.id) for one in drawn.outcomes.values() for level in one.levels)
    yield from (("at_most", one.id, level.id) for one in drawn.outcomes.values() for level in one.levels)
    yield from (("alert", name) for name in drawn.alerts)
    yield from (("action", action.id) for action in drawn.plan)
    yield from (("signpost", str(place)) for place in range(len(drawn.signposts)))
    yield from (("applies", name) for name in drawn.items)


def with_only(record: Record, items: Iterable[str]) -> Record:
    return replace(record, answers={item: record.answers[item] for item in items})


def parts(reason: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(reason, size) for size in range(len(reason)))
