"""What answers at this moment is said on the screen, by UK time, never on paper, and never of unchecked hours."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from engine.interview.record import start
from tests.served import SHORT, Clock, Person
from webui import Settings, create_app
from webui.pages import notes
from webui.serve import report

# Winter, summer (an hour ahead of UTC), and a Sunday.
MOMENTS = [
    ("2026-11-23 08:59", "Closed now"),
    ("2026-11-23 09:00", "Open now, unless it is a bank holiday"),
    ("2026-11-23 16:59", "Open now, unless it is a bank holiday"),
    ("2026-11-23 17:00", "Closed now"),
    ("2026-06-22 08:00", "Open now, unless it is a bank holiday"),
    ("2026-06-22 16:00", "Closed now"),
    ("2026-11-22 12:00", "Closed now"),
]


def somebody(moment: str) -> Person:
    clock = Clock()
    clock.moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return Person(create_app(Settings(questionnaires=SHORT, now=clock)))


def reported(moment: str) -> str:
    return "\n".join(report(somebody(moment).client.application.extensions["askwell"]))


@pytest.mark.parametrize(("moment", "words"), MOMENTS)
def test_hours_are_those_of_the_uk_whatever_the_season(moment: str, words: str) -> None:
    page = somebody(moment).begins().presses("summary").words
    keepers = page.partition("Keepers who kick ")[2].partition("Kickers")[0]
    assert words in keepers
    assert "Open: Monday to Friday, 9am to 5pm (checked 7 October 2026)" in keepers


def test_only_checked_hours_say_anything() -> None:
    page = somebody("2026-11-23 12:00").begins().presses("summary").words
    kickers = page.partition("Kickers at night")[2].partition("When to come back")[0]
    assert "07700 900123" in kickers
    assert "now" not in kickers
    assert "Open" not in kickers


def test_paper_gives_the_hours_and_not_what_is_open_now() -> None:
    person = somebody("2026-11-23 12:00").begins()
    app = person.client.application
    (title,) = app.extensions["askwell"].library.titles
    with app.test_request_context():
        paper = notes(title, start(title.instrument, "self", date(2026, 11, 23)))
    assert "Monday to Friday, 9am to 5pm" in paper
    assert "Open now" not in paper


def test_the_operator_hears_of_what_is_due_to_be_checked_and_of_what_nobody_is_pointed_to() -> None:
    told = reported("2027-11-23 12:00")
    assert "Directory near: printed, but due to be checked again: keepers: hours; kickers: phone 07700 900123" in told
    assert "Directory near: nobody is pointed to these until a contact is checked: nowhere" in told
    assert "due to be checked" not in reported("2026-11-23 12:00")
