"""People made up at random, always the same ones: what one of them shows can happen, can happen.

They only ever prove that something is possible. That something is not, bounds over all records or a solver must say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from random import Random

from engine.format.instrument import Instrument, Item, Option
from engine.interview.record import Answer, Days, Entries, Judgement, NonAnswer, Record
from engine.language.terms import OrElse, Table
from engine.program.domain import FUTURE_DAYS

KEENNESS = (0.5, 0.0, 1.0, 0.1, 0.9, 0.3)  # 0 says no wherever it counts, 1 says yes to everything
LEFT_OPEN = 0.3
NEAR_DAYS = ((0, 1, 7), (8, 15, 27, 28), (29, 55, 56), (57, 100, 365), (0, 7, 27, 28, 29, 55, 56, 57, 365))
MOST_LISTED = 6
NON_ANSWERS = (NonAnswer.DONT_KNOW, NonAnswer.DECLINED, NonAnswer.NOT_ASKED)


def people(instrument: Instrument, on: date) -> Iterator[Record]:
    """Yield records without end, in every voice; every fifth leaves questions open."""
    dice = Random(0)  # noqa: S311  the same people every time; nothing is secret here
    voices = instrument.questionnaire.voices
    place = 0
    while True:
        keen = KEENNESS[place % len(KEENNESS)]
        answers: dict[str, Answer | NonAnswer] = {}
        for item in instrument.items.values():
            if item.kind in ("note", "text") or item.id == "voice":
                continue
            if place % 5 == 4 and dice.random() < LEFT_OPEN:
                answers[item.id] = dice.choice(NON_ANSWERS)
            else:
                answers[item.id] = answer(item, dice, on, keen)
        yield Record(
            questionnaire=instrument.id,
            version=instrument.version,
            content_hash=instrument.content_hash,
            voice=voices[place // len(KEENNESS) % len(voices)],
            on=on,
            answers=answers,
            judgements=_judgements(instrument, dice),
        )
        place += 1


def answer(item: Item, dice: Random, on: date, keen: float) -> Answer:
    """Return an answer to an item; the keener, the more of its later options and the more ticks."""
    match item.kind:
        case "yes_no":
            return "yes" if dice.random() < keen else "no"
        case "pick_one":
            return dice.choice(_weighing(item, keen) or item.options).id
        case "tick_all":
            return _ticks(item, dice, keen)
        case "number":
            low, high = int((item.low or 0) * 10**item.decimals), int((item.high or 0) * 10**item.decimals)
            return Decimal(dice.choice((low, high, dice.randint(low, high)))).scaleb(-item.decimals)
        case "date":
            day = _day(item, dice, on, NEAR_DAYS[-1])
            return Days(day, day)
        case _:
            return _entries(item, dice, on, keen)


def _weighing(item: Item, keen: float) -> list[Option]:
    """The options with the least points for who is not keen at all, with the most for who is wholly so."""
    table = item.points.number if isinstance(item.points, OrElse) else item.points
    if not isinstance(table, Table) or 0 < keen < 1:
        return []
    points = [value for value in table.highest[1:] if value is not None]
    end = max(points, default=None) if keen else min(points, default=None)
    return [option for option, value in zip(item.options, table.highest[1:], strict=True) if value == end]


def _ticks(item: Item, dice: Random, keen: float) -> tuple[str, ...]:
    alone = [option.id for option in item.options if option.on_its_own]
    together = [option.id for option in item.options if not option.on_its_own]
    ticked = tuple(option for option in together if dice.random() < keen)
    if ticked or not alone:
        return ticked
    return (dice.choice(alone),)


def _day(item: Item, dice: Random, on: date, near_days: tuple[int, ...]) -> date:
    first = item.earliest.toordinal()
    last = max(on.toordinal() + (FUTURE_DAYS if item.future else 0), first)
    near = on.toordinal() - dice.choice(near_days)
    return date.fromordinal(min(max(dice.choice((near, dice.randint(first, last))), first), last))


def _entries(item: Item, dice: Random, on: date, keen: float) -> Entries:
    count = dice.randint(0, min(MOST_LISTED, item.at_most)) if dice.random() < keen else 0
    near_days = dice.choice(NEAR_DAYS)  # of one list most days lie close together, so that getting worse is seen
    entries: list[Mapping[str, Answer | NonAnswer]] = []
    for _ in range(count):
        entry: dict[str, Answer | NonAnswer] = {}
        for field in item.fields:
            if field.kind == "date":
                day = _day(field, dice, on, near_days)
                entry[field.id] = Days(day, day)
            elif field.kind != "text":
                entry[field.id] = answer(field, dice, on, keen)
        entries.append(entry)
    return Entries(tuple(entries), closed=True)


def _judgements(instrument: Instrument, dice: Random) -> dict[str, Judgement]:
    judged = (outcome for outcome in instrument.outcomes.values() if outcome.by_judgement)
    return {outcome.id: Judgement(dice.choice(outcome.levels).id, "") for outcome in judged}
