"""Ask z3 about one world: whether there is one in which something holds, and which values a choice can have.

Work is counted by z3 itself, not by the clock, so the same question always ends in the same answer: yes, no, or
*not decided*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import z3  # type: ignore[import-untyped]

from engine.program.maybe import Z3
from engine.program.one_world import OneWorld, Witness
from engine.program.raw import Said

WORK = 4_000_000  # what one question may cost, in z3's own units: about a second; a common one costs a hundredth


class Search:
    """Questions about a world, all in turn; with a record, only as far as it leaves that world possible."""

    def __init__(self, world: OneWorld, said: Said | None = None, *, work: int | None = None) -> None:
        """Begin with nothing asked. For two worlds that are like one another, name the second."""
        self.world, self.said = world, said
        # the plain solver: what z3 does beforehand for one hard question costs more than all of these easy ones
        self._solver = z3.SimpleSolver(ctx=world.algebra.context)
        self._solver.set(rlimit=WORK if work is None else work, random_seed=0)
        self._extent = 0, 0
        self._told: dict[int, Z3] = {}
        self._model: Z3 = None

    def ask(self, *conditions: Z3) -> bool | None:
        """Return whether there is a world in which all of these hold; None where z3 came to no answer."""
        self._tell()
        self._solver.push()
        self._solver.add(*conditions)
        answer = self._solver.check()
        self._model = self._solver.model() if answer == z3.sat else None
        self._solver.pop()
        return None if answer == z3.unknown else bool(answer == z3.sat)

    def _tell(self) -> None:
        """Tell the solver what holds of the variables that the questions made since."""
        algebra = self.world.algebra
        extent = len(algebra.variables), len(algebra.facts)
        if self._extent == extent:
            return
        self._solver.add(*algebra.facts[self._extent[1] :])
        self._extent = extent
        if self.said is not None:
            news = {fact.get_id(): fact for fact in self.world.constrain(self.said)}
            self._solver.add(*(fact for key, fact in news.items() if key not in self._told))
            self._told |= news

    def witness(self, world: OneWorld | None = None) -> Witness:
        """Return the world that the last question found (or, in it, the one that its world is like)."""
        if self._model is None:
            raise ValueError("the last question found no world")
        return (world or self.world).read(self._model)

    def reach(self, choice: Z3, candidates: int) -> Reached:
        """Return which of these values (a mask) a choice can have, asking from both ends, which matter most."""
        bits = [bit for bit in range(candidates.bit_length()) if candidates >> bit & 1]
        answers: dict[int, bool | None] = {}

        def until_one_is(order: Iterable[int]) -> None:
            for bit in order:
                if bit not in answers:
                    answers[bit] = self.ask(choice == bit)
                if answers[bit]:
                    return

        levels = [bit for bit in bits if bit]
        until_one_is(levels)
        until_one_is(reversed(levels))
        for bit in bits:
            until_one_is([bit])
        return Reached(
            sum(1 << bit for bit, answer in answers.items() if answer is not False),
            sum(1 << bit for bit, answer in answers.items() if answer is None),
        )


@dataclass(frozen=True, slots=True)
class Reached:
    """The values that a choice can have, as a mask, and those of them of which z3 came to no answer."""

    mask: int
    undecided: int

    @property
    def ends_decided(self) -> bool:
        """Whether the lowest and the highest level are certain, and whether there may be none."""
        levels = self.mask & ~1
        ends = levels & -levels | 1 << levels.bit_length() >> 1 | 1
        return not self.undecided & ends
