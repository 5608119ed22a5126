"""A mistake in the YAML itself, told to an author: what libyaml says is for programmers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from engine.format.yaml_node import Source
from engine.problem import Problem

QUOTES = "Put the whole value in quotes."


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the reader stopped: the text, the index, the line around it and what stands before on that line."""

    text: str
    at: int
    complaint: str
    context: str
    opened: int

    @property
    def line(self) -> str:
        start = self.text.rfind("\n", 0, self.at) + 1
        stop = self.text.find("\n", self.at)
        return self.text[start : len(self.text) if stop < 0 else stop]

    @property
    def before(self) -> str:
        return self.text[self.text.rfind("\n", 0, self.at) + 1 : self.at]


@dataclass(frozen=True, slots=True)
class _Told:
    """What to tell, and where: by default where the reader stopped."""

    message: str
    remedy: str
    start: int
    end: int


def explain(source: Source, error: Any) -> Problem:
    """Turn an error of the YAML reader into a problem."""
    mark, context_mark = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    at = mark.index if mark is not None else getattr(error, "position", 0)
    at = min(at, len(source.text))
    opened = context_mark.index if context_mark is not None else at
    complaint = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    spot = _Spot(source.text, at, complaint, str(getattr(error, "context", None) or ""), opened)
    for reading in (_tab, _unclosed_quote, _first_sign, _after_quote, _bracket, _colon, _escape, _dash, _indentation):
        told = reading(spot)
        if told is not None:
            return Problem("yaml-syntax", source.place(told.start, told.end), told.message, told.remedy)
    message = "From here on the file cannot be read."
    return Problem("yaml-syntax", source.place(at, at + 1), message, "Look at this line and the one before it.")


def _tab(spot: _Spot) -> _Told | None:
    tab = re.match(r"[ ]*(\t)", spot.line)
    if tab is None:
        return None
    start = spot.at - len(spot.before) + tab.start(1)
    return _Told("This line is indented with a tab.", "Use spaces.", start, start + 1)


def _unclosed_quote(spot: _Spot) -> _Told | None:
    if "quoted scalar" not in spot.context or "end of" not in spot.complaint:
        return None
    message = "A quote is opened here and never closed."
    return _Told(message, "Close it, or write an apostrophe inside '…' twice.", spot.opened, spot.opened + 1)


def _first_sign(spot: _Spot) -> _Told | None:
    """A value that begins with a sign which means something in YAML."""
    start = (
        spot.opened
        if "block scalar" in spot.context or "alias" in spot.context or "anchor" in spot.context
        else spot.at
    )
    sign = spot.text[start : start + 1]
    before = spot.text[spot.text.rfind("\n", 0, start) + 1 : start]
    if not re.search(r"(:|-|^)\s*$", before) or not sign:
        return None
    if sign in ">|" and "block scalar" in spot.context:
        message = f"A value that begins with {sign} promises a text on the lines below."
        return _Told(message, QUOTES, start, start + 1)
    if sign in "%@`*&!,]}?" and before.strip():
        return _Told(f"A value cannot begin with {sign} unless it is in quotes.", QUOTES, start, start + 1)
    return None


def _after_quote(spot: _Spot) -> _Told | None:
    """Words after a closing quote, or an apostrophe that closed it too early."""
    if "did not find expected" not in spot.complaint:
        return None
    quoted = re.search(r"""(?:(?::|-|^)\s+|[\[{,]\s*)(["'][^\n]*["'])[^\n]*$""", spot.before)
    if quoted is not None and spot.line[len(spot.before) :].strip():
        message = "After the closing quote nothing more can stand on this line."
        remedy = "Put the whole value in quotes; an apostrophe inside '…' is written twice."
        return _Told(message, remedy, spot.at, spot.at + 1)
    closed = re.search(r"(:|-)\s+[\[{][^\n]*[\]}]\s*$", spot.before)
    if closed is not None and spot.line[len(spot.before) :].strip():
        message = "A value that begins with { or [ is a map or a list, and nothing can follow its end."
        return _Told(message, "If these are words, put the whole value in quotes.", spot.at, spot.at + 1)
    return None


def _bracket(spot: _Spot) -> _Told | None:
    if "flow" not in spot.context or "did not find expected" not in spot.complaint:
        return None
    sign = spot.text[spot.opened : spot.opened + 1]
    close = "]" if sign == "[" else "}"
    remedy = f"Close it with {close}, put commas between its parts, and quotes around words with commas or brackets."
    return _Told(
        f"What is opened here with {sign} is not closed as it should be.", remedy, spot.opened, spot.opened + 1
    )


def _colon(spot: _Spot) -> _Told | None:
    if "mapping values are not allowed" in spot.complaint:
        if re.search(r"\S\s*:\s+\S", spot.before):
            message = "A second colon with a space after it stands in this value."
            return _Told(message, QUOTES, spot.at, spot.at + 1)
        message = "This colon comes where no key can stand."
        remedy = "Check the indentation of this line and whether the one before it has a space after its colon."
        return _Told(message, remedy, spot.at, spot.at + 1)
    if "could not find expected ':'" in spot.complaint:
        message = "Here stands a word without a colon."
        return _Told(
            message, "Write `key: value`, with a space after the colon.", spot.opened, _line_end(spot, spot.opened)
        )
    return None


def _escape(spot: _Spot) -> _Told | None:
    if "escape" not in spot.complaint:
        return None
    start = max(spot.text.rfind("\\", 0, spot.at + 2), 0)
    remedy = "Write \\\\ for a backslash, or use '…' instead of \"…\"."
    return _Told("In double quotes a backslash must be followed by a letter YAML knows.", remedy, start, start + 2)


def _dash(spot: _Spot) -> _Told | None:
    if "block sequence entries are not allowed" in spot.complaint:
        message = "A list cannot begin on the line of its key."
        return _Told(
            message, "Put the dash on the next line, or, if these are words, use quotes.", spot.at, spot.at + 1
        )
    return None


def _indentation(spot: _Spot) -> _Told | None:
    if "did not find expected" not in spot.complaint and "document start" not in spot.complaint:
        return None
    text = re.sub(r"\s#.*", "", spot.line).strip()
    start = spot.at - len(spot.before) + (len(spot.line) - len(spot.line.lstrip()))
    if re.match(r"-[a-z_]+:", text):
        return _Told("A dash needs a space after it.", f"Write `- {text[1:]}`.", start, start + 1)
    what = "This line does not fit what stands above it."
    remedy = "Indent it exactly as the lines it belongs with; a list's lines begin with a dash, a map's with a key."
    return _Told(what, remedy, start, start + max(1, len(text)))


def _line_end(spot: _Spot, start: int) -> int:
    stop = spot.text.find("\n", start)
    return len(spot.text) if stop < 0 else stop
