"""How far a translation is, and whether its language may be offered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from engine.format.texts import Texts
from engine.format.translation import WARNINGS
from engine.interview.own_words import Told
from engine.problem import Problem


@dataclass(frozen=True, slots=True)
class Status:
    """One catalogue against its texts. `red_flags` are the questions of which a text may not be shown; `counts` tells
    how often each kind of problem was found.
    """

    language: str
    texts: int
    done: int
    counts: dict[str, int]
    red_flags: tuple[str, ...]
    draft: str
    problems: tuple[Problem, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is left that would keep the language from being offered."""
        return all(problem.kind in WARNINGS for problem in self.problems)


def status_of(language: str, texts: Texts, told: Told, flagged: Mapping[str, tuple[str, ...]]) -> Status:
    """Return how far this is; `flagged` gives the red-flag items to which the text at a place belongs."""
    left = [place for place in texts if place not in told.words]
    counts = dict(Counter(problem.kind for problem in told.problems))
    missing = dict.fromkeys(item for place in left for item in flagged.get(place, ()))
    return Status(language, len(texts), len(told.words), counts, tuple(missing), told.draft, told.problems)
