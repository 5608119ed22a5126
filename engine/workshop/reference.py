"""The reference of the format, written from its models: every key, what it is for, and an example."""

from __future__ import annotations

import json
from typing import Any

from engine.format.schema import json_schema, keys_by_part

TITLES = {
    "Questionnaire": "The questionnaire",
    "Review": "review",
    "Source": "sources",
    "Section": "sections",
    "YesNo": "An item of type yes_no",
    "PickOne": "An item of type pick_one",
    "TickAll": "An item of type tick_all",
    "NumberItem": "An item of type number",
    "DateItem": "An item of type date",
    "TextItem": "An item of type text",
    "Repeat": "An item of type repeat",
    "Note": "An item of type note",
    "Option": "options",
    "Score": "scores",
    "Missing": "missing",
    "Outcome": "outcomes",
    "Level": "levels",
    "JudgementRule": "judgement",
    "Alert": "alerts",
    "Theme": "themes",
    "Action": "plan",
    "Signpost": "signposts",
    "Guarantee": "guarantees",
}
FIELDS = {
    "YesNoField": "yes_no",
    "PickOneField": "pick_one",
    "NumberField": "number",
    "DateField": "date",
    "TextField": "text",
}


def reference() -> str:
    """Return the tables of all keys in Markdown."""
    whole = json_schema()
    parts = {name: _map_of(part) for name, part in {"Questionnaire": whole, **whole["$defs"]}.items()}
    titled = {**TITLES, **{name: f"A field of type {kind} in a repeat" for name, kind in FIELDS.items()}}
    titled |= {name: name for name in parts if name not in titled}
    return "\n".join(_part(title, parts[name], keys_by_part(whole)[name]) for name, title in titled.items())


def _map_of(part: dict[str, Any]) -> dict[str, Any]:
    map_: dict[str, Any] = part if "properties" in part else part["anyOf"][-1]
    return map_


def _part(title: str, part: dict[str, Any], keys: dict[str, Any]) -> str:
    needed = part.get("required", [])
    lines = [f"### {title}", "", _one_line(part.get("description", "")), ""]
    lines += ["| key | what it is | example |", "|---|---|---|"]
    for key, described in keys.items():
        star = " \\*" if key in needed else ""
        lines.append(f"| `{key}`{star} | {_cell(described['description'])} | `{_shown(described['examples'][0])}` |")
    return "\n".join(lines) + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return _one_line(text).replace("|", "\\|")


def _shown(example: Any) -> str:
    """An example as it can be written in YAML on one line: as JSON, but without quotes where they are not needed."""
    if isinstance(example, str):
        return example.replace("|", "\\|")
    return json.dumps(example, ensure_ascii=False).replace("|", "\\|")
