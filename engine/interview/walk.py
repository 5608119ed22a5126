"""The way through the questions: which are shown, which come next, how far along. A fold of the record, nothing kept.

An item is asked unless it is certainly hidden, so that "don't know" to one question never swallows the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.format.instrument import Instrument, Item
from engine.interview.assess import applies
from engine.interview.record import NonAnswer, Record, answered

State = Literal["answered", "dont_know", "declined", "not_asked", "open", "note"]
_STATES: Mapping[NonAnswer, State] = {
    NonAnswer.DONT_KNOW: "dont_know",
    NonAnswer.DECLINED: "declined",
    NonAnswer.NOT_ASKED: "not_asked",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One item on the way. `applies` is None while it is open whether the item is shown."""

    item: str
    applies: bool | None
    state: State


@dataclass(frozen=True, slots=True)
class Walk:
    """Every item that is not certainly hidden, in page order; the first that is still open to be asked; how many of
    the askable ones are done (a non-answer is done too: nobody is held up).

    `asked` are the askable ones in the order in which they are asked: those marked `core` first. The first `short` of
    them are the short path, after which there is enough for a summary; 0 where there is no such path, or nothing else.
    """

    steps: tuple[Step, ...]
    next: str | None
    done: int
    total: int
    asked: tuple[str, ...]
    short: int


def walk(instrument: Instrument, record: Record) -> Walk:
    """Return the way through the questions for this record."""
    shown = applies(instrument, record)
    steps = tuple(
        Step(item.id, shown[item.id], state_of(item, record))
        for item in instrument.items.values()
        if item.id != "voice" and shown[item.id] is not False
    )
    asked = [step for step in steps if step.state != "note"]
    asked.sort(key=lambda step: not instrument.items[step.item].core)
    waiting = [step.item for step in asked if step.state == "open"]
    core = sum(instrument.items[step.item].core for step in asked)
    return Walk(
        steps,
        waiting[0] if waiting else None,
        len(asked) - len(waiting),
        len(asked),
        tuple(step.item for step in asked),
        core if core < len(asked) else 0,
    )


def state_of(item: Item, record: Record) -> State:
    """Return what the record says of this item, shown or not."""
    if item.kind == "note":
        return "note"
    said = record.answers.get(item.id)
    if isinstance(said, NonAnswer):
        return _STATES[said]
    return "answered" if answered(record, item.id) else "open"
