"""The second reading: a published instrument's own rule for missing answers, beside the range and never in it.

An owner (score, outcome, alert) with a rule reads a missing item of its pool as not shown (`leave_out`), or its number
as the mean of the rest (`average`); with more missing than the rule allows nothing is given.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from fractions import Fraction
from typing import Any, cast

from engine.format.instrument import CHOICES, Alert, Instrument, MissingRule, Outcome, Score
from engine.language.terms import (
    Absent,
    All,
    Answer,
    AnyOf,
    Applies,
    Chosen,
    Compare,
    Constant,
    IfElse,
    Mean,
    Not,
    Number,
    Recorded,
    Sum,
    Table,
    Test,
    Tick,
    Truth,
)

Owner = Score | Outcome | Alert


@dataclass(frozen=True, slots=True)
class Reader:
    """Rewrites an owner's terms as its rule reads them; without `reading` it leaves everything as it is."""

    instrument: Instrument
    reading: bool

    def _rule(self, owner: Owner) -> MissingRule | None:
        return owner.missing if self.reading else None

    def number(self, owner: Owner, term: Number) -> Number:
        """Return a number as the owner's rule reads it."""
        rule = self._rule(owner)
        return term if rule is None else cast("Number", self._read(rule, term))

    def truth(self, owner: Owner, term: Truth) -> Truth:
        """Return a condition as the owner's rule reads it."""
        rule = self._rule(owner)
        return term if rule is None else cast("Truth", self._read(rule, term))

    def count_missing(self, owner: Owner) -> Number | None:
        """Return how many items of the pool apply and are missing; nothing without a rule."""
        rule = self._rule(owner)
        return None if rule is None else Sum(tuple((Fraction(1), Tick(self._missing(name))) for name in rule.pool))

    def enough(self, owner: Owner) -> Truth:
        """Return the condition that no more are missing than the rule allows."""
        rule, count = self._rule(owner), self.count_missing(owner)
        return All(()) if rule is None or count is None else Compare(">=", Constant(Fraction(rule.at_most)), count)

    def _applies(self, name: str) -> Truth:
        item = self.instrument.items[name]
        return Test(name, item.everything) if item.kind in CHOICES else Applies(name)

    def _missing(self, name: str) -> Truth:
        return All((self._applies(name), Recorded("missing", name)))

    def _stand_in(self, rule: MissingRule) -> Number:
        if rule.then == "leave_out":
            return Absent()
        numbers = [(name, self.instrument.items[name].points) for name in rule.pool]
        return Mean(tuple(IfElse(self._missing(name), Absent(), own) for name, own in numbers if own is not None))

    def _read(self, rule: MissingRule, term: Any) -> Any:
        for name in rule.pool:
            points = self.instrument.items[name].points
            if (points is not None and term == points) or term == Answer(name):
                return IfElse(self._missing(name), self._stand_in(rule), term)
        match term:
            case Table(name, _, _) if name in rule.pool:
                return IfElse(self._missing(name), Absent(), term)
            case Test(name, allowed) if name in rule.pool:
                missing = Recorded("missing", name)
                return AnyOf((term, missing)) if allowed & 1 else All((term, Not(missing)))
            case Chosen(name, _) | Applies(name) if name in rule.pool:
                return All((term, Not(Recorded("missing", name))))
            case tuple():
                return tuple(self._read(rule, part) for part in term)
        if not is_dataclass(term) or isinstance(term, type):
            return term
        return replace(term, **{one.name: self._read(rule, getattr(term, one.name)) for one in fields(term)})
