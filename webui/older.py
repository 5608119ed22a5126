"""The stylesheet for the phones of years ago as well: what they know, before what they do not.

A browser passes over a declaration that it does not know and takes the one before. Chromium knew no custom properties
before 2016, and until 2018 it had other names for the start and the end of a line.
"""

from __future__ import annotations

import re

_DECLARATION = re.compile(r"(?<=[{;\s])([a-z-]+): ([^;{}]+);")
_SET = re.compile(r"--([\w-]+): ([^;{}]+);")
_READ = re.compile(r"var\(--([\w-]+)\)")
_SIDE = re.compile(r"^(margin|padding|border)-inline-(start|end)")


def with_older_words(sheet: str) -> str:
    """Return the stylesheet with each declaration that old browsers do not know behind one that they do.

    A custom property is read as it is set first, which is in the light.

    >>> with_older_words(":root { --a: #00f; } p { color: var(--a); padding-inline-end: 1em; }")
    ':root { --a: #00f; } p { color: #00f; color: var(--a); -webkit-padding-end: 1em; padding-inline-end: 1em; }'
    """
    values = dict(reversed(_SET.findall(sheet)))

    def both(found: re.Match[str]) -> str:
        name = _SIDE.sub(r"-webkit-\1-\2", found[1])
        older = f"{name}: {_READ.sub(lambda read: values[read[1]], found[2])};"
        return found[0] if older == found[0] else f"{older} {found[0]}"

    return _DECLARATION.sub(both, sheet)
