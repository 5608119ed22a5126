"""Over time at the desk: answers are carried until confirmed, and what changed is told in words, table and drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from engine.interview.since import Log, Week
from tests.casework.at_desk import Worker, desk_site
from tests.served import Clock
from webui.casework.again import chart
from webui.casework.desk import Desk

SECOND, OVER = "/cases/2026-1/s/second", "/cases/2026-1/over-time"
VISIT = {"e-visits-1-day": "20", "e-visits-1-month": "11", "e-visits-1-year": "2026", "e-visits-2": "kick"}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    made = desk_site(tmp_path, clock)
    yield made
    made.extensions["askwell_desk"].lock()


@pytest.fixture
def worker(app: Flask) -> Worker:
    worker = Worker(app).looks("/cases/").unlocks().begins(questionnaire="everything").looks(SECOND)
    return (
        worker.sends(SECOND, a__does="kicked").looks(SECOND).sends(SECOND, a__does="kicked", do="add:visits", **VISIT)
    )


def a_month_later(worker: Worker, clock: Clock) -> Worker:
    clock.passes(timedelta(days=30))
    return worker.unlocks().looks(OVER).sends("/cases/2026-1/again").looks(SECOND)


def test_carried_answers_are_marked_until_they_are_confirmed_or_changed(
    worker: Worker, app: Flask, clock: Clock
) -> None:
    a_month_later(worker, clock)
    assert worker.words.count("Carried from 23 November 2026") == 2
    worker.sends(SECOND, a__does="kicked", do="confirm:does").looks(SECOND)
    assert worker.words.count("Carried from 23 November 2026") == 1
    desk: Desk = app.extensions["askwell_desk"]
    assert desk._store is not None
    assert set(desk._store.open("2026-1").carried) == {"visits"}
    worker.sends(SECOND, a__does="kicked", do="remove:visits:1").looks(SECOND)
    assert "Carried" not in worker.words


def test_what_changed_and_the_outcomes_stand_side_by_side(worker: Worker, clock: Clock) -> None:
    a_month_later(worker, clock).sends(SECOND, a__does="bitten").looks(OVER)
    assert "The zebra kicked → The zebra bit" in worker.words
    assert "2026-11-23 2026-12-23" in worker.words
    assert re.search(r"Trouble with the zebra Grave zebra concern Some zebra concern Down", worker.words)


def test_the_drawing_says_the_same_in_words_and_as_a_table(worker: Worker) -> None:
    page = worker.looks(OVER).page
    assert "week to 2026-11-23: 1" in page
    assert 'role="img"' in page
    assert "<td>1</td><td>1</td>" in page
    assert "3 days since the last incident" in worker.words


def test_one_day_has_one_assessment(worker: Worker) -> None:
    assert "already" in worker.looks(OVER).sends("/cases/2026-1/again").words


# weeks, the newest first: incidents at least and at most; and how high each is drawn, the oldest first
WEEKS = [
    ([(1, 2), (0, 0), (2, 4)], [(60, 120), (0, 0), (30, 60)], f"week to {date(2026, 11, 23)}: 1 to 2"),
    ([(0, 0)], [(0, 0)], "No incident has a date."),
    ([], [], "No incident has a date."),
]


@pytest.mark.parametrize(("weeks", "heights", "said"), WEEKS)
def test_what_is_sure_and_what_may_be_is_drawn_apart_with_the_oldest_at_the_left(
    weeks: list[tuple[int, int]], heights: list[tuple[int, int]], said: str
) -> None:
    newest = date(2026, 11, 23)
    listed = [
        Week(newest - timedelta(days=7 * place + 6), newest - timedelta(days=7 * place), *counts)
        for place, counts in enumerate(weeks)
    ]
    drawn = chart(Log("visits", 3, None, tuple(listed), may_be_more=True), "Visits")
    assert [bar.week for bar in drawn.bars] == listed[::-1]
    assert [(bar.sure, bar.maybe) for bar in drawn.bars] == heights
    assert said in drawn.said
