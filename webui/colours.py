"""The colours of the site: which of them may be others, and whether they stand out enough from each other.

They are the custom properties at the top of `app.css`, once for light and once for dark. Contrast is that of WCAG 2.2
(success criteria 1.4.3, 1.4.6 and 1.4.11): from 1, for two colours that are the same, to 21, for black on white.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

SCHEMES = ("light", "dark")
_DARK_BEGINS = "prefers-color-scheme: dark"
_SET = re.compile(r"--([\w-]+): (#[0-9a-f]{3}(?:[0-9a-f]{3})?);")
COLOUR = re.compile(r"#[0-9a-f]{3}(?:[0-9a-f]{3})?", re.IGNORECASE)

# What warns, what is wrong, what leaves and what has the focus looks the same whoever runs the site.
FREE = ("ground", "sheet", "wash", "ink", "soft", "line", "edge", "deep", "deep-ink")
# What is drawn, on what, and the least contrast between them.
PAIRS = (
    *(("ink", ground, 7.0) for ground in ("ground", "sheet", "wash", "warm")),
    *(("soft", ground, 4.5) for ground in ("ground", "sheet", "wash", "warm")),
    *(("deep", ground, 4.5) for ground in ("ground", "sheet", "wash", "warm")),
    *(("wrong", ground, 4.5) for ground in ("ground", "sheet")),
    ("deep-ink", "deep", 4.5),
    ("away-ink", "away", 4.5),
    ("edge", "sheet", 3.0),
    ("warm-edge", "warm", 3.0),
    *(("focus", ground, 3.0) for ground in ("ground", "sheet", "wash")),
    ("away", "ground", 3.0),
)
Colours = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TooClose:
    """Two colours of a scheme with less contrast than they need."""

    scheme: str
    drawn: str
    on: str
    ratio: float
    least: float


def colours_of(sheet: str) -> dict[str, Colours]:
    """Return the colours that a stylesheet sets, by scheme and name; dark has those of light that it does not set."""
    light, dark = (dict(_SET.findall(part)) for part in _parts(sheet))
    return {"light": light, "dark": light | dark}


def repainted(sheet: str, colours: Mapping[str, Colours]) -> str:
    """Return the stylesheet with these colours, by scheme and name, in the place of its own."""
    light, dark = _parts(sheet)
    return _painted(light, colours["light"]) + _painted(dark, colours["dark"])


def _painted(part: str, own: Colours) -> str:
    return _SET.sub(lambda found: f"--{found[1]}: {own.get(found[1], found[2])};", part)


def too_close(colours: Mapping[str, Colours]) -> Iterator[TooClose]:
    """Find every pair that stands out too little, in light and in dark."""
    for scheme in SCHEMES:
        for drawn, on, least in PAIRS:
            ratio = contrast(colours[scheme][drawn], colours[scheme][on])
            if ratio < least:
                yield TooClose(scheme, drawn, on, ratio, least)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21.

    >>> contrast("#000", "#ffffff")
    21.0
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(sheet: str) -> tuple[str, str]:
    """Cut the stylesheet in two before what it sets in the dark."""
    place = sheet.index(_DARK_BEGINS)
    return sheet[:place], sheet[place:]
