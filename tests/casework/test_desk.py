"""The desk: nothing without the passphrase or for another browser; every answer is kept as it is entered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

from engine.casework.case_file import CaseFile, written
from engine.casework.sealed_file import seal, unseal
from tests.casework.at_desk import LONG, Worker, desk_site
from tests.casework.people import PASSPHRASE, QUICK, a_case
from tests.served import Clock, small_site
from webui import Settings
from webui.casework.desk import Desk
from webui.settings import InvalidSettings

FIRST, SECOND = "/cases/2026-1/s/first", "/cases/2026-1/s/second"


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
    return Worker(app).looks("/cases/").unlocks().begins(questionnaire="everything")


def kept(app: Flask) -> CaseFile:
    desk: Desk = app.extensions["askwell_desk"]
    assert desk._store is not None
    return desk._store.open("2026-1")


# Who gets in.


@pytest.mark.parametrize("setting", [{"address": "0.0.0.0"}, {"hosts": ("cases.example.org",)}])
def test_it_does_not_start_where_others_could_reach_it(tmp_path: Path, setting: dict[str, object]) -> None:
    with pytest.raises(InvalidSettings, match="to it alone"):
        Settings(cases=tmp_path / "cases.db", **setting)  # type: ignore[arg-type]


def test_without_a_file_for_them_there_are_no_cases() -> None:
    assert small_site().test_client().get("/cases/").status_code == 404


def test_another_machine_finds_nothing(app: Flask) -> None:
    reply = app.test_client().get("/cases/", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert reply.status_code == 404


PAGES = ("/cases/2026-1/gate", FIRST, "/cases/2026-1/", "/cases/2026-1/jump", "/cases/token")


@pytest.mark.parametrize("page", PAGES)
def test_locked_or_to_another_browser_no_page_shows_anything(worker: Worker, app: Flask, page: str) -> None:
    stranger = Worker(app).looks(page)
    assert "Locked" in stranger.page
    worker.sends("/cases/lock")
    assert "Locked" in worker.looks(page).page
    assert "2026-1" not in worker.page + stranger.page
    assert app.extensions["askwell_desk"].token not in worker.page + stranger.page


def test_it_locks_itself_when_nobody_uses_it_and_keeps_what_was_saved(worker: Worker, app: Flask, clock: Clock) -> None:
    worker.looks(FIRST).sends(FIRST, a__who="own")
    clock.passes(LONG)
    assert "Locked" in worker.looks(FIRST).page
    assert worker.unlocks().looks(FIRST).page.count("checked") == 1


def test_what_is_sent_after_a_lock_is_said_not_to_be_saved_and_can_be_sent_again(
    worker: Worker, app: Flask, clock: Clock
) -> None:
    worker.looks(FIRST)
    written_on = worker.page
    clock.passes(LONG)
    assert "this was not saved" in worker.sends(FIRST, a__who="own").words
    worker.unlocks()
    worker.page = written_on
    worker.sends(FIRST, a__who="own")
    assert kept(app).record.answers == {"who": "own"}


def test_a_wrong_passphrase_and_two_unlike_ones_are_told(app: Flask) -> None:
    worker = Worker(app).looks("/cases/")
    worker.sends("/cases/unlock", passphrase=PASSPHRASE, again="something else")
    assert "not the same" in worker.words
    assert "at least 12" in worker.unlocks("short").words
    worker.unlocks().sends("/cases/lock")
    assert "not its passphrase" in worker.unlocks("kettle orbit pear").words


def test_a_form_without_its_token_changes_nothing(worker: Worker, app: Flask) -> None:
    before = kept(app)
    worker.looks(FIRST).sends(FIRST, a__who="own", token="forged")
    assert worker.last.status_code == 400
    assert worker.looks(FIRST).saves(FIRST, item="who", a__who="own", token="forged").status_code == 401
    assert kept(app) == before


def test_nothing_that_is_shown_may_be_stored_by_a_browser(worker: Worker) -> None:
    assert {worker.client.get(page).headers["Cache-Control"] for page in ("/cases/", *PAGES)} == {"no-store"}


def test_a_reference_that_is_taken_or_is_a_name_is_told(worker: Worker) -> None:
    assert "2026-1 already" in worker.looks("/cases/").begins(questionnaire="everything").words
    assert "Not a name" in worker.begins("Jane Doe!", "everything").words
    assert worker.begins("2026-2", "everything").looks("/cases/?words=-2").page.count("/gate") == 1


def test_a_case_is_saved_as_a_file_and_opened_from_it(worker: Worker, app: Flask) -> None:
    worker.looks(FIRST).sends(FIRST, a__who="own").looks("/cases/2026-1/gate")
    sealed = worker.sends("/cases/2026-1/file", passphrase=PASSPHRASE).last
    assert sealed.headers["Content-Disposition"] == 'attachment; filename="notes.askwell"'
    assert unseal(sealed.data, PASSPHRASE).record.answers == {"who": "own"}
    worker.looks("/cases/2026-1/gate").sends("/cases/2026-1/purge", typed="2026-9")
    assert "Nothing was destroyed" in worker.words
    worker.sends("/cases/2026-1/purge", typed="2026-1")
    worker.sends("/cases/file", passphrase=PASSPHRASE, file=(BytesIO(sealed.data), "notes.askwell"))
    assert kept(app).record.answers == {"who": "own"}


def test_a_file_that_cannot_be_opened_says_why(worker: Worker) -> None:
    other, practice = (seal(written(a_case(reference=one)), PASSPHRASE, QUICK) for one in ("2026-7", "practice-1"))
    told = {b"letter": "not a case file", other[:-9]: "cut off", other: "is not served here", practice: "for practice"}
    for content, words in told.items():
        worker.looks("/cases/").sends("/cases/file", passphrase=PASSPHRASE, file=(BytesIO(content), "x"))
        assert words in worker.words


# The gate.


def test_what_is_said_at_the_gate_is_kept(worker: Worker, app: Flask) -> None:
    gate = {"safe_to_talk": "yes", "minutes": "20", "number": "01632 960001", "times": "mornings", "voicemail": "no"}
    worker.sends("/cases/2026-1/gate", **gate, delete_after="2027-01-31", by="B. Worker", consent="given")
    assert "The zebra today" in worker.page
    assert "Time to talk until about 12:20" in worker.words
    file = kept(app)
    assert (file.gate.minutes, file.gate.may_share, file.by) == (20, True, "B. Worker")
    assert file.delete_after.isoformat() == "2027-01-31"
    assert [call.what for call in file.calls] == ["began"]


def test_where_it_is_not_safe_to_talk_nothing_is_asked(worker: Worker) -> None:
    worker.sends("/cases/2026-1/gate", safe_to_talk="no", delete_after="2027-01-31")
    assert "Begin a case" in worker.page


def test_a_slip_at_the_gate_is_told_beside_what_was_written(worker: Worker) -> None:
    worker.sends("/cases/2026-1/gate", minutes="soon", delete_after="someday", number="01632 960001")
    assert worker.last.status_code == 422
    assert "how many minutes" in worker.words
    assert "Write a day" in worker.words
    for typed in ("soon", "someday", "01632 960001"):
        assert f'value="{typed}"' in worker.page


@pytest.mark.parametrize(
    ("gate", "rule"),
    [
        ({}, "Do not call back"),
        ({"number": "1", "times": "mornings", "voicemail": "no"}, r"Call 1, only .* times \(mornings\); leave no"),
        ({"number": "1", "voicemail": "unsure"}, "no safe times are known; leave no message"),
        ({"number": "1", "voicemail": "yes"}, "a message only as agreed"),
    ],
)
def test_a_dropped_call_is_written_down_with_its_rule_and_shows_nothing(
    worker: Worker, app: Flask, gate: dict[str, str], rule: str
) -> None:
    worker.sends("/cases/2026-1/gate", **gate, delete_after="2027-01-31").sends("/cases/2026-1/dropped")
    assert "2026-1" not in worker.page
    assert "zebra" not in worker.page
    assert kept(app).calls[-1].what == "dropped"
    assert re.search(rule, kept(app).calls[-1].note)
    worker.looks("/cases/2026-1/gate").sends("/cases/2026-1/gate", delete_after="2027-01-31")
    assert [call.what for call in kept(app).calls] == ["began", "dropped", "began"]


# The screen, without the script.


def test_a_whole_section_is_saved_at_once(worker: Worker, app: Flask) -> None:
    worker.looks(FIRST).sends(FIRST, a__danger="no", how__danger="observed", a__who="own", note__who="  By name. ")
    record = kept(app).record
    assert record.answers == {"danger": "no", "who": "own"}
    assert record.how_known == {"danger": "observed"}
    assert record.notes == {"who": "By name."}


@pytest.mark.parametrize("state", ["dont_know", "declined", "not_asked"])
def test_there_are_five_states_of_an_answer(worker: Worker, app: Flask, state: str) -> None:
    worker.looks(FIRST).sends(FIRST, do=f"{state}:danger")
    assert kept(app).record.answers == {"danger": state}
    worker.looks(FIRST).sends(FIRST)
    assert kept(app).record.answers == {"danger": state}
    worker.looks(FIRST).sends(FIRST, a__danger="yes")
    assert kept(app).record.answers == {"danger": "yes"}
    worker.looks(FIRST).sends(FIRST, do="clear:danger")
    assert kept(app).record.answers == {}


def test_a_list_grows_entry_by_entry(worker: Worker, app: Flask) -> None:
    entry = {"e-visits-1-month": "11", "e-visits-1-year": "2026", "e-visits-2": "kick"}
    worker.looks(SECOND).sends(SECOND, do="add:visits", **entry)
    worker.looks(SECOND).sends(SECOND, do="all:visits", **{"e-visits-2": "bite"})
    said = kept(app).record.answers["visits"]
    assert said == {"entries": [{"on": "2026-11", "what": "kick"}, {"what": "bite"}], "that_is_all": True}
    worker.looks(SECOND).sends(SECOND, do="remove:visits:1")
    assert kept(app).record.answers["visits"] == {"entries": [{"what": "bite"}], "that_is_all": False}
    assert "Fill in at least one box" in worker.looks(SECOND).sends(SECOND, do="add:visits").words


def test_a_box_that_cannot_be_understood_keeps_its_words_and_the_rest_is_saved(worker: Worker, app: Flask) -> None:
    worker.looks(FIRST).sends(FIRST, a__who="own", a__years="many", note__who="By name.")
    assert worker.last.status_code == 422
    assert 'value="many"' in worker.page
    assert "Write this as a number" in worker.words
    assert ">The rest is saved</p>" in worker.page
    assert kept(app).record.answers == {"who": "own"}
    assert kept(app).record.notes == {"who": "By name."}


def test_of_two_windows_the_second_is_told_and_keeps_what_was_typed(worker: Worker, app: Flask) -> None:
    worker.looks(FIRST)
    old = worker.hidden("revision")
    worker.sends(FIRST, a__who="own")
    worker.looks(FIRST).sends(FIRST, a__who="wild", note__who="Seen.", revision=old)
    assert worker.last.status_code == 409
    assert "another window" in worker.words
    assert ">Not saved</p>" in worker.page
    assert "Seen." in worker.page
    assert kept(app).record.answers == {"who": "own"}


def test_one_can_jump_by_words_and_by_ids(worker: Worker) -> None:
    for words, place in (("bit", ""), ("what done", "s/second#i-does"), ("danger", "s/first#i-danger")):
        reply = worker.client.get("/cases/2026-1/jump", query_string={"to": words, "from": "second"})
        assert reply.headers["Location"] == f"/cases/2026-1/{place or 's/second'}"


# The screen, with the script.


def test_one_item_is_saved_as_it_is_entered_and_the_live_side_follows(worker: Worker, app: Flask) -> None:
    worker.looks(FIRST)
    told = worker.saves(FIRST, item="danger", a__danger="yes", how__danger="asked", a__who="own").json
    assert told is not None
    assert kept(app).record.answers == {"danger": "yes"}
    assert told["announce"] == "Alert: Step away from the zebra"
    assert "Is a zebra kicking you now? <b>Yes</b>" in told["live"]
    assert 'class="flag">alert' in told["sections"]
    assert told["states"]["danger"] == ["answered", "Answered"]
    assert "years" in told["shown"]
    again = worker.saves(FIRST, item="who", a__who="wild", revision=str(told["revision"])).json
    assert again is not None
    assert again["announce"] == ""
    assert "years" not in again["shown"]


def test_what_went_wrong_is_told_to_the_script(worker: Worker, app: Flask) -> None:
    worker.looks(FIRST)
    told = worker.saves(FIRST, item="years", a__years="many").json
    assert told is not None
    assert "Write this as a number" in told["wrong"]["years"]
    stale = worker.saves(FIRST, item="who", a__who="own", revision="1")
    assert (stale.status_code, stale.json and "another window" in stale.json["words"]) == (409, True)
    worker.sends("/cases/lock")
    locked = worker.saves(FIRST, item="who", a__who="own")
    assert (locked.status_code, locked.json and locked.json["locked"]) == (401, True)


def test_the_live_side_can_be_hidden(worker: Worker) -> None:
    worker.looks(FIRST).sends("/cases/look", live="off", back=FIRST)
    assert "Hidden while you ask" in worker.page
    told = worker.saves(FIRST, item="danger", a__danger="yes").json
    assert told is not None
    assert told["live"] == ""
    assert "Alert" in told["announce"]


def test_a_page_that_is_not_there_is_told(worker: Worker) -> None:
    assert "no case 2026-9" in worker.looks("/cases/2026-9/gate").words
    assert worker.client.get("/cases/2026-1/s/nowhere").status_code == 404
