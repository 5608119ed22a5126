"""The service directory: what may be printed, on what ground, and what needs a new look."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from engine.format.directory import (
    Contact,
    Directory,
    Overdue,
    Service,
    is_printable,
    is_uk_number,
    overdue,
    printable_contacts,
    serves,
    serves_everywhere,
)
from engine.format.evidence import Evidenced, Fact, earliest_day, if_verified

OWN: dict[str, Any] = {"evidence": "own_page", "source": "page", "checked": "2026-10-07", "verified": True}
UNSURE: dict[str, Any] = {"evidence": "third_party", "verified": False}


def kinds(model: type[Evidenced | Service], **value: Any) -> list[str]:
    """Return the kinds of problem that this model has with these values."""
    try:
        model.model_validate(value)
    except ValidationError as error:
        return [problem["type"] for problem in error.errors()]
    return []


def contact(value: str = "0808 802 0300", kind: str = "phone", **rest: Any) -> Contact:
    return Contact.model_validate({"kind": kind, "value": value, **OWN, **rest})


# --- numbers and addresses --------------------------------------------------------------------------------------------

NUMBERS = [
    # value, may it be dialled in the UK?
    ("999", True),
    ("101", True),
    ("18000", True),
    ("116 123", True),
    ("0800 1111", True),
    ("85258", True),
    ("0808 80 10 800", True),
    ("08088 01 03 02", True),
    ("020 3866 4107", True),
    ("01273 234773", True),
    ("016977 2345", True),
    ("0800 123456", True),
    ("07860 077333", True),
    ("0808 10 800", False),  # Live Fear Free, as a public page misprinted it
    ("0808 80 10 80", False),
    ("0800 12345", False),
    ("0808 80 10 8000", False),
    ("020 3866 410", False),
    ("998", False),
    ("116 124", False),
    ("+44 808 802 0300", False),
    ("0044 808 802 0300", False),
    ("(01273) 234773", False),
    ("01273  234773", False),
    ("01273 234773 ", False),
    ("", False),
    ("٠٨٠٨ ٨٠٢ ٠٣٠٠", False),
]


@pytest.mark.parametrize(("value", "good"), NUMBERS)
def test_a_number_has_the_shape_of_one(value: str, good: bool) -> None:
    assert is_uk_number(value) is good


CONTACTS: list[tuple[str, object, list[str]]] = [
    # kind, value, problems
    ("phone", "0808 802 0300", []),
    ("text", "60777", []),
    ("textphone", "18000", []),
    ("email", "help@example.org.uk", []),
    ("web", "example.org/help", []),
    ("app", "Hollie Guard", []),
    ("phone", "0808 10 800", ["phone-shape"]),
    ("text", "SHOUT", ["phone-shape"]),
    ("textphone", "1800", ["phone-shape"]),
    ("phone", 8088020300, ["phone-shape"]),  # no quotes: YAML has dropped the zero
    ("phone", 999, ["phone-shape"]),
    ("email", "[email protected]", ["address-shape"]),
    ("email", "help@example", ["address-shape"]),
    ("web", "https://example.org", ["address-shape"]),
    ("web", "example", ["address-shape"]),
    ("web", "see our website", ["address-shape"]),
    ("fax", "0808 802 0300", ["literal_error"]),
]


@pytest.mark.parametrize(("kind", "value", "problems"), CONTACTS)
def test_a_contact_fits_its_kind(kind: str, value: object, problems: list[str]) -> None:
    assert kinds(Contact, kind=kind, value=value, **OWN) == problems


# --- evidence ---------------------------------------------------------------------------------------------------------

GROUNDS: list[tuple[dict[str, Any], list[str]]] = [
    # what is said of a fact, problems
    ({"evidence": "own_page", "source": "page", "verified": True}, []),
    ({"evidence": "own_page", "source": "page", "checked": 2020, "verified": True}, []),
    ({"evidence": "dated_check", "source": "page", "checked": "2026-10-07", "verified": True}, []),
    ({"evidence": "third_party", "verified": False}, []),
    ({"evidence": "general_knowledge", "verified": False}, []),
    ({"evidence": "own_page", "verified": False}, []),
    ({"evidence": "third_party", "source": "page", "checked": "2026-10-07", "verified": True}, ["not-verifiable"]),
    ({"evidence": "general_knowledge", "source": "page", "verified": True}, ["not-verifiable"]),
    ({"evidence": "own_page", "checked": "2026-10-07", "verified": True}, ["not-verifiable"]),
    ({"evidence": "dated_check", "source": "page", "checked": "2026-10", "verified": True}, ["not-verifiable"]),
    ({"evidence": "dated_check", "source": "page", "verified": True}, ["not-verifiable"]),
    ({"evidence": "hearsay", "source": "page", "verified": True}, ["literal_error"]),
    ({"evidence": "own_page", "source": "page"}, ["missing"]),
    ({"evidence": "own_page", "source": "page", "verified": "yes"}, ["bool_type"]),
    ({"evidence": "own_page", "source": "page", "checked": "last week", "verified": True}, ["wrong-date"]),
    ({"evidence": "own_page", "source": "page", "checked": "2026-13", "verified": True}, ["wrong-date"]),
    ({"evidence": "dated_check", "source": "page", "checked": "2026-02-30", "verified": True}, ["wrong-date"]),
]


@pytest.mark.parametrize(("ground", "problems"), GROUNDS)
def test_a_fact_is_verified_only_on_good_ground(ground: dict[str, Any], problems: list[str]) -> None:
    assert kinds(Fact, value="Free", **ground) == problems


@pytest.mark.parametrize(("value", "problems"), [("999", []), ("101", []), ("0808 802 0300", ["not-verifiable"])])
def test_only_a_national_number_needs_no_page(value: str, problems: list[str]) -> None:
    national = {"evidence": "national_number", "source": "page", "verified": True}
    assert kinds(Contact, kind="phone", value=value, **national) == problems


@pytest.mark.parametrize(("value", "problems"), [("999", []), ("0808 802 0300", ["not-verifiable"])])
def test_only_a_service_with_a_national_number_has_its_hours(value: str, problems: list[str]) -> None:
    hours = {"always": True, "evidence": "national_number", "source": "page", "verified": True}
    contacts = [{"kind": "phone", "value": value, **OWN}]
    assert kinds(Service, name="A", nations="all", about="B", contacts=contacts, hours=hours) == problems


def test_what_is_not_verified_is_not_printed() -> None:
    sure, unsure = contact(), contact("01273 234773", **UNSURE)
    service = a_directory(contacts=(unsure, sure)).services["helper"]
    assert printable_contacts(service) == (sure,)
    assert is_printable(service)
    assert not is_printable(service.model_copy(update={"contacts": (unsure,)}))
    assert if_verified(sure) is sure
    assert if_verified(unsure) is None
    assert if_verified(None) is None


# --- freshness --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("checked", "first"),
    [("2026-10-07", date(2026, 10, 7)), ("2026-10", date(2026, 10, 1)), ("2026", date(2026, 1, 1))],
)
def test_a_month_or_year_counts_from_its_first_day(checked: str, first: date) -> None:
    assert earliest_day(checked) == first


AGES: list[tuple[dict[str, Any], str, bool]] = [
    # what is said of a number, today, overdue after 180 days?
    (OWN, "2027-04-05", False),
    (OWN, "2027-04-06", True),
    ({**OWN, "checked": "2026-10"}, "2027-03-30", False),
    ({**OWN, "checked": "2026-10"}, "2027-03-31", True),
    ({**OWN, "checked": None}, "2026-10-07", True),  # nobody knows when
    ({**UNSURE, "checked": "2011"}, "2026-10-07", False),  # not printed
]


@pytest.mark.parametrize(("ground", "today", "late"), AGES)
def test_a_printed_fact_is_overdue_when_it_is_old(ground: dict[str, Any], today: str, late: bool) -> None:
    number = contact(**ground)
    directory = a_directory(contacts=(number,))
    expected = (Overdue("helper", "phone 0808 802 0300", number.checked),) if late else ()
    assert overdue(directory, date.fromisoformat(today)) == expected


def test_hours_and_other_facts_grow_old_too() -> None:
    free = Fact.model_validate({"value": "Free", **OWN})
    directory = a_directory(contacts=(contact(),), hours={"always": True, **OWN}, cost=free)
    late = overdue(directory, date(2027, 4, 6))
    assert [fact.field for fact in late] == ["phone 0808 802 0300", "hours", "cost"]
    assert overdue(directory, date(2027, 4, 5)) == ()


def test_national_numbers_do_not_age() -> None:
    national = contact("999", evidence="national_number", checked=None)
    assert overdue(a_directory(contacts=(national,)), date(2050, 1, 1)) == ()


def a_directory(**service: Any) -> Directory:
    helper = {"name": "Helper", "nations": "all", "about": "Helps.", **service}
    return Directory.model_validate(
        {
            "askwell_directory": 1,
            "id": "d",
            "title": "D",
            "nations": {"a": "A", "b": "B"},
            "services": {"helper": helper},
        }
    )


@pytest.mark.parametrize(
    ("nations", "in_a", "everywhere"), [("all", True, True), (["b"], False, False), (["a", "b"], True, True)]
)
def test_nations_are_the_directorys_business(nations: object, in_a: bool, everywhere: bool) -> None:
    directory = a_directory(nations=nations)
    helper = directory.services["helper"]
    assert serves(helper, "a") is in_a
    assert serves_everywhere(helper, directory) is everywhere
