"""Forget answers of a record, one after another, and see whether a target is still forced."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from engine.interview.record import Answer, NonAnswer
from engine.interview.target import Forcible
from engine.interview.variations import at_once, run_each

MOST_IN_VAIN = 3  # searches for somebody who refutes it: when so many found nobody, others hardly would
Own = Mapping[str, Sequence[int]]
Answers = Mapping[str, Answer | NonAnswer]


class Recalled:
    """Answers of a record, of which some are forgotten.

    Those that are `kept` stand in the arguments of the target's program; and in those of somebody made up, who mostly
    shows at once what is not forced.
    """

    def __init__(self, of: Forcible, nobody: list[Any], said: list[Any], answers: Answers) -> None:
        """Recall all the answers that matter. `nobody` and `said` are arguments as the encoder lists them."""
        self.of, self._listed, self._run, self._holds = of, (nobody, said), of.run, of.holds
        self.kept = {item for item in of.own if item in answers}
        self._nobody, self._said = of.nobody(nobody), of.arguments(said)
        self._arguments = self._said.copy()
        self._lists = [(self._arguments, self._nobody.arguments, of.own)]
        # with "don't know" a value is as open as before
        self._open = {item: of.flags.get(item, ()) for item in self.kept if isinstance(answers[item], NonAnswer)}
        self._person, self._made_up, self._in_vain = list[Any](), list[str](), 0

    def recall(self, items: Collection[str]) -> None:
        """Remember these again."""
        self.kept.update(items)
        said = self._said
        for arguments, _, own in self._lists:
            for item in items:
                for place in own[item]:
                    arguments[place] = said[place]

    def forget(self, items: Collection[str]) -> None:
        """Forget these."""
        self.kept.difference_update(items)
        for arguments, blank, own in self._lists:
            for item in items:
                for place in own[item]:
                    arguments[place] = blank[place]

    def only(self, items: Collection[str]) -> None:
        """Remember just these; nobody is made up any more."""
        self._person = []
        del self._lists[1:]
        self.forget(self.kept.difference(items))
        self.recall(items)

    def make_up(self) -> None:
        """From now on somebody made up tells what is not forced when this is remembered, or less.

        The two-way items of whom nothing is known get a value, of those that an assessment has the runs for.
        """
        of = self.of
        if of.run_through is not None and of.narrowing is not None:
            self._made_up, self._in_vain = [*of.run_through.ways], 0
            if of.monotone:  # else with less said other items may be open
                listed = of.listed(*self._listed, self.kept)
                self._made_up = of.run_through.within_budget(listed, of.narrowing.open_items(listed))
            self._meet()

    def _meet(self) -> None:
        if self._nobody.somebody is not None:
            blank = self._nobody.somebody.made_up(self._nobody.arguments, self._made_up)
            self._person = blank.copy()
            self._lists[1:] = [(self._person, blank, {**self.of.own, **self._open})]
            self.recall(self.kept)

    def shown(self) -> bool:
        """Whether one run on the ranges shows that it holds."""
        return self._holds(self._run(*self._arguments))

    def refuted(self) -> bool:
        """Whether the person made up, of whom no more is known, shows that it does not hold."""
        return bool(self._person) and not self._holds(self._run(*self._person))

    def refuted_anew(self) -> bool:
        """Whether another one can be made up who shows it. One run on the ranges must not have shown that it holds."""
        if not self._person or self._nobody.somebody is None or self._in_vain == MOST_IN_VAIN:
            return False
        forgotten = [name for name in self._made_up if name not in self.kept or name in self._open]
        if not self._nobody.somebody.refutes(self._arguments, forgotten):
            self._in_vain += 1
            return False
        self._meet()
        return True

    def not_shown_without(self, items: Collection[str]) -> set[str]:
        """Return those of these without each of which one run does not show that it holds; none where it takes no less
        time to try them all at once.
        """
        return self._failing_without(items, *self._lists[0])

    def refuted_without(self, items: Collection[str]) -> set[str]:
        """Return those without each of which the person made up shows that it does not hold; none as above."""
        return self._failing_without(items, *self._lists[-1]) if self._person else set()

    def _failing_without(self, items: Collection[str], arguments: list[Any], blank: list[Any], own: Own) -> set[str]:
        program, names = self.of.program, self.of.program.arguments
        if not at_once(len(items) * len(program.lines)):
            return set()
        without = [{names[place]: blank[place] for place in own[item]} for item in items]
        out = run_each(self.of.made.compiled.instrument, program, dict(zip(names, arguments, strict=True)), without)
        return {item for item, one in zip(items, out, strict=True) if not self.of.holds(one)}

    def forced_by_nothing(self) -> bool:
        """Whether it holds whatever was answered."""
        if self._nobody.forced is None:
            kept = [*self.kept]
            self.forget(kept)
            self._nobody.forced = self.forced()
            self.recall(kept)
        return self._nobody.forced

    def forced(self) -> bool:
        """Whether it holds by all that an assessment sees."""
        if self.refuted():
            return False
        of, by_one_run = self.of, self.shown()
        if of.narrowing is None or (by_one_run and of.narrows):
            return by_one_run
        if not by_one_run and self.refuted_anew():
            return False
        return of.forced(of.listed(*self._listed, self.kept))
