"""Settings as an operator writes them: one file in TOML, and the environment, which wins.

A setting has one name: `exit` in the file is `ASKWELL_EXIT` in the environment, where words of a list stand with spaces
between them. What is missing has a default; what is not known, or cannot be used, is refused before anything is served.
"""

from __future__ import annotations

import base64
import binascii
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from webui.settings import InvalidSettings, Settings

PREFIX = "ASKWELL_"
FILE = "ASKWELL_CONFIG"
Read = Callable[[str, Any], dict[str, Any]]


def from_environment(environment: Mapping[str, str] = os.environ, file: Path | None = None) -> Settings:
    """Return the settings that the environment and the file name, with defaults for the rest.

    The file is that of ASKWELL_CONFIG unless it is given. Raises InvalidSettings.
    """
    named = environment.get(FILE)
    path = file or (Path(named) if named else None)
    given = _from_file(path) if path else {}
    for name in READERS:
        if (value := environment.get(PREFIX + name.upper())) is not None:
            given[name] = READERS[name]((PREFIX + name.upper()), value)
    settings = replace(Settings(), **{field: value for fields in given.values() for field, value in fields.items()})
    if environment.get("FLASK_DEBUG", "0") not in ("", "0") and settings.is_public:
        raise InvalidSettings("FLASK_DEBUG is set: a site that others can reach shows nobody its insides. Unset it.")
    if settings.is_public and "keys" not in given:
        raise InvalidSettings(
            f"{PREFIX}KEYS is missing: a site that others can reach needs a key that outlives a restart. "
            "Make one with: openssl rand -base64 32"
        )
    return settings


def _from_file(path: Path) -> dict[str, dict[str, Any]]:
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as mistake:
        raise InvalidSettings(f"{path}: this file cannot be read: {mistake.strerror}.") from mistake
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as mistake:
        raise InvalidSettings(f"{path}: this is not TOML: {mistake}") from mistake
    unknown = [name for name in written if name not in READERS]
    if unknown:
        near = get_close_matches(unknown[0], READERS, n=1)
        hint = f" Did you mean '{near[0]}'?" if near else f" There are: {', '.join(READERS)}."
        raise InvalidSettings(f"{path}: there is no setting '{unknown[0]}'.{hint}")
    return {name: READERS[name](f"{path}: {name}", value) for name, value in written.items()}


def _text(field: str) -> Read:
    def read(where: str, value: Any) -> dict[str, Any]:
        if not isinstance(value, str):
            raise InvalidSettings(f"{where} is a text, in quotes.")
        return {field: value.strip()}

    return read


def _words(field: str) -> Read:
    def read(where: str, value: Any) -> dict[str, Any]:
        words = value.split() if isinstance(value, str) else value
        if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
            raise InvalidSettings(f"{where} is a list of words.")
        return {field: tuple(words)}

    return read


def _path(field: str) -> Read:
    def read(where: str, value: Any) -> dict[str, Any]:
        (text,) = _text(field)(where, value).values()
        return {field: Path(text)}

    return read


def _port(where: str, value: Any) -> dict[str, Any]:
    text = str(value)
    if isinstance(value, bool) or not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise InvalidSettings(f"{where} is a number from 0 to 65535.")
    return {"port": int(text)}


def _keys(where: str, value: Any) -> dict[str, Any]:
    (words,) = _words("keys")(where, value).values()
    try:
        return {"keys": tuple(base64.b64decode(word, validate=True) for word in words)}
    except binascii.Error as mistake:
        raise InvalidSettings(f"{where} holds keys in base64, with a space between two.") from mistake


def _yes_or_no(field: str) -> Read:
    def read(where: str, value: Any) -> dict[str, Any]:
        known = {True: True, False: False, "yes": True, "no": False}
        if value not in known or (isinstance(value, int) and not isinstance(value, bool)):
            raise InvalidSettings(f"{where} is yes or no (in a file: true or false).")
        return {field: known[value]}

    return read


READERS: Mapping[str, Read] = {
    "keys": _keys,
    "exit": _text("exit_to"),
    "hosts": _words("hosts"),
    "address": _text("address"),
    "port": _port,
    "questionnaires": _path("questionnaires"),
    "offered": _words("offered"),
    "nation": _text("nation"),
    "drafts": _words("drafts"),
    "name": _text("name"),
    "contact": _text("contact"),
    "theme": _path("theme"),
    "cases": _path("cases"),
    "pathway": _text("pathway"),
    "log": _yes_or_no("log_requests"),
}
"""What may be set, by its name in a file."""
