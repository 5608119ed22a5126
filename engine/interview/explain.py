"""Why something is said, and what it hangs on: found by asking the same evaluator again with less in the record."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
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

    def force(items: list[str]) -> bool:
        return holds(instrument, replace(record, answers={item: record.answers[item] for item in items}), target)

    given = [item for item in _in_page_order(instrument, target) if item in record.answers]
    if not force(given) or force([]):
        return ()
    # The shortest beginning of the page that still forces it ends in an answer that is needed.
    needed: list[str] = []
    left = given
    while left and not force(needed):
        size = bisect_left(range(len(left) + 1), 1, key=lambda size: force([*left[:size], *needed]))
        needed, left = [left[size - 1], *needed], left[: size - 1]
    return _without_spares(needed if force(needed) else given, force)


def _without_spares(items: list[str], force: Callable[[list[str]], bool]) -> tuple[str, ...]:
    """Forget one by one what is not needed. Only a condition that speaks of the record itself (answered, dont_know),
    where saying more can undo what held, has anything left to forget.
    """
    for item in reversed(tuple(items)):
        fewer = [one for one in items if one != item]
        if force(fewer):
            return _without_spares(fewer, force)
    return tuple(items)


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
