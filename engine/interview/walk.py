"""The way through the questions: which are shown, which come next, how far along. A fold of the record, nothing kept.

An item is asked unless it is certainly hidden, so that "don't know" to one question never swallows the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args
from weakref import WeakKeyDictionary

from engine.format.instrument import Instrument, Item
from engine.interview.assess import applies
from engine.interview.record import Answer, NonAnswer, Record, is_answer

State = Literal["answered", "dont_know", "declined", "not_asked", "open", "note"]
_STATES: Mapping[NonAnswer, State] = {
    NonAnswer.DONT_KNOW: "dont_know",
    NonAnswer.DECLINED: "declined",
    NonAnswer.NOT_ASKED: "not_asked",
}
_PLAIN = frozenset({str, tuple, Decimal})  # an answer of this type is one, whatever it says


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


def walk(instrument: Instrument, record: Record, shown: Mapping[str, bool | None] | None = None) -> Walk:
    """Return the way through the questions for this record.

    `shown` is what an assessment of the same record says of the items (`applies`); it is found out unless given.
    """
    if shown is None:
        shown = applies(instrument, record)
    way, said = _ways(instrument), record.answers.get
    steps, asked, waiting = list[Step](), list[str](), list[str]()
    for name, possible in way.items:
        may = shown[name]
        if may is not False:
            answer = said(name)
            state = "open" if answer is None else "answered" if answer.__class__ in _PLAIN else _state(answer)
            steps.append(possible[may][state])
            asked.append(name)
            if state == "open":
                waiting.append(name)
    if way.notes:
        asked, waiting = ([name for name in one if name not in way.notes] for one in (asked, waiting))
    core = 0
    if way.core:
        for names in (asked, waiting):
            names.sort(key=way.later.__contains__)
        core = len(way.core.intersection(asked))
    return Walk(
        tuple(steps),
        waiting[0] if waiting else None,
        len(asked) - len(waiting),
        len(asked),
        tuple(asked),
        core if core < len(asked) else 0,
    )


@dataclass(frozen=True, slots=True)
class _Ways:
    """The items in page order with the steps that are possible of each: few, and the same for everybody."""

    items: Sequence[tuple[str, Mapping[bool | None, Mapping[State, Step]]]]
    notes: frozenset[str]
    core: frozenset[str]
    later: frozenset[str]


_WAYS: WeakKeyDictionary[Instrument, _Ways] = WeakKeyDictionary()


def _ways(instrument: Instrument) -> _Ways:
    if instrument not in _WAYS:
        items = [item for item in instrument.items.values() if item.id != "voice"]
        notes = frozenset(item.id for item in items if item.kind == "note")
        core = frozenset(item.id for item in items if item.core)
        later = frozenset(item.id for item in items if not item.core)
        _WAYS[instrument] = _Ways([(item.id, _steps(item)) for item in items], notes, core, later)
    return _WAYS[instrument]


def _steps(item: Item) -> Mapping[bool | None, Mapping[State, Step]]:
    states: tuple[State, ...] = get_args(State)
    return {
        may: {state: Step(item.id, may, "note" if item.kind == "note" else state) for state in states}
        for may in (True, None)
    }


def state_of(item: Item, record: Record) -> State:
    """Return what the record says of this item, shown or not."""
    return "note" if item.kind == "note" else _state(record.answers.get(item.id))


def _state(said: Answer | NonAnswer | None) -> State:
    if isinstance(said, NonAnswer):
        return _STATES[said]
    return "answered" if is_answer(said) else "open"
