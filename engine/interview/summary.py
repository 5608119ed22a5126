"""The summary: words only, in one voice. The screen, the PDF and other programs show it; nothing here knows how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Said:
    """One question and what was said to it, in words; for practitioners also how it is known, and their note."""

    question: str
    answer: str
    how_known: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered in one section."""

    section: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """One question without an answer, and why: not reached, not asked, not known, or rather not said. `section` is the
    part it belongs to: where a person has not reached many, the parts are named and not every hard question again.
    """

    question: str
    reason: str
    note: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """What a practitioner may look up: the author's words of the condition that was met, the bounds of the scores and
    the levels it reads, the answers that keep an outcome from being higher, the sources, and of a step of the plan
    whether it was held against them, and when.
    """

    rule: str = ""
    bounds: tuple[str, ...] = ()
    no_higher: tuple[Said, ...] = ()
    sources: tuple[str, ...] = ()
    reviewed: str = ""


NOTHING_BEHIND = Behind()


@dataclass(frozen=True, slots=True)
class Notice:
    """An alert in words; `unsure` if it stands here only because it may hold: `because` are then questions without an
    answer. `lead` is what is said before these.
    """

    id: str
    title: str
    text: str
    stop: bool
    unsure: bool
    because: tuple[Said, ...]
    lead: str = ""
    behind: Behind = NOTHING_BEHIND


@dataclass(frozen=True, slots=True)
class Finding:
    """One outcome in words: its name, its level or levels, what that means, and the answers that caused it.

    `judged` says how an assessor's level stands beside the computed one, `by_rule` what the published rule for missing
    answers gives (for practitioners).
    """

    id: str
    title: str
    level: str
    text: str
    settled: bool
    because: tuple[Said, ...]
    judged: str = ""
    by_rule: str = ""
    lead: str = ""
    behind: Behind = NOTHING_BEHIND


@dataclass(frozen=True, slots=True)
class Step:
    """One action of the plan in words; `because` are the answers that caused it or, where it is `unsure`, the questions
    without an answer for which it stands here.
    """

    id: str
    title: str
    text: str
    caution: str
    unsure: bool
    because: tuple[Said, ...]
    lead: str = ""
    behind: Behind = NOTHING_BEHIND


@dataclass(frozen=True, slots=True)
class ThemeSteps:
    """A heading of the plan and its steps."""

    id: str
    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach a service: what it is ("Phone"), the number or address, and a link target if it has one."""

    kind: str
    value: str
    href: str
    note: str
    checked: str


@dataclass(frozen=True, slots=True)
class Help:
    """A service in words. `nation` names the nations where it does not work in all and the person's is not known;
    `facts` are what is verified of cost, languages, ages and the phone bill.
    """

    id: str
    name: str
    about: str
    why: str
    nation: str
    ways: tuple[Way, ...]
    hours: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A score for a practitioner: its name, its value or bounds, and the published second reading if there is one."""

    title: str
    value: str
    by_rule: str


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything the printed page says; `plan` holds the steps that are not among the first.

    `scores`, `sources`, `version` and `content_hash` are for practitioners' pages.
    """

    title: str
    voice: str
    language: str
    on: date
    caution: str
    alerts: tuple[Notice, ...]
    told: tuple[Told, ...]
    findings: tuple[Finding, ...]
    unanswered: tuple[Unanswered, ...]
    first_steps: tuple[Step, ...]
    plan: tuple[ThemeSteps, ...]
    services: tuple[Help, ...]
    scores: tuple[ScoreLine, ...]
    sources: tuple[str, ...]
    version: str
    content_hash: str
