"""The smallest person who breaks a promise: first nothing is left that could be taken away, then z3 looks for fewer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from engine.interview.record import Entries, Record

Broken = Callable[[Record], bool]


def smallest(record: Record, broken: Broken, with_at_most: Callable[[int], Record | None]) -> Record:
    """Return a record with as few answers as can be found; `with_at_most` looks for one with so many answers."""
    found = without_needless(record, broken)
    while found.answers:
        other = with_at_most(len(found.answers) - 1)
        if other is None or not broken(other):
            return found
        found = without_needless(other, broken)
    return found


def without_needless(record: Record, broken: Broken) -> Record:
    """Return the record without anything that it can do without."""
    while True:
        less = next((one for one in _smaller(record) if broken(one)), None)
        if less is None:
            return record
        record = less


def _smaller(record: Record) -> Iterator[Record]:
    """Every record with one thing less."""
    for name in record.judgements:
        yield replace(record, judgements={key: one for key, one in record.judgements.items() if key != name})
    for name in reversed(list(record.answers)):
        yield record.without(name)
    for name, said in record.answers.items():
        if isinstance(said, tuple) and len(said) > 1:
            yield from (record.saying(name, (*said[:place], *said[place + 1 :])) for place in range(len(said)))
        elif isinstance(said, Entries):
            yield from (record.saying(name, one) for one in _shorter(said))


def _shorter(said: Entries) -> Iterator[Entries]:
    for place, entry in enumerate(said.entries):
        before, after = said.entries[:place], said.entries[place + 1 :]
        yield Entries((*before, *after), said.closed)
        for key in entry:
            less = {one: value for one, value in entry.items() if one != key}
            yield Entries((*before, less, *after), said.closed)
