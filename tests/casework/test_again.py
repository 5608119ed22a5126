"""Asked again: answers are carried forward until confirmed, and what changed since is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from engine.casework.case import Case, RecordFile
from engine.casework.case_file import written
from engine.casework.compare import Comparison, compare
from engine.casework.migrate import open_case
from engine.casework.reassess import confirmed, reassess
from engine.interview.reading import to_json
from engine.interview.record import Entries, Judgement
from tests.casework.people import NOW, a_case
from tests.casework.test_migrate import newer
from tests.interview.screen import SCREEN

FIRST = NOW.date()
LATER = FIRST + timedelta(days=30)
AGAIN = reassess(SCREEN, a_case(), LATER)


def test_answers_are_carried_with_their_day_and_non_answers_are_asked_again() -> None:
    assert AGAIN.carried == dict.fromkeys(("who", "visits", "threats", "incidents"), FIRST)
    assert "separated" not in AGAIN.record.answers
    assert AGAIN.record.on == LATER
    assert AGAIN.record.how_known == {"who": "asked", "threats": "records"}


def test_how_a_question_was_asked_that_is_asked_again_is_not_carried() -> None:
    case = a_case()
    known = {**case.record.how_known, "separated": "asked"}
    again = reassess(SCREEN, replace(case, record=replace(case.record, how_known=known)), LATER)
    assert again.record.how_known == {"who": "asked", "threats": "records"}


def test_the_day_is_that_on_which_it_was_last_said() -> None:
    third = reassess(SCREEN, confirmed(AGAIN, "who"), LATER + timedelta(days=1))
    assert third.carried == {"who": LATER, **dict.fromkeys(("visits", "threats", "incidents"), FIRST)}
    assert [one.date for one in third.earlier] == [FIRST, LATER]


def test_a_list_that_was_complete_may_have_grown() -> None:
    complete = a_case(incidents={"entries": [{"what": "visit"}], "that_is_all": True})
    carried = reassess(SCREEN, complete, LATER).record.answers["incidents"]
    assert isinstance(carried, Entries)
    assert (len(carried.entries), carried.closed) == (1, False)


@pytest.mark.parametrize(
    ("said", "judgement", "kept"),
    [
        ({}, Judgement("high", "Reason"), True),  # not below what the answers give
        ({}, Judgement("elevated", "Reason", "A colleague"), False),  # lowered: to be judged anew
        ({"threats": ["harm"]}, Judgement("high", "Reason"), True),
    ],
)
def test_a_raised_level_stays_and_a_lowered_one_is_judged_anew(
    said: dict[str, Any], judgement: Judgement, kept: bool
) -> None:
    case = a_case(**said)
    judged = replace(case, record=replace(case.record, judgements={"serious_harm": judgement}))
    assert ("serious_harm" in reassess(SCREEN, judged, LATER).record.judgements) is kept


def test_a_level_of_an_outcome_that_does_not_apply_is_kept() -> None:
    title = "  serious_harm:\n    title: Serious harm\n"
    gated = newer((title, f"{title}    applies_if: who is ex_partner\n"))
    assert "serious_harm" in reassess(gated, a_case(gated, who="stranger"), LATER).record.judgements


def test_asking_again_does_not_go_back_in_time() -> None:
    with pytest.raises(ValueError, match="last assessment is of 2026-11-25"):
        reassess(SCREEN, a_case(), FIRST - timedelta(days=1))


def changed(case: Case) -> Comparison:
    found = compare(SCREEN, case)
    assert found is not None
    return found


def test_there_is_nothing_to_compare_the_first_time() -> None:
    assert compare(SCREEN, a_case()) is None


def test_what_changed_is_told_in_words_and_outcomes_stand_side_by_side() -> None:
    found = changed(replace(AGAIN, record=AGAIN.record.saying("visits", "never").without("threats")))
    told = [(one.question, one.before, one.now) for one in found.changed if one.item in ("visits", "threats")]
    assert told == [
        ("Have they threatened any of these?", "To kill you", "Not answered yet"),
        ("How often do they come?", "Every week", "Never"),
    ]
    harm = found.courses[0]
    assert [reading.on for reading in harm.readings] == [FIRST, LATER]
    assert (harm.title, harm.levels[-1]) == ("Serious harm", "High concern")
    assert found.days == 30
    assert found.alerts_gone == ("Talk to somebody",)
    assert [log.item for log in found.logs] == ["incidents"]


# what is answered now instead, and what became of serious harm: high, because of a threat to kill and a judgement
MOVED = [
    ({}, {}, "same"),
    ({"threats": ["none_of_these"], "visits": "never", "separated": "no"}, {}, "up"),
    ({}, {"threats": ["none_of_these"], "visits": "never", "separated": "no"}, "down"),
    ({"threats": "dont_know"}, {}, "more_known"),
    ({}, {"threats": "dont_know"}, "less_known"),
    ({"who": "stranger"}, {}, "same"),
]


@pytest.mark.parametrize(("before", "now", "moved"), MOVED)
def test_an_outcome_of_which_less_is_known_did_not_go_down(
    before: dict[str, Any], now: dict[str, Any], moved: str
) -> None:
    first, second = (replace(a_case(**said).record, judgements={}) for said in (before, now))
    case = replace(a_case(), record=replace(second, on=LATER), earlier=(RecordFile.model_validate(to_json(first)),))
    courses = {course.outcome: course.since for course in changed(case).courses}
    assert courses["serious_harm"] == moved
    assert (courses["after_separation"] == "applies_otherwise") is (before.get("who") == "stranger")


def test_a_new_incident_shows_in_the_weeks() -> None:
    said = AGAIN.record.answers["incidents"]
    assert isinstance(said, Entries)
    assert changed(AGAIN).logs[0].weeks[0].last == LATER
    assert changed(AGAIN).logs[0].incidents == len(said.entries)


def test_an_earlier_record_of_another_version_is_compared_as_far_as_it_goes_and_stays_as_it_was() -> None:
    without = newer(
        ("weekly: {label: Every week", "often: {label: Every week"), ("visits is weekly", "visits is often")
    )
    case = open_case(without, written(AGAIN), NOW)
    found = compare(without, case)
    assert found is not None
    assert [(one.name, one.said) for one in found.not_compared] == [("visits", "weekly")]
    assert case.earlier == AGAIN.earlier
    assert date(2026, 11, 25) == found.before
