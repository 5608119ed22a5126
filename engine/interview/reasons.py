"""Why something is said: answers that force it by themselves, whatever else is answered, and none that could be spared.

Found by asking the same evaluator again with less in the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from engine.format.instrument import Instrument
from engine.interview.ready import Ready, ready
from engine.interview.record import Record
from engine.interview.refute import Refuter, refuter
from engine.interview.split import moved
from engine.interview.trial import Trial, owners
from engine.interview.weights import End, scale_for
from engine.program.compiler import Compiled
from engine.program.names import Target

MOST_REASONS = 5
MOST_SEARCHES = 40  # for further reasons: of many answers that do the same, not every choice need be gone through

Force = Callable[[Sequence[str]], bool]


def because(instrument: Instrument, record: Record, target: Target) -> tuple[str, ...]:
    """Return answered items that force the target by themselves, none of which could be left out; see `Why`."""
    return Why(instrument, record).because(target)


def reasons(instrument: Instrument, record: Record, target: Target) -> tuple[tuple[str, ...], ...]:
    """Return up to five different such sets; see `Why`."""
    return Why(instrument, record).reasons(target)


def forces(instrument: Instrument, record: Record, target: Target) -> bool:
    """Whether the record forces the target; see `Why`."""
    return Why(instrument, record).holds(target)


class Why:
    """The reasons in one record.

    What is forced may be: ("outcome", id, level) and ("computed", id, level), at least this level, with and without an
    assessor's raising; ("at_most", id, level), no higher level; ("alert", id) and ("signpost", place), that the
    condition holds; ("action", id), that it holds and the action is printed; ("applies", item), that it is shown.
    An assessor's judgements are taken as they stand: they are never among the reasons, and never forgotten.
    """

    def __init__(self, instrument: Instrument, record: Record) -> None:
        """Read the record once; every question after that only forgets and remembers parts of it."""
        self.instrument, self.record = instrument, record
        self.made = ready(instrument)
        self.said = self.made.encoder.encode(record)
        # an answer that was given is forgotten in all its arguments together, with what the record says of itself
        self.bare = self.made.encoder.encode(replace(record, answers={}))
        self._found: dict[Target, tuple[str, ...]] = {}

    def holds(self, target: Target) -> bool:
        """Whether the record forces the target."""
        asked = _Asked(self, target)
        return asked.forced(asked.given)

    def because(self, target: Target) -> tuple[str, ...]:
        """Return answered items that force the target by themselves, none of which could be left out.

        Empty where the target does not hold, or would hold whatever is answered. The most telling come first: those
        that are enough by themselves, then those that add the most to the scores it rests on, then those first on the
        page. The least telling are the first to be forgotten.
        """
        if target not in self._found:
            asked = _Asked(self, target)
            found = () if asked.forced(()) else asked.least(asked.given)
            self._found[target] = found
        return self._found[target]

    def reasons(self, target: Target) -> tuple[tuple[str, ...], ...]:
        """Return up to five different sets that force the target, each without anything to spare: the one that
        `because` gives, then the shortest of the others that were found within a fixed number of searches.
        """
        first = self.because(target)
        if not first:
            return ()
        others = _others(first, _Asked(self, target))
        return (first, *sorted(others, key=len)[: MOST_REASONS - 1])


class _Asked:
    """One target in one record: does it hold if only these items are remembered?

    `given` are the answered items that matter to it, the most telling first; among equals the page decides.
    """

    def __init__(self, why: Why, target: Target) -> None:
        self.results = _results(why.made, target)
        self.holds = _test(why.instrument, target)
        self.against = _against(why.instrument, target)
        self.trial = Trial(why.instrument, self.results, why.bare)
        self.said = why.said
        self.arguments = owners(self.trial.program.arguments)
        # Runs through two-way items only ever take levels away; an action may come after another that is printed
        # because it may hold, and so be printed no more.
        self.narrowing = target[0] != "action"
        place = self.trial.place
        answers = why.record.answers
        self.put = {
            item: tuple((place[name], why.said[name]) for name in self.arguments[item])
            for item in why.instrument.items
            if item in answers and item in self.arguments
        }
        self.refuter = self._refuter(why.made.compiled, target[1])
        end: End = "highest" if target[0] == "at_most" else "lowest"
        scale = scale_for(why.instrument, self.results, end)
        weights = scale.weigh(why.record, why.said, self.put)
        self.given = sorted(self.put, key=lambda item: (not self.holds(weights[item].out), -weights[item].added))

    def _refuter(self, compiled: Compiled, outcome: str) -> Refuter | None:
        if not self.against or outcome not in compiled.two_way:
            return None
        everything = self._known(tuple(self.put))
        return refuter(compiled, outcome, self.trial.program, (self.trial.said, everything), self.holds)

    def bounds_force(self, items: Sequence[str]) -> bool:
        """Whether one run on the ranges shows it."""
        return self.holds(self.trial.program.run(*moved(self.trial.said, self._known(items))))

    def _known(self, items: Sequence[str]) -> list[tuple[int, Any]]:
        return [one for item in items for one in self.put[item]]

    def forced(self, items: Sequence[str]) -> bool:
        """Whether it holds."""
        if self.refuter is not None and self.refuter.refutes(items, self._known(items)):
            return False
        split = self.trial.split
        if (not split or self.narrowing) and self.bounds_force(items):
            return True
        if not split:
            return False
        ranges = {name: self.said[name] for item in items for name in self.arguments[item]}
        return self.holds(self.trial.run(ranges, self.against))

    def least(self, items: list[str]) -> tuple[str, ...]:
        """Return what is left of the items when those that are not needed are forgotten, from the end."""
        plainly = not self.trial.split or self.narrowing
        if plainly and self.bounds_force(items):
            # the many questions are put to one run each; the few that remain are tried for all that an assessment sees
            found = _least(items, self.bounds_force)
            return _without_spares(found, self.forced)
        return _without_spares(_least(items, self.forced), self.forced) if self.forced(items) else ()


def _results(made: Ready, target: Target) -> tuple[str, ...]:
    whole = made.compiled.whole
    match target[0]:
        case "at_most":
            return (whole.outcomes[target[1]].acting,)
        case "action":
            when, printed = whole.actions[target[1]]
            return (when.must, printed)
        case _:
            return made.compiled.question(target[:2]).results


def _against(instrument: Instrument, target: Target) -> Mapping[str, int]:
    """Levels of the target's outcome that must not be possible where it holds. An assessor's raising changes nothing:
    it lifts none of them to the target's level unless it lifts them all.
    """
    if target[0] not in ("outcome", "computed", "at_most"):
        return {}
    outcome = instrument.outcomes[target[1]]
    bit = outcome.bit(target[2])
    below = (1 << bit) - 1
    return {outcome.id: (outcome.everything | 1) & ~(below | 1 << bit) if target[0] == "at_most" else below}


def _test(instrument: Instrument, target: Target) -> Callable[[tuple[Any, ...]], bool]:
    if target[0] not in ("outcome", "computed", "at_most"):
        return all
    bit = instrument.outcomes[target[1]].bit(target[2])
    if target[0] == "at_most":
        return lambda out: out[0] >> bit + 1 == 0
    lower = (1 << bit) - 1
    return lambda out: out[0] & lower == 0


def _least(items: list[str], force: Force) -> list[str]:
    """Forget one by one what is not needed, from the end; in steps that grow while nothing is needed."""
    needed: list[str] = []
    left, step = items, 1
    while left:
        step = min(step, len(left))
        if force([*left[:-step], *needed]):
            left, step = left[:-step], 2 * step
        elif step > 1:
            step //= 2
        else:
            left, needed = left[:-1], [left[-1], *needed]
    return needed


def _without_spares(items: list[str], force: Force) -> tuple[str, ...]:
    """Forget what more can be forgotten, from the end, until nothing can."""
    kept = items
    for item in reversed(items):
        fewer = [one for one in kept if one != item]
        if force(fewer):
            kept = fewer
    # Only where saying more can undo what held (a condition that speaks of the record itself, an action that comes
    # after a careful one) does forgetting one make another needless.
    return tuple(kept) if len(kept) == len(items) else _without_spares(kept, force)


def _others(first: tuple[str, ...], asked: _Asked) -> Iterator[tuple[str, ...]]:
    """Further sets: a set that differs from those found lacks at least one answer of each."""
    found, waiting = [first], dict.fromkeys([frozenset[str]()])
    for _ in range(MOST_SEARCHES):
        if not waiting:
            return
        without = next(iter(waiting))
        del waiting[without]
        inside = next((one for one in found if without.isdisjoint(one)), None)
        if inside is None:
            inside = asked.least([item for item in asked.given if item not in without])
            if not inside:
                continue
            found.append(inside)
            yield inside
        waiting |= dict.fromkeys(without | {item} for item in inside)
