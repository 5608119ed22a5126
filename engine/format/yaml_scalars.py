"""What a plain scalar means, by the core schema of YAML 1.2: `yes`, `on`, `1:30` and dates are words."""

from __future__ import annotations

import re
from decimal import Decimal

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_STARTS = frozenset("+-.0123456789")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NO_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
# No answer, point or cut-off is longer; without a limit a dozen characters could ask for a gigabyte of digits.
LARGEST = 10**15
_LONGEST = 24


class NotANumber(ValueError):
    """Infinity, or no number at all."""


class TooLarge(ValueError):
    """A number with more digits than anything here can need."""


def resolve(word: str) -> str | int | Decimal | bool | None:
    """Return the value of a plain scalar.

    >>> resolve("no"), resolve("012"), resolve("0x1F"), resolve("1.50"), resolve("1:30"), resolve("~")
    ('no', 12, 31, Decimal('1.50'), '1:30', None)
    """
    if word in _WORDS:
        return _WORDS[word]
    if word[0] not in _STARTS:
        return word
    if _NO_NUMBER.fullmatch(word):
        raise NotANumber(word)
    value = _number(word)
    if value is None:
        return word
    tiny = isinstance(value, Decimal) and value.adjusted() < -15
    if len(word) > _LONGEST or tiny or not -LARGEST <= value <= LARGEST:
        raise TooLarge(word)
    return value


def _number(word: str) -> int | Decimal | None:
    if _INTEGER.fullmatch(word):
        return int(word) if len(word) <= _LONGEST else LARGEST + 1
    if _OCTAL.fullmatch(word):
        return int(word, 8)
    if _HEX.fullmatch(word):
        return int(word, 16)
    if _DECIMAL.fullmatch(word):
        value = Decimal(word)
        return value or Decimal(0)
    return None
