"""Decide a question about every record: by bounds and people, and where these leave it open, by a solver.

The solver is an extra; without it, or with `--fast`, a question that is left open stays open and is counted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from engine.format.instrument import Action, Instrument
from engine.language.terms import ALWAYS, Answer, Not, Test, Truth
from engine.workshop.check.ends import climbed
from engine.workshop.check.knowledge import Ends, Knowledge, Verdict

if TYPE_CHECKING:
    from engine.program.maybe import Z3
    from engine.program.one_world import OneWorld
    from engine.program.solve import Search

WORK = 400_000  # what one question may cost, in the solver's own units: about a tenth of a second
GIVE_UP = 25  # so many questions without an answer, and the solver is not asked again
MOST_ITEMS = 1_200  # beyond so many, what the solver must be told takes longer than anybody waits
STEPS = 40  # halvings on the way to the end of a score


@dataclass(eq=False)
class Decisions:
    """Answers about every record of an instrument. `left_open` counts the questions without one."""

    instrument: Instrument
    knowledge: Knowledge
    solver: bool
    left_open: int = 0
    _world: OneWorld | None = None
    _search: Search | None = None
    _verdicts: dict[Truth, Verdict] = field(default_factory=dict)
    _unanswered: int = 0
    _unprinted: dict[str, frozenset[str]] = field(default_factory=dict)

    def verdict(self, term: Truth) -> Verdict:
        """Return whether a condition can hold, and whether it can fail."""
        if term not in self._verdicts:
            found = self.knowledge.settled(term)
            can_hold = self._asked(term) if found.can_hold is None else found.can_hold
            can_fail = self._asked(Not(term)) if found.can_fail is None else found.can_fail
            self.left_open += (can_hold is None) + (can_fail is None)
            self._verdicts[term] = Verdict(can_hold, can_fail)
        return self._verdicts[term]

    def can_hold(self, term: Truth) -> bool | None:
        """Return whether a condition can hold, without asking whether it can fail."""
        if term in self._verdicts:
            return self._verdicts[term].can_hold
        found = self.knowledge.settled(term).can_hold
        if found is None:
            found = self._asked(term)
            self.left_open += found is None
        return found

    def levels(self, outcome: str) -> tuple[int, int]:
        """Return the mask of the levels (bit 0: it does not apply) that some record has, and of those not decided."""
        seen, may = self.knowledge.levels(outcome)
        undecided = 0
        for bit in range(1, may.bit_length()):
            if (may & ~seen) >> bit & 1:
                answer = self._level(outcome, bit)
                seen |= (answer is True) << bit
                undecided |= (answer is None) << bit
        self.left_open += undecided.bit_count()
        return seen, undecided

    def ends(self, score: str) -> Ends | None:
        """Return the true ends of a score, or bounds of them; None if it never has a value."""
        knowledge, unit = self.knowledge, self.knowledge.compiled.whole.scores[score].denominator
        outer = knowledge.outer_ends(score)
        reached = climbed(knowledge.compiled, knowledge.encoder, score, knowledge.on)
        if reached is None:
            return None if self._end(score, outer[0], up=True) is False else Ends(*outer, exact=False)
        low = self._furthest(score, Fraction(reached[0], unit), outer[0])
        high = self._furthest(score, Fraction(reached[1], unit), outer[1])
        exact = low is not None and high is not None
        return Ends(outer[0] if low is None else low, outer[1] if high is None else high, exact=exact)

    def can_print(self, action: Action, voice: str) -> bool | None:
        """Return whether an action is printed for somebody in this voice.

        What is printed while it is open may need one world for itself and another for what it stands after; so it is
        ruled out only where all that must hold is, together with one such condition at a time.
        """
        if voice in self.knowledge.printed[action.id]:
            return True
        if voice not in self._unprinted:
            self._unprinted[voice] = self.knowledge.unprinted(voice)
        if action.id in self._unprinted[voice]:
            return False
        must, may = self._needed(action)
        must.append(Test("voice", 1 << self.instrument.items["voice"].bit(voice)))
        together = self._asked(*must, *may)
        if together is not False or not may:
            return together
        apart = [self._asked(*must, one) for one in may]
        return False if False in apart else None

    def _needed(self, action: Action) -> tuple[list[Truth], list[Truth]]:
        """What must hold for an action to be printed, and what need only be possible."""
        actions = {one.id: one for one in self.instrument.plan}
        must, may, waiting, seen = list[Truth](), list[Truth](), [action], {action.id}
        while waiting:
            one = waiting.pop()
            (may if one.if_unsure else must).append(one.when)
            must.append(Not(one.never_if))
            waiting += [actions[name] for name in one.after if name not in seen]
            seen.update(one.after)
        return must, may

    def _furthest(self, score: str, reached: Fraction, bound: Fraction) -> Fraction | None:
        """Return the end of a score between what somebody has and what nobody can pass; None where not decided."""
        up = bound > reached
        step = Fraction(1 if up else -1, self.knowledge.compiled.whole.scores[score].denominator)
        further = reached + step
        for _ in range(STEPS):
            if reached == bound:
                return reached
            answer = self._end(score, further, up=up)
            if answer is None:
                return None
            if answer:
                reached = further
            else:
                bound = further - step
            # the first question is whether there is anything further at all; then the way is halved
            further = reached + max(1, int(abs(bound - reached) / abs(step)) // 2) * step
        return None

    def _end(self, score: str, value: Fraction, *, up: bool) -> bool | None:
        def asked(search: Search, world: OneWorld) -> bool | None:
            number = world.value(Answer(score))
            end = world.algebra.exact(value)
            return search.ask(number.present, number.value >= end if up else number.value <= end)

        return self._with_solver(asked)

    def _level(self, outcome: str, bit: int) -> bool | None:
        return self._with_solver(lambda search, world: search.ask(world.computed(outcome) == bit))

    def _asked(self, *terms: Truth) -> bool | None:
        def asked(search: Search, world: OneWorld) -> bool | None:
            held: list[Z3] = [world.holds(term) for term in terms if term != ALWAYS]
            return search.ask(*held)

        return self._with_solver(asked)

    def _with_solver(self, ask: Callable[[Search, OneWorld], bool | None]) -> bool | None:
        if not self.solver or self._unanswered >= GIVE_UP or len(self.instrument.items) > MOST_ITEMS:
            return None
        if self._search is None or self._world is None:
            try:
                from engine.program.one_world import OneWorld  # noqa: PLC0415  the solver is an extra, and slow to load
                from engine.program.solve import Search  # noqa: PLC0415  as above
            except ModuleNotFoundError:
                self.solver = False
                return None
            self._world = OneWorld(self.instrument)
            self._search = Search(self._world, work=WORK)
        answer = ask(self._search, self._world)
        self._unanswered += answer is None
        return answer
