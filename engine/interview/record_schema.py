"""The JSON Schema of one questionnaire's own records, so that other programs can write them.

It says what `engine.interview.reading` accepts, except what depends on the assessment date and on the other answers.
"""

from __future__ import annotations

from typing import Any, assert_never

from engine.format.instrument import Instrument, Item, Outcome
from engine.interview.answers import NON_ANSWERS
from engine.interview.reading import LONGEST_NAME, MOST_CHARACTERS, NEEDED
from engine.interview.record import HOW_KNOWN

Schema = dict[str, Any]


def response_schema(instrument: Instrument) -> Schema:
    """Return the schema (draft 2020-12) of a record of this questionnaire."""
    asked = [item for item in instrument.items.values() if item.kind != "note" and item.id != "voice"]
    named = [item.id for item in instrument.items.values() if item.id != "voice"]
    judged = [one for one in instrument.outcomes.values() if one.by_judgement or one.may_raise or one.may_lower]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A record of {instrument.id} {instrument.version}",
        **_closed(
            {
                "questionnaire": {"const": instrument.id},
                "version": {"const": instrument.version},
                "content_hash": {"const": instrument.content_hash},
                "voice": {"enum": list(instrument.questionnaire.voices)},
                "date": {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
                "answers": _closed({item.id: _said(item) for item in asked}),
                "judgements": _closed({outcome.id: _judgement(outcome) for outcome in judged}),
                "how_known": _closed({name: {"enum": list(HOW_KNOWN)} for name in named}),
                "notes": _closed({name: _words(MOST_CHARACTERS) for name in named}),
            },
            NEEDED,
        ),
    }


def _closed(properties: Schema, required: tuple[str, ...] = ()) -> Schema:
    whole: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**whole, "required": list(required)} if required else whole


def _words(at_most: int) -> Schema:
    return {"type": "string", "pattern": r"\S", "maxLength": at_most}


def _said(item: Item) -> Schema:
    words = {"title": item.ask.by_voice[0][1]}
    return {**words, "anyOf": [_answer(item), {"enum": list(NON_ANSWERS)}]}


def _answer(item: Item) -> Schema:
    match item.kind:
        case "yes_no" | "pick_one":
            return {"enum": [option.id for option in item.options]}
        case "tick_all":
            return _ticks(item)
        case "number":
            # `multipleOf` is left out: in binary fractions 0.3 is no multiple of 0.1.
            bounds = {"minimum": item.low, "maximum": item.high}
            kind = "number" if item.decimals else "integer"
            return {"type": kind, **{key: _plain(value) for key, value in bounds.items() if value is not None}}
        case "date":
            return {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
        case "text":
            return _closed({"text": _words(item.at_most)}, ("text",))
        case "repeat":
            entry = _closed({field.id: _said(field) for field in item.fields})
            listed = {"type": "array", "maxItems": item.at_most, "items": entry}
            return _closed({"entries": listed, "that_is_all": {"type": "boolean"}}, ("entries", "that_is_all"))
        case "note":
            return {"not": {}}
        case _:
            assert_never(item.kind)


def _ticks(item: Item) -> Schema:
    together = [option.id for option in item.options if not option.on_its_own]
    several = {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"enum": together}}
    alone = [{"const": [option.id]} for option in item.options if option.on_its_own]
    return {"anyOf": [several, *alone]}


def _plain(value: Any) -> int | float:
    return int(value) if value == int(value) else float(value)


def _judgement(outcome: Outcome) -> Schema:
    parts = {
        "level": {"enum": [level.id for level in outcome.levels]},
        "reason": _words(MOST_CHARACTERS),
        "second_person": _words(LONGEST_NAME),
    }
    return _closed(parts, ("level", "reason"))
