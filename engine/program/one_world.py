"""An instrument in one world, exactly, for z3: nothing is a range here, each item says one thing or is not shown.

It shares neither rewriting nor lines with the program that a record is assessed by, so each is a witness of the other.
Variables are made when first spoken of: a question about one outcome holds nothing but what decides that outcome.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import z3  # type: ignore[import-untyped]

from engine.format.instrument import CHOICES, Instrument, Item, Outcome
from engine.language.reads import reads
from engine.language.terms import (
    ALWAYS,
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
from engine.program import names, raw
from engine.program.domain import LAST_DAY, bounds
from engine.program.maybe import Z3, Algebra, Maybe
from engine.program.raw import Raw, Said, Value


class Scope:
    """Items by name, and the conditions and numbers that speak of them: a world, or one entry of a repeat."""

    def __init__(self, items: Mapping[str, Item], algebra: Algebra, label: str, today: Z3) -> None:
        """Start with no variables but the assessment date."""
        self.items, self.algebra, self.label, self.today = items, algebra, label, today
        self.raws: dict[str, Raw] = {}
        self._truths: dict[Truth, Z3] = {}
        self._numbers: dict[Number, Maybe] = {}

    def raw(self, name: str) -> Raw:
        """Return what an item would say if it were shown."""
        if name not in self.raws:
            self.raws[name] = raw.made(self.items[name], f"{self.label}{name}", self.algebra.context)
        return self.raws[name]

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

    def shown(self, name: str) -> Z3:
        """Return whether an item applies."""
        return self.truth(self.items[name].applies_if)

    def choice(self, name: str) -> Z3:
        """Return the option (from 1), or 0 where the item is not shown."""
        return self.algebra.pick(self.shown(name), self.raw(name).value, self.algebra.exact(0))

    def places(self, name: str) -> range:
        """Return what a choice can be: its options or levels, and 0."""
        return range(len(self.items[name].options) + 1)

    def answer(self, name: str) -> Maybe:
        """Return the number of a number or date item."""
        if name == "today":
            return Maybe(self.today, self.algebra.true())
        scale = bounds(self.items[name]).denominator
        value = self.raw(name).value
        return Maybe(value if scale == 1 else self.algebra.exact(Fraction(1, scale)) * value, self.shown(name))

    def recorded(self, term: Recorded) -> Z3:
        """Return what the record says of itself; of an entry it says nothing."""
        raise _not_of_a_world(term)

    def entries(self, question: Count | Latest) -> Maybe:
        """Return what is asked of the entries of a repeat; an entry has none."""
        raise _not_of_a_world(question)

    def _truth(self, term: Truth) -> Z3:
        algebra = self.algebra
        match term:
            case Test(name, allowed):
                held = [place for place in self.places(name) if allowed >> place & 1]
                return algebra.one_of(self.choice(name), held)
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
        raise _not_of_a_world(term)

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
                return Maybe(algebra.tick(self.truth(truth)), algebra.true())
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
                return self.entries(term)
        raise _not_of_a_world(term)

    def _table(self, term: Table) -> Maybe:
        choice, found, absent = self.choice(term.name), self.algebra.exact(0), []
        for place in self.places(term.name):
            low, high = term.lowest[place], term.highest[place]
            if low is None or high is None:
                absent.append(place)
            else:
                value = self.algebra.exact(low) if low == high else self.raw(term.name).points
                found = self.algebra.pick(choice == place, value, found)
        present = [place for place in self.places(term.name) if place not in absent]
        return Maybe(found, self.algebra.one_of(choice, present) if absent else self.algebra.true())


def _not_of_a_world(term: object) -> TypeError:
    return TypeError(f"{term} cannot be asked of one world")


@dataclass(frozen=True, slots=True)
class Witness:
    """One world that z3 found: what the items say that matter, shown or not; the points of answers without a number;
    the levels that an assessor picks; what the record was taken to say of itself; the assessment date.
    """

    answers: Mapping[str, Value]
    points: Mapping[str, Fraction]
    judged: Mapping[str, int]
    recorded: Mapping[Recorded, bool]
    today: int


class OneWorld(Scope):
    """An instrument in one world.

    A second world `like` another says the same raw values, save for the items in `but`: what it shares are variables,
    so one may ask what a change of those items alone can do. Worlds asked about together must be like one another.
    """

    def __init__(
        self, instrument: Instrument, *, label: str = "", like: OneWorld | None = None, but: frozenset[str] = frozenset()
    ) -> None:
        """Make a world in a z3 context of its own: contexts are not shared between threads, and in a fresh one the
        same question always takes the same course.
        """
        algebra = like.algebra if like else Algebra(z3.Context())
        today = like.today if like else z3.Int("today", algebra.context)
        super().__init__(instrument.items, algebra, label, today)
        self.instrument, self.like, self.but = instrument, like, but
        self.flags: dict[Recorded, Z3] = {} if like is None else like.flags
        self.judged: dict[str, Z3] = {} if like is None else like.judged
        self._shown: dict[str, Z3] = {}
        self._choices: dict[str, Z3] = {}
        self._scores: dict[str, Maybe] = {}
        self._entries: dict[str, tuple[Scope, ...]] = {}

    def truth(self, term: Truth) -> Z3:
        """Return whether a condition holds in this world."""
        self._before(term)
        return super().truth(term)
