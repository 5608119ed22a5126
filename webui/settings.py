"""What an operator may set; every setting has a default that is fit to be used. `webui.configured` reads them."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

QUESTIONNAIRES = Path(__file__).parent.parent / "questionnaires"
EXIT = "https://www.bbc.co.uk/weather"
HERE = ("127.0.0.1", "localhost", "[::1]")
KEY_BYTES = 32
FEWEST_BYTES = 16  # unlike ones in a key: 32 at random have about 30


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

    The first of the `keys` seals; a second one only opens what it sealed before. `exit_to` is the only address that the
    leave button ever goes to. `offered` are the questionnaires that are served, by id: all of the folder if it is
    empty. `nation` is the one whose services stand first among those of the nations, while a person has not said where
    they are. `drafts` are the languages in which a translation that is not finished is offered all the same. `cases` is
    the file of practitioners' cases, on this machine alone, locked after `cases_idle` without use; unless it is named
    there are no cases. `pathway` says in a referral how one is made here. `name` and `contact` say on the first page
    who runs this. `theme` is the file of its colours and its logo. `now` is the only clock of the site.
    """

    questionnaires: Path = QUESTIONNAIRES
    keys: tuple[bytes, ...] = field(default_factory=fresh_keys, repr=False)
    exit_to: str = EXIT
    hosts: tuple[str, ...] = HERE
    address: str = "127.0.0.1"
    port: int = 8080
    offered: tuple[str, ...] = ()
    nation: str = ""
    drafts: tuple[str, ...] = ()
    name: str = ""
    contact: str = ""
    theme: Path | None = None
    log_requests: bool = False
    cases: Path | None = None
    cases_idle: timedelta = timedelta(minutes=15)
    pathway: str = ""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/London"))
    now: Callable[[], datetime] = utc_now
    idle: timedelta = timedelta(minutes=30)
    at_most: timedelta = timedelta(hours=2)
    pdf_workers: int = 2
    pdf_waiting: int = 2  # with the workers half of the server's threads: pages of questions are never held up
    pdf_seconds: int = 10
    pdf_largest_page: int = 512 * 1024

    def __post_init__(self) -> None:
        """Refuse what would be unsafe."""
        if not 1 <= len(self.keys) <= 2 or any(len(key) != KEY_BYTES for key in self.keys):
            raise InvalidSettings(f"ASKWELL_KEYS holds one or two keys of {KEY_BYTES} bytes, in base64.")
        target = urlsplit(self.exit_to)
        if target.scheme != "https" or not target.hostname or "@" in target.netloc:
            raise InvalidSettings("ASKWELL_EXIT is an address that begins with https://.")
        if target.hostname in self.hosts:
            raise InvalidSettings("ASKWELL_EXIT leads away from this site, so it cannot be one of ASKWELL_HOSTS.")
        if self.is_public and any(map(_is_weak, self.keys)):
            raise InvalidSettings(
                "ASKWELL_KEYS holds a key that can be guessed. Make one with: openssl rand -base64 32"
            )

        if self.cases is not None and self.is_public:
            raise InvalidSettings(
                "ASKWELL_CASES is set: cases are kept on one machine and shown to it alone. "
                "Leave ASKWELL_ADDRESS and ASKWELL_HOSTS unset."
            )

    @property
    def is_public(self) -> bool:
        """Whether others than this machine can reach the site: by its address, or by a name in front of it."""
        return not _is_here(self.address) or any(not _is_here(host.strip("[]")) for host in self.hosts)


def _is_here(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def _is_weak(key: bytes) -> bool:
    """Whether a key is no random one: a phrase, a row of numbers, the same few bytes again and again."""
    steps = {(after - before) % 256 for before, after in pairwise(key)}
    return len(set(key)) < FEWEST_BYTES or len(steps) == 1 or (key.isascii() and key.decode().isprintable())
