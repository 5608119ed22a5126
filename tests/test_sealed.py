"""The sealed cookie: only this site opens it, not for long, and it never grows beyond what a browser keeps."""

from __future__ import annotations

import base64
import random
import secrets
import string
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.format.load import load
from engine.format.load_directory import load_directory
from engine.interview.packing import LARGEST, packed, unpacked
from engine.workshop.check.of_size import fullest_record, record_fits
from engine.workshop.check.run import subject_of
from tests.served import Clock, Person, small_site
from webui.sealed import NAME, Seal, TooLarge

HALF_AN_HOUR, TWO_HOURS = timedelta(minutes=30), timedelta(hours=2)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def person(clock: Clock) -> Person:
    return Person(small_site(clock)).begins().answers("no")


def test_the_cookie_is_kept_from_scripts_and_other_sites_and_dies_with_the_browser(person: Person) -> None:
    cookie = person.last.headers["Set-Cookie"]
    assert cookie.startswith("__Host-s=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Max-Age" not in cookie
    assert "Expires" not in cookie
    assert "Domain" not in cookie


def test_the_cookie_tells_nothing_and_its_length_little(person: Person) -> None:
    seen = [person.cookie, person.answers("yes").cookie, person.presses("go_on").answers("own").cookie]
    assert len(set(map(len, seen))) == 1
    assert len(set(seen)) == 3
    for cookie in seen:
        plain = base64.urlsafe_b64decode(cookie)
        assert b"yes" not in plain
        assert b"danger" not in plain


def test_every_reply_seals_anew_and_who_only_looks_keeps_everything(person: Person, clock: Clock) -> None:
    site = person.client.application.extensions["askwell"]
    instrument, before = site.library.titles[0].instrument, person.cookie
    clock.passes(timedelta(minutes=20))
    assert person.looks().cookie != before
    now = site.settings.now()
    assert site.seal.open(person.cookie, instrument, now) == site.seal.open(before, instrument, now)


@pytest.mark.parametrize("place", [0, 10, 100, -2])
def test_a_cookie_that_was_tampered_with_shows_a_page_about_nothing(person: Person, place: int) -> None:
    cookie = person.cookie
    other = "A" if cookie[place] != "A" else "B"
    end = cookie[place + 1 :] if place != -1 else ""
    assert_over(person, cookie[:place] + other + end)


@pytest.mark.parametrize("foreign", ["x", "", "%00", "A" * 400, "A" * 3900, "eyJhIjoxfQ.sig", "é" * 30])
def test_a_foreign_cookie_shows_a_page_about_nothing(person: Person, foreign: str) -> None:
    assert_over(person, foreign)


def test_a_cookie_of_another_key_or_another_version_of_the_questions_is_as_good_as_none(person: Person) -> None:
    site = person.client.application.extensions["askwell"]
    instrument, now = site.library.titles[0].instrument, site.settings.now()
    assert site.seal.open(person.cookie, instrument, now) is not None
    assert site.seal.open(person.cookie, replace(instrument, content_hash="0" * 64), now) is None
    assert Seal((secrets.token_bytes(32),), HALF_AN_HOUR, TWO_HOURS).open(person.cookie, instrument, now) is None


def test_the_key_before_still_opens(person: Person) -> None:
    site = person.client.application.extensions["askwell"]
    instrument, now = site.library.titles[0].instrument, site.settings.now()
    both = Seal((secrets.token_bytes(32), *site.settings.keys), HALF_AN_HOUR, TWO_HOURS)
    assert both.open(person.cookie, instrument, now) is not None
    assert site.seal.open(both.close({}, 0, instrument, now), instrument, now) is None


def test_half_an_hour_without_use_is_the_end(person: Person, clock: Clock) -> None:
    clock.passes(HALF_AN_HOUR)
    assert person.looks().heading == "Can the zebra hear you?"
    clock.passes(HALF_AN_HOUR + timedelta(seconds=1))
    assert_over(person)


def test_two_hours_are_the_end_even_with_use(person: Person, clock: Clock) -> None:
    for _ in range(6):
        clock.passes(timedelta(minutes=20))
        assert person.looks().heading == "Can the zebra hear you?"
    clock.passes(timedelta(seconds=1))
    assert_over(person)


def test_an_answer_sent_too_late_names_no_topic(person: Person, clock: Clock) -> None:
    clock.passes(TWO_HOURS)
    person.answers("yes")
    assert person.last.status_code == 303
    assert person.last.headers["Location"] == "/q"
    assert_over(person)


def test_what_does_not_fit_is_refused_kindly_and_nothing_is_lost(person: Person) -> None:
    letters = random.Random(7)
    many = "".join(letters.choices(string.ascii_letters + string.digits, k=2300))
    person.passes_on_to("like to say").answers(many)
    assert person.heading == "What else about the zebra?"
    before = len(person.cookie)
    person.answers(many[::-1])
    assert person.last.status_code == 422
    assert "There is no room to keep this as well. Nothing you said before is lost." in person.words
    assert many[::-1] in person.page
    assert len(person.cookie) == before <= LARGEST
    # Everything else still works.
    assert person.answers("Enough.").heading == "Check your answers"
    assert many in person.page
    assert person.presses("summary").heading == "Your summary"
    assert len(person.cookie) <= LARGEST


def test_the_seal_itself_never_makes_more_than_a_browser_keeps(person: Person) -> None:
    site = person.client.application.extensions["askwell"]
    instrument, now = site.library.titles[0].instrument, site.settings.now()
    noise = secrets.token_hex(2700)
    with pytest.raises(TooLarge):
        site.seal.close({"at": noise}, 0, instrument, now)


def test_deleting_takes_the_cookie_and_begins_again(person: Person) -> None:
    person.presses("forget")
    assert "__Host-s=;" in person.last.headers["Set-Cookie"]
    assert '"cookies"' in person.last.headers["Clear-Site-Data"]
    assert_over(person)


def assert_over(person: Person, cookie: str | None = None) -> None:
    """The journey is over: no trace of the questions, and the cookie is taken back."""
    if cookie is not None:
        person.client.set_cookie(NAME, cookie)
    assert person.looks().heading == "There is nothing here now"
    assert person.cookie == ""
    assert person.title == "Questions"
    assert "zebra" not in person.page


@pytest.mark.parametrize(
    "file", sorted(Path("questionnaires").glob("*/questionnaire.yaml")), ids=lambda one: one.parent.name
)
def test_whoever_says_everything_that_can_be_said_has_room_for_it(file: Path) -> None:
    directory = load_directory(Path("questionnaires/directory/uk.yaml"))
    instrument = load(file.parent, directory)
    subject = subject_of(instrument, file, date(2026, 11, 25), directory, solver=False)
    assert list(record_fits(subject)) == []
    everything = fullest_record(subject)
    for known in (instrument, None):
        assert unpacked(packed(everything, known), known, 1 << 20) == everything
