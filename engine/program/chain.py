"""The chain rule: which items can make an outcome's range inexact.

In everything an outcome depends on, each item is tested against sets of its values, with a sign (the complement under
`not`, `<`, subtraction). If the sets of every open item are nested, each item has an order in which everything only
rises, so one world attains all lowest ends at once and another all highest: at least and at most are exact. An item
whose sets are not nested is *two-way*; the range is made exact by running the program for each of its values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from engine.format.instrument import Instrument
from engine.language.terms import (
    ALWAYS,
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
    Sum,
    Table,
    Test,
    Tick,
    Truth,
)
from engine.program.merge import Merger

UP, DOWN = 1, -1
BOTH = (UP, DOWN)


@dataclass(slots=True)
class Uses:
    """How the items of a cone are used. `low` and `high` are the sets a choice is tested against, in positive form,
    as the lowest and the highest end see them (they differ only for options with `points: none`).
    """

    low: dict[str, set[int]] = field(default_factory=dict)
    high: dict[str, set[int]] = field(default_factory=dict)
    open_points: dict[str, set[int]] = field(default_factory=dict)
    numbers: dict[str, set[int]] = field(default_factory=dict)
    ticks: dict[tuple[str, int], set[int]] = field(default_factory=dict)
    repeats: dict[str, set[tuple[object, int]]] = field(default_factory=dict)


@dataclass(slots=True)
class Walker:
    """Visits everything an outcome depends on, once for each sign."""

    instrument: Instrument
    merger: Merger
    uses: Uses = field(default_factory=Uses)
    _seen: set[object] = field(default_factory=set)

    def truth(self, term: Truth, sign: int) -> None:
        """Visit a merged condition."""
        if (term, sign) in self._seen:
            return
        self._seen.add((term, sign))
        match term:
            case Test(name, allowed):
                self._choice(name, allowed if sign == UP else self.merger.domains[name] & ~allowed)
            case Applies(name):
                self.gate(name, sign)
            case Chosen(name, option):
                self.uses.ticks.setdefault((name, option), set()).add(sign)
                self.gate(name, sign)
            case Compare(op, left, right):
                signs = (UP, DOWN) if op in ("==", "!=") else (sign,)
                for one in signs:
                    self.number(left, one, sign)
                    self.number(right, -one, sign)
            case All(parts) | AnyOf(parts):
                shown = {part.name for part in parts if isinstance(part, Applies)} if isinstance(term, All) else set()
                for part in parts:
                    self._part(part, sign, shown)
            case Not(part):
                self.truth(part, -sign)

    def _part(self, part: Truth, sign: int, shown: set[str]) -> None:
        # "shown and not ticked" reads the visibility only in the direction of `shown`
        if isinstance(part, Not) and isinstance(part.part, Chosen) and part.part.name in shown:
            self.uses.ticks.setdefault((part.part.name, part.part.option), set()).add(-sign)
        else:
            self.truth(part, sign)

    def gate(self, name: str, sign: int) -> None:
        """Visit what decides whether an item, score or outcome applies."""
        owner = self.instrument.items.get(name) or self.instrument.scores.get(name) or self.instrument.outcomes[name]
        self.truth(self.merger.owned(owner.applies_if), sign)

    def _choice(self, name: str, wanted: int) -> None:
        for sets in (self.uses.low, self.uses.high):
            self._wants(sets, name, wanted)

    def _wants(self, sets: dict[str, set[int]], name: str, wanted: int) -> None:
        """Note that some of a choice's bits are wanted; of an outcome, visit what decides its levels."""
        if wanted in sets.setdefault(name, set()):
            return
        sets[name].add(wanted)
        self._visible(name, wanted)
        outcome = self.instrument.outcomes.get(name)
        if outcome is None or outcome.by_judgement:
            return
        # wanted levels that reach to the top only rise with the conditions; any other set reads them both ways
        levels = wanted & outcome.everything
        rising = levels and (levels | (levels & -levels) - 1) & outcome.everything == outcome.everything
        falling = levels and levels & (levels + 2) == 0
        signs = (UP,) if rising else (DOWN,) if falling else BOTH
        for level in outcome.levels[1:]:
            for sign in signs:
                self.truth(self.merger.owned(level.when), sign)

    def _visible(self, name: str, wanted: int) -> None:
        domain = self.merger.domains[name]
        if domain & 1 and wanted not in (0, domain):
            self.gate(name, DOWN if wanted & 1 else UP)

    def number(self, term: Number, sign: int, presence: int) -> None:
        """Visit a merged number that is wanted high (UP) or low, and there (UP) or absent."""
        if (term, sign, presence) in self._seen:
            return
        self._seen.add((term, sign, presence))
        match term:
            case Table():
                self._table(term, sign, presence)
            case Answer("today"):
                return
            case Answer(name):
                self._answer(name, sign, presence)
            case Tick(truth):
                self.truth(truth, sign)
            case Sum(terms):
                for weight, number in terms:
                    self.number(number, sign if weight >= 0 else -sign, presence)
            case OrElse(number, _):
                for one in BOTH if not self.merger.present(number) else (presence,):
                    self.number(number, sign, one)
            case Floor(number):
                self.number(number, sign, presence)
            case Count(repeat, _) | Latest(repeat, _):
                self.uses.repeats.setdefault(repeat, set()).add((term, sign))
                for one in (sign,) if isinstance(term, Count) else BOTH:
                    self.gate(repeat, one)
            case Product(left, right):
                for number in (left, right):
                    self._both_ways(number)
            case IfElse(condition, then, otherwise):
                for one in BOTH:
                    self.truth(condition, one)
                self.number(then, sign, presence)
                self.number(otherwise, sign, presence)
            case Least(parts) | Mean(parts):
                for part in parts:
                    for one in (presence,) if self.merger.present(part) else BOTH:
                        self.number(part, sign, one)

    def _both_ways(self, number: Number) -> None:
        for sign in BOTH:
            for presence in (UP,) if self.merger.present(number) else BOTH:
                self.number(number, sign, presence)

    def _answer(self, name: str, sign: int, presence: int) -> None:
        score = self.instrument.scores.get(name)
        if score is None:
            self.uses.numbers.setdefault(name, set()).add(sign)
        elif score.value is not None:
            self.number(self.merger.owned_number(score.value), sign, presence)
        self.gate(name, presence)

    def _table(self, term: Table, sign: int, presence: int) -> None:
        if term.lowest != term.highest:
            self.uses.open_points.setdefault(term.name, set()).add(sign)
        ends = (term.lowest, term.highest) if sign == UP else (term.highest, term.lowest)
        for row, sets in zip(ends, (self.uses.low, self.uses.high), strict=True):
            for wanted in self._wanted(row, sign, presence, self.merger.domains[term.name]):
                self._wants(sets, term.name, wanted)

    @staticmethod
    def _wanted(row: tuple[Fraction | None, ...], sign: int, presence: int, domain: int) -> list[int]:
        absent = sum(1 << bit for bit, value in enumerate(row) if value is None) & domain
        extra = absent if presence == DOWN else 0
        sets = [absent] if extra else []  # to be absent may be better than any value
        for edge in {value for value in row if value is not None}:
            bits = (
                1 << bit
                for bit, value in enumerate(row)
                if value is not None and (value >= edge if sign == UP else value <= edge)
            )
            sets.append(sum(bits) & domain | extra)
        return sets


def two_way(
    instrument: Instrument, merger: Merger, outcome_id: str
) -> tuple[dict[str, tuple[int, ...]], frozenset[str]]:
    """Return the items that fail the chain rule in this outcome, in page order, and those of them that cannot be made
    exact by running through their values (their points are open both ways).

    With each choice come the masks of options that the outcome cannot tell apart: one run serves each mask.
    """
    outcome = instrument.outcomes[outcome_id]
    walker = Walker(instrument, merger)
    for level in outcome.levels[1:]:
        walker.truth(merger.owned(level.when), UP)
    if outcome.applies_if != ALWAYS:
        for sign in BOTH:
            walker.truth(merger.owned(outcome.applies_if), sign)
    uses = walker.uses
    beyond = {name for name, signs in uses.open_points.items() if len(signs) > 1}
    failing = beyond | {name for sets in (uses.low, uses.high) for name, s in sets.items() if not _nested(s)}
    failing |= {name for name, signs in uses.numbers.items() if len(signs) > 1}
    failing |= {name for (name, _), signs in uses.ticks.items() if len(signs) > 1}
    failing |= _own_options(instrument, uses) | {name for name, kinds in uses.repeats.items() if len(kinds) > 1}
    failing |= {name for name, kinds in uses.repeats.items() if not _simple_entries(kinds)}
    order = [*instrument.items, *instrument.outcomes]
    kept = [name for name in order if name in failing and not _computed(instrument, name)]
    return {name: _alike(merger.domains.get(name, 0) & ~1, uses, name) for name in kept}, frozenset(beyond)


def _alike(domain: int, uses: Uses, name: str) -> tuple[int, ...]:
    sets = uses.low.get(name, set()) | uses.high.get(name, set())
    alike: dict[frozenset[int], int] = {}
    for bit in range(1, domain.bit_length()):
        if domain >> bit & 1:
            kind = frozenset(wanted for wanted in sets if wanted >> bit & 1)
            alike[kind] = alike.get(kind, 0) | 1 << bit
    return tuple(alike.values())


def _computed(instrument: Instrument, name: str) -> bool:
    return name in instrument.outcomes and not instrument.outcomes[name].by_judgement


def _nested(sets: set[int]) -> bool:
    return all(a & b == a for a, b in pairwise(sorted(sets, key=lambda bits: bits.bit_count())))


def _own_options(instrument: Instrument, uses: Uses) -> set[str]:
    """Tick lists with several on-its-own options where one is tested together with anything else."""
    tested: dict[str, set[int]] = {}
    for name, option in uses.ticks:
        tested.setdefault(name, set()).add(option)
    failing = set()
    for name, options in tested.items():
        own = {place for place, option in enumerate(instrument.items[name].options, 1) if option.on_its_own}
        if options & own and (len(options) > 1 or DOWN in uses.ticks[name, next(iter(options))]):
            failing.add(name)
    return failing


def _simple_entries(kinds: set[tuple[object, int]]) -> bool:
    """Whether the only use of a repeat is one count of a single test, so that its ends are attained together."""
    term = next(iter(kinds))[0]
    condition = term.condition if isinstance(term, Count) else None
    if isinstance(condition, Compare) and condition.op in (">=", ">"):
        read = [name for side in (condition.left, condition.right) for name in _read_plainly(side)]
        return None not in read and len(set(read)) == len(read)
    return isinstance(condition, Test) or condition == ALWAYS


def _read_plainly(number: Number) -> list[str | None]:
    """The names a sum reads, and None for anything in it but names and constants."""
    match number:
        case Constant():
            return []
        case Answer(name):
            return [name]
        case Sum(terms):
            return [name for _, one in terms for name in _read_plainly(one)]
        case _:
            return [None]
