"""What a charity makes its own: colours and a logo, in a small file, refused where somebody could not read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from math import floor
from pathlib import Path
from typing import Any

from webui.colours import COLOUR, FREE, SCHEMES, Colours, TooClose, colours_of, repainted, too_close
from webui.logo import Logo, read_logo
from webui.settings import InvalidSettings


@dataclass(frozen=True, slots=True)
class Theme:
    """The stylesheet in the charity's colours, and its logo if it has one."""

    sheet: str
    logo: Logo | None


def read_theme(path: Path, sheet: str) -> Theme:
    """Return the theme in this file, laid over the site's own stylesheet.

    Raises InvalidSettings: for what is unknown or no colour, and for every pair of colours with too little contrast.
    """
    written = _written(path)
    _only_known(f"{path}: there is no", written, ("logo", *SCHEMES))
    own = {scheme: _colours(path, scheme, written.get(scheme, {})) for scheme in SCHEMES}
    painted = repainted(sheet, own)
    colours = colours_of(painted)
    if close := list(too_close(colours)):
        lines = [f"{path}: not everybody could read this. Make one of the two lighter or darker:"]
        raise InvalidSettings("\n  ".join([*lines, *(_told(pair, colours[pair.scheme]) for pair in close)]))
    logo = written.get("logo")
    if logo is not None and (not isinstance(logo, str) or not logo.strip()):
        raise InvalidSettings(f"{path}: logo is the path of a file, in quotes.")
    return Theme(painted, read_logo(path.parent / logo) if logo is not None else None)


def _written(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as mistake:
        raise InvalidSettings(f"{path}: this theme cannot be read: {mistake.strerror}.") from mistake
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as mistake:
        raise InvalidSettings(f"{path}: this is not TOML: {mistake}") from mistake


def _colours(path: Path, scheme: str, written: Any) -> Colours:
    if not isinstance(written, dict):
        raise InvalidSettings(f"{path}: {scheme} is a table of colours: [{scheme}] on a line, the colours below it.")
    _only_known(f"{path}: {scheme} sets no", written, FREE)
    for name, colour in written.items():
        if not isinstance(colour, str) or not COLOUR.fullmatch(colour):
            raise InvalidSettings(
                f"{path}: {scheme}: {name} is {colour!r}, which is no colour. "
                'Write # and three or six of 0 to 9 and a to f, in quotes, as "#1c5a58".'
            )
    return {name: colour.lower() for name, colour in written.items()}


def _only_known(there_is_no: str, written: dict[str, Any], known: tuple[str, ...]) -> None:
    for name in written:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(known)}."
            raise InvalidSettings(f"{there_is_no} '{name}'. {hint}")


def _told(pair: TooClose, colours: Colours) -> str:
    """Say what is too close; the ratio is rounded down, so that what is just missed does not look as if it were met."""
    ratio = floor(pair.ratio * 100) / 100
    return (
        f"{pair.scheme}: {pair.drawn} {colours[pair.drawn]} on {pair.on} {colours[pair.on]} "
        f"has a contrast of {ratio:.2f}, and needs {pair.least:.2f}."
    )
