"""Turn a block of records into columns of a program's arguments: each distinct answer is read and encoded once.

What an answer means is settled by the same functions that read and encode one person's record; only looking it up for
every row, and what depends on the assessment date, is done by column.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.cohort.columns import numbers_of
from engine.cohort.entries import Repeat
from engine.cohort.meanings import FAR, Meanings, Said, looked_up, remember
from engine.cohort.sheet import ABSENT, Column, Flags, Sheet, Whole
from engine.cohort.whole import head_key
from engine.interview.answers import InvalidRecord
from engine.interview.encode import FLAGS, flags_of, last_day
from engine.interview.reading import read
from engine.interview.ready import Ready
from engine.interview.record import Record, start
from engine.program import names


@dataclass(frozen=True, slots=True)
class Encoded:
    """The arguments of a block: each a column, or one number where all rows agree.

    `said` gives of each item that occurs the code of each row and what the codes mean; `records` likewise holds the
    records without their answers. `refused` rows hold nothing to rely on.
    """

    rows: int
    values: Mapping[str, Any]
    today: Any
    said: Mapping[str, tuple[Whole, Sequence[Said]]]
    heads: Whole
    records: Sequence[Record]
    refused: Flags

    def part(self, first: int, last: int) -> Encoded:
        """Return rows first..last - 1."""
        rows = slice(first, last)
        return Encoded(
            min(last, self.rows) - first,
            {name: cut(value, rows) for name, value in self.values.items()},
            cut(self.today, rows),
            {name: (codes[rows], meanings) for name, (codes, meanings) in self.said.items()},
            self.heads[rows],
            self.records,
            self.refused[rows],
        )


def cut(value: Any, rows: Any) -> Any:
    """Return these rows of a column; what holds of every row holds of these."""
    return value[rows] if isinstance(value, np.ndarray) else value


class ColumnEncoder:
    """Knows an instrument's arguments; `encode` fills them in from a block of records."""

    def __init__(self, made: Ready) -> None:
        """Prepare what does not depend on a record."""
        self.made, self.instrument = made, made.compiled.instrument
        self.nobody = start(self.instrument, self.instrument.questionnaire.voices[0], FAR)
        self.open = made.encoder.encode(self.nobody)
        by_rule = made.compiled.by_rule
        self.flags = dict.fromkeys([*made.encoder.flags, *(flags_of(by_rule) if by_rule else ())])
        items = [item for item in self.instrument.items.values() if item.id != "voice"]
        self.repeats = {item.id: Repeat(made, item) for item in items if item.kind == "repeat"}
        numbers = numbers_of(made.compiled)
        self.items = {item.id: Meanings(item, numbers) for item in items if item.kind != "repeat"}
        self._heads: dict[Hashable, Record | None] = {}

    def encode(self, sheet: Sheet) -> Encoded:
        """Return the arguments of every program of the instrument."""
        refused = np.zeros(sheet.rows, dtype=bool)
        refused[[*sheet.unreadable, *sheet.doubtful]] = True
        records = self._records(sheet.heads)
        self._refuse(refused, sheet.heads.codes, [one is None for one in records])
        values, kept = dict(self.open), [one or self.nobody for one in records]
        today = looked_up([one.on.toordinal() for one in kept], sheet.heads.codes)
        values |= {"today": today} | self._of_heads(kept, sheet.heads.codes)
        said: dict[str, tuple[Whole, Sequence[Said]]] = {}
        for name, repeat in self.repeats.items():
            column = sheet.answers.get(name) or Column(np.zeros(sheet.rows, np.int32), [ABSENT])
            if repeat.asked or name in sheet.answers:
                listed = repeat.rows(column.said, column.codes, today)
                said[name] = column.codes, listed.said
                self._refuse(refused, column.codes, listed.refused)
                refused |= listed.too_late
                values |= listed.values
        for name, item in self.items.items():
            if name in sheet.answers:
                column = sheet.answers[name]
                meant = item.of_all(column.said)
                if meant.refused is not None:
                    refused |= meant.refused[column.codes]
                refused |= item.too_late(column.codes, meant.firsts, today)
                said[name] = column.codes, meant.said
                values |= item.columns(column.codes, meant.ends, today)
            elif item.item.kind == "date":
                values[names.highest(name)] = last_day(item.item, today)
        encoded = Encoded(sheet.rows, values, today, said, sheet.heads.codes, kept, refused)
        values |= {argument: self._flag(word, name, encoded) for argument, word, name in self.flags}
        return encoded

    def _refuse(self, refused: Flags, codes: Whole, of_code: list[bool]) -> None:
        if any(of_code):
            refused |= np.array(of_code)[codes]

    def _records(self, heads: Column) -> list[Record | None]:
        found = []
        for head in heads.said:
            key = None if head is ABSENT else head_key(head)
            record = self._heads.get(key) if key is not None else None
            if record is None and head is not ABSENT:
                record = _record(self.made, head)
                if key is not None:
                    remember(self._heads, key, record)
            found.append(record)
        return found

    def _of_heads(self, records: list[Record], codes: Whole) -> dict[str, Any]:
        """Voice and judgements, as one person's encoder gives them."""
        found: dict[str, list[int]] = {names.mask("voice"): []}
        bits = self.made.encoder.voices
        judged = {name for record in records for name in record.judgements}
        for name in judged:
            by_judgement = self.instrument.outcomes[name].by_judgement
            found[names.mask(name) if by_judgement else names.floor(name)] = []
        for record in records:
            values = self.made.encoder.encode(record) if record.judgements else self.open
            for argument, column in found.items():
                column.append(values[argument])
            found[names.mask("voice")][-1] = bits[record.voice]
        return {argument: looked_up(column, codes) for argument, column in found.items()}

    def _flag(self, word: str, name: str, encoded: Encoded) -> Any:
        says = FLAGS[word]
        if word == "judged":
            return looked_up([says(self.instrument, one, name) for one in encoded.records], encoded.heads)
        if name not in encoded.said:
            return says(self.instrument, self.nobody, name)
        codes, meanings = encoded.said[name]
        each = [{} if one is None else {name: one} for one in meanings]
        return looked_up([says(self.instrument, replace(self.nobody, answers=one), name) for one in each], codes)


def _record(made: Ready, head: Mapping[str, Any]) -> Record | None:
    try:
        return read(made.compiled.instrument, {**head, "answers": {}})
    except InvalidRecord:
        return None
