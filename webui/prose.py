"""An author's words as paragraphs and lists. Everything is escaped: content is never markup."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from webui.tongue import tongue

# by itself, and not a group of a longer number
_EMERGENCY = re.compile(r"(?<!\d)(?<!\d[\s-])999(?![\s-]?\d)")
_GROUPS = re.compile(r"([0-9]+(?: [0-9]+)+)")


def prose(text: str) -> Markup:
    r"""Return paragraphs, where a blank line begins a new one, and lists, where each line begins with a dash.

    >>> prose("Call <now>.\n\n- one\n- two")
    Markup('<p>Call &lt;now&gt;.</p>\n<ul><li>one</li><li>two</li></ul>')
    """
    return Markup("\n").join(_block(block) for block in re.split(r"\n\s*\n", text.strip()))


def says_999(words: str) -> bool:
    """Return whether words name the emergency number of the United Kingdom, so that a page may offer to call it.

    >>> says_999("Call 999 now"), says_999("Call 0800 999 5428"), says_999("Since 1999")
    (True, False, False)
    """
    return _EMERGENCY.search(words) is not None


def _block(block: str) -> Markup:
    lines = [line.strip() for line in block.split("\n")]
    if all(line.startswith("- ") for line in lines):
        points = Markup("").join(Markup("<li>{}</li>").format(_line(line[2:])) for line in lines)
        return Markup("<ul>{}</ul>").format(points)
    return Markup("<p>{}</p>").format(Markup("<br>").join(_line(line) for line in lines))


def _line(words: str) -> Markup:
    """One line. Where lines run from right to left, the groups of a phone number still run from left to right."""
    if tongue().rightwards:
        return escape(words)
    pieces = _GROUPS.split(words)
    return Markup("").join(
        Markup('<bdi dir="ltr">{}</bdi>').format(piece) if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    )
