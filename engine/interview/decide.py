"""Decide with z3 which levels of an outcome a record leaves possible, where bounds and splitting leave it inexact."""

from __future__ import annotations

from collections.abc import Mapping

from engine.format.instrument import Instrument, Item
from engine.interview.encode import FLAGS, Values, answered, open_item
from engine.interview.record import Answer, Entries, NonAnswer, Record
from engine.program.one_world import OneWorld
from engine.program.raw import Listed, Said
from engine.program.solve import Search


class Decider:
    """Decides the outcomes of one record, in one world that they share."""

    def __init__(self, instrument: Instrument, record: Record, values: Values, *, work: int | None = None) -> None:
        """`values` are those of the record, encoded."""
        self.world = OneWorld(instrument)
        self.search = Search(self.world, said(instrument, record, values), work=work)

    def levels(self, outcome: str, mask: int) -> tuple[int, bool]:
        """Return which of these levels (and *not applying*) are possible, and whether at least and at most are exact.

        What z3 does not decide within its work stays possible.
        """
        reached = self.search.reach(self.world.computed(outcome), mask)
        # A record that no world agrees with was not read by `reading`; of it only the bounds speak.
        return (reached.mask, reached.ends_decided) if reached.mask else (mask, False)


def said(instrument: Instrument, record: Record, values: Values) -> Said:
    """Return what a record leaves possible, in the words of a program; `values` are its encoded arguments."""
    repeats = (item for item in instrument.items.values() if item.kind == "repeat")
    listed = {item.id: _listed(item, record) for item in repeats}
    return Said(values, listed, lambda term: FLAGS[term.word](instrument, record, term.name))


def _listed(item: Item, record: Record) -> Listed:
    answer, today = record.answers.get(item.id), record.on.toordinal()
    if not isinstance(answer, Entries):
        return Listed((), closed=False)
    return Listed(tuple(_entry(item, entry, today) for entry in answer.entries), answer.closed)


def _entry(item: Item, entry: Mapping[str, Answer | NonAnswer], today: int) -> Values:
    values: Values = {}
    for field in item.fields:
        answer = entry.get(field.id)
        known = answer is not None and not isinstance(answer, NonAnswer)
        values |= answered(field, answer, today) if known else open_item(field, today)  # type: ignore[arg-type]
    return values
