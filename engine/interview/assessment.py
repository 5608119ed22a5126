"""What follows from a record, with bounds: an assessment says what is still possible, never more."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from engine.interview.record import Judgement

ByRule = Literal["no_rule", "given", "withheld"]
Decided = Literal["bounds", "split", "solved", "not_decided"]


class ScoreRange(NamedTuple):
    """A score: between `lowest` and `highest`, in the score's own unit; both None where it certainly has no value.

    `present` is None while it is open whether the score has a value. `by_rule` is the published second reading,
    with the number of items missing from its pool. `profile` is the text of a score that is a text.
    """

    id: str
    lowest: Fraction | None
    highest: Fraction | None
    present: bool | None
    profile: str | None = None
    by_rule: Fraction | None = None
    by_rule_state: ByRule = "no_rule"
    by_rule_missing: int = 0


class OutcomeRange(NamedTuple):
    """An outcome: the places of the levels still possible (0 is the first), after an assessor raised them.

    `computed` are those before the judgement. `applies` is None while it is open whether the outcome applies.
    `exact` says that at least and at most are those of the worlds, not only bounds on them. `decided` says what the
    levels rest on: one run over the ranges, further runs for each value of some items, or, where an exact answer was
    asked for, a solver, which may have found none within its work.
    """

    id: str
    possible: tuple[int, ...]
    computed: tuple[int, ...]
    applies: bool | None
    exact: bool
    judged: Judgement | None = None
    by_rule: int | None = None
    by_rule_state: ByRule = "no_rule"
    by_rule_missing: int = 0
    decided: Decided = "bounds"

    @property
    def at_least(self) -> int | None:
        """The lowest level still possible, None where the outcome does not apply."""
        return self.possible[0] if self.possible else None

    @property
    def at_most(self) -> int | None:
        """The highest level still possible, None where the outcome does not apply."""
        return self.possible[-1] if self.possible else None

    @property
    def settled(self) -> bool:
        """Whether nothing that is still open can change the level."""
        return self.applies is not None and len(self.possible) <= 1


class Assessment(NamedTuple):
    """Everything that follows from one record.

    `applies` tells of each item whether it is shown (None: open). `alerts` are those raised, in the author's order;
    `plan` the actions printed, in the order of print; `signposts` the places of those whose condition prints, before
    the nation is considered. `unsure` are those of these (alert id, action id, "signpost:PLACE") that are
    printed only because their condition may hold.
    """

    applies: Mapping[str, bool | None]
    scores: Mapping[str, ScoreRange]
    outcomes: Mapping[str, OutcomeRange]
    alerts: tuple[str, ...]
    alerts_by_rule: Mapping[str, bool | None]
    plan: tuple[str, ...]
    signposts: tuple[int, ...]
    unsure: frozenset[str]

    @property
    def exact(self) -> bool:
        """Whether every outcome's at least and at most are exactly those of the worlds."""
        return all(outcome.exact for outcome in self.outcomes.values())
