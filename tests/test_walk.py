"""The way through the questions follows from the record alone: nothing is swallowed, nobody is held up."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.interview.walk import walk
from tests.interview.screen import SCREEN, STEADY, Said, answers, person

NOTHING = {"entries": [], "that_is_all": True}
ALWAYS_ASKED = (
    "who",
    "threats",
    "visits",
    "hours",
    "first_time",
    "court",
    "phone_access",
    "incidents",
    "more",
    "nation",
)

# answers, what is asked next, the states of the first items (hello is a note)
WALKS: list[tuple[Said, str | None, dict[str, str]]] = [
    ({}, "who", {"hello": "note", "who": "open", "separated": "open", "contested": "open", "threats": "open"}),
    ({"who": "stranger"}, "threats", {"hello": "note", "who": "answered", "threats": "open"}),
    ({"who": "ex_partner"}, "separated", {"who": "answered", "separated": "open", "contested": "open"}),
    ({"who": "ex_partner", "separated": "no"}, "threats", {"separated": "answered", "threats": "open"}),
    ({"who": "ex_partner", "separated": "yes"}, "contested", {"separated": "answered", "contested": "open"}),
    ({"who": "dont_know"}, "separated", {"who": "dont_know", "separated": "open"}),
    ({"who": "declined", "separated": "not_asked"}, "contested", {"who": "declined", "separated": "not_asked"}),
    ({"threats": ["kill"]}, "who", {"who": "open", "threats": "answered"}),
    ({"incidents": {"entries": [{}], "that_is_all": False}}, "who", {"incidents": "answered"}),
    ({"incidents": NOTHING}, "who", {"incidents": "answered"}),
    ({"incidents": {"entries": [], "that_is_all": False}}, "who", {"incidents": "open"}),
    (dict.fromkeys(ALWAYS_ASKED, "declined") | {"who": "stranger"}, None, {"who": "answered"}),
    (dict.fromkeys(ALWAYS_ASKED, "declined"), "separated", {"who": "declined"}),
]


@pytest.mark.parametrize(("said", "following", "states"), WALKS)
def test_the_way(said: Said, following: str | None, states: dict[str, str]) -> None:
    way = walk(SCREEN, person(said))
    assert way.next == following
    found = {step.item: step.state for step in way.steps}
    assert {item: found.get(item) for item in states} == states


# answers, and of whether two questions are shown: yes, no, open
SHOWN: list[tuple[Said, bool | None, bool | None]] = [
    ({}, None, None),
    ({"who": "stranger"}, False, False),
    ({"who": "stranger", "separated": "yes", "contested": "yes"}, False, False),
    ({"who": "ex_partner"}, True, None),
    ({"who": "ex_partner", "separated": "declined"}, True, None),
    ({"who": "ex_partner", "separated": "no"}, True, False),
    ({"who": "ex_partner", "separated": "yes"}, True, True),
    ({"who": "dont_know", "separated": "yes"}, None, None),
    ({"who": "dont_know", "separated": "no"}, None, False),
]


@pytest.mark.parametrize(("said", "separated", "contested"), SHOWN)
def test_what_is_shown_and_what_may_be(said: Said, separated: bool | None, contested: bool | None) -> None:
    shown = {step.item: step.applies for step in walk(SCREEN, person(said)).steps}
    assert (shown.get("separated", False), shown.get("contested", False)) == (separated, contested)
    assert all(shown[item] for item in ALWAYS_ASKED)


def test_the_voice_is_not_on_the_way() -> None:
    assert [step.item for step in walk(SCREEN, person({})).steps] == [item for item in SCREEN.items if item != "voice"]


def test_how_far_it_is() -> None:
    way = walk(SCREEN, person({"who": "stranger", "visits": "dont_know"}))
    assert (way.done, way.total) == (2, len(ALWAYS_ASKED))


@STEADY
@given(answers(), st.randoms(use_true_random=False))
def test_the_order_of_answering_never_matters(said: Said, dice: Any) -> None:
    names = list(said)
    dice.shuffle(names)
    assert walk(SCREEN, person({name: said[name] for name in names})) == walk(SCREEN, person(said))


@STEADY
@given(answers())
def test_answering_what_comes_next_gets_to_the_end(said: Said) -> None:
    record, asked = person(said), []
    while (following := walk(SCREEN, record).next) is not None:
        asked.append(following)
        record = record.saying(following, person({following: "declined"}).answers[following])
    assert len(asked) == len(set(asked))
    assert walk(SCREEN, record).done == walk(SCREEN, record).total


@STEADY
@given(answers())
def test_changing_an_earlier_answer_hides_what_depended_on_it_at_once_and_back_again(said: Said) -> None:
    before = person({**said, "who": "ex_partner", "separated": "yes"})
    changed = before.saying("who", "stranger")
    assert {"separated", "contested"}.isdisjoint(step.item for step in walk(SCREEN, changed).steps)
    assert walk(SCREEN, changed.saying("who", "ex_partner")) == walk(SCREEN, before)
