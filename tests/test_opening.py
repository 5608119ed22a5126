"""Opening hours: when somebody answers, and how it is said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from engine.format.opening import Hours, in_words, is_open

OWN: dict[str, Any] = {"evidence": "own_page", "source": "page", "checked": "2026-10-07", "verified": True}
UNSURE: dict[str, Any] = {"evidence": "third_party", "verified": False}


def hours_of(**days: list[str]) -> Hours:
    return Hours.model_validate({"week": days, **OWN})


ALWAYS = Hours.model_validate({"always": True, **OWN})
OFFICE = hours_of(mon=["09:00-17:00"], tue=["09:00-17:00"], wed=["09:30-12:00", "13:00-24:00"], sun=["00:00-02:00"])
UNVERIFIED = Hours.model_validate({"always": True, **UNSURE})

MOMENTS = [
    # hours, moment (2026-11-23 is a Monday), open?
    (OFFICE, "2026-11-23 08:59", False),
    (OFFICE, "2026-11-23 09:00", True),
    (OFFICE, "2026-11-23 16:59", True),
    (OFFICE, "2026-11-23 17:00", False),
    (OFFICE, "2026-11-25 12:30", False),
    (OFFICE, "2026-11-25 23:59", True),
    (OFFICE, "2026-11-26 00:00", False),
    (OFFICE, "2026-11-26 10:00", False),
    (OFFICE, "2026-11-29 00:00", True),
    (OFFICE, "2026-11-29 02:00", False),
    (ALWAYS, "2026-12-25 03:00", True),
    (UNVERIFIED, "2026-11-23 10:00", None),
    (None, "2026-11-23 10:00", None),
]


@pytest.mark.parametrize(("hours", "moment", "answer"), MOMENTS)
def test_a_service_is_open_in_its_hours(hours: Hours | None, moment: str, answer: bool | None) -> None:
    assert is_open(hours, datetime.fromisoformat(moment)) is answer


WORDS = [
    (ALWAYS, "Day and night, every day"),
    (
        OFFICE,
        "Monday to Tuesday, 9am to 5pm; Wednesday, 9:30am to midday and 1pm to midnight; Sunday, midnight to 2am",
    ),
    (hours_of(mon=["09:00-17:00"], tue=[], wed=["09:00-17:00"]), "Monday, 9am to 5pm; Wednesday, 9am to 5pm"),
    (hours_of(sat=["12:30-13:05"]), "Saturday, 12:30pm to 1:05pm"),
    (hours_of(thu=["00:30-11:00"], fri=["00:30-11:00"], sat=["00:30-11:00"]), "Thursday to Saturday, 12:30am to 11am"),
    (UNVERIFIED, None),
    (None, None),
]


@pytest.mark.parametrize(("hours", "words"), WORDS)
def test_hours_in_words(hours: Hours | None, words: str | None) -> None:
    assert in_words(hours) == words


BAD_HOURS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["hours-shape"]),
    ({"always": True, "week": {"mon": ["09:00-17:00"]}}, ["hours-shape"]),
    ({"week": {"mon": []}}, ["hours-shape"]),
    ({"week": {"mon": ["17:00-09:00"]}}, ["hours-shape"]),
    ({"week": {"mon": ["09:00-09:00"]}}, ["hours-shape"]),
    ({"week": {"mon": ["09:00-13:00", "12:00-17:00"]}}, ["hours-shape"]),
    ({"week": {"mon": ["9:00-17:00"]}}, ["string_pattern_mismatch"]),
    ({"week": {"mon": ["24:00-24:00"]}}, ["string_pattern_mismatch"]),
    ({"week": {"mon": ["09:00-17:60"]}}, ["string_pattern_mismatch"]),
    ({"week": {"monday": ["09:00-17:00"]}}, ["literal_error"]),
]


@pytest.mark.parametrize(("hours", "problems"), BAD_HOURS)
def test_hours_that_cannot_be(hours: dict[str, Any], problems: list[str]) -> None:
    with pytest.raises(ValidationError) as caught:
        Hours.model_validate({**hours, **OWN})
    assert [problem["type"] for problem in caught.value.errors()] == problems
