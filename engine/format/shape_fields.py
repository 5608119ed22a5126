"""What the models expect at a path: the keys of a map, and what a field is for."""

from __future__ import annotations

from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Expected:
    """The keys known in the map around a path's end, what the field there is for, and what its map would hold."""

    names: tuple[str, ...]
    about: str
    of: type[BaseModel] | None


def expected_at(model_class: type[BaseModel], loc: tuple[str | int, ...]) -> Expected:
    """Follow a path of pydantic's through the models. Parts that name a branch of a union are passed over."""
    here: list[Any] = [model_class]
    names: tuple[str, ...] = ()
    about = ""
    for part in loc:
        options = [one for annotation in here for one in _flat(annotation)]
        models = [one for one in options if isinstance(one, type) and issubclass(one, BaseModel)]
        tagged = [model for model in models if len(models) > 1 and part in _tags(model)]
        if tagged:
            here = tagged
            continue
        if part in ("(map)", "(name)"):
            here = [one for one in options if (get_origin(one) is dict) == (part == "(map)")]
            continue
        below = [step for one in options if (step := _below(one, part)) is not None]
        if models:
            names = tuple(name for model in models for name in _fields(model))
            about = next((text for _, text in below if text), "")
        here = [annotation for annotation, _ in below]
    last = [one for annotation in here for one in _flat(annotation)]
    model = next((one for one in last if isinstance(one, type) and issubclass(one, BaseModel)), None)
    return Expected(names, about, model)


def _flat(annotation: Any) -> list[Any]:
    """The branches of a union, without what only annotates them."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _flat(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [one for branch in get_args(annotation) for one in _flat(branch)]
    return [annotation]


def _tags(model: type[BaseModel]) -> tuple[object, ...]:
    field = model.model_fields.get("type")
    return get_args(field.annotation) if field is not None and get_origin(field.annotation) is Literal else ()


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _below(annotation: Any, part: str | int) -> tuple[Any, str] | None:
    """What is expected at a key or place of what is annotated so, and the words that describe it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        field = _fields(annotation).get(str(part))
        return None if field is None else (field.annotation, field.description or "")
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is dict and isinstance(part, str):
        return arguments[1], ""
    if origin is tuple and isinstance(part, int):
        return arguments[0], ""
    return None
