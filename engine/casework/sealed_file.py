"""The case file on a disk: encrypted with a passphrase, in a format that other programs can open too.

Two lines of text, then bytes. The first line names the format and its version, the second is JSON: how the key is made,
the nonce, and how many bytes follow. AES-256-GCM covers all three. The text is filled up with spaces to whole
blocks, so that the size of the file tells little.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from engine.casework.case_file import LARGEST, CaseFile, InvalidCaseFile, read_text, to_text
from engine.casework.passphrase import Cost, Lock, WrongPassphrase, key_for, new_lock

MAGIC = b"askwell case file 1\n"
_FAMILY = b"askwell case file "
_LONGEST_HEADER = 1024
_NONCE = 12
_BLOCK = 4096

ALTERED = "This case file was altered or damaged since it was saved. Nothing in it can be relied upon. Take a copy."
CUT_OFF = "This case file is cut off: a part of it is missing. Copy it once more from where it came from."
NOT_ONE = "This is not a case file."
NEWER = "This case file is of a newer format. A newer askwell opens it; nothing was changed."


def seal(file: CaseFile, passphrase: str, cost: Cost | None = None) -> bytes:
    """Return the file as it stands on a disk; WeakPassphrase if the passphrase is too short."""
    lock, key = new_lock(passphrase, cost or Cost())
    plain = to_text(file).encode()
    plain += b" " * (-len(plain) % _BLOCK)
    nonce = secrets.token_bytes(_NONCE)
    header = {
        "kdf": "scrypt",
        "n": 2**lock.power,
        "r": 8,
        "p": 1,
        "salt": _text(lock.salt),
        "check": _text(lock.check),
        "cipher": "aes-256-gcm",
        "nonce": _text(nonce),
        "bytes": len(plain) + 16,
    }
    top = MAGIC + json.dumps(header).encode() + b"\n"
    return top + AESGCM(key).encrypt(nonce, plain, top)


def unseal(content: bytes, passphrase: str) -> CaseFile:
    """Return what was sealed, or raise WrongPassphrase or InvalidCaseFile, in words."""
    if len(content) > LARGEST:
        raise InvalidCaseFile("This is too large for a case file.")
    top, header = _header(content)
    body = content[len(top) :]
    try:
        power = int(header["n"]).bit_length() - 1
        lock = Lock(power, _bytes(header["salt"]), _bytes(header["check"]))
        nonce, length = _bytes(header["nonce"]), int(header["bytes"])
        same = (header["kdf"], header["n"], header["r"], header["p"], header["cipher"])
    except (KeyError, TypeError, ValueError, OverflowError):
        raise InvalidCaseFile(ALTERED) from None
    if same != ("scrypt", 2**power, 8, 1, "aes-256-gcm") or len(nonce) != _NONCE:
        raise InvalidCaseFile(ALTERED)
    if len(body) < length:
        raise InvalidCaseFile(CUT_OFF)
    return read_text(_open(lock, passphrase, nonce, body, top))


def _open(lock: Lock, passphrase: str, nonce: bytes, body: bytes, top: bytes) -> str:
    try:
        return AESGCM(key_for(lock, passphrase)).decrypt(nonce, body, top).decode()
    except WrongPassphrase:
        raise
    except (InvalidTag, ValueError):
        raise InvalidCaseFile(ALTERED) from None


def _header(content: bytes) -> tuple[bytes, dict[str, Any]]:
    """The two lines, and what the second says."""
    if not content.startswith(MAGIC):
        if MAGIC.startswith(content):
            raise InvalidCaseFile(CUT_OFF)
        raise InvalidCaseFile(NEWER if content.startswith(_FAMILY) else NOT_ONE)
    end = content.find(b"\n", len(MAGIC), len(MAGIC) + _LONGEST_HEADER)
    if end < 0:
        raise InvalidCaseFile(CUT_OFF if len(content) < len(MAGIC) + _LONGEST_HEADER else ALTERED)
    try:
        header = json.loads(content[len(MAGIC) : end])
    except (ValueError, RecursionError):
        raise InvalidCaseFile(ALTERED) from None
    if not isinstance(header, dict):
        raise InvalidCaseFile(ALTERED)
    return content[: end + 1], header


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _bytes(value: object) -> bytes:
    try:
        return base64.b64decode(str(value), validate=True)
    except binascii.Error as mistake:
        raise ValueError from mistake
