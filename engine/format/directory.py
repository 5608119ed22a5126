"""The service directory: who can help, how to reach them, and which of these facts may be printed.

Dates and moments are passed in: nothing here reads a clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Literal, NamedTuple

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from engine.format.atoms import Id, Line, Text
from engine.format.evidence import Evidenced, Fact, YesNoFact, earliest_day
from engine.format.items import Part
from engine.format.model import Source
from engine.format.opening import Hours

Kind = Literal["phone", "text", "email", "web", "textphone", "app"]
EMERGENCY_NUMBERS = frozenset({"999", "18000"})
NATIONAL_NUMBERS = EMERGENCY_NUMBERS | {"101"}
SHORT_NUMBERS = NATIONAL_NUMBERS | {"111", "159", "116123", "08001111", "85258", "60777"}
FRESH = timedelta(days=180)  # then a printed fact is to be checked again

# UK numbers with their 0 have 11 digits; only 01 and 0800 still have some of 10.
_UK_NUMBER = re.compile(r"01\d{8,9}|0800\d{6,7}|0[235789]\d{9}")
_SHAPES = {
    "email": re.compile(r"[^@\s\[\]]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE),
    "web": re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?"),
}


def is_uk_number(value: str) -> bool:
    """Say whether this has the shape of a number that can be dialled in the UK.

    >>> is_uk_number("0808 80 10 800"), is_uk_number("0808 10 800")
    (True, False)
    """
    digits = value.replace(" ", "")
    grouped = re.fullmatch(r"[0-9]+( [0-9]+)*", value) is not None
    return grouped and (digits in SHORT_NUMBERS or _UK_NUMBER.fullmatch(digits) is not None)


def _nations(value: object) -> object:
    words = value if isinstance(value, list) and value and all(isinstance(word, str) for word in value) else None
    if value != "all" and words is None:
        raise PydanticCustomError("wrong-type", "Nations must be a list of their ids, or the word all.")
    return value if words is None else tuple(words)


def _contact_value(value: object) -> object:
    if isinstance(value, int):  # YAML has dropped the zeros of 0808…
        raise PydanticCustomError(
            "phone-shape", "Put a number that is dialled in quotes; without them its zeros are lost."
        )
    return value


Nations = Annotated[Literal["all"] | tuple[str, ...], BeforeValidator(_nations)]
ContactValue = Annotated[Line, BeforeValidator(_contact_value)]


class Contact(Evidenced):
    """One way to reach a service."""

    kind: Kind
    """What it takes: a phone, a text message, an e-mail, a page, a textphone, an app."""
    value: ContactValue
    """The number as it is best read out, the e-mail address, the page without `https://`, the app's name."""
    label: Text | None = None
    """What to do with it: "press 2", "text the word SHOUT"."""

    @field_validator("value")
    @classmethod
    def _has_shape(cls, value: str, info: ValidationInfo) -> str:
        kind = info.data.get("kind", "app")
        if kind in ("phone", "text", "textphone") and not is_uk_number(value):
            words = "a UK number has 11, or is a known short one such as 999"
            count = sum(char.isdigit() for char in value)
            raise PydanticCustomError(
                "phone-shape",
                "'{value}' has {count} digits; {words}.",
                {"value": value, "count": count, "words": words},
            )
        if kind in _SHAPES and not _SHAPES[kind].fullmatch(value):
            words = "an e-mail address" if kind == "email" else "the address of a page (without https://)"
            raise PydanticCustomError("address-shape", "'{value}' is not {words}.", {"value": value, "words": words})
        if info.data.get("evidence") == "national_number" and value not in NATIONAL_NUMBERS:
            raise PydanticCustomError("not-verifiable", "'{value}' is not a national number.", {"value": value})
        return value


class Service(Part):
    """Somebody who can help."""

    name: Line
    """What it is called."""
    run_by: Line | None = None
    """The organisation behind it."""
    nations: Nations
    """Where it works: ids of the directory's nations, or `all`."""
    about: Text
    """Whom it is for and what it does, in the directory's own words."""
    contacts: tuple[Contact, ...] = ()
    """The ways to reach it, the best first."""
    hours: Hours | None = None
    """When it answers."""
    cost: Fact | None = None
    """What it costs."""
    on_bill: YesNoFact | None = None
    """Whether a call shows on a phone bill."""
    languages: Fact | None = None
    """What languages it speaks, and whether it has interpreters."""
    access: Fact | None = None
    """How it is reached without a voice call in English: British Sign Language, text relay, interpreters."""
    ages: Fact | None = None
    """From what age, to what age."""
    note: Line | None = None
    """For those who keep the directory. Never printed."""

    @model_validator(mode="after")
    def _has_its_national_number(self) -> Service:
        known_by = {fact.evidence for _, fact in facts(self)}
        if "national_number" in known_by and not NATIONAL_NUMBERS & {contact.value for contact in self.contacts}:
            raise PydanticCustomError("not-verifiable", "Only a service with a national number is known by it.")
        return self


class Directory(Part):
    """The services that questionnaires may point to."""

    askwell_directory: Literal[1]
    """The version of the format."""
    id: Id
    """The name by which questionnaires speak of this directory."""
    title: Text
    """What it is called."""
    nations: Annotated[dict[Id, Text], Field(min_length=1)]
    """The nations it covers, by id."""
    sources: dict[Id, Source] = Field(default_factory=dict)
    """Where its facts are known from, by name."""
    services: Annotated[dict[Id, Service], Field(min_length=1)]
    """The services, by id."""


class Overdue(NamedTuple):
    """A printed fact that needs a new look."""

    service: str
    field: str
    checked: str | None


def facts(service: Service) -> Iterator[tuple[str, Evidenced]]:
    """Go through what is said of a service, each thing with a name that reads aloud."""
    for contact in service.contacts:
        yield f"{contact.kind} {contact.value}", contact
    for name in ("hours", "cost", "on_bill", "languages", "access", "ages"):
        fact = getattr(service, name)
        if fact is not None:
            yield name, fact


def printable_contacts(service: Service) -> tuple[Contact, ...]:
    """Return the contacts that may be printed."""
    return tuple(contact for contact in service.contacts if contact.verified)


def is_printable(service: Service) -> bool:
    """Say whether there is a way to reach this service that may be printed."""
    return bool(printable_contacts(service))


def unprintable(directory: Directory) -> tuple[str, ...]:
    """Return the services with no contact that may be printed: nobody is pointed to them until somebody checks one."""
    return tuple(name for name, service in directory.services.items() if not is_printable(service))


def serves(service: Service, nation: str) -> bool:
    """Say whether this service works in this nation."""
    return service.nations == "all" or nation in service.nations


def serves_everywhere(service: Service, directory: Directory) -> bool:
    """Say whether this service works in every nation of the directory."""
    return all(serves(service, nation) for nation in directory.nations)


def overdue(directory: Directory, today: date) -> tuple[Overdue, ...]:
    """Return the printed facts that were checked more than `FRESH` ago, or nobody knows when.

    A month or a year counts from its first day. National numbers do not age.
    """
    return tuple(
        Overdue(name, field, fact.checked)
        for name, service in directory.services.items()
        for field, fact in facts(service)
        if fact.verified and fact.evidence != "national_number"
        if fact.checked is None or today - earliest_day(fact.checked) > FRESH
    )
