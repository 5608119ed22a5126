"""Numbers of one world for z3: a value, and whether there is one. The value means nothing where it is absent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import z3  # type: ignore[import-untyped]

Z3 = Any  # z3 ships no types: a truth, a whole number or a real number of its own


@dataclass(frozen=True, slots=True)
class Maybe:
    """A number that may be absent."""

    value: Z3
    present: Z3


@dataclass(frozen=True, slots=True)
class Algebra:
    """Truths and numbers of one z3 context, with what is constant folded away: z3 gets much less to read.

    `variables` are those made so far, `facts` what holds of them in every world.
    """

    context: Z3
    variables: list[Z3] = field(default_factory=list)
    facts: list[Z3] = field(default_factory=list)

    def whole(self, name: str) -> Z3:
        """Make a whole number that is not known."""
        self.variables.append(z3.Int(name, self.context))
        return self.variables[-1]

    def real(self, name: str) -> Z3:
        """Make a number that is not known."""
        self.variables.append(z3.Real(name, self.context))
        return self.variables[-1]

    def flag(self, name: str) -> Z3:
        """Make a truth that is not known."""
        self.variables.append(z3.Bool(name, self.context))
        return self.variables[-1]

    def true(self) -> Z3:
        """Return what always holds."""
        return z3.BoolVal(True, self.context)

    def exact(self, value: Fraction | int) -> Z3:
        """Return a constant, whole where it can be."""
        if Fraction(value).denominator == 1:
            return z3.IntVal(int(value), self.context)
        return z3.RealVal(str(value), self.context)

    def every(self, parts: Sequence[Z3]) -> Z3:
        """Return that all of these hold."""
        kept = [part for part in parts if not z3.is_true(part)]
        if any(z3.is_false(part) for part in kept):
            return z3.BoolVal(False, self.context)
        return kept[0] if len(kept) == 1 else z3.And(kept) if kept else self.true()

    def some(self, parts: Sequence[Z3]) -> Z3:
        """Return that any of these holds."""
        kept = [part for part in parts if not z3.is_false(part)]
        if any(z3.is_true(part) for part in kept):
            return self.true()
        return kept[0] if len(kept) == 1 else z3.Or(kept) if kept else z3.BoolVal(False, self.context)

    def opposite(self, truth: Z3) -> Z3:
        """Return that this does not hold."""
        if z3.is_true(truth) or z3.is_false(truth):
            return z3.BoolVal(z3.is_false(truth), self.context)
        return truth.arg(0) if z3.is_not(truth) else z3.Not(truth)

    def pick(self, condition: Z3, then: Z3, otherwise: Z3) -> Z3:
        """Return one or the other, of truths or of numbers."""
        if z3.is_true(condition) or then is otherwise:
            return then
        return otherwise if z3.is_false(condition) else z3.If(condition, then, otherwise)

    def times(self, factor: Fraction, value: Z3) -> Z3:
        """Return a value times a constant."""
        return value if factor == 1 else self.exact(factor) * value

    def total(self, values: Sequence[Z3]) -> Z3:
        """Return the sum of values that are all there."""
        return values[0] if len(values) == 1 else z3.Sum(list(values)) if values else self.exact(0)

    def one_of(self, choice: Z3, values: Sequence[int]) -> Z3:
        """Return that the choice is any of these."""
        return self.some([choice == value for value in values])

    def constant(self, value: Fraction | int) -> Maybe:
        """Return a number that is there in every world."""
        return Maybe(self.exact(value), self.true())

    def absent(self) -> Maybe:
        """Return no number."""
        return Maybe(self.exact(0), z3.BoolVal(False, self.context))

    def tick(self, truth: Z3) -> Z3:
        """Return 1 where the truth holds, else 0."""
        return self.pick(truth, self.exact(1), self.exact(0))

    def sum(self, terms: Sequence[tuple[Fraction, Maybe]]) -> Maybe:
        """Return the weighted sum, absent where any term is."""
        values = [self.times(weight, one.value) for weight, one in terms if weight]
        return Maybe(self.total(values), self.every([one.present for _, one in terms]))

    def or_else(self, number: Maybe, value: Fraction) -> Maybe:
        """Return the number, or this value where it is absent."""
        return Maybe(self.pick(number.present, number.value, self.exact(value)), self.true())

    def product(self, left: Maybe, right: Maybe) -> Maybe:
        """Return the product."""
        return Maybe(left.value * right.value, self.every([left.present, right.present]))

    def if_else(self, condition: Z3, then: Maybe, otherwise: Maybe) -> Maybe:
        """Return one number or the other, absent where that one is."""
        value = self.pick(condition, then.value, otherwise.value)
        return Maybe(value, self.pick(condition, then.present, otherwise.present))

    def floor(self, number: Maybe) -> Maybe:
        """Return the greatest whole number not above it."""
        return number if number.value.is_int() else Maybe(z3.ToInt(number.value), number.present)

    def least(self, parts: Sequence[Maybe]) -> Maybe:
        """Return the least of those that are present."""
        found = parts[0]
        for part in parts[1:]:
            lower = self.some([self.opposite(found.present), part.value < found.value])
            value = self.pick(self.every([part.present, lower]), part.value, found.value)
            found = Maybe(value, self.some([found.present, part.present]))
        return found

    def greatest(self, parts: Sequence[Maybe]) -> Maybe:
        """Return the greatest of those that are present."""
        found = self.least([Maybe(-part.value, part.present) for part in parts])
        return Maybe(-found.value, found.present)

    def mean(self, parts: Sequence[Maybe]) -> Maybe:
        """Return the mean of those that are present: one sum, shared out by however many there are. Dividing by each
        number there can be keeps it linear.
        """
        surely = sum(z3.is_true(part.present) for part in parts)
        total = self.total([self.pick(part.present, part.value, self.exact(0)) for part in parts])
        count = self.total([self.tick(part.present) for part in parts])
        least = max(surely, 1)
        value = self.times(Fraction(1, least), total)
        for many in range(least + 1, len(parts) + 1):
            value = self.pick(count == many, self.times(Fraction(1, many), total), value)
        return Maybe(value, self.some([part.present for part in parts]))

    def compare(self, op: str, left: Maybe, right: Maybe) -> Z3:
        """Return that both are present and compare so."""
        a, b = left.value, right.value
        held = a >= b if op == ">=" else a > b if op == ">" else a == b if op == "==" else a != b
        return self.every([left.present, right.present, held])
