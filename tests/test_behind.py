"""A reason is told in plain words; a practitioner also sees the rule that was met, its bounds and its sources."""

from __future__ import annotations

import pytest

from engine.interview.summarise import summarise
from engine.interview.summary import NOTHING_BEHIND, Behind, Summary
from tests.interview.screen import DIRECTORY, SCREEN, Said, person

SOON: Said = {"who": "stranger", "threats": ["kill"], "phone_access": "dont_know"}


def summary(said: Said, voice: str) -> Summary:
    return summarise(SCREEN, person(said), DIRECTORY, voice)


def behind(said: Said, outcome: str = "serious_harm") -> Behind:
    return next(one.behind for one in summary(said, "practitioner").findings if one.id == outcome)


def test_a_practitioner_sees_when_a_step_was_held_against_its_sources() -> None:
    log: Said = {"incidents": {"entries": [{"what": "visit"}, {"what": "visit"}], "that_is_all": True}}
    steps = [step for theme in summary(log, "practitioner").plan for step in theme.steps]
    known = {step.id: step.behind.reviewed for step in steps if step.behind.reviewed}
    assert known == {"show_the_log": "Written on 7 October 2026 and not verified: ask before you rely on it"}


def test_in_the_self_voice_a_reason_begins_with_because_you_told_us() -> None:
    page = summary(SOON, "self")
    assert [one.lead for one in page.findings] == ["Because you told us:"]
    alert = page.alerts[0]
    assert (alert.lead, [one.answer for one in alert.because]) == ("Because you told us:", ["To kill you"])


def test_rules_bounds_and_sources_are_not_for_the_persons_own_page() -> None:
    page = summary(SOON, "self")
    steps = [step for theme in page.plan for step in theme.steps]
    behinds = [*(one.behind for one in page.findings), *(one.behind for one in page.alerts), *(s.behind for s in steps)]
    assert set(behinds) == {NOTHING_BEHIND}


def test_a_practitioner_sees_the_authors_words_and_the_bounds_of_what_they_read() -> None:
    found = behind(SOON)
    assert found.rule == "harm >= 6 or kill in threats"
    assert found.bounds == ("Indicators of harm: Between 6 and 8",)
    assert found.no_higher == ()  # nothing is higher


def test_a_practitioner_sees_what_keeps_it_from_being_higher() -> None:
    found = behind({"who": "stranger", "threats": ["none_of_these"], "visits": "never"})
    assert [one.answer for one in found.no_higher] == ["None of these", "Someone I do not know"]
    assert found.rule == ""  # the first level has no condition


@pytest.mark.parametrize(
    ("action", "rule", "sources"),
    [("leave_the_phone", "phone_access is not no", ("A paper.",)), ("tell_neighbours", "visits >= monthly", ())],
)
def test_each_step_carries_its_rule(action: str, rule: str, sources: tuple[str, ...]) -> None:
    page = summary({**SOON, "visits": "weekly"}, "practitioner")
    step = next(one for theme in page.plan for one in theme.steps if one.id == action)
    assert (step.behind.rule, step.behind.sources) == (rule, sources)
    careful = "This stands here because these questions have no answer yet:"
    assert step.lead == (careful if step.unsure else "Because of these answers:")


def test_a_condition_on_an_outcome_shows_where_that_stands() -> None:
    page = summary({"threats": ["kill"], "phone_access": "no", "who": "stranger"}, "practitioner")
    step = next(one for theme in page.plan for one in theme.steps if one.id == "grab_bag")
    assert step.behind.bounds == ("Serious harm: High concern",)
