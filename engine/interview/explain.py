"""Why something is said, what it hangs on, what to ask next and what would change it: values, that others word.

Everything is found by asking the same evaluator again, with less in the record or with something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.format.instrument import Instrument
from engine.interview.assess import applies, assess, cone
from engine.interview.assessment import Assessment
from engine.interview.next_best import NextQuestion, next_best
from engine.interview.open_questions import OpenQuestions, open_questions
from engine.interview.reasons import Why, because, reasons
from engine.interview.record import Entries, Record, answered
from engine.interview.would_change import WouldChange, would_change
from engine.program.names import Target

__all__ = ["Explanation", "OutcomeReasons", "because", "explain", "reasons", "unsure_about"]

Reasons = tuple[tuple[str, ...], ...]
"""Sets of answered items, each enough by itself; the first is the one to tell."""


@dataclass(frozen=True, slots=True)
class OutcomeReasons:
    """Why an outcome is at least, and at most, what the answers make it; none for a level that needs no reason."""

    at_least: Reasons
    at_most: Reasons


@dataclass(frozen=True, slots=True)
class Explanation:
    """An assessment, and all that explains it. What is printed only because it may hold has no reasons."""

    assessment: Assessment
    outcomes: Mapping[str, OutcomeReasons]
    alerts: Mapping[str, Reasons]
    plan: Mapping[str, Reasons]
    open: OpenQuestions
    next: tuple[NextQuestion, ...]
    would_change: tuple[WouldChange, ...]


def explain(instrument: Instrument, record: Record) -> Explanation:
    """Return everything that explains this record's assessment."""
    found, why = assess(instrument, record), Why(instrument, record)
    return Explanation(
        found,
        {name: _outcome(instrument, why, found, name) for name in instrument.outcomes},
        {name: why.reasons(("alert", name)) for name in found.alerts},
        {name: why.reasons(("action", name)) for name in found.plan},
        open_questions(instrument, record),
        next_best(instrument, record),
        would_change(instrument, record),
    )


def _outcome(instrument: Instrument, why: Why, found: Assessment, name: str) -> OutcomeReasons:
    one, levels = found.outcomes[name], instrument.outcomes[name].levels
    if not one.computed or one.at_most is None:
        return OutcomeReasons((), ())
    return OutcomeReasons(
        why.reasons(("computed", name, levels[one.computed[0]].id)),
        why.reasons(("at_most", name, levels[one.at_most].id)),
    )


def unsure_about(instrument: Instrument, record: Record, target: Target) -> tuple[str, ...]:
    """Return the items without an answer, not certainly hidden, on which the target may hang, in page order."""
    shown = applies(instrument, record)
    return tuple(
        item
        for item in _in_page_order(instrument, target)
        if shown[item] is not False and instrument.items[item].kind != "note" and _is_open(record, item)
    )


def _in_page_order(instrument: Instrument, target: Target) -> list[str]:
    matters = set(cone(instrument, target)) - {"voice"}
    return [item for item in instrument.items if item in matters]


def _is_open(record: Record, item: str) -> bool:
    said = record.answers.get(item)
    return not said.closed if isinstance(said, Entries) else not answered(record, item)
