"""The front door: an author's text, read in a scope, is a term or the list of what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.language.context import Context
from engine.language.numbers import quantity
from engine.language.parse import Parsed, parse
from engine.language.scope import Scope, Slip
from engine.language.terms import Number, Truth
from engine.language.truths import truth


@dataclass(frozen=True, slots=True)
class Reading:
    """The term, None if and only if there are slips; and each name mentioned, with its place in the text.

    A group is mentioned together with its members. An entry's fields are not mentioned, only the repeat is.
    """

    term: Truth | Number | None
    slips: tuple[Slip, ...]
    mentions: tuple[tuple[str, int], ...]


def read_truth(text: str | Parsed, scope: Scope) -> Reading:
    """Read a condition, which may be parsed already."""
    return _read(text, scope, wants_truth=True)


def read_number(text: str | Parsed, scope: Scope) -> Reading:
    """Read a number, which may be parsed already: a score, or an item's points."""
    return _read(text, scope, wants_truth=False)


def _read(text: str | Parsed, scope: Scope, *, wants_truth: bool) -> Reading:
    parsed = parse(text) if isinstance(text, str) else text
    context = Context(scope, parsed, truth, quantity)
    term: Truth | Number | None = None
    if parsed.tree:
        term = context.truth(parsed.tree) if wants_truth else context.number(parsed.tree)
    slips = _told_once(parsed.slips, tuple(context.slips))
    return Reading(None if slips else term, slips, tuple(dict.fromkeys(context.mentions)))


def _told_once(spelling: tuple[Slip, ...], meaning: tuple[Slip, ...]) -> tuple[Slip, ...]:
    """Both lists in the order of the text; `=` is not said to be `==` where it should be `is`."""
    better = {slip.start for slip in meaning if slip.kind == "is-for-options"}
    kept = [slip for slip in spelling if slip.kind != "other-spelling" or slip.start not in better]
    return tuple(sorted((*kept, *meaning), key=lambda slip: (slip.start, slip.kind)))
