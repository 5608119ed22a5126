"""Conditions and numbers in one world, for z3: nothing is a range here, every item says one thing or is not shown."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from engine.format.instrument import Item
from engine.language.terms import (
    Absent,
    All,
    Answer,
    AnyOf,
    Applies,
    Chosen,
    Compare,
    Constant,
    Count,
    Floor,
    IfElse,
    Latest,
    Least,
    Mean,
    Not,
    Number,
    OrElse,
    Product,
    Recorded,
    Sum,
    Table,
    Test,
    Tick,
    Truth,
)
from engine.program import raw
from engine.program.domain import bounds
from engine.program.maybe import Z3, Algebra, Maybe
from engine.program.raw import Raw


class Scope:
    """Items by name, and what is said of them: one entry of a repeat, or (as `OneWorld`) a whole instrument.

    Variables are made when they are first spoken of, so a question holds nothing but what decides it. `spread` has for
    each choice that is counted or summed a 1 for the value it has and a 0 for every other: z3 is told that these make
    1, and then sees at once what sums over a choice cannot be, where else it would try one value after the other.
    """

    def __init__(self, items: Mapping[str, Item], algebra: Algebra, label: str, today: Z3) -> None:
        """Start with no variable but the assessment date."""
        self.items, self.algebra, self.label, self.today = items, algebra, label, today
        self.listed = algebra.true()
        self.raws: dict[str, Raw] = {}
        self.spread: dict[str, list[Z3]] = {}
        self._truths: dict[Truth, Z3] = {}
        self._numbers: dict[Number, Maybe] = {}

    def truth(self, term: Truth) -> Z3:
        """Return whether a condition holds in this world."""
        if term not in self._truths:
            self._truths[term] = self._truth(term)
        return self._truths[term]

    def number(self, term: Number) -> Maybe:
        """Return a number of this world."""
        if term not in self._numbers:
            self._numbers[term] = self._number(term)
        return self._numbers[term]

    def raw(self, name: str) -> Raw:
        """Return what an item would say if it were shown."""
        if name not in self.raws:
            one = self.raws[name] = raw.made(self.items[name], f"{self.label}{name}", self.algebra)
            self.algebra.facts.extend(raw.domain(one, self.today))
        return self.raws[name]

    def shown(self, name: str) -> Z3:
        """Return whether an item applies."""
        return self.algebra.every([self.listed, self.truth(self.items[name].applies_if)])

    def choice(self, name: str) -> Z3:
        """Return the option (from 1), or 0 where the item is not shown."""
        return self.algebra.pick(self.shown(name), self.raw(name).value, self.algebra.exact(0))

    def places(self, name: str) -> range:
        """Return what a choice can be: its options or levels, and 0."""
        return range(len(self.items[name].options) + 1)

    def answer(self, name: str) -> Maybe:
        """Return the number of a number item, or the day of a date item."""
        if name == "today":
            return Maybe(self.today, self.algebra.true())
        scale, value = bounds(self.items[name]).denominator, self.raw(name).value
        return Maybe(self.algebra.times(Fraction(1, scale), value), self.shown(name))

    def recorded(self, term: Recorded) -> Z3:
        """Return what the record says of itself."""
        raise not_of_a_world(term)

    def asked(self, question: Count | Latest) -> Maybe:
        """Return what is asked of the entries of a repeat."""
        raise not_of_a_world(question)

    def _truth(self, term: Truth) -> Z3:
        algebra = self.algebra
        match term:
            case Test(name, allowed):
                return algebra.one_of(self.choice(name), [place for place in self.places(name) if allowed >> place & 1])
            case Applies(name):
                return self.shown(name)
            case Chosen(name, option):
                return algebra.every([self.shown(name), self.raw(name).ticks[option - 1]])
            case Compare(op, left, right):
                return algebra.compare(op, self.number(left), self.number(right))
            case All(parts):
                return algebra.every([self.truth(part) for part in parts])
            case AnyOf(parts):
                return algebra.some([self.truth(part) for part in parts])
            case Not(part):
                return algebra.opposite(self.truth(part))
            case Recorded():
                return self.recorded(term)
        raise not_of_a_world(term)

    def _number(self, term: Number) -> Maybe:
        algebra = self.algebra
        match term:
            case Constant(value):
                return algebra.constant(value)
            case Absent():
                return algebra.absent()
            case Answer(name):
                return self.answer(name)
            case Table():
                return self._table(term)
            case Tick(truth):
                return Maybe(self.tick(truth), algebra.true())
            case Sum(terms):
                return algebra.sum([(weight, self.number(number)) for weight, number in terms])
            case OrElse(number, value):
                return algebra.or_else(self.number(number), value)
            case Product(left, right):
                return algebra.product(self.number(left), self.number(right))
            case Least(parts):
                return algebra.least([self.number(part) for part in parts])
            case Mean(parts):
                return algebra.mean([self.number(part) for part in parts])
            case IfElse(condition, then, otherwise):
                return algebra.if_else(self.truth(condition), self.number(then), self.number(otherwise))
            case Floor(number):
                return algebra.floor(self.number(number))
            case Count() | Latest():
                return self.asked(term)
        raise not_of_a_world(term)

    def tick(self, term: Truth) -> Z3:
        """Return 1 where the condition holds, else 0; of a choice as a sum of what it can be, which stays linear."""
        match term:
            case Test(name, allowed):
                return self.algebra.total(
                    [self._is(name, place) for place in self.places(name) if allowed >> place & 1]
                )
            case Not(part):
                return self.algebra.exact(1) - self.tick(part)
        return self.algebra.tick(self.truth(term))

    def _is(self, name: str, place: int) -> Z3:
        if name not in self.spread:
            choice = self.choice(name)
            ones = self.spread[name] = [self.algebra.tick(choice == one) for one in self.places(name)]
            self.algebra.facts.append(self.algebra.total(ones) == 1)
        return self.spread[name][place]

    def _table(self, term: Table) -> Maybe:
        algebra, values, present = self.algebra, [], []
        for place in self.places(term.name):
            low, high = term.lowest[place], term.highest[place]
            if low is None or high is None:
                continue
            present.append(place)
            if low != high:
                here = self.choice(term.name) == place
                values.append(algebra.pick(here, self.raw(term.name).points, algebra.exact(0)))
            elif low:
                values.append(algebra.times(low, self._is(term.name, place)))
        everywhere = len(present) == len(self.places(term.name))
        held = algebra.true() if everywhere else algebra.one_of(self.choice(term.name), present)
        return Maybe(algebra.total(values), held)


def not_of_a_world(term: object) -> TypeError:
    """Return the error that says that a term has no meaning in one world."""
    return TypeError(f"{term} cannot be asked of one world")
