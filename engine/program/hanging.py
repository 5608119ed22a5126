"""On which items an outcome still hangs: one more reading of the same lines, in sets of items instead of bounds.

Of each condition and number a line says which items may still change it: none where it is settled, else those on which
its open parts hang. An item that is not among them changes nothing, whatever else is answered. That an item is among
them does not prove that it changes anything: a sum may leave out the one value that would be needed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cached_property

from engine.format.instrument import Instrument, Outcome
from engine.language.terms import (
    All,
    Answer,
    AnyOf,
    Applies,
    Chosen,
    Compare,
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
from engine.program import names
from engine.program.build import _Builder as Builder
from engine.program.by_rule import Reader
from engine.program.compiler import Compiled, Program, assembled
from engine.program.lines import TRUE, NumberLine, TruthLine, chained, scaled

NOTHING = "0"


class Hanging:
    """Programs whose results are sets of items: bit i is the i-th of the instrument's items. Their arguments are those
    of every program of the instrument.
    """

    def __init__(self, compiled: Compiled) -> None:
        """Write the lines of the instrument once more, and the sets beside them."""
        instrument = compiled.instrument
        builder = Builder(instrument, compiled.whole.merger, compiled.two_way, Reader(instrument, reading=False))
        for name in instrument.order:
            if name in instrument.items:
                builder.item(instrument.items[name])
            elif name in instrument.scores:
                builder.score(instrument.scores[name])
            else:
                builder.outcome(instrument.outcomes[name])
        self.bits = {item: 1 << place for place, item in enumerate(instrument.items)}
        writer = _Writer(instrument, builder, self.bits)
        self._lines = {outcome.id: writer.levels(outcome) for outcome in instrument.outcomes.values()}
        self._build = builder.done
        self._alone: dict[str, Program] = {}

    @cached_property
    def program(self) -> Program:
        """The sets on which the outcomes hang, in their order."""
        return assembled(self._build, tuple(self._lines.values()))

    def alone(self, outcome: str) -> Program:
        """Return the program of the set on which this outcome hangs."""
        if outcome not in self._alone:
            self._alone[outcome] = assembled(self._build, (self._lines[outcome],))
        return self._alone[outcome]


class _Writer:
    """Writes, for merged terms, the sets of items they hang on."""

    def __init__(self, instrument: Instrument, builder: Builder, bits: Mapping[str, int]) -> None:
        self.instrument, self.bits = instrument, bits
        self.merger, self.emitter, self.lines = builder.merger, builder.emitter, builder.done.lines
        self.asked = builder.done.entries
        self._known: dict[Truth | Number, str] = {}

    def levels(self, outcome: Outcome) -> str:
        """Return the set on which an outcome's level hangs."""
        self.lines.speak_of(f"{outcome.id}__hangs")
        return self._choice(outcome.id, range(len(outcome.levels) + 1))

    def truth(self, term: Truth) -> str:
        """Return the set on which a condition hangs."""
        if term not in self._known:
            inner = self._truth(term)
            value = self.emitter.truth(term)
            self._known[term] = inner if inner == NOTHING else self._where(_open(value), inner)
        return self._known[term]

    def _truth(self, term: Truth) -> str:
        match term:
            case Test(name, allowed):
                return self._choice(name, [allowed >> bit & 1 for bit in range(self.merger.domains[name].bit_length())])
            case Applies(name):
                return self._gate(name)
            case Chosen(name, option):
                undecided = f"({names.surely(name)} ^ {names.possibly(name)}) >> {option} & 1"
                return self._union([self._where(undecided, self._own(name)), self._gate(name)])
            case Compare(_, left, right):
                return self._union([self.number(left), self.number(right)])
            case All(parts) | AnyOf(parts):
                return self._union(self.truth(part) for part in parts)
            case Not(part):
                return self.truth(part)
            case _:
                return NOTHING

    def number(self, term: Number) -> str:
        """Return the set on which a number hangs."""
        if term not in self._known:
            inner = self._number(term)
            value = self.emitter.number(term)
            ends = f"({value.lowest} != {value.highest}) & {value.present.may}"
            present = f" | {_open(value.present)}" if value.present.must != value.present.may else ""
            self._known[term] = inner if inner == NOTHING else self._where(f"{ends}{present}", inner)
        return self._known[term]

    def _number(self, term: Number) -> str:
        match term:
            case Table(name, lowest, highest):
                return self._choice(name, list(zip(lowest, highest, strict=True)))
            case Answer(name):
                return self._answer(name)
            case Tick(truth):
                return self.truth(truth)
            case Sum(terms):
                return self._union(self.number(number) for _, number in terms)
            case OrElse(number, _) | Floor(number):
                return self.number(number)
            case Product(left, right):
                return self._union([self.number(left), self.number(right)])
            case Least(parts):
                whole = self.emitter.number(term)
                return self._union(self._where(self._below(part, whole), self.number(part)) for part in parts)
            case Mean(parts):
                return self._union(self.number(part) for part in parts)
            case IfElse(condition, then, otherwise):
                taken = self.emitter.truth(condition)
                either = (
                    self._where(taken.may, self.number(then)),
                    self._where(f"{taken.must} ^ True", self.number(otherwise)),
                )
                return self._union([self.truth(condition), *either])
            case Count() | Latest():
                return self._entries(term)
            case _:
                return NOTHING

    def _below(self, part: Number, whole: NumberLine) -> str:
        """Whether a part may be less than the most that the least of all can be, or decide whether there is any."""
        one = self.emitter.number(part)
        lowest = scaled(one.lowest, whole.denominator // one.denominator)
        return f"({lowest} < {whole.highest}) | ({whole.present.must} ^ True)"

    def _answer(self, name: str) -> str:
        if name == "today":
            return NOTHING
        score = self.instrument.scores.get(name)
        if score is None:
            ends = f"{names.lowest(name)} != {names.highest(name)}"
            return self._union([self._where(ends, self._own(name)), self._gate(name)])
        value = NOTHING if score.value is None else self.number(self.merger.owned_number(score.value))
        return self._union([value, self._gate(name)])

    def _entries(self, term: Count | Latest) -> str:
        name = self.asked[term]
        text = f"({names.lowest(name)} != {names.highest(name)})"
        if isinstance(term, Latest):
            text = f"{text} & {name}__may | ({name}__must ^ {name}__may)"
        return self._union([self._where(text, self._own(term.repeat)), self._gate(term.repeat)])

    def _choice(self, name: str, kinds: Sequence[Hashable]) -> str:
        """The set on which it hangs of which kind a choice is; `kinds` tells the kind of each bit."""
        gate = self._gate(name) if self.merger.domains[name] & 1 else NOTHING
        outcome = self.instrument.outcomes.get(name)
        if outcome is not None:
            return self._union([*self._conditions(outcome, kinds), gate])
        mask = names.mask(name)
        groups: dict[Hashable, int] = {}
        for bit in range(1, len(kinds)):
            groups[kinds[bit]] = groups.get(kinds[bit], 0) | 1 << bit
        every = sum(groups.values())
        spans = [f"(({mask} & {one}) != 0) & (({mask} & {every & ~one}) != 0)" for one in list(groups.values())[1:]]
        return self._union([self._where(chained(" | ", spans), self._own(name)) if spans else NOTHING, gate])

    def _conditions(self, outcome: Outcome, kinds: Sequence[Hashable]) -> Iterable[str]:
        """A level's condition matters where the level and a lower one of another kind are possible."""
        if outcome.by_judgement:
            return
        mask = self.emitter.masks[outcome.id]
        for place, level in enumerate(outcome.levels[1:], start=2):
            others = sum(1 << bit for bit in range(1, place) if kinds[bit] != kinds[place])
            if others:
                yield self._where(
                    f"(({mask} & {1 << place}) != 0) & (({mask} & {others}) != 0)",
                    self.truth(self.merger.owned(level.when)),
                )

    def _gate(self, name: str) -> str:
        one = self.instrument
        owner = one.items.get(name) or one.scores.get(name) or one.outcomes[name]
        return self.truth(self.merger.owned(owner.applies_if))

    def _own(self, name: str) -> str:
        return str(self.bits[name])

    def _where(self, condition: str, inner: str) -> str:
        if NOTHING in (condition, inner):
            return NOTHING
        return inner if condition == TRUE else self.lines.line(f"({condition}) * ({inner})", "hangs")

    def _union(self, sets: Iterable[str]) -> str:
        kept = list(dict.fromkeys(one for one in sets if one != NOTHING))
        if len(kept) < 2:
            return kept[0] if kept else NOTHING
        return self.lines.line(chained(" | ", kept), "hangs")


def _open(value: TruthLine) -> str:
    return NOTHING if value.must == value.may else f"({value.must} ^ {value.may})"
