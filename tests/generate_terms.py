"""Random conditions and calculations over the names that stand earlier.

`rising` speech only ever rises with every answer: the range of what it decides must be certified exact. Wild speech
uses the whole language: negations, negative weights, products, absent numbers, tests that include *not shown*.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar, get_args

from engine.format.instrument import CHOICES, Item, Outcome
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
    Comparison,
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
    RecordWord,
    Sum,
    Table,
    Test,
    Tick,
    Truth,
)

T = TypeVar("T")
ONE, ZERO, HALF = Fraction(1), Fraction(0), Fraction(1, 2)
WEIGHTS = tuple(Fraction(n) for n in ("1", "2", "-1", "1/2", "-3/2", "0", "1/3", "-2"))


@dataclass(frozen=True, slots=True)
class Dice:
    """Where choices come from: a whole number from the first to the second, both included."""

    whole: Callable[[int, int], int]

    def one(self, things: Sequence[T]) -> T:
        return things[self.whole(0, len(things) - 1)]

    def often(self, tenths: int) -> bool:
        return self.whole(0, 9) >= 10 - tenths

    def some(self, things: Sequence[T], at_least: int = 0) -> list[T]:
        kept = [thing for thing in things if self.whole(0, 1)]
        return kept if len(kept) >= at_least else list(things[:at_least])


@dataclass(slots=True)
class Speech:
    """What can be spoken of so far, and how. `recorded` allows the words that speak of the record; `dense`
    speech says much about little, so that one answer is used in many ways.
    """

    dice: Dice
    rising: bool
    dense: bool = False
    choices: dict[str, int] = field(default_factory=dict)
    ticks: dict[str, list[int]] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    repeats: list[Item] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    points: list[Number] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    judged: list[str] = field(default_factory=list)
    recorded: bool = False

    def learn(self, item: Item) -> None:
        """Let what follows speak of this item."""
        if item.kind not in ("note", "text"):
            self.asked.append(item.id)
        if item.points is not None:
            self.points.append(item.points)
        if item.kind in CHOICES:
            self.choices[item.id] = len(item.options)
            return
        self.seen.append(item.id)
        if item.kind == "tick_all":
            bits = range(1, len(item.options) + 1)
            self.ticks[item.id] = [b for b in bits if not (self.rising and item.options[b - 1].on_its_own)]
        elif item.kind == "number" and item.low is not None:
            self.numbers.append(item.id)
        elif item.kind == "date":
            self.dates.append(item.id)
        elif item.kind == "repeat":
            self.repeats.append(item)

    def learn_outcome(self, outcome: Outcome) -> None:
        self.choices[outcome.id] = len(outcome.levels)
        self.judged.append(outcome.id)

    # conditions

    def truth(self, depth: int = 2) -> Truth:
        kind = self.dice.whole(4 if self.dense else 0, 9)
        if depth and kind >= 7:
            parts = tuple(self.truth(depth - 1) for _ in range(self.dice.whole(2, 3)))
            joined: Truth = All(parts) if kind == 7 else AnyOf(parts)
            return Not(joined) if kind == 9 and not self.rising else joined
        return self.simple()

    def simple(self) -> Truth:
        """One comparison."""
        ways: list[Callable[[], Truth]] = []
        if self.choices:
            ways += [self.test, self.test, self.test]
        if self.ticks:
            ways += [self.chosen]
        if self.numbers or self.points or self.repeats:
            ways += [self.compare, self.compare]
        if self.dates and not self.rising:
            ways += [self.recent]
        if self.seen:
            ways += [self.applies]
        if self.recorded and self.asked:
            ways += [self.speaks_of_record]
        if not ways:
            return ALWAYS if self.dice.often(5) else NEVER
        return self.dice.one(ways)()

    def test(self) -> Truth:
        name = self.dice.one(list(self.choices))
        return Test(name, self.allowed(self.choices[name]))

    def allowed(self, options: int) -> int:
        """Some options; the upper ones in rising speech; now and then *not shown* with them."""
        every = (2 << options) - 2
        if self.rising:
            return every & -(2 << self.dice.whole(0, options - 1))
        allowed = self.dice.whole(1, every >> 1) << 1
        return allowed | 1 if self.dice.often(1) else allowed

    def chosen(self) -> Truth:
        name = self.dice.one(list(self.ticks))
        term = Chosen(name, self.dice.one(self.ticks[name]))
        if self.rising or not self.dice.often(3):
            return term
        return All((Applies(name), Not(term)))

    def applies(self) -> Truth:
        term: Truth = Applies(self.dice.one(self.seen))
        return Not(term) if not self.rising and self.dice.often(3) else term

    def compare(self) -> Truth:
        if self.rising:
            return Compare(self.dice.one((">=", ">")), self.number(1), Constant(Fraction(self.dice.whole(1, 6))))
        left, right = self.number(1), self.constant() if self.dice.often(7) else self.number(1)
        if self.dice.often(3):
            left, right = right, left
        return Compare(self.dice.one(get_args(Comparison)), left, right)

    def recent(self) -> Truth:
        """`days_since(date) <= n`, and the like."""
        since = Sum(((ONE, Answer("today")), (-ONE, Answer(self.dice.one(self.dates)))))
        limit = Constant(Fraction(self.dice.whole(0, 3)))
        return Compare(self.dice.one((">=", ">", "==")), *((since, limit) if self.dice.often(5) else (limit, since)))

    def speaks_of_record(self) -> Truth:
        word = self.dice.one(get_args(RecordWord))
        names = self.judged if word == "judged" else self.asked
        term: Truth = Recorded(word, self.dice.one(names)) if names else NEVER
        return Not(term) if self.dice.often(3) else term

    # numbers

    def constant(self) -> Constant:
        return Constant(Fraction(self.dice.one((1, 2, 0, 3, 4, 5, -1)))) if self.dice.often(8) else Constant(-HALF)

    def leaf(self) -> Number:
        """A number that stands in the text itself."""
        ways: list[Callable[[], Number]] = [lambda: Tick(self.simple_choice())]
        if self.points:
            ways += [lambda: self.dice.one(self.points)] * 3
        if self.numbers:
            ways += [lambda: Answer(self.dice.one(self.numbers))] * 2
        if self.repeats:
            ways += [lambda: self.of_entries(self.dice.one(self.repeats))] * 2
        if self.dates and not self.rising:
            ways += [lambda: Sum(((ONE, Answer("today")), (-ONE, Answer(self.dice.one(self.dates)))))]
        if not self.rising:
            ways += [self.constant, self.either]
        return self.dice.one(ways)()

    def either(self) -> Number:
        """One constant or another, or none."""
        return IfElse(self.simple_choice(), self.constant(), self.constant() if self.dice.often(4) else Absent())

    def simple_choice(self) -> Truth:
        return self.test() if self.choices else self.chosen() if self.ticks else ALWAYS

    def number(self, depth: int = 2) -> Number:
        if not depth or self.dice.often(2):
            return self.leaf()
        if self.rising:
            return self.added()
        further = (self.added, self.added, self.stepped, self.branch, self.product, self.least, self.mean, self.odd)
        return self.dice.one(further)()

    def added(self) -> Number:
        """A sum, of those present or of all."""
        weights = (ONE, Fraction(2), HALF) if self.rising else WEIGHTS
        terms = []
        for _ in range(self.dice.whole(1, 3)):
            number = self.number(1) if not self.rising and self.dice.often(2) else self.leaf()
            loose = not self.rising and self.dice.often(3)
            terms.append((self.dice.one(weights), number if loose else OrElse(number, ZERO)))
        return Sum(tuple(terms)) if self.dice.often(8) else Floor(Sum((*terms, (HALF, Constant(ONE)))))

    def stepped(self) -> Number:
        """`steps(x, first, (from, value), …)`: absent where x is."""
        number = self.number(1)
        terms: list[tuple[Fraction, Number]] = [(ZERO, number), (ONE, self.constant())]
        for start in range(self.dice.whole(1, 2)):
            limit = Constant(Fraction(start * 2 + self.dice.whole(0, 1)))
            terms.append((self.dice.one(WEIGHTS), Tick(Compare(">=", number, limit))))
        return Sum(tuple(terms))

    def branch(self) -> Number:
        return IfElse(self.truth(1), self.number(1), self.number(1) if self.dice.often(6) else Absent())

    def product(self) -> Number:
        return Product(self.leaf(), self.leaf())

    def several(self) -> tuple[Number, ...]:
        return tuple(self.leaf() for _ in range(self.dice.whole(1, 3)))

    def least(self) -> Number:
        """The least, or the greatest as a Least of opposites."""
        parts = self.several()
        if self.dice.often(5):
            return Least(parts)
        return Sum(((-ONE, Least(tuple(Sum(((-ONE, part),)) for part in parts))),))

    def mean(self) -> Number:
        return Mean(self.several())

    def odd(self) -> Number:
        """What is rarer: rounding down, something instead of nothing, a table over a choice, the latest entry."""
        ways: list[Callable[[], Number]] = [
            lambda: Floor(Sum(((HALF, self.leaf()),))),
            lambda: OrElse(self.leaf(), Fraction(self.dice.one((0, 1, -1, 2)))),
        ]
        if self.choices:
            ways.append(self.table)
        if self.repeats:
            ways += [lambda: self.of_entries(self.dice.one(self.repeats))] * 3
        return self.dice.one(ways)()

    def table(self) -> Number:
        """A value for each level of an outcome or option of an item without points."""
        name = self.dice.one(list(self.choices))
        values = tuple(Fraction(self.dice.whole(-1, 3)) for _ in range(self.choices[name]))
        first = (None, ZERO, Fraction(2))[self.dice.whole(0, 2)]
        return Table(name, (first, *values), (first, *values))

    def of_entries(self, repeat: Item) -> Number:
        """How many entries satisfy a condition on their own fields, or the days since the latest."""
        dates = [one.id for one in repeat.fields if one.kind == "date"]
        if dates and self.dice.often(5):
            return Sum(((ONE, Answer("today")), (-ONE, Latest(repeat.id, dates[0]))))
        within = Speech(self.dice, rising=False)
        for one in repeat.fields:
            within.learn(one)
        return Count(repeat.id, within.truth(1) if self.dice.often(8) else ALWAYS)
