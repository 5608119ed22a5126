"""Since last time: what changed between two records of one person, and how often something happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from engine.interview.record import Record
from engine.interview.since import Week, logs, since
from tests.interview.screen import SCREEN, STEADY, TODAY, Said, answers, person

STRANGER = {"who": "stranger", "threats": ["none_of_these"], "visits": "monthly"}


def earlier(said: Said, days: int = 30) -> Record:
    return replace(person(said), on=TODAY - timedelta(days=days))


def listed(*entries: Said, closed: bool = True) -> Said:
    return {"incidents": {"entries": list(entries), "that_is_all": closed}}


def test_what_was_said_otherwise_is_told_in_page_order() -> None:
    found = since(
        SCREEN, earlier({**STRANGER, "hours": 2}), person({**STRANGER, "visits": "weekly", "threats": "declined"})
    )
    assert [one.item for one in found.answers] == ["threats", "visits", "hours"]
    assert [(one.before, one.now) for one in found.answers if one.item == "visits"] == [("monthly", "weekly")]
    assert found.answers[-1].now is None
    assert found.days == 30


@pytest.mark.parametrize(
    ("before", "now", "up", "down"),
    [
        (STRANGER, {**STRANGER, "threats": ["kill"]}, True, False),
        ({**STRANGER, "threats": ["kill"]}, STRANGER, False, True),
        ({"who": "stranger"}, {**STRANGER, "threats": ["harm"]}, True, True),  # it was open, and is settled
    ],
)
def test_an_outcome_that_moved(before: Said, now: Said, up: bool, down: bool) -> None:
    found = since(SCREEN, earlier(before), person(now))
    assert [(one.outcome, one.up, one.down) for one in found.outcomes] == [("serious_harm", up, down)]


def test_alerts_that_came_and_went() -> None:
    found = since(SCREEN, earlier({**STRANGER, "visits": "weekly"}), person({**STRANGER, "threats": ["kill"]}))
    assert (found.alerts_raised, found.alerts_gone) == (("death_threat",), ("talk_first",))


def test_the_older_record_comes_first() -> None:
    with pytest.raises(ValueError, match="older"):
        since(SCREEN, person({}), earlier({}))


def test_incidents_by_week() -> None:
    (log,) = logs(SCREEN, person(listed({"on": "2026-11-20"}, {"on": "2026-11-19"}, {"on": "2026-11-07"})))
    assert log.days_since_last == (0, 0)
    assert log.weeks == (
        Week(date(2026, 11, 14), date(2026, 11, 20), 2, 2),
        Week(date(2026, 11, 7), date(2026, 11, 13), 1, 1),
    )
    assert (log.incidents, log.may_be_more) == (3, False)


def test_an_incident_of_which_only_the_month_is_known_may_lie_in_any_of_its_weeks() -> None:
    (log,) = logs(SCREEN, person(listed({"on": "2026-11"}, {"on": "2026-11-12"}, closed=False)))
    assert log.days_since_last == (0, 8)
    assert [(week.at_least, week.at_most) for week in log.weeks] == [(0, 1), (1, 2), (0, 1)]
    assert log.may_be_more


def test_an_incident_without_a_date_may_have_been_the_last() -> None:
    (log,) = logs(SCREEN, person(listed({"on": "2026-11-12"}, {"what": "call"})))
    assert log.days_since_last == (0, 8)
    assert [(week.at_least, week.at_most) for week in log.weeks] == [(0, 1), (1, 2)]


@pytest.mark.parametrize("said", [listed(), listed({"what": "call"})])
def test_without_a_date_nothing_is_known_of_the_last(said: Said) -> None:
    (log,) = logs(SCREEN, person(said))
    assert (log.days_since_last, log.weeks) == (None, ())


def test_a_log_that_was_not_reached_is_no_log() -> None:
    assert logs(SCREEN, person({"incidents": "dont_know"})) == logs(SCREEN, person({})) == ()


@STEADY
@given(answers())
def test_nothing_changed_is_nothing(said: Said) -> None:
    found = since(SCREEN, person(said), person(said))
    assert (found.days, found.answers, found.outcomes, found.alerts_raised, found.alerts_gone) == (0, (), (), (), ())


@STEADY
@given(answers())
def test_a_week_certainly_holds_no_more_than_it_may_and_no_more_than_there_are(said: Said) -> None:
    for log in logs(SCREEN, person(said)):
        assert all(0 <= week.at_least <= week.at_most <= log.incidents for week in log.weeks)
        assert sum(week.at_least for week in log.weeks) <= log.incidents
