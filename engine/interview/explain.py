"""Why something is said, and what it hangs on: found by asking the same evaluator again with less in the record."""

from __future__ import annotations

from engine.format.instrument import Instrument
from engine.interview.assess import applies, cone
from engine.interview.reasons import because, reasons
from engine.interview.record import Entries, Record, answered
from engine.program.names import Target

__all__ = ["because", "reasons", "unsure_about"]


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
