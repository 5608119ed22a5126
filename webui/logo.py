"""A charity's logo: a small drawing that does nothing and fetches nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from webui.settings import InvalidSettings

LARGEST = 8 * 1024  # bytes, so that the first page stays within its 30 kB
_PNG = b"\x89PNG\r\n\x1a\n"
_GROUPS = ("svg", "g", "defs", "symbol", "use", "title", "desc")
_SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
_FILLS = ("linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern")
DRAWS = frozenset((*_GROUPS, *_SHAPES, *_FILLS))


@dataclass(frozen=True, slots=True)
class Logo:
    """The logo as it is served."""

    kind: str
    content: bytes


def read_logo(path: Path) -> Logo:
    """Return the logo in this file. Raises InvalidSettings, also for what no drawing needs."""
    try:
        content = path.read_bytes()
    except OSError as mistake:
        raise InvalidSettings(f"{path}: this logo cannot be read: {mistake.strerror}.") from mistake
    if len(content) > LARGEST:
        raise InvalidSettings(f"{path}: this logo has {len(content):,} bytes; at most {LARGEST:,} are served.")
    if content.startswith(_PNG):
        return Logo("image/png", content)
    _check_drawing(path, content)
    return Logo("image/svg+xml", content)


def _check_drawing(path: Path, content: bytes) -> None:
    """Read an SVG file and stop at the first thing that could act, or reach for something elsewhere."""

    def refuse(what: str) -> None:
        raise InvalidSettings(f"{path}: line {parser.CurrentLineNumber}: {what}")

    def begins(name: str, said: dict[str, str]) -> None:
        if not seen and (name != "svg" or "viewBox" not in said):
            refuse("a logo is an 'svg' with a 'viewBox', so that it can be shown in any size.")
        seen.add(name)
        if name not in DRAWS:
            refuse(f"'{name}' has no place in a logo. Export it as plain or optimised SVG, with letters as paths.")
        for key, value in said.items():
            if (why := _why_not(key, value)) is not None:
                refuse(why)

    seen: set[str] = set()
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = begins
    parser.StartDoctypeDeclHandler = lambda *_: refuse("a logo needs no DOCTYPE. Take it out.")
    parser.ProcessingInstructionHandler = lambda *_: refuse("a logo needs no instruction of the kind <?…?>.")
    try:
        parser.Parse(content, True)
    except expat.ExpatError as mistake:
        raise InvalidSettings(f"{path}: a logo is a PNG file or an SVG file; this is neither ({mistake}).") from mistake


def _why_not(key: str, value: str) -> str | None:
    """Return why an attribute cannot stay, if so."""
    near = value.replace(" ", "").lower()
    if key.lower().startswith("on"):
        return f"'{key}' is a script, and a logo has none."
    if key == "style":
        return "'style' can do more than colour. Export it with CSS turned into attributes, as fill=\"#1c5a58\"."
    if (key == "href" or key.endswith(":href")) and not near.startswith("#"):
        return f"'{key}' leads out of the file. A logo brings all it needs."
    if near.count("url(") != near.count("url(#") + near.count("url('#") + near.count('url("#') or "\\" in value:
        return f"'{key}' leads out of the file. A logo brings all it needs."
    return None
