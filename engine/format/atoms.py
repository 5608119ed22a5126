"""The small values of the format: ids, texts in several voices, expressions, points, answers.

Each is a type with its own check and its own JSON Schema, so that one mistake gives one problem.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

Voice = Literal["self", "supporter", "practitioner"]
VOICES: tuple[Voice, ...] = get_args(Voice)

LONGEST_ID = 64
ID_PATTERN = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
Id = Annotated[str, StringConstraints(strict=True, pattern=ID_PATTERN, max_length=LONGEST_ID)]
Line = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=500)]
Expression = Annotated[
    str,
    StringConstraints(strict=True, min_length=1),
    WithJsonSchema({"type": "string", "minLength": 1, "description": "A condition or a calculation."}),
]


def id_from(words: str) -> str:
    """Return the id that is nearest to these words, an accent left out rather than its letter; nothing if none is."""
    plain = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
    able = re.sub(r"^[0-9_]+", "", "_".join(re.findall(r"[a-z0-9]+", plain)))
    return able[:LONGEST_ID].strip("_")


@dataclass(frozen=True, slots=True)
class Text:
    """Words for a person: one string for every voice, or one a voice with `default` for the rest."""

    by_voice: tuple[tuple[str, str], ...]

    def says(self, voice: str) -> str:
        """Return the words in this voice; the loader has made sure that there are some."""
        words = dict(self.by_voice)
        return words[voice] if voice in words else words["default"]

    @classmethod
    def of(cls, value: object) -> Text:
        """Check what an author wrote."""
        if isinstance(value, Text):
            return value
        if isinstance(value, str) and value.strip():
            return cls((("default", value),))
        keys = (*VOICES, "default")
        if isinstance(value, dict) and value:
            for key, words in value.items():
                if key not in keys:
                    raise PydanticCustomError("unknown-voice", "There is no voice '{key}'.", {"key": str(key)})
                if not isinstance(words, str) or not words.strip():
                    raise PydanticCustomError("wrong-type", "This must be words.", {"below": key})
            return cls(tuple(value.items()))
        raise PydanticCustomError("wrong-type", "This must be a text: words, or a map with a text for each voice.")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Tell pydantic to check with `of`."""
        return core_schema.no_info_plain_validator_function(cls.of)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Say the same in JSON Schema."""
        words = {"type": "string", "pattern": r"\S"}
        by_voice = {"type": "object", "minProperties": 1, "additionalProperties": False}
        by_voice["properties"] = dict.fromkeys((*VOICES, "default"), words)
        return {"anyOf": [words, by_voice]}


def _number(value: object) -> Decimal:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    raise PydanticCustomError("wrong-type", "This must be a number.")


def _none_or_number(value: object, key: str = "") -> Decimal | Literal["none"]:
    if value == "none":
        return "none"
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    message = "Points must be a number, or none for an answer without a number."
    raise PydanticCustomError("wrong-type", message, {"below": key})


def _points(value: object) -> Decimal | dict[str, Decimal | Literal["none"]] | str:
    if isinstance(value, str) and value:
        return value
    if isinstance(value, dict) and value:
        return {key: _none_or_number(points, key) for key, points in value.items()}
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    raise PydanticCustomError(
        "wrong-type", "Points must be a number, a map from option to number, or a calculation in quotes."
    )


def _answer(value: object) -> str | Decimal | tuple[str, ...]:
    if isinstance(value, str) and value:
        return value
    if isinstance(value, list) and value and all(isinstance(option, str) for option in value):
        return tuple(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    raise PydanticCustomError("wrong-type", "This must be an answer: an option, a list of options, or a number.")


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("wrong-date", "There is no such day.") from None
    raise PydanticCustomError("wrong-date", "This must be a day, as in 2026-11-23.")


def _format_version(value: object) -> object:
    if isinstance(value, bool):  # Python takes true for 1
        raise PydanticCustomError("wrong-type", "This must be the version of the format: 1.")
    return value


FormatVersion = Annotated[Literal[1], BeforeValidator(_format_version)]

_NUMBER = {"type": "number"}
_NUMBER_OR_NONE = {"anyOf": [_NUMBER, {"const": "none"}]}
_WORD = {"type": "string", "minLength": 1}
Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema(_NUMBER)]
OptionPoints = Annotated[Decimal | Literal["none"], BeforeValidator(_none_or_number), WithJsonSchema(_NUMBER_OR_NONE)]
Points = Annotated[
    Decimal | dict[str, Decimal | Literal["none"]] | str,
    BeforeValidator(_points),
    WithJsonSchema(
        {"anyOf": [_NUMBER, _WORD, {"type": "object", "minProperties": 1, "additionalProperties": _NUMBER_OR_NONE}]}
    ),
]
Answer = Annotated[
    str | Decimal | tuple[str, ...],
    BeforeValidator(_answer),
    WithJsonSchema({"anyOf": [_WORD, _NUMBER, {"type": "array", "minItems": 1, "items": {"type": "string"}}]}),
]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
