"""The live side: what the answers so far say, why, what is still open, and what to ask next."""

from __future__ import annotations

from dataclasses import dataclass

from engine.format.instrument import Instrument, Section
from engine.interview.assess import assess
from engine.interview.findings import findings, said
from engine.interview.next_best import next_best
from engine.interview.open_questions import hangs_on, narrowed_values
from engine.interview.reasons import Why
from engine.interview.record import Record
from engine.interview.summary import Finding, Said
from engine.interview.walk import Step, walk
from engine.interview.wording import speech_of


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001  # nobody warns about Python here
    """An alert: raised by these answers, or standing here because it may hold."""

    id: str
    title: str
    text: str
    unsure: bool
    because: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Next:
    """The best question to ask next, where it stands, and the outcomes it could settle."""

    item: str
    section: str
    question: str
    settles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InSection:
    """A section in the list: how many questions are done, of how many; alerts rest on answers in it."""

    id: str
    title: str
    done: int
    total: int
    flagged: bool


@dataclass(frozen=True, slots=True)
class Live:
    """Everything beside the questions."""

    alerts: tuple[Warning, ...]
    findings: tuple[Finding, ...]
    open: int
    next: Next | None
    sections: tuple[InSection, ...]
    shown: tuple[str, ...]
    done: int
    total: int


def live(instrument: Instrument, record: Record) -> Live:
    """Return the live side of this record."""
    found, way, why = assess(instrument, record), walk(instrument, record), Why(instrument, record)
    voice, speech = record.voice, speech_of(instrument, record.voice)
    alerts: list[Warning] = []
    flagged: set[str] = set()
    for name in found.alerts:
        alert, sure = instrument.alerts[name], name not in found.unsure
        because = why.because(("alert", name)) if sure else ()
        flagged.update(because)
        words = said(instrument, record, because, speech)
        alerts.append(Warning(name, alert.title.says(voice), alert.text.says(voice), not sure, words))
    values, _ = narrowed_values(instrument, record)
    hanging = {item for items in hangs_on(instrument, values).values() for item in items}
    steps = [step for step in way.steps if step.state != "note"]
    best = next_best(instrument, record, 1)
    return Live(
        tuple(sorted(alerts, key=lambda one: (one.unsure, not instrument.alerts[one.id].stop))),
        findings(instrument, record, found, speech),
        sum(step.item in hanging and step.state != "answered" for step in steps),
        _next(instrument, best[0].item, best[0].could_settle, voice) if best else None,
        tuple(_in_section(section, steps, flagged, voice) for section in instrument.sections),
        tuple(step.item for step in way.steps),
        way.done,
        way.total,
    )


def _next(instrument: Instrument, item: str, settles: tuple[str, ...], voice: str) -> Next:
    titles = tuple(instrument.outcomes[name].title.says(voice) for name in settles)
    return Next(item, instrument.items[item].section, instrument.items[item].ask.says(voice), titles)


def _in_section(section: Section, steps: list[Step], flagged: set[str], voice: str) -> InSection:
    own = [step for step in steps if step.item in section.items]
    done = sum(step.state != "open" for step in own)
    return InSection(section.id, section.title.says(voice), done, len(own), any(step.item in flagged for step in own))
