"""Begin a questionnaire: a small one that works, with comments that teach the format, and test persons for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from string import Template

from engine.format.atoms import ID_PATTERN, LONGEST_ID, id_from
from engine.format.directory import NATIONAL_NUMBERS, Directory, printable_contacts
from engine.format.schema import FILE, json_schema

OWN = "services"  # the directory that is begun where there is none


@dataclass(frozen=True, slots=True)
class Emergency:
    """A service for somebody who is in danger now, and the directory it stands in."""

    directory: str
    service: str


def refused(name: str) -> str:
    """Return why a questionnaire cannot be called so, with a name that it could have; nothing if it can."""
    if re.fullmatch(ID_PATTERN, name) and len(name) <= LONGEST_ID:
        return ""
    able = id_from(name)
    instead = f" '{able}' would do." if able else ""
    return f"A questionnaire is named in small letters, digits and _, beginning with a letter.{instead}"


def emergency_in(directories: Iterable[Directory]) -> Emergency | None:
    """Return the first service that answers a national number and may be printed."""
    for directory in directories:
        for name, service in directory.services.items():
            numbers = {contact.value for contact in printable_contacts(service) if contact.kind == "phone"}
            if numbers & NATIONAL_NUMBERS:
                return Emergency(directory.id, name)
    return None


def begin(name: str, path: str, today: date, known: Emergency | None) -> Mapping[str, str]:
    """Return the files of a new questionnaire by where they go in the folder of all questionnaires.

    `path` is how its author will name it to a command; `known` is the service its signpost names, and without one a
    directory of services is begun too.
    """
    emergency = known or Emergency(OWN, "police_emergency")
    words = {
        "id": name,
        "title": name.replace("_", " ").capitalize(),
        "path": path,
        "today": today.isoformat(),
        "due": _in_half_a_year(today).isoformat(),
        "directory": emergency.directory,
        "service": emergency.service,
    }
    begun = {f"{name}/{file}": _filled(file, words) for file in ("questionnaire.yaml", "cases.yaml")}
    if known is None:
        begun[f"directory/{OWN}.yaml"] = _filled("services.yaml", words)
    begun[FILE] = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    return begun


def _filled(file: str, words: Mapping[str, str]) -> str:
    starter = files("engine.workshop") / "starter" / file
    return Template(starter.read_text(encoding="utf-8")).substitute(words)


def _in_half_a_year(today: date) -> date:
    month = today.month + 6
    return date(today.year + (month > 12), (month - 1) % 12 + 1, min(today.day, 28))
