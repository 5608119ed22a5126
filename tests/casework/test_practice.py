"""Practice: made-up callers on the same screen, a model answer afterwards, and nothing kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.casework.at_desk import Worker, desk_site
from tests.served import LIBRARY

FIRST, SECOND = "/cases/practice-1/s/first", "/cases/practice-1/s/second"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    made = desk_site(tmp_path)
    yield made
    made.extensions["askwell_desk"].lock()


@pytest.fixture
def worker(app: Flask) -> Worker:
    worker = Worker(app).looks("/cases/").unlocks().looks("/cases/practice")
    return worker.sends("/cases/practice", questionnaire="everything", caller="1")


def test_the_caller_answers_when_asked_and_is_not_given_away(worker: Worker) -> None:
    assert "Ask the caller 12 zebra years" in worker.words
    assert "Ask the caller The caller does not know" in worker.words
    assert "kicks now" not in worker.looks("/cases/practice").page + worker.looks(FIRST).page


def test_the_model_answer_tells_what_was_missed_and_what_of_it_matters_most(worker: Worker) -> None:
    worker.looks(FIRST).sends(FIRST, a__who="own").looks("/cases/practice-1/model")
    for words in (
        "A zebra that kicks now",
        "not raised Step away from the zebra",
        "Trouble with the zebra Grave zebra concern Not settled: too little was answered",
        "What has the zebra done? matters most The zebra kicked You recorded: Not answered yet",
        "For how many years has the zebra been there? 12 zebra years",
    ):
        assert words in worker.words
    worker.looks(FIRST).sends(FIRST, a__who="own", a__danger="yes", a__years="12")
    worker.looks(SECOND).sends(SECOND, a__does="kicked").looks("/cases/practice-1/model")
    assert "Everything that the caller had to say is recorded." in worker.words


def test_practice_is_never_among_the_cases_and_is_gone_once_locked(worker: Worker) -> None:
    assert "practice-1" not in worker.looks("/cases/").page
    assert "are for practice" in worker.begins("practice-7", "everything").words
    worker.looks("/cases/").sends("/cases/lock").unlocks()
    assert "no case practice-1" in worker.looks(FIRST).words
    worker.looks("/cases/practice").sends("/cases/practice", questionnaire="everything", caller="1")
    assert "12 zebra years" in worker.looks(FIRST).words


def test_of_two_windows_the_second_is_told_here_too(worker: Worker) -> None:
    old = worker.looks(FIRST).hidden("revision")
    worker.sends(FIRST, a__who="own").looks(FIRST).sends(FIRST, a__who="wild", revision=old)
    assert worker.last.status_code == 409


@pytest.mark.parametrize("caller", ["0", "2", "one", ""])
def test_a_caller_that_is_not_there_cannot_be_taken(worker: Worker, caller: str) -> None:
    worker.looks("/cases/practice").sends("/cases/practice", questionnaire="everything", caller=caller)
    assert worker.last.status_code == 400


def test_without_a_file_of_callers_that_can_be_read_nobody_is_offered(tmp_path: Path) -> None:
    shutil.copytree(LIBRARY, tmp_path / "library")
    (cases,) = (tmp_path / "library").glob("*/cases.yaml")
    cases.write_bytes(b"\xff")
    worker = Worker(desk_site(tmp_path, questionnaires=tmp_path / "library")).looks("/cases/").unlocks()
    assert worker.looks("/cases/practice").last.status_code == 200
    assert 'name="caller"' not in worker.page
    worker.sends("/cases/lock")
