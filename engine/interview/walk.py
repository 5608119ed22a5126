"""The way through the questions: which are shown, which come next, how far along. A fold of the record, nothing kept.

An item is asked unless it is certainly hidden, so that "don't know" to one question never swallows the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
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


@dataclass(frozen=True)
class Walk:
    """The first item that is still open to be asked; how many of the askable ones are done (a non-answer is done too:
    nobody is held up); how many there are.

    `asked` are the askable ones in the order in which they are asked: those marked `core` first. The first `short` of
    them are the short path, after which there is enough for a summary; 0 where there is no such path, or nothing else.
    """

    instrument: Instrument
    record: Record
    shown: Mapping[str, bool | None] = field(compare=False)
    next: str | None
    done: int
    total: int
    asked: tuple[str, ...]
    short: int

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every item that is not certainly hidden, in page order."""
        said, steps = self.record.answers.get, list[Step]()
        for name, possible in _ways(self.instrument).items:
            may = self.shown[name]
            if may is not False:
                steps.append(possible[may][_state(said(name))])
        return tuple(steps)


def walk(instrument: Instrument, record: Record, shown: Mapping[str, bool | None] | None = None) -> Walk:
    """Return the way through the questions for this record.

    `shown` is what an assessment of the same record says of the items (`applies`); it is found out unless given.
    """
    if shown is None:
        shown = applies(instrument, record)
    way = _ways(instrument)
    core = [name for name in way.core if shown[name] is not False]
    later = [name for name in way.later if shown[name] is not False]
    asked = (*core, *later)
    done = {name for name, said in record.answers.items() if _state(said) != "open"}
    waiting = [name for name in asked if name not in done]
    following = waiting[0] if waiting else None
    short = len(core) if later else 0
    return Walk(instrument, record, shown, following, len(asked) - len(waiting), len(asked), asked, short)


@dataclass(frozen=True, slots=True)
class _Ways:
    """The items in page order with the steps that are possible of each, few and the same for everybody; those that are
    asked in the order in which they are.
    """

    items: Sequence[tuple[str, Mapping[bool | None, Mapping[State, Step]]]]
    core: tuple[str, ...]
    later: tuple[str, ...]


_WAYS: WeakKeyDictionary[Instrument, _Ways] = WeakKeyDictionary()


def _ways(instrument: Instrument) -> _Ways:
    if instrument not in _WAYS:
        items = [item for item in instrument.items.values() if item.id != "voice"]
        asked = [item for item in items if item.kind != "note"]
        core = tuple(item.id for item in asked if item.core)
        later = tuple(item.id for item in asked if not item.core)
        _WAYS[instrument] = _Ways([(item.id, _steps(item)) for item in items], core, later)
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
    if said.__class__ in _PLAIN:
        return "answered"
    if isinstance(said, NonAnswer):
        return _STATES[said]
    return "answered" if is_answer(said) else "open"
