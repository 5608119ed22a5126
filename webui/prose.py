"""An author's words as paragraphs and lists. Everything is escaped: content is never markup."""

from __future__ import annotations

import re

from markupsafe import Markup, escape


def prose(text: str) -> Markup:
    r"""Return paragraphs, where a blank line begins a new one, and lists, where each line begins with a dash.

    >>> prose("Call <now>.\n\n- one\n- two")
    Markup('<p>Call &lt;now&gt;.</p>\n<ul><li>one</li><li>two</li></ul>')
    """
    return Markup("\n").join(_block(block) for block in re.split(r"\n\s*\n", text.strip()))


def _block(block: str) -> Markup:
    lines = [line.strip() for line in block.split("\n")]
    if all(line.startswith("- ") for line in lines):
        points = Markup("").join(Markup("<li>{}</li>").format(line[2:]) for line in lines)
        return Markup("<ul>{}</ul>").format(points)
    return Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in lines))
