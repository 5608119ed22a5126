"""How a fact of the service directory is known, and whether that is enough to print it.

Every fact carries its own evidence, because a phone number can be right while the hours beside it are ten years old.
What is not verified stays in the file for the next person to check, and is never printed.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema, field_validator
from pydantic_core import PydanticCustomError

from engine.format.atoms import Id, Line, Text
from engine.format.items import Part

Evidence = Literal["own_page", "dated_check", "national_number", "third_party", "general_knowledge"]
ENOUGH: frozenset[Evidence] = frozenset({"own_page", "dated_check", "national_number"})
_A_DAY = "2026-10-07"


def earliest_day(checked: str) -> date:
    """Return the first day that a day, a month or a year can mean; a ValueError if it is none of these."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", checked):
        raise ValueError(checked)
    return date.fromisoformat(checked + "-01-01"[len(checked) - 4 :])


def _checked(value: object) -> str | None:
    if value is None:
        return None
    words = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    try:
        earliest_day(words)
    except ValueError:
        raise PydanticCustomError(
            "wrong-date",
            "This must be when it was checked: a day, a month or a year, as in 2026-10-07, 2026-10, 2026.",
        ) from None
    return words


Checked = Annotated[
    str | None,
    BeforeValidator(_checked),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": r"^\d{4}(-\d{2}){0,2}$"}, {"type": "null"}]}),
]


class Evidenced(Part):
    """How a fact is known. `verified` comes last, so that it can be held against the rest."""

    evidence: Evidence
    """The page of the service or of a public body; a check made on a named day; a national emergency number; or, never
    enough to print: somebody else's page, general knowledge."""
    source: Id | None = None
    """The name of the source; a verified fact has one."""
    checked: Checked = None
    """When the evidence was seen: a day, a month or a year; nothing if it bears no date."""
    note: Line | None = None
    """For those who keep the directory: a conflict, what is still to be found. Never printed."""
    verified: bool = Field(strict=True)
    """Whether the fact may be printed."""

    @field_validator("verified")
    @classmethod
    def _has_ground(cls, verified: bool, info: ValidationInfo) -> bool:
        evidence = info.data.get("evidence", "own_page")
        if verified and evidence not in ENOUGH:
            words = evidence.replace("_", " ")
            raise PydanticCustomError(
                "not-verifiable", "A fact cannot be verified by {evidence} alone.", {"evidence": words}
            )
        if verified and info.data.get("source", "") is None:
            raise PydanticCustomError("not-verifiable", "A verified fact names its source.")
        if verified and evidence == "dated_check" and len(info.data.get("checked", _A_DAY) or "") != len(_A_DAY):
            raise PydanticCustomError("not-verifiable", "A dated check names the day in `checked`.")
        return verified


class Fact(Evidenced):
    """Something worth knowing before getting in touch."""

    value: Text
    """What is said."""


class YesNoFact(Evidenced):
    """A fact that is so or is not."""

    value: Literal["yes", "no"]
    """Whether it is so."""


AnyFact = TypeVar("AnyFact", bound=Evidenced)


def if_verified(fact: AnyFact | None) -> AnyFact | None:
    """Return the fact if it may be printed."""
    return fact if fact is not None and fact.verified else None
