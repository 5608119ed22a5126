"""A condition as people read it: one sentence, or so many of some parts that must hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition in words.

    Without `parts`, `words` are a whole sentence without its full stop. With parts, it holds where at least `least` of
    them do or, with `fewer`, where fewer than that do. `by_hand` says whether a person with the paper can decide it.
    """

    words: str
    parts: tuple[Clause, ...] = ()
    least: int = 1
    fewer: bool = False
    by_hand: bool = True
    box: tuple[str, str] | None = None

    @property
    def lead(self) -> str:
        """What stands before the parts."""
        if self.fewer:
            return f"fewer than {self.least} of these hold" if self.least > 1 else "none of these holds"
        if self.least == len(self.parts):
            return "all of these hold"
        return "any of these holds" if self.least == 1 else f"at least {self.least} of these hold"


ALWAYS = Clause("always")
NEVER = Clause("never")


def all_of(parts: Iterable[Clause]) -> Clause:
    """Return what holds where each part does."""
    kept = tuple(part for part in parts if part != ALWAYS)
    if NEVER in kept:
        return NEVER
    return ALWAYS if not kept else _joined(kept, len(kept))


def any_of(parts: Iterable[Clause]) -> Clause:
    """Return what holds where some part does."""
    kept = tuple(part for part in parts if part != NEVER)
    if ALWAYS in kept:
        return ALWAYS
    return NEVER if not kept else _joined(kept, 1)


def some_of(parts: Iterable[Clause], least: int, *, fewer: bool = False) -> Clause:
    """Return what holds where at least so many parts do or, with `fewer`, fewer than that."""
    sure, kept = 0, []
    for part in parts:
        sure += part == ALWAYS
        if part not in (ALWAYS, NEVER):
            kept.append(part)
    least -= sure
    if least <= 0 or least > len(kept):
        return ALWAYS if (least <= 0) != fewer else NEVER
    return _joined(tuple(kept), least, fewer=fewer)


def ticked(question: str, option: str) -> Clause:
    """Return that a box is ticked."""
    return Clause(f"at {question}, {option} is ticked", box=(question, option))


def _joined(parts: tuple[Clause, ...], least: int, *, fewer: bool = False) -> Clause:
    if least == 1 and not fewer:
        parts = _boxes_together(parts)
    if len(parts) == 1 and not fewer:
        return parts[0]
    boxes = [part.box for part in parts if part.box is not None]
    if len(parts) > 1 and len(boxes) == len(parts) != least and len({question for question, _ in boxes}) == 1:
        many = f"fewer than {least}" if fewer else f"at least {least}"
        return Clause(f"at {boxes[0][0]}, {many} of {listed([option for _, option in boxes], 'and')} are ticked")
    return Clause("", parts, least, fewer, all(part.by_hand for part in parts))


def _boxes_together(parts: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Say in one sentence which boxes of a question may be ticked, where its first one stood."""
    options: dict[str, list[str]] = {}
    for part in parts:
        if part.box is not None:
            options.setdefault(part.box[0], []).append(part.box[1])
    merged: dict[str, Clause] = {}
    for place, part in enumerate(parts):
        if part.box is None or len(options[part.box[0]]) == 1:
            merged[str(place)] = part
        else:
            question = part.box[0]
            merged[question] = Clause(f"at {question}, {listed(options[question], 'or')} is ticked")
    return tuple(merged.values())


def listed(words: Iterable[str], last: str) -> str:
    """Return words as a list in a sentence.

    >>> listed(["a", "b", "c"], "or"), listed(["a"], "or")
    ('a, b or c', 'a')
    """
    *before, end = words
    return f"{', '.join(before)} {last} {end}" if before else end
