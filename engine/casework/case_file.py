"""The case file: a case as JSON, in an open format with a published schema. See docs/case-file.md."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, ValidationError

from engine.casework.case import Call, Case, Draft, Gate, Judged, Line, Migration, RecordFile, Reference, SetAside
from engine.format.items import Part
from engine.interview.reading import to_json

LARGEST = 16 * 1024 * 1024  # bytes; a full case has less than one


class InvalidCaseFile(ValueError):
    """What was opened is not a case file, in words for the practitioner."""


class CaseFile(Part):
    """A practitioner's work on one person, to be kept on the practitioner's own disk."""

    askwell_case: Literal[1]
    """The version of this format."""
    reference: Reference
    """The case's reference. Not a name."""
    by: Line = ""
    """Who works on it: name, role, organisation."""
    created: AwareDatetime
    """When it was begun."""
    changed: AwareDatetime
    """When it was last changed."""
    delete_after: date
    """The day after which it is to be deleted."""
    revision: Annotated[int, Field(strict=True, ge=0)] = 0
    """How often it was saved."""
    gate: Gate = Field(default_factory=Gate)
    """What was asked before anything else."""
    record: RecordFile
    """The answers of the assessment that is going on, or was the last."""
    carried: dict[str, date] = Field(default_factory=dict)
    """The answers taken over from an earlier assessment and not confirmed since, each with its day."""
    earlier: tuple[RecordFile, ...] = ()
    """The records of earlier assessments, as they were, the oldest first."""
    calls: tuple[Call, ...] = ()
    """What happened to the calls."""
    set_aside: tuple[SetAside, ...] = ()
    """What a newer questionnaire has no place for."""
    migrations: tuple[Migration, ...] = ()
    """From which versions of the questionnaire the record was moved."""
    judged: tuple[Judged, ...] = ()
    """Every judgement that was made or taken back, the oldest first."""
    draft: Draft = Field(default_factory=Draft)
    """The words of a referral that no answer gives."""


_SHARED = tuple(one.name for one in fields(Case) if one.name != "record")


def written(case: Case) -> CaseFile:
    """Return the case as it is kept."""
    shared = {name: getattr(case, name) for name in _SHARED}
    return CaseFile(askwell_case=1, record=RecordFile.model_validate(to_json(case.record)), **shared)


def to_text(file: CaseFile) -> str:
    """Return the JSON of a case file."""
    return file.model_dump_json(exclude_defaults=False)


def read_text(text: str) -> CaseFile:
    """Return the case file that this JSON holds, or raise InvalidCaseFile with every reason."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise InvalidCaseFile("This is not a case file: it is not JSON.") from None
    if not isinstance(data, dict) or "askwell_case" not in data:
        raise InvalidCaseFile("This is not a case file: it does not say `askwell_case`.")
    if data["askwell_case"] != 1:
        raise InvalidCaseFile("This case file is of a newer format. A newer askwell opens it; nothing was changed.")
    try:
        return CaseFile.model_validate_json(text)
    except ValidationError as invalid:
        reasons = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in invalid.errors())
        raise InvalidCaseFile(f"This case file does not hold what a case file holds. {reasons}.") from None


def read_case(file: CaseFile, record: Any) -> Case:
    """Return the case of this file, with its record as the instrument reads it."""
    return Case(record=record, **{name: getattr(file, name) for name in _SHARED})


def json_schema() -> dict[str, Any]:
    """Return the format of case files as JSON Schema (draft 2020-12)."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **CaseFile.model_json_schema()}
