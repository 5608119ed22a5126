"""A page that is drawn once for everybody, with holes where something stands that is one person's alone.

What is drawn is drawn for nobody: a hole is all that it knows of a token, a tick or a word that somebody wrote. These
are put in for one reply, into a text that is made for it; the stencil stays as it was cut.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import escape

_EDGE = "\x00"  # a character that no questionnaire and no template can hold


def hole(name: str) -> str:
    """Return what stands in a page that is drawn for nobody, in place of one person's own; escaping leaves it alone."""
    return f"{_EDGE}{name}{_EDGE}"


@dataclass(frozen=True, slots=True)
class Stencil:
    """The text between the holes, and their names in the order in which they stand."""

    texts: tuple[str, ...]
    holes: tuple[str, ...]

    def filled(self, own: Mapping[str, str]) -> str:
        """Return the page with what is one person's own in its holes, escaped unless it is markup; else nothing."""
        page = [""] * (2 * len(self.holes) + 1)
        page[::2] = self.texts
        page[1::2] = [escape(own[name]) if name in own else "" for name in self.holes]
        return "".join(page)


def cut(page: str) -> Stencil:
    """Return a page that was drawn with holes as a stencil."""
    parts = page.split(_EDGE)
    return Stencil(tuple(parts[::2]), tuple(parts[1::2]))
