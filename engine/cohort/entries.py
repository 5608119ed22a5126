"""Repeats of many records at once: every entry of every record is a row of its own, asked by column."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from engine.cohort.columns import on_columns
from engine.cohort.meanings import Meaning, Meanings, Said, by_code
from engine.cohort.sheet import ABSENT, Flags, Whole
from engine.cohort.whole import key_of
from engine.format.instrument import Item
from engine.interview.answers import NON_ANSWERS
from engine.interview.encode import last_day, open_item
from engine.interview.ready import Ready
from engine.interview.record import Entries
from engine.language.terms import Count, Latest
from engine.program import names

Columns = dict[str, Any]
LISTED: Said = Entries(({},), closed=False)  # stands for any list with something in it
CLOSED: Said = Entries((), closed=True)
OPEN: Said = Entries((), closed=False)


@dataclass(frozen=True, slots=True)
class ListedRows:
    """What follows from a repeat's column: what each code means and whether it is refused, the arguments of every row,
    and the rows in which a day lies after the assessment.
    """

    said: list[Said]
    refused: list[bool]
    values: Columns
    too_late: Flags


@dataclass(frozen=True, slots=True)
class _Rows:
    """The entries of all rows: their fields by column and the row of each; of each row its day, the number of its
    entries, and how many may still be listed.
    """

    columns: Columns
    owner: Whole
    today: Whole
    sizes: Whole
    more: Whole


class _List(NamedTuple):
    """What was said to a repeat, how many entries that is, and whether that is all."""

    said: Said
    size: int = 0
    closed: bool = False
    refused: bool = False


REFUSED = _List(None, refused=True)


class Repeat:
    """Reads what is listed in one repeat of an instrument, and answers what the program asks of it."""

    def __init__(self, made: Ready, item: Item) -> None:
        """Bind the program of each count to columns."""
        self.item = item
        self.names = {one.id for one in item.fields}
        self.meanings = [Meanings(one) for one in item.fields]
        whole = made.compiled.whole.entries
        self.asked = {name: question for question, name in whole.items() if question.repeat == item.id}
        self.programs = {one: made.compiled.entries[one] for one in self.asked.values() if isinstance(one, Count)}
        self.runs = {question: on_columns(program) for question, program in self.programs.items()}

    def rows(self, column: Sequence[Any], codes: Whole, today: Any) -> ListedRows:
        """Return what follows from a column of JSON values; `today` is the day of each row."""
        listed: list[Any] = []
        read = [self._read(one, listed) for one in column]
        sizes = np.array([one.size for one in read])
        refused = np.array([one.refused for one in read])
        days = np.broadcast_to(np.asarray(today, dtype=np.int64), codes.shape)
        of_row = sizes[codes]
        owner = np.repeat(np.arange(len(codes)), of_row)
        place = np.arange(len(owner)) + ((np.cumsum(sizes) - sizes)[codes] - (np.cumsum(of_row) - of_row))[owner]
        columns: Columns = {"today": days[owner]}
        too_late = np.zeros(len(codes), dtype=bool)
        for one in self.meanings:
            coded, meant = _coded(one, listed)
            bad = np.array([meaning.refused for meaning in meant])
            refused[np.repeat(np.arange(len(read)), sizes)[bad[coded]]] = True
            entries = coded[place]
            columns |= one.columns(entries, one.by_code([meaning.ends for meaning in meant]), days[owner])
            firsts = by_code([meaning.first for meaning in meant])
            too_late[owner[one.too_late(entries, firsts, days[owner])]] = True
        more = np.where(np.array([one.closed for one in read])[codes], 0, self.item.at_most - of_row)
        rows = _Rows(columns, owner, days, of_row, more)
        return ListedRows([one.said for one in read], refused.tolist(), self._values(rows), too_late)

    def _read(self, said: Any, listed: list[Any]) -> _List:
        """Add the entries of one list to those of the others, if it has the shape of one."""
        if said is ABSENT:
            return _List(None)
        if isinstance(said, str) and said in NON_ANSWERS:
            return _List(NON_ANSWERS[said])
        if not isinstance(said, dict) or said.keys() != {"entries", "that_is_all"}:
            return REFUSED
        entries, closed = said["entries"], said["that_is_all"]
        if not isinstance(entries, list) or not isinstance(closed, bool) or len(entries) > self.item.at_most:
            return REFUSED
        if not all(isinstance(entry, dict) and entry.keys() <= self.names for entry in entries):
            return REFUSED
        listed += entries
        return _List(LISTED if entries else CLOSED if closed else OPEN, len(entries), closed)

    def _values(self, rows: _Rows) -> Columns:
        found: Columns = {}
        for name, question in self.asked.items():
            ends = self._count(question, rows) if isinstance(question, Count) else self._latest(question, rows)
            found |= {f"{name}__{end}": value for end, value in ends.items()}
        return found

    def _count(self, question: Count, rows: _Rows) -> Columns:
        """Count the entries that must and may be meant; any that may still be listed may be like none so far."""
        arguments, run = self.programs[question].arguments, self.runs[question]
        must, may = (
            np.bincount(rows.owner, np.broadcast_to(held, rows.owner.shape), len(rows.today)).astype(np.int64)
            for held in run(*(rows.columns[name] for name in arguments))
        )
        blank: Columns = {"today": rows.today}
        for one in self.item.fields:
            blank |= _whole_range(one, rows.today)
        _, possibly = run(*(blank[name] for name in arguments))
        return {"from": must, "to": may + rows.more * possibly}

    def _latest(self, question: Latest, rows: _Rows) -> Columns:
        """The latest of the listed days; what is not listed yet may be as late as any day."""
        asked = next(one for one in self.item.fields if one.id == question.field)
        whole = _whole_range(asked, rows.today)
        some, more = rows.sizes > 0, rows.more > 0
        ends = []
        for name in (names.lowest(asked.id), names.highest(asked.id)):
            most = np.full(len(some), -1, dtype=np.int64)
            np.maximum.at(most, rows.owner, rows.columns[name])
            ends.append(np.where(some, most, whole[name]))
        highest = np.where(more, whole[names.highest(asked.id)], ends[1])
        return {"from": ends[0], "to": highest, "must": some, "may": some | more}


def _whole_range(one: Item, today: Whole) -> Columns:
    values: Columns = open_item(one, 0)
    if one.kind == "date":
        values[names.highest(one.id)] = last_day(one, today)  # type: ignore[arg-type]  # a column of days
    return values


def _coded(field: Meanings, listed: list[Any]) -> tuple[Whole, list[Meaning]]:
    """Return a code for each entry of what it says to a field, and what the codes mean."""
    name = field.item.id
    said = [entry.get(name, ABSENT) for entry in listed]
    plain = {str, type(ABSENT)}.issuperset(map(type, said))
    keys = said if plain else [one if isinstance(one, str) or one is ABSENT else key_of(one) for one in said]
    distinct: dict[Hashable, Any] = dict(zip(keys, said, strict=True))
    alone = None in distinct  # some that are not worth remembering, each with a code of its own
    distinct.pop(None, None)
    meant = [field.of(one) for one in distinct.values()] or [field.nothing]
    places = {key: place for place, key in enumerate(distinct)}
    if not alone:
        return np.array([places[key] for key in keys], dtype=np.int64), meant
    codes = []
    for key, one in zip(keys, said, strict=True):
        codes.append(places.get(key, len(meant)))
        if key is None:
            meant.append(field.of(one))
    return np.array(codes, dtype=np.int64), meant
