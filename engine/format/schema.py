"""The format as JSON Schema: completion and hover help for editors, and a check for other programs."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from engine.format.examples import example_for
from engine.format.model import Questionnaire

FILE = "questionnaire.schema.json"


class _Schema(GenerateJsonSchema):
    def generate(self, schema: Any, mode: Any = "validation") -> dict[str, Any]:
        return {"$schema": self.schema_dialect, **super().generate(schema, mode=mode)}

    def dict_schema(self, schema: core_schema.DictSchema) -> dict[str, Any]:
        """Refuse a key that is not an id, as the models do."""
        written = super().dict_schema(schema)
        return {**written, "additionalProperties": False} if "patternProperties" in written else written


def json_schema() -> dict[str, Any]:
    """Return the format as JSON Schema (draft 2020-12); every key has a description and an example."""
    whole = Questionnaire.model_json_schema(by_alias=True, schema_generator=_Schema)
    for name, keys in keys_by_part(whole).items():
        for key, described in keys.items():
            described["examples"] = [example_for(name, key)]
    return whole


def keys_by_part(whole: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what the schema says of each key, by the part of a questionnaire it stands in."""
    parts = {"Questionnaire": whole, **whole["$defs"]}
    return {name: _map_of(part)["properties"] for name, part in parts.items()}


def _map_of(part: dict[str, Any]) -> dict[str, Any]:
    """What a part looks like when it is not written in its short form."""
    map_: dict[str, Any] = part if "properties" in part else part["anyOf"][-1]
    return map_
