"""Turn merged terms into lines: for each condition what must and may hold, for each number its lowest and highest."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import lcm

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
from engine.program.emit_numbers import Arithmetic
from engine.program.lines import NEVER_TRUE, SURE, TABLE_BITS, Lines, NumberLine, TruthLine, chained, scaled
from engine.program.merge import Merger

TICKED_AT_ONCE = 8  # ticks of longer lists are looked up in parts


@dataclass(slots=True)
class Emitter:
    """Lines under construction, and what the names known so far stand for.

    `masks` are the lines of choices, `ticks` the two of a tick list (surely, possibly ticked), `tick_bits` how many
    bits these have, `shown` those of visibility, `numbers` those of number and date items, scores, counts and latest
    dates. `largest` is the largest whole number that any of them can come to.
    """

    merger: Merger
    lines: Lines
    masks: dict[str, str] = field(default_factory=dict)
    ticks: dict[str, tuple[str, str]] = field(default_factory=dict)
    tick_bits: dict[str, int] = field(default_factory=dict)
    shown: dict[str, TruthLine] = field(default_factory=dict)
    numbers: dict[object, NumberLine] = field(default_factory=dict)
    flags: dict[Recorded, str] = field(default_factory=dict)
    largest: int = 0
    _truths: dict[Truth, TruthLine] = field(default_factory=dict)
    _numbers: dict[Number, NumberLine] = field(default_factory=dict)

    def truth(self, term: Truth) -> TruthLine:
        """Return the lines of a merged condition."""
        if term not in self._truths:
            self._truths[term] = self._truth(term)
        return self._truths[term]

    def number(self, term: Number) -> NumberLine:
        """Return the lines of a merged number."""
        if term not in self._numbers:
            number = self._numbers[term] = self._number(term)
            self._reach(number, 1)
        return self._numbers[term]

    def _reach(self, number: NumberLine, factor: int) -> None:
        self.largest = max(self.largest, abs(number.least) * factor, abs(number.greatest) * factor)

    def _truth(self, term: Truth) -> TruthLine:
        lines = self.lines
        match term:
            case Test(name, allowed):
                mask, domain = self.masks[name], self.merger.domains[name]
                must = lines.none_of_bits(mask, domain & ~allowed, domain.bit_length(), "must")
                return TruthLine(must, lines.any_of_bits(mask, allowed, domain.bit_length(), "may"))
            case Applies(name):
                return self.shown[name]
            case Chosen(name, option):
                return self._ticked(name, 1 << option)
            case Compare(op, left, right):
                return self._compare(op, self.number(left), self.number(right))
            case All(parts):
                return lines.all_of(self._parts(parts, every=True))
            case AnyOf(parts):
                return lines.any_of(self._parts(parts, every=False))
            case Not(part):
                return lines.negated(self.truth(part))
            case Recorded(word, name):
                flag = TruthLine(self.flags[term], self.flags[term])
                # what was said to a question that has closed since is not said any more
                of_item = word in ("answered", "dont_know", "declined")
                return lines.all_of([flag, self.shown[name]]) if of_item else flag
            case _:
                message = f"{term} belongs in a guarantee, not in a program"
                raise TypeError(message)

    def _parts(self, parts: tuple[Truth, ...], *, every: bool) -> list[TruthLine]:
        """The lines of joined conditions. Of one tick list, "any of these is ticked" is a single test, and so is
        "none of these is".
        """
        ticked: dict[str, int] = {}
        found = []
        for part in parts:
            inner = part.part if every and isinstance(part, Not) else part
            if isinstance(inner, Chosen) and (inner is not part) == every:
                ticked[inner.name] = ticked.get(inner.name, 0) | 1 << inner.option
            else:
                found.append(self.truth(part))
        return found + [self._ticked(name, options, none=every) for name, options in ticked.items()]

    def _ticked(self, name: str, options: int, *, none: bool = False) -> TruthLine:
        (surely, possibly), size = self.ticks[name], self.tick_bits[name]
        if none:
            must = self.lines.none_of_bits(possibly, options, size, "must")
            return TruthLine(must, self.lines.none_of_bits(surely, options, size, "may"))
        must = self.lines.any_of_bits(surely, options, size, "must")
        return TruthLine(must, self.lines.any_of_bits(possibly, options, size, "may"))

    def _compare(self, op: str, left: NumberLine, right: NumberLine) -> TruthLine:
        common = lcm(left.denominator, right.denominator)
        a, b = (
            (scaled(n.lowest, common // n.denominator), scaled(n.highest, common // n.denominator))
            for n in (left, right)
        )
        for number in (left, right):
            self._reach(number, common // number.denominator)
        lines = self.lines
        if op in (">=", ">"):
            must, may = f"{a[0]} {op} {b[1]}", f"{a[1]} {op} {b[0]}"
        else:
            must, may = f"({a[0]} >= {b[1]}) & ({b[0]} >= {a[1]})", f"({a[1]} >= {b[0]}) & ({b[1]} >= {a[0]})"
        value = TruthLine(lines.line(must, "must"), lines.line(may, "may"))
        if op == "!=":
            value = lines.negated(value)
        return lines.all_of([value, left.present, right.present])

    def _number(self, term: Number) -> NumberLine:
        arithmetic = Arithmetic(self.lines)
        match term:
            case Constant(value):
                return arithmetic.constant(value)
            case Absent():
                return NumberLine("0", "0", NEVER_TRUE, 1, 0, 0)
            case Answer() | Count() | Latest():
                return self.numbers[term]
            case Table():
                return self._table(term)
            case Tick(truth):
                return arithmetic.tick(self.truth(truth))
            case Sum(terms):
                return self._sum(terms, arithmetic)
            case OrElse(number, value):
                return arithmetic.or_else(self.number(number), value)
            case Product(left, right):
                return arithmetic.product(self.number(left), self.number(right))
            case Least(parts):
                return arithmetic.least([self.number(part) for part in parts])
            case Mean(parts):
                return arithmetic.mean([self.number(part) for part in parts])
            case IfElse(condition, then, otherwise):
                return arithmetic.if_else(self.truth(condition), self.number(then), self.number(otherwise))
            case Floor(number):
                return arithmetic.floor(self.number(number))
            case _:
                message = f"{term} belongs in a guarantee, not in a program"
                raise TypeError(message)

    def _sum(self, terms: tuple[tuple[Fraction, Number], ...], arithmetic: Arithmetic) -> NumberLine:
        """The lines of a sum. What is ticked in one list is looked up together."""
        weights: dict[str, dict[int, Fraction]] = {}
        found = []
        for weight, number in terms:
            if isinstance(number, Tick) and isinstance(number.truth, Chosen):
                ticked = weights.setdefault(number.truth.name, {})
                ticked[number.truth.option] = ticked.get(number.truth.option, Fraction(0)) + weight
            else:
                found.append((weight, self.number(number)))
        one = Fraction(1)
        return arithmetic.sum(found + [(one, self._tick_points(name, each)) for name, each in weights.items()])

    def _tick_points(self, name: str, weights: dict[int, Fraction]) -> NumberLine:
        denominator = lcm(*(weight.denominator for weight in weights.values()))
        exact = {option: int(weight * denominator) for option, weight in weights.items()}
        (surely, possibly), size = self.ticks[name], self.tick_bits[name]
        more = {option: weight for option, weight in exact.items() if weight > 0}
        less = {option: weight for option, weight in exact.items() if weight < 0}
        ends = [
            self.lines.line(
                chained(" + ", self._ticked_sum(a, size, more) + self._ticked_sum(b, size, less)) or "0", end
            )
            for a, b, end in ((surely, possibly, "lo"), (possibly, surely, "hi"))
        ]
        return NumberLine(ends[0], ends[1], SURE, denominator, sum(less.values()), sum(more.values()))

    def _ticked_sum(self, mask: str, size: int, weights: dict[int, int]) -> list[str]:
        """Look up the sum of what is ticked; of long lists, eight options at a time."""
        if weights and size <= TABLE_BITS:
            table = tuple([sum([w for o, w in weights.items() if bits >> o & 1]) for bits in range(1 << size)])
            return [f"{self.lines.table(table)}[{mask}]"]
        parts = []
        for shift in range(0, max(weights, default=-1) + 1, TICKED_AT_ONCE):
            bits = range(1 << TICKED_AT_ONCE)
            table = tuple(sum(w for o, w in weights.items() if o >= shift and b >> o - shift & 1) for b in bits)
            if any(table):
                parts.append(f"{self.lines.table(table)}[{mask} >> {shift} & 255]")
        return parts

    def _table(self, term: Table) -> NumberLine:
        domain, mask = self.merger.domains[term.name], self.masks[term.name]
        known = [value for row in (term.lowest, term.highest) for value in row if value is not None]
        denominator = lcm(*(value.denominator for value in known))
        low, high = (
            [None if value is None else int(value * denominator) for value in row]
            for row in (term.lowest, term.highest)
        )
        least, greatest = min(v for v in low if v is not None), max(v for v in high if v is not None)
        gap = sum(1 << bit for bit, value in enumerate(low) if value is None and domain >> bit & 1)
        present = self.truth(Test(term.name, domain & ~gap)) if gap else SURE
        build = self._look_up if domain.bit_length() <= TABLE_BITS else self._staircase
        lowest, highest = build(mask, low, high)
        return NumberLine(lowest, highest, present, denominator, least, greatest)

    def _look_up(self, mask: str, low: list[int | None], high: list[int | None]) -> tuple[str, str]:
        size = 1 << len(low)
        lowest, highest = [0] * size, [0] * size
        for bits in range(size):
            lows = [value for bit, value in enumerate(low) if value is not None and bits >> bit & 1]
            highs = [value for bit, value in enumerate(high) if value is not None and bits >> bit & 1]
            lowest[bits], highest[bits] = min(lows, default=0), max(highs, default=0)
        lines = self.lines
        return (
            lines.line(f"{lines.table(tuple(lowest))}[{mask}]", "lo"),
            lines.line(f"{lines.table(tuple(highest))}[{mask}]", "hi"),
        )

    def _staircase(self, mask: str, low: list[int | None], high: list[int | None]) -> tuple[str, str]:
        """The least value and a step up to each further one: lowest takes the steps below which nothing is possible,
        highest those at or above which something is.
        """

        def climb(values: list[int | None], end: str) -> str:
            steps = sorted({value for value in values if value is not None})
            parts = [str(steps[0])]
            for before, value in pairwise(steps):
                below = sum(1 << bit for bit, v in enumerate(values) if v is not None and v < value)
                above = sum(1 << bit for bit, v in enumerate(values) if v is not None and v >= value)
                reached = f"(({mask} & {below}) == 0)" if end == "lo" else f"(({mask} & {above}) != 0)"
                parts.append(f"{value - before} * {reached}")
            return self.lines.line(chained(" + ", parts), end)

        return climb(low, "lo"), climb(high, "hi")
