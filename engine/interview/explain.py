"""Why something is said, and what it hangs on: found by asking the same evaluator again with less in the record."""

from __future__ import annotations

from dataclasses import replace

from engine.format.instrument import Instrument
from engine.interview.assess import applies, cone, holds
from engine.interview.record import Entries, Record, answered
from engine.program.names import Target


def because(instrument: Instrument, record: Record, target: Target) -> tuple[str, ...]:
    """Return answered items that force the target by themselves, none of which could be left out, in page order.

    Empty where the target does not hold, or would hold whatever is answered. The least telling answers, those last
    on the page, are forgotten first, so what remains reads from the beginning.
    """
    kept = [item for item in _in_page_order(instrument, target) if item in record.answers]
    if not holds(instrument, _only(record, kept), target) or holds(instrument, _only(record, []), target):
        return ()
    # One round is enough where an answer can only help; a condition that speaks of the record itself (answered,
    # dont_know) may need another.
    while True:
        before = len(kept)
        for item in reversed(tuple(kept)):
            fewer = [one for one in kept if one != item]
            if holds(instrument, _only(record, fewer), target):
                kept = fewer
        if len(kept) == before:
            return tuple(kept)


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


def _only(record: Record, items: list[str]) -> Record:
    return replace(record, answers={item: record.answers[item] for item in items})


def _is_open(record: Record, item: str) -> bool:
    said = record.answers.get(item)
    return not said.closed if isinstance(said, Entries) else not answered(record, item)
