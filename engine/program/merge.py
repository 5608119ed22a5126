"""Rewrite terms so that each choice is tested once: the same meaning in every world, a tighter range, fewer lines.

Any and/or/not of tests of one choice is a single set; a sum of functions of one choice is one table; a comparison of
such a table with a constant is a test again. So `x or not x`, overlapping counts and an item summed twice are exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from operator import eq, ge, gt, ne
from typing import assert_never, cast

from engine.language.terms import (
    ALWAYS,
    NEVER,
    Absent,
    All,
    Answer,
    AnyOf,
    Applies,
    Chosen,
    Compare,
    Constant,
    Count,
    CountSignposts,
    Floor,
    IfElse,
    Latest,
    Least,
    Mean,
    Not,
    Number,
    OrElse,
    Printed,
    Product,
    Recorded,
    Sum,
    Table,
    Test,
    Tick,
    Truth,
)
from engine.program import tables
from engine.program.presence import surely_present
from engine.program.ticked import any_of_these, points_where_shown

HOLDS = {">=": ge, ">": gt, "==": eq, "!=": ne}
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Merger:
    """`domains`: the bits each choice can have, bit 0 only where it may be hidden; `surely_shown`: other names that
    always apply; `alone`: for a tick list with one on-its-own option, that option and the number of options.
    """

    domains: Mapping[str, int]
    surely_shown: frozenset[str]
    alone: Mapping[str, tuple[int, int]]
    _known: dict[int, Truth | Number] = field(default_factory=dict)

    def owned(self, term: Truth) -> Truth:
        """Return a condition merged, once: the term is an instrument's, and lives as long as this rewriter."""
        if id(term) not in self._known:
            self._known[id(term)] = self.truth(term)
        return cast("Truth", self._known[id(term)])

    def owned_number(self, term: Number) -> Number:
        """Return a number merged, once; see `owned`."""
        if id(term) not in self._known:
            self._known[id(term)] = self.number(term)
        return cast("Number", self._known[id(term)])

    def truth(self, term: Truth) -> Truth:
        """Return the condition, merged."""
        match term:
            case Test(name, allowed):
                return self._test(name, allowed)
            case Applies(name):
                return ALWAYS if name in self.surely_shown else term
            case Chosen(name, option):
                return self._chosen(term, name, option)
            case Not(part):
                return self._opposite(self.truth(part))
            case All(parts):
                return self._joined(tuple(self.truth(part) for part in parts), every=True)
            case AnyOf(parts):
                return self._joined(tuple(self.truth(part) for part in parts), every=False)
            case Compare(op, left, right):
                return self._compare(term, self.number(Sum(((Fraction(1), left), (Fraction(-1), right)))), op)
            case Recorded() | Printed():
                return term
        assert_never(term)

    def _test(self, name: str, allowed: int) -> Truth:
        domain = self.domains[name]
        if allowed & domain == domain:
            return ALWAYS
        return Test(name, allowed & domain) if allowed & domain else NEVER

    def _chosen(self, term: Chosen, name: str, option: int) -> Truth:
        # "None of these" is ticked exactly where the list is shown and nothing else is ticked.
        if name not in self.alone or self.alone[name][0] != option:
            return term
        others = [Not(Chosen(name, other)) for other in range(1, self.alone[name][1] + 1) if other != option]
        return self.truth(All((Applies(name), *others)))

    def _opposite(self, term: Truth) -> Truth:
        match term:
            case Test(name, allowed):
                return self._test(name, self.domains[name] & ~allowed)
            case Not(part):
                return part
            case All(parts):
                return self._joined(tuple(self._opposite(part) for part in parts), every=False)
            case AnyOf(parts):
                return self._joined(tuple(self._opposite(part) for part in parts), every=True)
            case _:
                return Not(term)

    def _joined(self, parts: tuple[Truth, ...], *, every: bool) -> Truth:
        same = All if every else AnyOf
        flat = [one for part in parts for one in (part.parts if isinstance(part, same) else (part,))]
        sets: dict[str, int] = {}
        rest: dict[Truth, None] = {}
        for part in flat:
            if isinstance(part, Test):
                before = sets.get(part.name, -1 if every else 0)
                sets[part.name] = before & part.allowed if every else before | part.allowed
            else:
                rest[part] = None
        tests = [self._test(name, allowed) for name, allowed in sets.items()]
        kept = [part for part in [*tests, *rest] if part != same(())]
        if (NEVER if every else ALWAYS) in kept:
            return NEVER if every else ALWAYS
        return kept[0] if len(kept) == 1 else same(tuple(kept))

    def _compare(self, term: Compare, difference: Number, op: str) -> Truth:
        """`difference` is left minus right; rewrite to variable part against constant."""
        holds = HOLDS[op]
        match difference:
            case Absent():
                return NEVER
            case Constant(value):
                return ALWAYS if holds(value, 0) else NEVER
            case IfElse(condition, then, Absent()):
                return self._joined((condition, self._compare(term, then, op)), every=True)
            case Table(name, lowest, highest) if lowest == highest:
                bits = (1 << i for i, value in enumerate(lowest) if value is not None and holds(value, 0))
                return self._test(name, sum(bits))
        parts = difference.terms if isinstance(difference, Sum) else ((Fraction(1), difference),)
        if op == ">=" and (ticked := any_of_these(parts)) is not None:
            return self._joined(ticked, every=False)
        constant = sum((weight * n.value for weight, n in parts if isinstance(n, Constant)), ZERO)
        rest = tuple((weight, n) for weight, n in parts if not isinstance(n, Constant))
        if len(rest) == 1 and rest[0][0] < 0:
            return Compare(term.op, Constant(constant / -rest[0][0]), rest[0][1])
        if len(rest) == 1 and rest[0][0] > 0:
            return Compare(term.op, rest[0][1], Constant(-constant / rest[0][0]))
        return Compare(term.op, Sum(rest), Constant(-constant))

    def number(self, term: Number) -> Number:
        """Return the number, merged."""
        match term:
            case Constant() | Absent() | Answer() | Latest() | CountSignposts():
                return term
            case Count(repeat, condition):
                return Count(repeat, condition)
            case Table(name, lowest, highest):
                return self._simplest(Table(name, lowest, highest))
            case Tick(truth):
                return self._tick(self.truth(truth))
            case Sum(terms):
                return self._sum(terms)
            case OrElse(number, value):
                return self._or_else(self.number(number), value)
            case Product(left, right):
                return self._product(self.number(left), self.number(right))
            case Least(parts):
                return self._least(tuple(self.number(part) for part in parts))
            case Mean(parts):
                return self._mean(tuple(self.number(part) for part in parts))
            case IfElse(condition, then, otherwise):
                return self._if_else(self.truth(condition), self.number(then), self.number(otherwise))
            case Floor(number):
                return self._floor(self.number(number))
        assert_never(term)

    def _size(self, name: str) -> int:
        return self.domains[name].bit_length()

    def _simplest(self, table: Table) -> Number:
        return tables.simplest(table, self.domains[table.name])

    def _tick(self, truth: Truth) -> Number:
        if truth in (ALWAYS, NEVER):
            return Constant(Fraction(int(truth == ALWAYS)))
        if isinstance(truth, Test):
            values = tuple(Fraction(truth.allowed >> bit & 1) for bit in range(self._size(truth.name)))
            return self._simplest(Table(truth.name, values, values))
        return Tick(truth)

    def _sum(self, terms: tuple[tuple[Fraction, Number], ...]) -> Number:
        merged = [(weight, self.number(number)) for weight, number in terms]
        flat: list[tuple[Fraction, Number]] = []
        for weight, number in merged:
            inner = number.terms if isinstance(number, Sum) else ((Fraction(1), number),)
            flat += [(weight * factor, one) for factor, one in inner]
        if any(isinstance(number, Absent) for _, number in flat):
            return Absent()
        constant, by_choice, rest = ZERO, dict[str, Table](), dict[Number, Fraction]()
        for weight, number in flat:
            if isinstance(number, Constant):
                constant += weight * number.value
            elif isinstance(number, Table):
                by_choice[number.name] = tables.added(by_choice.get(number.name), number, weight)
            else:
                rest[number] = rest.get(number, ZERO) + weight
        kept = [(weight, number) for number, weight in rest.items() if weight or not self.present(number)]
        if not kept and len(by_choice) == 1:
            return self._simplest(tables.shifted(next(iter(by_choice.values())), constant))
        for table in by_choice.values():
            simple = self._simplest(table)
            if isinstance(simple, Constant):
                constant += simple.value
            elif isinstance(simple, Table):
                kept.append((Fraction(1), simple))
            else:
                return Absent()
        if constant or not kept:
            kept.append((Fraction(1), Constant(constant)))
        return kept[0][1] if len(kept) == 1 and kept[0][0] == 1 else Sum(tuple(kept))

    def present(self, term: Number) -> bool:
        """Whether the number is there in every world."""
        return surely_present(term, self.domains, self.surely_shown)

    def _or_else(self, number: Number, value: Fraction) -> Number:
        if isinstance(number, Absent):
            return Constant(value)
        if isinstance(number, Table):
            return self._simplest(tables.filled(number, value))
        if isinstance(number, IfElse) and value == 0 and points_where_shown(number):
            return number.then  # nothing is ticked in a list that is not shown
        return number if self.present(number) else OrElse(number, value)

    def _product(self, left: Number, right: Number) -> Number:
        if isinstance(left, Constant):
            return self._sum(((left.value, right),))
        if isinstance(right, Constant):
            return self._sum(((right.value, left),))
        if isinstance(left, Absent) or isinstance(right, Absent):
            return Absent()
        table = tables.multiplied(left, right)
        return self._simplest(table) if table else Product(left, right)

    def _least(self, parts: tuple[Number, ...]) -> Number:
        kept = tuple(dict.fromkeys(part for part in parts if not isinstance(part, Absent)))
        if not kept:
            return Absent()
        table = tables.least(kept)
        return kept[0] if len(kept) == 1 else self._simplest(table) if table else Least(kept)

    def _mean(self, parts: tuple[Number, ...]) -> Number:
        kept = tuple(part for part in parts if not isinstance(part, Absent))
        if not kept:
            return Absent()
        if all(self.present(part) for part in kept):
            return self._sum(tuple((Fraction(1, len(kept)), part) for part in kept))
        return Mean(kept)

    def _if_else(self, condition: Truth, then: Number, otherwise: Number) -> Number:
        if condition in (ALWAYS, NEVER) or then == otherwise:
            return otherwise if condition == NEVER else then
        if isinstance(condition, Test):
            table = tables.chosen(condition, then, otherwise, self._size(condition.name))
            if table is not None:
                return self._simplest(table)
        return IfElse(condition, then, otherwise)

    def _floor(self, number: Number) -> Number:
        if isinstance(number, Constant):
            return Constant(Fraction(floor(number.value)))
        return self._simplest(tables.floored(number)) if isinstance(number, Table) else Floor(number)
