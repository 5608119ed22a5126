"""The record that z3 found, as a record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import z3  # type: ignore[import-untyped]

from engine.format.instrument import Item
from engine.interview.record import Answer, Days, Entries, Judgement, NonAnswer, Record, start
from engine.program import names
from engine.workshop.prove.any_record import AnyRecord, Field, Listing
from engine.workshop.prove.bits import Z3, Whole

REASON = "what the assessor knows besides"


def record_of(found: AnyRecord, model: Z3) -> Record:
    """Return the record of a model."""
    instrument = found.instrument
    on = date.fromordinal(whole_of(found.today, model))
    answers: dict[str, Answer | NonAnswer] = {}
    voice: str = instrument.questionnaire.voices[0]
    for name, field in found.fields.items():
        if name == "voice":
            voice = str(said_of(field, model))
        elif is_true(field.said, model):
            answers[name] = said_of(field, model)
    for (word, owner), flag in found.flags.items():
        if word in ("dont_know", "declined") and is_true(flag, model):
            answers[owner] = NonAnswer(word)
    for name, listing in found.lists.items():
        entries = entries_of(listing, model)
        if entries.entries or entries.closed:
            answers[name] = entries
    judgements = dict(_judged(found, model))
    begun = start(instrument, voice, on)
    return Record(begun.questionnaire, begun.version, begun.content_hash, voice, on, answers, judgements)


def said_of(field: Field, model: Z3) -> Answer:
    """Return the answer to an item, or to a field of an entry."""
    item, values = field.item, {name: whole_of(one, model) for name, one in field.values.items()}
    return answer_of(item, values)


def answer_of(item: Item, values: Mapping[str, int]) -> Answer:
    """Return the answer that leaves these values of an item."""
    match item.kind:
        case "tick_all":
            mask = values[names.surely(item.id)]
            return tuple(one.id for place, one in enumerate(item.options, start=1) if mask >> place & 1)
        case "number":
            return Decimal(values[names.lowest(item.id)]).scaleb(-item.decimals)
        case "date":
            first, last = values[names.lowest(item.id)], values[names.highest(item.id)]
            return Days(date.fromordinal(first), date.fromordinal(last))
        case _:
            return item.options[values[names.mask(item.id)].bit_length() - 2].id


def entries_of(listing: Listing, model: Z3) -> Entries:
    """Return what was listed in a repeat."""
    entries: list[Mapping[str, Answer | NonAnswer]] = [
        {name: said_of(field, model) for name, field in entry.items() if field.values and is_true(field.said, model)}
        for entry in listing.entries[: whole_of(listing.many, model)]
    ]
    return Entries(tuple(entries), closed=is_true(listing.closed, model))


def _judged(found: AnyRecord, model: Z3) -> Any:
    for name, outcome in found.instrument.outcomes.items():
        argument = names.mask(name) if outcome.by_judgement else names.floor(name)
        flag = found.flags.get(("judged", name))
        if argument in found.values and flag is not None and is_true(flag, model):
            level = whole_of(found.values[argument], model).bit_length() - 2
            yield name, Judgement(outcome.levels[level].id, REASON)


def whole_of(value: Whole | int, model: Z3) -> int:
    """Return a number in a model."""
    if isinstance(value, int):
        return value
    return int(model.eval(value.known, model_completion=True).as_signed_long())


def is_true(value: Z3, model: Z3) -> bool:
    """Whether a condition holds in a model."""
    return bool(z3.is_true(model.eval(value, model_completion=True)))
