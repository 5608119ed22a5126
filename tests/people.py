"""Random people: records of any questionnaire, answered to any share, such as a file or a form can hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from engine.format.instrument import CHOICES, Instrument, Item
from engine.interview.record import Answer, Days, Entries, Judgement, NonAnswer, Record, Words

SILENCES = tuple(NonAnswer)
FIRST_DAY, DAYS = date(2025, 1, 1), 700
WORDS = "It began in the spring."
MOST_ENTRIES = 6


def random_record(instrument: Instrument, random: Random, share: float, *, judged: float = 0.0) -> Record:
    """A record with about this share of the items answered; of the others a third with a word on why not.

    `judged` is the share of the outcomes that may be judged and are, whether or not the level is allowed.
    """
    on = max(FIRST_DAY, *_first_days(instrument)) + timedelta(days=random.randrange(DAYS))
    answers: dict[str, Answer | NonAnswer] = {}
    for item in instrument.items.values():
        if item.id == "voice" or not _answerable(item):
            continue
        if random.random() < share:
            answers[item.id] = random_answer(item, random, on, share)
        elif random.random() < 1 / 3:
            answers[item.id] = random.choice(SILENCES)
    judgements = {}
    for outcome in instrument.outcomes.values():
        if (outcome.by_judgement or outcome.may_raise or outcome.may_lower) and random.random() < judged:
            second = "A colleague" if random.random() < 0.5 else None
            judgements[outcome.id] = Judgement(random.choice(outcome.levels).id, "Seen before", second)
    voice = random.choice(instrument.questionnaire.voices)
    whose = (instrument.id, instrument.version, instrument.content_hash)
    return Record(*whose, voice, on, answers, judgements)


def _first_days(instrument: Instrument) -> list[date]:
    """The first day that each date may be: nobody is assessed before."""
    items = [one for item in instrument.items.values() for one in (item, *item.fields)]
    return [FIRST_DAY, *(item.earliest for item in items if item.kind == "date")]


def _answerable(item: Item) -> bool:
    return item.kind != "note" and (item.kind != "text" or item.at_most > 0)


def random_answer(item: Item, random: Random, on: date, share: float) -> Answer:
    """One answer that can be read on this day of assessment."""
    if item.kind in CHOICES:
        return random.choice(item.options).id
    if item.kind == "tick_all":
        alone = [option.id for option in item.options if option.on_its_own]
        together = [option.id for option in item.options if not option.on_its_own]
        ticked = {one for one in together if random.random() < 0.4} or {random.choice(together)}
        one_alone = alone and random.random() < 0.3
        return (random.choice(alone),) if one_alone else tuple(one for one in together if one in ticked)
    if item.kind == "number":
        low, high = (Decimal(0), Decimal(9)) if item.low is None or item.high is None else (item.low, item.high)
        steps = random.randint(int(low.scaleb(item.decimals)), int(high.scaleb(item.decimals)))
        return Decimal(steps).scaleb(-item.decimals)
    if item.kind == "date":
        return _days(max(item.earliest, on - timedelta(days=900)), on, random)
    if item.kind == "repeat":
        count = random.randint(0, min(item.at_most, MOST_ENTRIES))
        entries = tuple(_entry(item, random, on, share) for _ in range(count))
        return Entries(entries, closed=random.random() < 0.7)
    return Words(WORDS[: item.at_most])


def _entry(item: Item, random: Random, on: date, share: float) -> Mapping[str, Answer | NonAnswer]:
    said: dict[str, Answer | NonAnswer] = {}
    for field in filter(_answerable, item.fields):
        if random.random() < share:
            said[field.id] = random_answer(field, random, on, share)
        elif random.random() < 1 / 3:
            said[field.id] = random.choice(SILENCES)
    return said


def _days(first: date, last: date, random: Random) -> Days:
    """A day, its month or its year."""
    day = first + timedelta(days=random.randrange(max((last - first).days, 0) + 1))
    known = random.random()
    if known < 0.6:
        return Days(day, day)
    if known < 0.9:
        after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        return Days(day.replace(day=1), after - timedelta(days=1))
    return Days(date(day.year, 1, 1), date(day.year, 12, 31))
