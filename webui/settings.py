"""What an operator may set, from the environment; every setting has a default that is fit to be used."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

QUESTIONNAIRES = Path(__file__).parent.parent / "questionnaires"
EXIT = "https://www.bbc.co.uk/weather"
KEY_BYTES = 32


class InvalidSettings(ValueError):
    """A setting that cannot be used, in words for the operator."""


def fresh_keys() -> tuple[bytes, ...]:
    """Return one key that lives as long as this process."""
    return (secrets.token_bytes(KEY_BYTES),)


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs from one place to another.

    The first of the `keys` seals; a second one only opens what it sealed before. `exit_to` is the only address that
    the leave button ever goes to. `now` is the only clock of the site.
    """

    questionnaires: Path = QUESTIONNAIRES
    keys: tuple[bytes, ...] = field(default_factory=fresh_keys, repr=False)
    exit_to: str = EXIT
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    address: str = "127.0.0.1"
    port: int = 8080
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/London"))
    now: Callable[[], datetime] = utc_now
    idle: timedelta = timedelta(minutes=30)
    at_most: timedelta = timedelta(hours=2)
    pdf_workers: int = 2
    pdf_waiting: int = 6
    pdf_seconds: int = 10
    pdf_largest_page: int = 512 * 1024

    def __post_init__(self) -> None:
        """Refuse what would be unsafe."""
        if not 1 <= len(self.keys) <= 2 or any(len(key) != KEY_BYTES for key in self.keys):
            raise InvalidSettings(f"ASKWELL_KEYS holds one or two keys of {KEY_BYTES} bytes, in base64.")
        target = urlsplit(self.exit_to)
        if target.scheme != "https" or not target.hostname or "@" in target.netloc:
            raise InvalidSettings("ASKWELL_EXIT is an address that begins with https://.")


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings that the environment names, with defaults for the rest."""
    standard = Settings()
    keys, hosts = environment.get("ASKWELL_KEYS", "").split(), environment.get("ASKWELL_HOSTS", "").split()
    return Settings(
        questionnaires=Path(environment.get("ASKWELL_QUESTIONNAIRES", standard.questionnaires)),
        keys=tuple(map(_key, keys)) or standard.keys,
        exit_to=environment.get("ASKWELL_EXIT", standard.exit_to),
        hosts=tuple(hosts) or standard.hosts,
        address=environment.get("ASKWELL_ADDRESS", standard.address),
        port=_port(environment.get("ASKWELL_PORT", str(standard.port))),
    )


def _key(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as mistake:
        raise InvalidSettings("ASKWELL_KEYS holds keys in base64, with a space between two.") from mistake


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise InvalidSettings("ASKWELL_PORT is a number from 0 to 65535.")
    return int(text)
