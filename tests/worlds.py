"""Every world that a record leaves possible, by brute force: one raw value for each item, shown or not.

Shares nothing with the engine but the types that say what a questionnaire and a record are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, product
from math import prod

from engine.format.instrument import CHOICES, Instrument, Item, Outcome
from engine.interview.record import Answer, Days, Entries, NonAnswer, Record
from engine.language.terms import Table

Exact = int | Fraction


@dataclass(frozen=True, slots=True)
class Picked:
    """One option; its points too where the option has none of its own."""

    bit: int
    points: Exact | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """The entries of a repeat, each a raw value for every field."""

    entries: tuple[Mapping[str, Raw], ...]


Raw = Picked | frozenset[int] | Exact | Listed | None
"""What an item would say if it were shown; None where it says nothing a condition could read."""


def exact(value: Fraction | Decimal | int) -> Exact:
    """Return a number without rounding, whole where it can be: whole numbers are quicker."""
    if isinstance(value, Decimal):
        value = Fraction(value)
    return value.numerator if value.denominator == 1 else value


def parts_of(term: object) -> Iterator[object]:
    """Everything a condition or calculation is made of, itself first."""
    yield term
    if isinstance(term, tuple):
        for one in term:
            yield from parts_of(one)
    elif is_dataclass(term):
        for field in fields(term):
            yield from parts_of(getattr(term, field.name))


def worlds(instrument: Instrument, record: Record) -> Iterator[Mapping[str, Raw]]:
    """Every way to give each item and each outcome left to judgement a raw value."""
    domains = domains_of(instrument, record)
    for values in product(*domains.values()):
        yield dict(zip(domains, values, strict=True))


def how_many(instrument: Instrument, record: Record) -> int:
    return prod(len(domain) for domain in domains_of(instrument, record).values())


def domains_of(instrument: Instrument, record: Record) -> dict[str, list[Raw]]:
    found = {name: domain(item, answer_to(item, record), record) for name, item in instrument.items.items()}
    for name, outcome in instrument.outcomes.items():
        if outcome.by_judgement:
            found[name] = list(judged(outcome, record))
    return found


def answer_to(item: Item, record: Record) -> Answer | None:
    return record.voice if item.id == "voice" else answered(record.answers.get(item.id))


def answered(said: Answer | NonAnswer | None) -> Answer | None:
    """What was said, if anything; an empty tick list says nothing."""
    return None if isinstance(said, NonAnswer) or said == () else said


def judged(outcome: Outcome, record: Record) -> Iterator[Raw]:
    """Every level until the assessor has picked one."""
    judgement = record.judgements.get(outcome.id)
    for bit, level in enumerate(outcome.levels, start=1):
        if judgement is None or judgement.level == level.id:
            yield Picked(bit)


def domain(item: Item, answer: Answer | None, record: Record) -> list[Raw]:
    """The raw values of an item, or of a field of an entry, that agree with the answer."""
    if item.kind in CHOICES:
        return list(picks(item, answer))
    if item.kind == "tick_all":
        return list(subsets(item, answer))
    if item.kind == "number":
        return list(numbers(item, answer))
    if item.kind == "date":
        return list(days(item, answer, record))
    if item.kind == "repeat":
        return list(lists(item, answer, record))
    return [None]


def picks(item: Item, answer: Answer | None) -> Iterator[Picked]:
    for bit, option in enumerate(item.options, start=1):
        if answer in (None, option.id):
            spread = points_between(item, bit)
            yield from (Picked(bit, points) for points in spread) if spread else (Picked(bit),)


def points_between(item: Item, bit: int) -> list[Exact]:
    """What an option with `points: none` may count in a world: both ends, and what the other options count."""
    for part in parts_of(item.points):
        if isinstance(part, Table) and part.name == item.id:
            low, high = part.lowest[bit], part.highest[bit]
            if low is not None and high is not None and low != high:
                others = {value for value in part.lowest[1:] if value is not None and low <= value <= high}
                return [exact(value) for value in sorted(others | {low, high})]
    return []


def subsets(item: Item, answer: Answer | None) -> Iterator[frozenset[int]]:
    """Any options together, or one that stands on its own; nothing at all only where none stands on its own."""
    if isinstance(answer, tuple):
        yield frozenset(map(item.bit, answer))
        return
    alone = [bit for bit, option in enumerate(item.options, start=1) if option.on_its_own]
    together = [bit for bit, option in enumerate(item.options, start=1) if not option.on_its_own]
    yield from (frozenset({bit}) for bit in alone)
    for size in range(1 if alone else 0, len(together) + 1):
        yield from map(frozenset, combinations(together, size))


def numbers(item: Item, answer: Answer | None) -> Iterator[Exact | None]:
    if isinstance(answer, Decimal):
        yield exact(answer)
    elif item.low is None or item.high is None:
        yield None
    else:
        steps = 10**item.decimals
        yield from (exact(Fraction(n, steps)) for n in range(int(item.low * steps), int(item.high * steps) + 1))


def days(item: Item, answer: Answer | None, record: Record) -> Iterable[int]:
    first, last = item.earliest, record.on
    if item.future:
        last = last.replace(year=last.year + 10)
    if isinstance(answer, Days):
        first, last = max(first, answer.first), min(last, answer.last)
    return range(first.toordinal(), last.toordinal() + 1)


def lists(item: Item, answer: Answer | None, record: Record) -> Iterator[Listed]:
    """What was listed, with every value its gaps may have, and any further entries until the list is closed."""
    listed = answer.entries if isinstance(answer, Entries) else ()
    closed = isinstance(answer, Entries) and answer.closed
    known = [entries_of(item, said, record) for said in listed]
    anything = entries_of(item, {}, record)
    room = 0 if closed else item.at_most - len(listed)
    for start in product(*known):
        for more in range(room + 1):
            # No condition can tell in which order the entries stand.
            for rest in combinations_with_replacement(anything, more):
                yield Listed((*start, *rest))


def entries_of(item: Item, said: Mapping[str, Answer | NonAnswer], record: Record) -> list[Mapping[str, Raw]]:
    names = [field.id for field in item.fields]
    every = product(*(domain(field, answered(said.get(field.id)), record) for field in item.fields))
    return [dict(zip(names, values, strict=True)) for values in every]
