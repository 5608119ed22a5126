"""What changed in the file, part by part, in words: the ways to reach services first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from engine.format.atoms import Text
from engine.format.directory import Directory, Service, printable_contacts
from engine.format.instrument import Instrument
from engine.workshop.diff.change import Change

PHONES = "Ways to reach services"
# the parts of a questionnaire in the order of a review, each with its heading
PARTS = {
    "alerts": "Alerts",
    "outcomes": "Outcomes",
    "scores": "Scores",
    "items": "Questions",
    "plan": "Steps of the plan",
    "signposts": "Services pointed to",
    "guarantees": "Promises",
    "waived": "Promises waived",
    "sections": "Sections",
    "option_sets": "Option sets",
    "groups": "Groups",
    "themes": "Headings of the plan",
    "sources": "Sources",
    "": "The questionnaire",
}


def changes(old: Instrument, new: Instrument, before: Directory | None, after: Directory | None) -> Iterator[Change]:
    """Return every change, the most urgent to check first."""
    if before is not None and after is not None:
        yield from phones(before, after)
    one, other = parts_of(old), parts_of(new)
    for part, heading in PARTS.items():
        yield from _between(heading, one.get(part, {}), other.get(part, {}))


def phones(before: Directory, after: Directory) -> Iterator[Change]:
    """Return the services whose printed contacts are not the same."""
    for name in dict.fromkeys([*before.services, *after.services]):
        old, new = before.services.get(name), after.services.get(name)
        ways = [_ways(one) for one in (old, new)]
        if ways[0] != ways[1]:
            yield Change(PHONES, (new or old or Service).name, *ways)
        elif old is not None and new is not None and old.nations != new.nations:
            yield Change(PHONES, f"{new.name}, nations", _words(old.nations), _words(new.nations))


def _ways(service: Service | None) -> str:
    if service is None:
        return ""
    return "; ".join(f"{one.kind} {one.value}" for one in printable_contacts(service)) or "nothing that may be printed"


def parts_of(instrument: Instrument) -> dict[str, dict[str, str]]:
    """Return everything that is written, as words by part and by name."""
    written: dict[str, Any] = {
        key: getattr(instrument.questionnaire, key) for key in type(instrument.questionnaire).model_fields
    }
    found: dict[str, dict[str, str]] = {"": {}}
    items: dict[str, Any] = {}
    for section in written.pop("sections"):
        told = {key: getattr(section, key) for key in type(section).model_fields if key not in ("items", "id")}
        told["items"] = [item.id for item in section.items]
        found.setdefault("sections", {}).update(_leaves(told, section.id))
        items |= {item.id: item for item in section.items}
    found["items"] = dict(_leaves(items, ""))
    for key, value in written.items():
        if key in PARTS:
            found[key] = dict(_leaves(value, ""))
        elif key not in ("askwell", "id"):
            found[""].update(_leaves(value, key))
    return found


def _leaves(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Each thing that is written, by its path; what has an id goes by it, so that a change of order is none."""
    match value:
        case Text():
            yield name, _words(value)
        case BaseModel():
            shown = {key: getattr(value, key) for key in type(value).model_fields if key != "id"}
            plain = {key: one for key, one in shown.items() if one not in (None, (), {}, False)}
            yield from _leaves(plain, name)
        case Mapping():
            for key, one in value.items():
                yield from _leaves(one, f"{name}.{key}" if name else str(key))
        case tuple() if value and all(isinstance(one, BaseModel) for one in value):
            for place, one in enumerate(value):
                key = getattr(one, "id", None) or _service(value, place)
                yield from _leaves(one, f"{name}.{key}" if name else str(key))
        case None:
            return
        case _:
            yield name, _words(value)


def _service(posts: tuple[Any, ...], place: int) -> str:
    """A signpost goes by its service, and the second to the same service by its number."""
    service = getattr(posts[place], "service", str(place + 1))
    earlier = sum(getattr(one, "service", "") == service for one in posts[:place])
    return f"{service} {earlier + 1}" if earlier else str(service)


def _words(value: Any) -> str:
    match value:
        case Text():
            voices = dict(value.by_voice)
            return (
                " / ".join(voices.values()) if len(voices) == 1 else " / ".join(f"{k}: {v}" for k, v in voices.items())
            )
        case list() | tuple():
            return ", ".join(_words(one) for one in value)
        case _:
            return " ".join(str(value).split())


def _between(heading: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    gone = {name.split(".")[0] for name in old} - {name.split(".")[0] for name in new}
    come = {name.split(".")[0] for name in new} - {name.split(".")[0] for name in old}
    for name in dict.fromkeys([*old, *new]):
        before, after = old.get(name, ""), new.get(name, "")
        if before != after and name.split(".")[0] not in gone | come:
            yield Change(heading, name, before, after)
    for whole, names, is_new in ((old, gone, False), (new, come, True)):
        for name in dict.fromkeys(one.split(".")[0] for one in whole):
            if name in names:
                first = next((whole[key] for key in _telling(name) if key in whole), whole.get(name, "it")) or "it"
                yield Change(heading, name, *(("", first) if is_new else (first, "")))


def _telling(name: str) -> tuple[str, ...]:
    return tuple(
        f"{name}.{key}" for key in ("ask", "title", "text", "value", "when", "cite", "always", "rising", "why")
    )
