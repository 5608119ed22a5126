"""Does a higher answer never lower an outcome? Two worlds that differ in this answer alone, exactly, on z3."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from engine.format.instrument import Instrument, Item
from engine.interview.assess import assess
from engine.interview.record import Answer, Days, Entries, Judgement, Record, start
from engine.program.maybe import Z3
from engine.program.one_world import OneWorld, Witness
from engine.program.raw import Value
from engine.program.solve import WORK, Search
from engine.workshop.prove.any_record import FIRST_DAY, LAST_DAY
from engine.workshop.prove.found_record import REASON
from engine.workshop.prove.smallest import without_needless


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who differ in one answer: with more of it the second is told less."""

    before: Record
    after: Record


def never_lowers(instrument: Instrument, rising: str, outcome: str, seconds: float) -> tuple[bool | None, Pair | None]:
    """Return whether more of an answer never lowers the outcome, or two people who show that it does."""
    before = OneWorld(instrument)
    after = OneWorld(instrument, label="after.", like=before, but=frozenset({rising}))
    search = Search(after, work=int(seconds * WORK))
    lowered = after.outcome(outcome) < before.outcome(outcome)
    day = instrument.questionnaire.review.last.toordinal()
    more_said = _more(instrument.items[rising], before, after)
    answer = search.ask(more_said, lowered, before.today == day)
    if not answer:
        answer = search.ask(more_said, lowered, before.today >= FIRST_DAY, before.today <= LAST_DAY)
    if not answer:
        return (True if answer is False else None), None
    first, second = (record_in(instrument, search.witness(world)) for world in (before, after))
    more = second.answers[rising]

    def is_lowered(record: Record) -> bool:
        return rising in record.answers and _level(instrument, record, outcome, end="least") > _level(
            instrument, record.saying(rising, more), outcome, end="most"
        )

    if not is_lowered(first):
        return None, None  # an answer that counts as any number of points, or none: no two records show it
    first = without_needless(first, is_lowered)
    return False, Pair(first, first.saying(rising, more))


def _more(item: Item, before: OneWorld, after: OneWorld) -> Z3:
    algebra = before.algebra
    low, high = before.raw(item.id), after.raw(item.id)
    if item.kind == "yes_no":
        return algebra.every([low.value == item.bit("no"), high.value == item.bit("yes")])
    if item.kind == "pick_one":
        return high.value == low.value + 1
    if item.kind != "tick_all":
        return high.value > low.value
    pairs = list(zip(low.ticks, high.ticks, item.options, strict=True))
    kept = [a == b for a, b, option in pairs if option.on_its_own]
    kept += [algebra.some([algebra.opposite(a), b]) for a, b, option in pairs if not option.on_its_own]
    more = [algebra.every([algebra.opposite(a), b]) for a, b, option in pairs if not option.on_its_own]
    some = [a for a, _, option in pairs if not option.on_its_own]
    return algebra.every([*kept, algebra.some(more), algebra.some(some)])


def _level(instrument: Instrument, record: Record, outcome: str, *, end: str) -> int:
    """The lowest, or highest, level that a record leaves possible, from 1; 0 where the outcome may not apply."""
    found = assess(instrument, record).outcomes[outcome]
    if not found.possible or (end == "least" and found.applies is not True):
        return 0
    return 1 + (found.possible[0] if end == "least" else found.possible[-1])


def record_in(instrument: Instrument, witness: Witness) -> Record:
    """Return everything that is said in a world, as a record."""
    answers: dict[str, Answer] = {}
    voice: str = instrument.questionnaire.voices[0]
    for name, value in witness.answers.items():
        said = _said(instrument.items[name], value)
        if name == "voice":
            voice = str(said)
        elif said is not None and said != ():
            answers[name] = said
    judged = {
        name: Judgement(instrument.outcomes[name].levels[level - 1].id, REASON)
        for name, level in witness.judged.items()
        if instrument.outcomes[name].by_judgement or level > 1
    }
    begun = start(instrument, voice, date.fromordinal(witness.today))
    return replace(begun, answers=answers, judgements=judged)


def _said(item: Item, value: Value) -> Answer | None:
    match value:
        case int() if item.kind == "date":
            return Days(date.fromordinal(value), date.fromordinal(value))
        case int():
            return item.options[value - 1].id
        case frozenset():
            return tuple(option.id for place, option in enumerate(item.options, start=1) if place in value)
        case Fraction():
            return Decimal(value.numerator) / Decimal(value.denominator)
        case tuple():
            fields = {one.id: one for one in item.fields}
            return Entries(tuple(dict(_entry(fields, entry)) for entry in value), closed=True)
    return None


def _entry(fields: dict[str, Item], entry: object) -> Iterator[tuple[str, Answer]]:
    assert isinstance(entry, dict)  # noqa: S101  as a witness has it
    for name, value in entry.items():
        said = _said(fields[name], value)
        if said is not None:
            yield name, said
