"""What is known of a promise: proved, broken by somebody, or not decided; and of one that the file waives, why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.interview.record import Record

Status = Literal["proved", "refuted", "not_decided", "waived"]


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one promise: whether it is kept (None: not decided), who breaks it, and what to say of that.

    `case` is the person as an entry for cases.yaml.
    """

    kept: bool | None
    note: str = ""
    record: Record | None = None
    case: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """One promise: its id, what it says in words, what is known of it, and how long that took.

    `built_in` are those that every questionnaire makes. `note` says what a person cannot see from the case: who differs
    from whom, what was not decided, why it is waived.
    """

    id: str
    said: str
    status: Status
    seconds: float
    built_in: bool = False
    note: str = ""
    record: Record | None = None
    case: str = ""
