"""How many bytes a record takes where it is kept sealed: compressed, padded, encrypted, as letters."""

from __future__ import annotations

import json
import zlib
from typing import Any

LARGEST = 3800  # characters; a browser keeps a cookie of about 4,093 bytes, name and attributes included
BLOCK = 256  # the padding, so that the length tells little
_NONCE_AND_TAG = 12 + 16
_SIZE = 2


def packed(content: Any) -> bytes:
    """Return content as compressed JSON with its size before it, padded to whole blocks."""
    words = json.dumps(content, separators=(",", ":"), ensure_ascii=False)
    squeezed = zlib.compress(words.encode(), level=9)
    plain = len(squeezed).to_bytes(_SIZE, "big") + squeezed
    return plain + bytes(-len(plain) % BLOCK)


def unpacked(plain: bytes, most: int) -> Any:
    """Return what was packed, of which at most so many bytes are read."""
    size = int.from_bytes(plain[:_SIZE], "big")
    return json.loads(zlib.decompressobj().decompress(plain[_SIZE : _SIZE + size], most))


def sealed_length(plain: bytes) -> int:
    """Return how many characters the packed bytes take once they are encrypted and written as letters."""
    return -(-(len(plain) + _NONCE_AND_TAG) // 3) * 4
