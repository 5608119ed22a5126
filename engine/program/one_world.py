"""An instrument in one world, exactly, for z3.

It shares neither the rewriting nor the lines of the program that assesses a record: each is a witness of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import z3  # type: ignore[import-untyped]

from engine.format.instrument import CHOICES, Instrument, Outcome
from engine.language.reads import reads
from engine.language.terms import Count, Latest, Number, Recorded, Test, Truth
from engine.program import names, raw
from engine.program.depends import terms_of
from engine.program.domain import LAST_DAY
from engine.program.maybe import Z3, Algebra, Maybe
from engine.program.raw import Raw, Said, Value
from engine.program.scope import Scope


@dataclass(frozen=True, slots=True)
class Witness:
    """One world that z3 found: what the items say that matter, shown or not; the points of answers without a number;
    the levels that an assessor picks or raises an outcome to; what the record says of itself; the assessment date.
    """

    answers: Mapping[str, Value]
    points: Mapping[str, Fraction]
    judged: Mapping[str, int]
    recorded: Mapping[Recorded, bool]
    today: int


class OneWorld(Scope):
    """An instrument in one world.

    A world `like` another has the same raw values, save for the items in `but`, so that one may ask what a change of
    those alone can do; unless it has its `own_record`, the record says the same of itself in both.
    """

    def __init__(
        self,
        instrument: Instrument,
        *,
        label: str = "",
        like: OneWorld | None = None,
        but: frozenset[str] = frozenset(),
        own_record: bool = False,
    ) -> None:
        """Make a world in a z3 context of its own, or in that of the one it is like.

        A context must not be shared between threads; and in a fresh one a question always takes the same course.
        The label tells the variables of this world from those of the one it is like.
        """
        algebra = like.algebra if like else Algebra(z3.Context())
        today = like.today if like else algebra.whole("today")
        super().__init__(instrument.items, algebra, label, today)
        if like is None:
            algebra.facts.extend((today >= 1, today <= LAST_DAY))
        self.instrument, self.like, self.but = instrument, like, but
        self.flags: dict[Recorded, Z3] = like.flags if like and not own_record else {}
        self.judged: dict[str, Z3] = like.judged if like else {}
        self._shown: dict[str, Z3] = {}
        self._values: dict[str, Z3] = {}
        self._scores: dict[str, Maybe] = {}
        self._computed: dict[str, Z3] = {}
        self._entries: dict[str, tuple[Scope, ...]] = {}

    def holds(self, term: Truth) -> Z3:
        """Return whether a condition holds."""
        self._work_out(term)
        return self.truth(term)

    def value(self, term: Number) -> Maybe:
        """Return a number."""
        self._work_out(term)
        return self.number(term)

    def outcome(self, outcome_id: str) -> Z3:
        """Return the level that acts, from 1, or 0 where the outcome does not apply."""
        for term in terms_of(self.instrument, outcome_id):
            self._work_out(term)
        return self.choice(outcome_id)

    def computed(self, outcome_id: str) -> Z3:
        """Return the level before an assessor raised it."""
        self.outcome(outcome_id)
        return self._computed[outcome_id]

    def constrain(self, said: Said) -> Iterator[Z3]:
        """What a record says of the variables made so far (here, and in the world that this one is like)."""
        if self.like is not None:
            yield from self.like.constrain(said)
        yield self.today == said.values["today"]
        for one in self.raws.values():
            yield from raw.agrees(one, said.values, said.listed)
        for name, level in self.judged.items():
            by_judgement = self.instrument.outcomes[name].by_judgement
            mask = said.values[names.mask(name) if by_judgement else names.floor(name)]
            yield self.algebra.one_of(level, [place for place in self.places(name) if mask >> place & 1])
        for term, flag in self.flags.items():
            yield flag if said.recorded(term) else z3.Not(flag)

    def read(self, model: Z3) -> Witness:
        """Return the world that z3 found."""

        def found(variable: Z3) -> Z3:
            return model.eval(variable, model_completion=True)

        return Witness(
            {name: raw.read(one, model) for name, one in self.raws.items()},
            {name: _fraction(found(one.points)) for name, one in self.raws.items() if one.points is not None},
            {name: found(level).as_long() for name, level in self.judged.items()},
            {term: z3.is_true(found(flag)) for term, flag in self.flags.items()},
            found(self.today).as_long(),
        )

    def raw(self, name: str) -> Raw:
        """Return what an item would say if it were shown; where this world is like another, what it says there."""
        if self.like is not None and name not in self.but:
            self.raws[name] = self.like.raw(name)
        return super().raw(name)

    def shown(self, name: str) -> Z3:
        """Return whether an item, score or outcome applies."""
        if name not in self._shown:
            one = self.instrument
            owner = self.items.get(name) or one.scores.get(name) or one.outcomes[name]
            self._shown[name] = self.truth(owner.applies_if)
        return self._shown[name]

    def choice(self, name: str) -> Z3:
        """Return the option or level (from 1), or 0 where there is none."""
        if name not in self._values:
            outcome = self.instrument.outcomes.get(name)
            self._values[name] = super().choice(name) if outcome is None else self._acting(outcome)
        return self._values[name]

    def places(self, name: str) -> range:
        """Return what a choice can be."""
        outcome = self.instrument.outcomes.get(name)
        return super().places(name) if outcome is None else range(len(outcome.levels) + 1)

    def answer(self, name: str) -> Maybe:
        """Return the number of an item, or of a score."""
        if name not in self.instrument.scores:
            return super().answer(name)
        if name not in self._scores:
            score = self.instrument.scores[name]
            number = self.algebra.absent() if score.value is None else self.number(score.value)
            self._scores[name] = Maybe(number.value, self.algebra.every([number.present, self.shown(name)]))
        return self._scores[name]

    def recorded(self, term: Recorded) -> Z3:
        """Return what the record says of itself."""
        if term not in self.flags:
            self.flags[term] = self.algebra.flag(f"{self.label}{names.flag(term.word, term.name)}")
        if term.word not in ("answered", "dont_know", "declined"):
            return self.flags[term]
        # what was said to a question that has closed since is not said any more
        return self.algebra.every([self.flags[term], self.shown(term.name)])

    def asked(self, question: Count | Latest) -> Maybe:
        """Return what is asked of the entries that there are."""
        scopes = self._scopes(question.repeat)
        if isinstance(question, Latest):
            return self.algebra.greatest([scope.answer(question.field) for scope in scopes])
        return Maybe(self.algebra.total([_counted(scope, question.condition) for scope in scopes]), self.algebra.true())

    def _scopes(self, repeat: str) -> tuple[Scope, ...]:
        """Every entry there may be; the fields of those that there are not are not shown."""
        if repeat not in self._entries:
            fields = {one.id: one for one in self.items[repeat].fields}
            one = self.raw(repeat)
            found = []
            for place, raws in enumerate(one.entries, start=1):
                scope = Scope(fields, self.algebra, f"{one.name}.{place}.", self.today)
                scope.raws = raws
                scope.listed = self.algebra.every([self.shown(repeat), one.value >= place])
                found.append(scope)
            self._entries[repeat] = tuple(found)
        return self._entries[repeat]

    def _acting(self, outcome: Outcome) -> Z3:
        algebra = self.algebra
        if outcome.by_judgement:
            level = self._judged(outcome.id)
        else:
            level = algebra.exact(1)
            for place, one in enumerate(outcome.levels[1:], start=2):
                level = algebra.pick(self.truth(one.when), algebra.exact(place), level)
        none = algebra.exact(0)
        self._computed[outcome.id] = algebra.pick(self.shown(outcome.id), level, none)
        if outcome.may_raise and not outcome.by_judgement:
            raised = self._judged(outcome.id)
            level = algebra.pick(raised > level, raised, level)
        return algebra.pick(self.shown(outcome.id), level, none)

    def _judged(self, name: str) -> Z3:
        if name not in self.judged:
            level = self.judged[name] = self.algebra.whole(f"{self.label}{name}")
            self.algebra.facts.extend((level >= 1, level < len(self.places(name))))
        return self.judged[name]

    def _work_out(self, term: Truth | Number) -> None:
        """Visit what a term depends on in order of dependency, lest a long chain of items exhaust the stack."""
        waiting, needed = set(reads(term)), set[str]()
        while waiting:
            name = waiting.pop()
            if name not in needed and name not in self._values and name not in self._scores:
                needed.add(name)
                waiting.update(*(reads(one) for one in terms_of(self.instrument, name)))
        for name in self.instrument.order:
            if name in needed:
                self._visit(name)

    def _visit(self, name: str) -> None:
        item = self.items.get(name)
        if name in self.instrument.scores:
            self.answer(name)
        elif item is None or item.kind in CHOICES:
            self.choice(name)
        else:
            self.shown(name)


def _fraction(value: Z3) -> Fraction:
    # points without a number may be multiplied with one another: of a root z3 knows its digits
    return Fraction((value if z3.is_rational_value(value) else value.approx(20)).as_fraction())


def _counted(entry: Scope, condition: Truth) -> Z3:
    if isinstance(condition, Test) and not condition.allowed & 1:
        return entry.tick(condition)  # does not hold of an entry that there is not
    return entry.algebra.tick(entry.algebra.every([entry.listed, entry.truth(condition)]))
