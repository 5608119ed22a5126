"""A summary as plain text, for a terminal or to paste."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

from engine.interview.summary import Help, Notice, Said, Step, Summary

WIDTH = 96


def summary_text(summary: Summary) -> str:
    """Return the summary, in the order of the printed page."""
    return "\n".join(_lines(summary))


def _lines(summary: Summary) -> Iterator[str]:
    yield from ("", summary.title.upper(), "", *_wrapped(summary.caution))
    for alert in summary.alerts:
        yield from _alert(alert)
    if summary.findings:
        yield from _heading("What stands out")
    for finding in summary.findings:
        yield from (f"* {finding.title}: {finding.level}", *_wrapped(finding.text), *_because(finding.because))
        yield from (*_wrapped(finding.judged), *_wrapped(finding.by_rule))
    if summary.first_steps:
        yield from _heading("First steps")
    for step in summary.first_steps:
        yield from _step(step)
    for theme in summary.plan:
        yield from _heading(theme.title)
        for step in theme.steps:
            yield from _step(step)
    if summary.services:
        yield from _heading("Services")
    for service in summary.services:
        yield from _service(service)
    for told in summary.told:
        yield from _heading(told.section)
        yield from (f"  {said.question} {said.answer}" for said in told.said)
    if summary.unanswered:
        yield from _heading("Not answered")
        yield from (f"  {one.question} ({one.reason})" for one in summary.unanswered)
    if summary.scores:
        yield from _heading("Scores")
        yield from (
            f"  {score.title}: {score.value}{f'. {score.by_rule}' if score.by_rule else ''}" for score in summary.scores
        )
    yield from ("", f"Version {summary.version}, content {summary.content_hash[:12]}")


def _heading(words: str) -> Iterator[str]:
    yield from ("", words, "-" * len(words))


def _wrapped(words: str) -> list[str]:
    return [fill(words, WIDTH, initial_indent="  ", subsequent_indent="  ")] if words else []


def _because(reasons: tuple[Said, ...]) -> list[str]:
    said = "; ".join(f"{one.question} {one.answer}" for one in reasons)
    return _wrapped(f"Because: {said}") if said else []


def _alert(alert: Notice) -> Iterator[str]:
    yield from ("", f"! {alert.title}", *_wrapped(alert.text), *_because(alert.because))


def _step(step: Step) -> Iterator[str]:
    yield f"* {step.title}" if step.title else "*"
    yield from (*_wrapped(step.text), *_wrapped(step.caution))


def _service(service: Help) -> Iterator[str]:
    yield f"* {service.name}" + (f" ({service.nation})" if service.nation else "")
    yield from _wrapped(service.why or service.about)
    yield from (f"  {way.kind}: {way.value}{f', {way.note}' if way.note else ''}" for way in service.ways)
    yield from _wrapped(service.hours)
