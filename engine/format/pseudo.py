"""Pseudo-languages, made from English on the fly: what is not translated, does not fit, or breaks from right to left
shows at once, long before there is a translator.

`en-XA` has accents and brackets and is longer by a third; `ar-XB` is written in Arabic letters. Neither means anything.
"""

from __future__ import annotations

import re
from itertools import pairwise

# What a translator must leave as it is: parts to be put in, tags, addresses.
KEPT = re.compile(r"%\(\w+\)s|%%|\{\w*\}|<[^<>]*>|&\w+;|(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?|\S+@\S+", re.ASCII)
_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "áƀçđéƒĝĥíĵķĺɱñóþǫŕšţúṽŵẋýžÁƁÇĐÉƑĜĤÍĴĶĹṀÑÓÞǪŔŠŢÚṼŴẊÝŽ"
)
_ARABIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "ابكدهفغحيجكلمنوبقرستووخيزاابكدهفغحيجكلمنوبقرستووخيزا"
)
_MORE = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
A_THIRD = 3


def pseudo(words: str, language: str) -> str:
    """Return the words as this pseudo-language has them.

    >>> pseudo("Who is {name}?", "en-XA"), pseudo("Call 999", "ar-XB")
    ('[Ŵĥó íš {name}? one]', 'كالل 999')
    """
    letters = _ACCENTED if language == "en-XA" else _ARABIC
    ends = [0, *(end for found in KEPT.finditer(words) for end in found.span()), len(words)]
    pieces = [words[start:end] for start, end in pairwise(ends)]
    told = "".join(piece if place % 2 else piece.translate(letters) for place, piece in enumerate(pieces))
    return f"[{told}{_longer(len(words) // A_THIRD)}]" if language == "en-XA" else told


def _longer(by: int) -> str:
    added, place = "", 0
    while len(added) < by:
        added += f" {_MORE[place % len(_MORE)]}"
        place += 1
    return added
