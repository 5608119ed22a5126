"""A referral or a caller's plan as plain text, to be pasted into another system or read out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from engine.casework.leaving import CallerPlan, Fact, Referral
from engine.interview.summary import Finding, Help, Notice, Said, Step

WIDTH = 100


def referral_text(document: Referral) -> str:
    """Return the referral as text, with the headings in capitals."""
    return _joined(_referral(document))


def plan_text(document: CallerPlan) -> str:
    """Return the caller's plan as text."""
    return _joined(_plan(document))


def _joined(blocks: Iterable[str]) -> str:
    return "\n".join(blocks).strip() + "\n"


def _referral(one: Referral) -> Iterator[str]:
    yield from _heading(f"Referral to: {one.to}")
    if one.hold:
        yield from _block(f"DO NOT SEND YET. {one.hold}")
    yield from _facts(
        [
            Fact("Reference", one.reference),
            Fact("Assessed", one.on.isoformat()),
            Fact("Written", one.written.isoformat()),
            Fact("By", one.by or "Not given"),
        ]
    )
    for words in (*one.marked, one.pathway):
        yield from _block(words)
    yield from _section("Why this is referred", [one.reason])
    yield from _section("Contact", _facts(one.contact))
    yield from _section("Consent and sharing", _facts(one.sharing))
    yield from _section("At once", (line for alert in one.alerts for line in _alert(alert)))
    yield from _section("What stands out", (line for finding in one.findings for line in _finding(finding)))
    yield from _section("Judgements, all of them", _facts(one.judged))
    for timeline in one.timelines:
        yield from _section(f"Time line: {timeline.title}", [timeline.since_last])
        yield from (f"- {incident.when}: {incident.what}" for incident in timeline.incidents)
        yield from [] if timeline.complete else _block("The list is not complete: there may be more.")
    for part in one.told:
        yield from _section(f"What was said: {part.section}", (line for said in part.said for line in _said(said)))
    reasons = list(dict.fromkeys(question.reason for question in one.unanswered))
    for reason in reasons:
        lines = (f"- {question.question}" for question in one.unanswered if question.reason == reason)
        yield from _section(f"Without an answer: {reason}", lines)
    yield from _section("Set aside: said to an earlier version, no longer asked so", _facts(one.set_aside))
    yield from _section("What this rests on", _facts(one.basis))
    yield from _section("Sources", (f"- {source}" for source in one.sources))


def _plan(one: CallerPlan) -> Iterator[str]:
    yield from _heading(one.title)
    for alert in one.alerts:
        yield from _block(
            f"{alert.title}. {alert.text}" if alert.title[-1] not in ".!?" else f"{alert.title} {alert.text}"
        )
    yield from _steps(one.first_steps)
    for theme in one.plan:
        yield from _heading(theme.title)
        yield from _steps(theme.steps)
    for service in one.services:
        yield from _service(service)
    yield from _block(one.caution)


def _heading(words: str) -> Iterator[str]:
    yield from ("", words.upper(), "=" * min(len(words), WIDTH))


def _block(words: str) -> Iterator[str]:
    """Words in lines of a width that can be read, with an empty line after them."""
    for paragraph in words.split("\n"):
        if paragraph.strip():
            yield from textwrap.wrap(" ".join(paragraph.split()), WIDTH, break_long_words=False)
    if words.strip():
        yield ""


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading and what stands under it; nothing where there is nothing."""
    kept = [line for line in lines if line.strip()]
    if kept:
        yield from _heading(title)
        yield from kept


def _facts(facts: Iterable[Fact]) -> Iterator[str]:
    yield from (f"{fact.name}: {' '.join(fact.value.split())}" for fact in facts)


def _alert(alert: Notice) -> Iterator[str]:
    yield from _block(f"* {alert.title}: {alert.text}")
    yield from _because(alert.lead, alert.because, unsure=alert.unsure)


def _finding(finding: Finding) -> Iterator[str]:
    yield f"* {finding.title}: {finding.level}"
    for words in (finding.judged, finding.text, finding.by_rule):
        yield from (f"  {line}" for line in textwrap.wrap(words, WIDTH))
    yield from _because(finding.lead, finding.because, unsure=False)


def _because(lead: str, said: tuple[Said, ...], *, unsure: bool) -> Iterator[str]:
    if said:
        yield f"  {lead}"
        for one in said:
            yield f"  - {one.question}" if unsure else f"  - {one.question} {_one_line(one.answer)}"


def _said(said: Said) -> Iterator[str]:
    known = f" [{said.how_known}]" if said.how_known else ""
    yield f"- {said.question} {_one_line(said.answer)}{known}"
    if said.note:
        yield f"  Note: {_one_line(said.note)}"


def _steps(steps: tuple[Step, ...]) -> Iterator[str]:
    for step in steps:
        title = f"{step.title}: " if step.title else ""
        yield from _block(f"- {title}{step.text}")
        yield from _block(f"  {step.caution}")


def _service(service: Help) -> Iterator[str]:
    yield ""
    yield f"{service.name}{f' ({service.nation})' if service.nation else ''}: {service.why}"
    for way in service.ways:
        yield f"  {way.kind}: {way.value}{f' ({way.note})' if way.note else ''}"
    yield from (f"  {words}" for words in (service.hours, *service.facts) if words)


def _one_line(words: str) -> str:
    return "; ".join(line.strip() for line in words.split("\n") if line.strip())
