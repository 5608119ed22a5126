"""A mistake in an author's file is a value: what, where, and what to do about it.

Problems are collected, never raised one by one; `InvalidQuestionnaire` carries all of them. The kinds are in
`engine.format.problem_kinds`: a slug that reads aloud and one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

BEFORE_CARET = 140
LONGEST_LINE = 200
MANY = 500


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of an author's file; line and column count from 1, in characters."""

    file: str
    line: int
    column: int
    length: int = 1

    @property
    def at(self) -> str:
        """The place as editors and terminals understand it."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: its kind (a slug of the catalogue), its place, what is wrong, and what to do."""

    kind: str
    place: Place
    message: str
    remedy: str = ""

    def render(self, source: str) -> str:
        """Return the problem as an author reads it: place, source line, caret, message, remedy."""
        text = f"{self.message} {self.remedy}".rstrip()
        return f"{self.place.at}: {self.kind}\n{under_caret(self.place, source)}\n  {text}\n"


def under_caret(place: Place, source: str) -> str:
    """Return the line of the source at this place, with a caret under its words."""
    lines = source.split("\n")
    line = lines[place.line - 1].rstrip("\r") if place.line <= len(lines) else ""
    # The caret must stand under its word, so a tab counts as one character and only so much of a line is shown.
    start = max(0, place.column - 1 - BEFORE_CARET)
    shown = ("…" if start else "") + line[start : start + LONGEST_LINE].replace("\t", " ")
    shown += "…" if len(line) > start + LONGEST_LINE else ""
    column = place.column - 1 - start + bool(start)
    caret = " " * column + "^" * max(1, min(place.length, len(shown) - column))
    return f"    {shown}\n    {caret}"


class InvalidQuestionnaire(Exception):
    """A file that cannot be used, with every problem found in it and the text of each file they lie in."""

    def __init__(self, problems: Iterable[Problem], sources: Mapping[str, str]) -> None:
        """Keep the problems in the order of the file."""
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.place, problem.kind)))
        self.sources = dict(sources)
        super().__init__(f"{len(self.problems)} problems in {', '.join(sorted(self.sources)) or 'the file'}")

    def render(self) -> str:
        """Return every problem, ready to print."""
        return "\n".join(problem.render(self.sources.get(problem.place.file, "")) for problem in self.problems)


def did_you_mean(word: str, candidates: Mapping[str, str] | Iterable[str]) -> str:
    """Return a sentence with the nearest of the candidates, or an empty string.

    >>> did_you_mean("parner", {"partner": "A current partner", "stranger": "Someone I do not know"})
    "Did you mean 'partner' (A current partner)?"
    """
    labels = candidates if isinstance(candidates, Mapping) else dict.fromkeys(candidates, "")
    nearest = nearest_to(word, labels)
    if nearest is None:
        return ""
    label = labels[nearest]
    return f"Did you mean '{nearest}' ({label})?" if label else f"Did you mean '{nearest}'?"


def nearest_to(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that was probably meant; capitals and hyphens weigh nothing."""
    plain = word.lower().replace("-", "_").replace(" ", "_")
    alike = list(candidates)
    if len(alike) > MANY:  # comparing with each would take long, and most begin quite differently
        alike = [one for one in alike if one[:1] == plain[:1] and abs(len(one) - len(plain)) <= 3][:MANY]
    nearest = get_close_matches(plain, alike, n=1, cutoff=0.6)
    return nearest[0] if nearest else None
