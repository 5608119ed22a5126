"""Where answers live between two pages: in one sealed cookie, and nowhere on the server.

AES-256-GCM over compressed JSON, padded so that the length tells little, bound to the very questionnaire it belongs to
(to none, where only a language was chosen).
A cookie that was tampered with, is too old, or belongs to something else is as good as none.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Response

from engine.format.instrument import Instrument
from engine.interview.packing import LARGEST, SEEN, packed, sealed_length, unpacked

NAME = "__Host-s"
_NONCE = 12
_LAYOUT = b"2 "  # what was sealed in another layout is as good as nothing
_MOST_JSON = 1 << 20  # what is opened was sealed here, so this is a second lock


class TooLarge(Exception):
    """The cookie would not fit; what it held before still does."""


class Seal:
    """Seals and opens with a small ring of keys."""

    def __init__(self, keys: tuple[bytes, ...], idle: timedelta, at_most: timedelta) -> None:
        """Take the keys, the first for sealing, and how long a sealed thing lasts."""
        self._keys = tuple(AESGCM(key) for key in keys)
        self._idle = idle.total_seconds()
        self._at_most = at_most.total_seconds()

    def close(
        self, content: dict[str, Any], begun: int, instrument: Instrument | None, now: datetime, free: int = 0
    ) -> str:
        """Return the content sealed with the time it was begun and the time now.

        TooLarge if that would not leave so many bytes free.
        """
        plain = packed([begun, content], instrument)
        if sealed_length(plain) > LARGEST - free:
            raise TooLarge
        return self.again(plain, instrument, now)

    def again(self, plain: bytes, instrument: Instrument | None, now: datetime) -> str:
        """Return what was opened, as it is packed, sealed anew with the time now."""
        nonce, plain = secrets.token_bytes(_NONCE), int(now.timestamp()).to_bytes(SEEN, "big") + plain
        return base64.urlsafe_b64encode(nonce + self._keys[0].encrypt(nonce, plain, bound_to(instrument))).decode()

    def open(self, sealed: str, instrument: Instrument | None, now: datetime) -> tuple[dict[str, Any], int] | None:
        """Return the content and when it was begun, or None if it is not ours, not this questionnaire's or too old."""
        found = self.open_any(sealed, (instrument,), now)
        return found and found[1:3]

    def open_any(
        self, sealed: str, instruments: Iterable[Instrument | None], now: datetime
    ) -> tuple[int, dict[str, Any], int, bytes] | None:
        """Return the place of the questionnaire it belongs to, what `open` returns, and the same as it is packed; None
        if it belongs to none of these.
        """
        whole = _read(sealed)
        for place, instrument in enumerate(instruments if whole else ()):
            opened = self._decrypt(whole, bound_to(instrument))
            if opened is not None:
                seen, plain, moment = int.from_bytes(opened[:SEEN], "big"), opened[SEEN:], now.timestamp()
                begun, content = unpacked(plain, instrument, _MOST_JSON)
                fresh = moment - seen <= self._idle and moment - begun <= self._at_most
                return (place, content, begun, plain) if fresh else None
        return None

    def _decrypt(self, whole: bytes, bound: bytes) -> bytes | None:
        for key in self._keys:
            try:
                return key.decrypt(whole[:_NONCE], whole[_NONCE:], bound)
            except (InvalidTag, ValueError):
                continue
        return None


def _read(sealed: str) -> bytes:
    """Return the bytes that were written as letters; none if they are too many, or not written so by us."""
    if len(sealed) > LARGEST:
        return b""
    try:
        whole = base64.urlsafe_b64decode(sealed)
    except ValueError:
        return b""
    return whole if base64.urlsafe_b64encode(whole).decode() == sealed else b""


def bound_to(instrument: Instrument | None) -> bytes:
    """Return what ties a sealed thing to one version of one questionnaire, or to none."""
    if instrument is None:
        return _LAYOUT + b"no questionnaire"
    return _LAYOUT + f"{instrument.id} {instrument.content_hash} {instrument.version}".encode()


def give(response: Response, sealed: str) -> None:
    """Hand the cookie to the browser, until it closes."""
    response.headers.add("Set-Cookie", f"{NAME}={sealed}; Secure; HttpOnly; Path=/; SameSite=Lax")


def forget(response: Response) -> None:
    """Take the cookie back."""
    response.delete_cookie(NAME, secure=True, httponly=True, samesite="Lax", path="/")
