"""Where each character of a scalar's value stands in the file, whatever quotes or folds lie between.

The reader has the values from libyaml; here its scanning rules are followed a second time, only when a problem needs
a caret, so that loading a file without problems costs nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 4_000  # no problem points into a longer text; matching composed letters takes its length squared
DEEPEST = 64

# A character of the value, where it begins in the text and where it ends.
Spot = tuple[str, int, int]

_ESCAPES = dict(zip('0abt\tnvfre "/\\N_LP', '\0\a\b\t\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029', strict=True))
_WIDTHS = {"x": 2, "u": 4, "U": 8}


def origins(text: str, start: int, end: int, style: str, value: str) -> list[tuple[int, int]] | None:
    """Return for each character of the value where it begins and ends in the text; None if they do not match."""
    for pairs in _readings(text, start, end, style):
        found = _composed(pairs, value)
        if found is not None:
            return found
    return None


def _readings(text: str, start: int, end: int, style: str) -> Iterator[list[Spot]]:
    match style:
        case "":
            yield list(_flow(text, start, end, ""))
        case "'" | '"':
            yield list(_flow(text, start + 1, end - 1, style))
        case _:
            # The header can say that some of the first line's indentation belongs to the text; else it is all layout.
            first = re.compile(r"[^\n]*\n(?:[ ]*\r?\n)*([ ]*)").match(text, start, end)
            for indent in range(min(len(first[1]), DEEPEST) if first else 0, -1, -1):
                yield list(_block(text, start, end, indent, literal=style == "|"))


def _composed(spots: list[Spot], value: str) -> list[tuple[int, int]] | None:
    """Match characters as written with the value, which is in composed form (NFC)."""
    written = "".join(char for char, _, _ in spots)
    if written.startswith(value):
        return [(start, stop) for _, start, stop in spots[: len(value)]]
    if not unicodedata.normalize("NFC", written).startswith(value):
        return None
    if len(written) > LONGEST:
        return None
    where: list[tuple[int, int]] = []
    for upto, (_, start, stop) in enumerate(spots, start=1):
        new = len(unicodedata.normalize("NFC", written[:upto])) - len(where)
        where.extend([(start, stop)] * new)
    return where[: len(value)]


def _flow(text: str, at: int, end: int, quote: str) -> Iterator[Spot]:
    """Read a plain or quoted scalar, folding its lines."""
    while at < end:
        blank = re.compile(r"[ \t]*").match(text, at, end)
        after = blank.end() if blank else at
        if after < end and text[after] in "\r\n":
            folded, at = _fold(text, after, end)
            yield from folded
        elif after > at:
            yield from ((text[index], index, index + 1) for index in range(at, after))
            at = after
        elif quote == "'" and text.startswith("''", at):
            yield "'", at, at + 2
            at += 2
        elif quote == '"' and text[at] == "\\":
            escaped, at = _escape(text, at, end)
            yield from escaped
        else:
            yield text[at], at, at + 1
            at += 1


def _fold(text: str, at: int, end: int) -> tuple[list[Spot], int]:
    """One line break is a space; each further one is a break. The next line's indentation goes."""
    breaks: list[int] = []
    after = at
    while match := re.compile(r"[ \t]*(\r\n|\n|\r)").match(text, after, end):
        breaks.append(match.start(1))
        after = match.end()
    indent = re.compile(r"[ \t]*").match(text, after, end)
    after = indent.end() if indent else after
    return ([(" ", at, at + 1)] if len(breaks) == 1 else [("\n", index, index + 1) for index in breaks[1:]]), after


def _escape(text: str, at: int, end: int) -> tuple[list[Spot], int]:
    sign = text[at + 1 : at + 2]
    if sign in _WIDTHS:
        stop = at + 2 + _WIDTHS[sign]
        return [(chr(int(text[at + 2 : stop], 16)), at, stop)], stop
    if sign in ("\r", "\n"):
        after = at + (3 if text.startswith("\r\n", at + 1) else 2)
        indent = re.compile(r"[ \t]*").match(text, after, end)
        return [], indent.end() if indent else after
    return [(_ESCAPES[sign], at, at + 2)], at + 2


def _block(text: str, start: int, end: int, indent: int, *, literal: bool) -> Iterator[Spot]:
    """Read a block scalar as libyaml does: `leading` is the break before the line, `trailing` those of blank lines."""
    line_end = text.find("\n", start)
    at = end if line_end < 0 else line_end + 1
    leading: list[Spot] = []
    was_blank = False
    while at < end:
        trailing: list[Spot] = []
        while match := re.compile(rf" {{0,{indent}}}\r?(\n)").match(text, at, end):
            trailing.append(("\n", match.start(1), match.end(1)))
            at = match.end()
        if at >= end or not text.startswith(" " * indent, at):
            yield from leading + trailing
            return
        at += indent
        is_blank = text[at : at + 1] in (" ", "\t")
        if not literal and leading and not was_blank and not is_blank:
            yield from trailing or [(" ", leading[0][1], leading[0][2])]
        else:
            yield from leading + trailing
        was_blank = is_blank
        stop = text.find("\n", at, end)
        line = text[at : end if stop < 0 else stop].rstrip("\r")
        yield from ((char, at + index, at + index + 1) for index, char in enumerate(line))
        leading = [] if stop < 0 else [("\n", stop, stop + 1)]
        at = end if stop < 0 else stop + 1
    yield from leading
