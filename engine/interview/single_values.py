"""Single values that are still possible of what a record leaves open: all of them where they are few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

from engine.format.instrument import Instrument, Item
from engine.interview.encode import answered as left_by
from engine.interview.encode import last_day
from engine.interview.record import Answer, Days, Entries, NonAnswer, Record, answered
from engine.interview.replies import logged, replies
from engine.interview.trial import Ranges
from engine.program import names

MOST_TICKS = 4  # options of a list of which every way to tick them is tried

Entry = Mapping[str, Answer | NonAnswer]


def single_values(instrument: Instrument, record: Record, name: str) -> tuple[Sequence[Ranges], bool]:
    """Return the ranges of single values, still possible, of an item or of an outcome left to judgement, and whether
    these are all; none where only one is.
    """
    outcome, item = instrument.outcomes.get(name), instrument.items.get(name)
    if outcome is not None and outcome.by_judgement and name not in record.judgements:
        return [{names.mask(name): 1 << bit} for bit in range(1, len(outcome.levels) + 1)], True
    if item is None or name == "voice":
        return [], True
    said, tried = record.answers.get(name), replies(instrument, name, record.on)
    if isinstance(said, Entries) and answered(record, name):
        kinds = [one.answer.entries[0] for one in tried.each if isinstance(one.answer, Entries) and one.answer.entries]
        return [logged(instrument, name, one, record.on) for one in _filled(said, kinds, item.at_most)], False
    if answered(record, name):
        days = _days(item, said, record.on.toordinal(), [reply.answer for reply in tried.each])
        return [left_by(item, one, record.on.toordinal()) for one in days], False
    if item.kind == "tick_all":
        return [left_by(item, one, 0) for one in _ticked(item)], len(item.options) <= MOST_TICKS
    return [reply.ranges for reply in tried.each], tried.all_of_them


def _ticked(item: Item) -> Iterator[tuple[str, ...]]:
    """Ways to tick a list: one of the options that stand alone, or some of the others; of many, the first ones."""
    alone = [option.id for option in item.options if option.on_its_own]
    together = [option.id for option in item.options if not option.on_its_own]
    yield from ((one,) for one in alone)
    if len(item.options) <= MOST_TICKS:
        for size in range(1 if alone else 0, len(together) + 1):
            yield from combinations(together, size)
        return
    if not alone:
        yield ()
    yield from ((one,) for one in together)
    yield from (tuple(together[:size]) for size in range(2, len(together) + 1))


def _days(item: Item, said: object, today: int, tried: Sequence[Answer]) -> Sequence[Days]:
    """Days of a month or a year: its ends, and those that are tried anyway."""
    if not isinstance(said, Days) or said.first == said.last:
        return ()
    found = [max(said.first, item.earliest), min(said.last, date.fromordinal(last_day(item, today)))]
    found += [one.first for one in tried if isinstance(one, Days) and said.first <= one.first <= said.last]
    return [Days(day, day) for day in dict.fromkeys(found)]


def _filled(said: Entries, kinds: Sequence[Entry], at_most: int) -> Iterator[Entries]:
    """A log with its gaps filled, all in the same way, and with more of that kind while more may come."""
    for kind in kinds:
        known = tuple({**kind, **_known(entry)} for entry in said.entries)
        room = 0 if said.closed else at_most - len(known)
        for more in dict.fromkeys((0, min(room, 1), room)):
            yield Entries((*known, *(kind,) * more), closed=True)


def _known(entry: Entry) -> Entry:
    """What was said of one entry; of a month or a year its first day."""
    said = {name: one for name, one in entry.items() if not isinstance(one, NonAnswer)}
    return {name: Days(one.first, one.first) if isinstance(one, Days) else one for name, one in said.items()}
