"""What leaves a case: a referral for the next service, and a plan for the caller. Words only, as values.

The screen shows a preview of the very same value that the file and the text are made from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from engine.interview.summary import Finding, Help, Notice, Step, ThemeSteps, Told, Unanswered

NEXT_SERVICES: Mapping[str, str] = MappingProxyType(
    {
        "police": "Police",
        "stalking_advocate": "Stalking advocacy service",
        "idva": "Domestic abuse advocate (IDVA)",
        "meeting": "Multi-agency risk meeting (such as MARAC)",
        "other": "Another service",
    }
)
NOT_A_DASH = (
    "This is not a DASH, and it does not replace one. If your service needs a DASH or another assessment of your area, "
    "please carry it out. No number stands here for a threshold of yours: please judge by what was said."
)
ONE_MOMENT = (
    "A picture of one moment, and unvalidated. A question without an answer was never taken as a no. "
    "It cannot predict what anybody will do."
)
NO_BASIS = "Neither consent nor another lawful basis is written down. Do not pass this on before one is."


@dataclass(frozen=True, slots=True)
class Fact:
    """Something with its name."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Incident:
    """One entry of a list of incidents: when, as far as it is known, and the rest in words."""

    when: str
    what: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """A list of incidents, the oldest first, those without a date last."""

    title: str
    incidents: tuple[Incident, ...]
    complete: bool
    since_last: str


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral for the next service. `hold` says why it must not be sent yet; empty if it may."""

    to: str
    title: str
    reference: str
    on: date
    written: date
    by: str
    hold: str
    marked: tuple[str, ...]
    pathway: str
    reason: str
    contact: tuple[Fact, ...]
    sharing: tuple[Fact, ...]
    alerts: tuple[Notice, ...]
    findings: tuple[Finding, ...]
    judged: tuple[Fact, ...]
    timelines: tuple[Timeline, ...]
    told: tuple[Told, ...]
    unanswered: tuple[Unanswered, ...]
    set_aside: tuple[Fact, ...]
    basis: tuple[Fact, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallerPlan:
    """What the caller gets, to be read out or sent by the safe way: no scores, no levels, no reference."""

    title: str
    voice: str
    language: str
    on: date
    caution: str
    alerts: tuple[Notice, ...]
    first_steps: tuple[Step, ...]
    plan: tuple[ThemeSteps, ...]
    services: tuple[Help, ...]
    how_to_send: tuple[Fact, ...]
