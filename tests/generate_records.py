"""Random records: partial, narrowed, complete; with every kind of non-answer, stale answers and judgements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from engine.format.atoms import VOICES
from engine.format.instrument import CHOICES, Instrument, Item
from engine.interview.record import Answer, Days, Entries, Judgement, NonAnswer, Record, Words
from tests.describe import brief, described
from tests.generate_items import TODAY
from tests.generate_terms import Dice
from tests.worlds import points_between

SILENCES = (NonAnswer.DONT_KNOW, NonAnswer.DECLINED, NonAnswer.NOT_ASKED)


def empty(dice: Dice, instrument: Instrument) -> Record:
    return Record(instrument.id, instrument.version, instrument.content_hash, dice.one(VOICES), TODAY)


def partial(dice: Dice, instrument: Instrument) -> Record:
    """Some answers, whether or not the items are shown; some known only in part; some judgements."""
    record, tenths = empty(dice, instrument), dice.one((5, 2, 8, 0))
    for item in askable(instrument):
        if dice.often(tenths):
            record = record.saying(item.id, answer(dice, item))
        elif dice.often(4):
            record = record.saying(item.id, dice.one(SILENCES))
    return judge(dice, instrument, record, tenths=3)


def complete(dice: Dice, instrument: Instrument) -> Record:
    """Everything is answered, exactly, and judged; no answer has `points: none`."""
    record = empty(dice, instrument)
    for item in askable(instrument):
        record = record.saying(item.id, answer(dice, item, whole=True))
    return judge(dice, instrument, judge(dice, instrument, record, tenths=3), tenths=10, only_needed=True)


def narrower(dice: Dice, instrument: Instrument, record: Record) -> Record:
    """Say more, never anything else: answer what is open, narrow what is known in part, judge what waits for it."""
    tenths = dice.one((3, 6, 10))
    for item in askable(instrument):
        said = record.answers.get(item.id)
        if not dice.often(tenths):
            continue
        if said is None or isinstance(said, NonAnswer):
            record = record.saying(item.id, answer(dice, item))
        elif isinstance(said, Days):
            first, last = max(said.first, item.earliest), min(said.last, TODAY)
            record = record.saying(item.id, stretch(dice, first, last))
        elif isinstance(said, Entries):
            record = record.saying(item.id, more_entries(dice, item, said))
    return judge(dice, instrument, record, tenths=tenths, only_needed=True)


def askable(instrument: Instrument) -> Iterator[Item]:
    return (item for item in instrument.items.values() if item.kind != "note" and item.id != "voice")


def answer(dice: Dice, item: Item, *, whole: bool = False) -> Answer:
    """One answer; `whole` leaves nothing open."""
    if item.kind in CHOICES:
        bits = [bit for bit in range(1, len(item.options) + 1) if not (whole and points_between(item, bit))]
        return item.options[dice.one(bits) - 1].id
    if item.kind == "tick_all":
        return ticked(dice, item)
    if item.kind == "number":
        low, high = (Decimal(0), Decimal(9)) if item.low is None or item.high is None else (item.low, item.high)
        steps = dice.whole(int(low.scaleb(item.decimals)), int(high.scaleb(item.decimals)))
        return Decimal(steps).scaleb(-item.decimals)
    if item.kind == "date":
        days = stretch(dice, item.earliest, TODAY)
        if whole:
            return Days(days.first, days.first)
        # a month or a year reaches beyond the days that the item allows
        return Days(days.first, days.last + timedelta(days=30)) if dice.often(2) else days
    if item.kind == "repeat":
        entries = tuple(entry(dice, item, whole=whole) for _ in range(dice.whole(0, item.at_most)))
        return Entries(entries, closed=whole or dice.often(5))
    return Words("Words")


def ticked(dice: Dice, item: Item) -> tuple[str, ...]:
    """One option on its own, or some of the others."""
    alone = [option.id for option in item.options if option.on_its_own]
    together = [option.id for option in item.options if not option.on_its_own]
    return (dice.one(alone),) if alone and dice.often(3) else tuple(dice.some(together, at_least=1))


def stretch(dice: Dice, first: date, last: date) -> Days:
    """A day, or a few."""
    start = dice.whole(first.toordinal(), last.toordinal())
    end = start if dice.often(5) else dice.whole(start, last.toordinal())
    return Days(date.fromordinal(start), date.fromordinal(end))


def entry(dice: Dice, item: Item, *, whole: bool = False) -> Mapping[str, Answer]:
    fields = item.fields if whole else dice.some(item.fields)
    return {one.id: answer(dice, one, whole=whole) for one in fields}


def more_entries(dice: Dice, item: Item, said: Entries) -> Entries:
    """Fill gaps of entries, list further ones, say that this is all."""
    filled = tuple({**entry(dice, item), **one} for one in said.entries)
    room = 0 if said.closed else item.at_most - len(filled)
    further = tuple(entry(dice, item) for _ in range(dice.whole(0, room)))
    return Entries((*filled, *further), closed=said.closed or dice.often(5))


def judge(dice: Dice, instrument: Instrument, record: Record, *, tenths: int, only_needed: bool = False) -> Record:
    """Judge some outcomes that are not judged yet; `only_needed`: only those that have no other way to a level."""
    judgements = dict(record.judgements)
    for outcome in instrument.outcomes.values():
        may = outcome.by_judgement or ((outcome.may_raise or outcome.may_lower) and not only_needed)
        if may and outcome.id not in judgements and dice.often(tenths):
            judgements[outcome.id] = Judgement(dice.one(outcome.levels).id, "Seen before", "A colleague")
    return replace(record, judgements=judgements)


@dataclass(frozen=True, slots=True)
class Case:
    """An instrument and some records of it, in words short enough to read."""

    instrument: Instrument
    records: tuple[Record, ...]

    def __repr__(self) -> str:
        return "\n".join(["", described(self.instrument), *map(brief, self.records), ""])

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Tell Hypothesis not to print every field."""
        printer.text(repr(self))
