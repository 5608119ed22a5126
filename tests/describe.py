"""Random questionnaires and records in words short enough to read when a law is broken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from engine.format.atoms import Text
from engine.format.instrument import Instrument
from engine.language.terms import ALWAYS, NEVER

NOISE = {"section", "theme", "questionnaire", "version", "content_hash"}


def described(instrument: Instrument) -> str:
    """Every item, score and outcome in the order of dependency, and what is printed."""
    parts = {**instrument.items, **instrument.scores, **instrument.outcomes}
    things = [*instrument.alerts.values(), *instrument.plan, *instrument.signposts]
    return "\n".join(map(brief, [*(parts[name] for name in instrument.order), *things]))


def brief(value: object) -> str:
    """Return a value as it would be built, without defaults, texts and the names of its fields' usual places."""
    if value in (ALWAYS, NEVER):
        return "ALWAYS" if value == ALWAYS else "NEVER"
    if isinstance(value, Enum):
        return str(value.name)
    if isinstance(value, Fraction | date):
        return str(value)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {brief(one)}' for key, one in value.items())}}}"
    if isinstance(value, tuple):
        return f"({', '.join(map(brief, value))})"
    if is_dataclass(value):
        told = [(one, getattr(value, one.name)) for one in fields(value)]
        kept = [said(one, held) for one, held in told if one.name not in NOISE and not usual(one, held)]
        return f"{type(value).__name__}({', '.join(kept)})"
    return str(value)


def said(field: Field[Any], value: object) -> str:
    return brief(value) if field.default is MISSING else f"{field.name}={brief(value)}"


def usual(field: Field[Any], value: object) -> bool:
    return isinstance(value, Text) or value is None or (value == field.default and field.default is not MISSING)
