"""How many bytes a record takes where it is kept sealed: compressed, padded, encrypted, as letters."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

from engine.format.instrument import Instrument, Item

LARGEST = 3800  # characters; a browser keeps a cookie of about 4,093 bytes, name and attributes included
BLOCK = 256  # the padding, so that the length tells little
SEEN = 8  # bytes that say when it was sealed, before what is packed: it can be sealed anew and not be packed anew
_NONCE_AND_TAG = 12 + 16
_SIZE = 2
_AS_JSON = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)


def packed(content: Any, instrument: Instrument | None) -> bytes:
    """Return content as compressed JSON with its size before it, padded to whole blocks.

    Its ids are those of the instrument, which both sides have, so that they take almost no room.
    """
    words = _AS_JSON.encode(content)
    press = zlib.compressobj(level=9, zdict=_known_to_both(instrument))
    squeezed = press.compress(words.encode()) + press.flush()
    plain = len(squeezed).to_bytes(_SIZE, "big") + squeezed
    return plain + bytes(-len(plain) % BLOCK)


def unpacked(plain: bytes, instrument: Instrument | None, most: int) -> Any:
    """Return what was packed, of which at most so many bytes are read."""
    size = int.from_bytes(plain[:_SIZE], "big")
    squeezed = zlib.decompressobj(zdict=_known_to_both(instrument))
    return json.loads(squeezed.decompress(plain[_SIZE : _SIZE + size], most))


_KNOWN: WeakKeyDictionary[Instrument, bytes] = WeakKeyDictionary()


def _known_to_both(instrument: Instrument | None) -> bytes:
    """Return every answer that an option gives, as a record writes it."""
    if instrument is None:
        return b""
    if instrument not in _KNOWN:
        _KNOWN[instrument] = "".join(said for item in instrument.items.values() for said in _said_of(item)).encode()
    return _KNOWN[instrument]


def _said_of(item: Item) -> Iterator[str]:
    options = [f'"{option.id}"' for option in item.options]
    if item.kind == "tick_all":
        yield f'"{item.id}":[{",".join(options)}],'
    else:
        yield from (f'"{item.id}":{option},' for option in options or [""])
    for field in item.fields:
        yield from _said_of(field)


def sealed_length(plain: bytes) -> int:
    """Return how many characters the packed bytes take once they are encrypted and written as letters."""
    return -(-(SEEN + len(plain) + _NONCE_AND_TAG) // 3) * 4
