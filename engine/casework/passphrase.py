"""A passphrase, and the keys that follow from it.

scrypt (RFC 7914) makes each guess cost memory and time. Half of what it gives is the key; of the other half a digest is
kept in the clear, so that a wrong passphrase can be told from a file that was altered.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

SHORTEST = 12  # characters: a few words
_LEAST, _MOST = 14, 20  # powers of two that are taken from a file, so that none can ask for all the memory there is
_SALT = 16
_KEY = 32


class WeakPassphrase(ValueError):
    """A passphrase that could be guessed, in words."""


class WrongPassphrase(ValueError):
    """Not the passphrase with which this was locked, in words."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: 2 to the power of `power`, in KiB of memory; 17 takes 128 MiB and about 0.4 seconds."""

    power: int = 17


@dataclass(frozen=True, slots=True)
class Lock:
    """What is kept beside what is locked: none of it is secret."""

    power: int
    salt: bytes
    check: bytes


def new_lock(passphrase: str, cost: Cost) -> tuple[Lock, bytes]:
    """Return a fresh lock for this passphrase, and its key; WeakPassphrase if it is too short."""
    if len(passphrase.strip()) < SHORTEST:
        raise WeakPassphrase(f"Take a passphrase of at least {SHORTEST} characters, such as four words by chance.")
    salt = secrets.token_bytes(_SALT)
    key, check = _derive(passphrase, cost.power, salt)
    return Lock(cost.power, salt, check), key


def key_for(lock: Lock, passphrase: str) -> bytes:
    """Return the key, or raise WrongPassphrase; ValueError if the lock is none of ours."""
    if not _LEAST <= lock.power <= _MOST or len(lock.salt) != _SALT:
        raise ValueError("this lock asks for what no lock of ours does")
    key, check = _derive(passphrase, lock.power, lock.salt)
    if not secrets.compare_digest(check, lock.check):
        raise WrongPassphrase("This is not its passphrase. Look at capital letters and at the keyboard's language.")
    return key


def _derive(passphrase: str, power: int, salt: bytes) -> tuple[bytes, bytes]:
    """One form for letters with accents, however the keyboard made them."""
    typed = unicodedata.normalize("NFC", passphrase).encode()
    whole = Scrypt(salt=salt, length=2 * _KEY, n=2**power, r=8, p=1).derive(typed)
    return whole[:_KEY], hashlib.sha256(b"askwell check" + whole[_KEY:]).digest()[:16]
