"""Why something is said: answers that force it by themselves, whatever else is answered, and none that could be spared.

Found by asking the same evaluator again with less in the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.format.instrument import Instrument
from engine.interview.forget import Recalled
from engine.interview.least import least
from engine.interview.ready import ready
from engine.interview.record import Record
from engine.interview.target import forcible
from engine.program.names import Target

MOST_REASONS = 5
MOST_SEARCHES = 40  # for further reasons: of many answers that do the same, not every choice need be gone through


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
        encoder = ready(instrument).encoder
        self.said = encoder.listed(record)
        # an answer that was given is forgotten in all its arguments together, with what the record says of itself
        self.nobody = encoder.listed(replace(record, answers={}))
        self._found: dict[Target, tuple[str, ...]] = {}

    def holds(self, target: Target) -> bool:
        """Whether the record forces the target."""
        return self.recalled(target).forced()

    def because(self, target: Target) -> tuple[str, ...]:
        """Return answered items that force the target by themselves, none of which could be left out.

        Empty where the target does not hold, or would hold whatever is answered. The most telling come first: those
        that are enough by themselves, then those that add the most to the scores it rests on, then those first on the
        page. The least telling are the first to be forgotten.
        """
        if target not in self._found:
            recalled = self.recalled(target)
            found = () if recalled.forced_by_nothing() else least(recalled, self.telling(target))
            self._found[target] = found
        return self._found[target]

    def reasons(self, target: Target) -> tuple[tuple[str, ...], ...]:
        """Return up to five different sets that force the target, each without anything to spare: the one that
        `because` gives, then the shortest of the others that were found within a fixed number of searches.
        """
        first = self.because(target)
        if not first:
            return ()
        others = _others(first, self.recalled(target), self.telling(target))
        return (first, *sorted(others, key=len)[: MOST_REASONS - 1])

    def telling(self, target: Target) -> list[str]:
        """Return the answered items that matter to the target, the most telling first; see `because`."""
        of = forcible(self.instrument, target)
        given = [item for item in of.own if item in self.record.answers]
        weights = of.scale.weigh(self.record, self.said, given)
        return sorted(given, key=lambda item: (not of.holds(weights[item].out), -weights[item].added))

    def recalled(self, target: Target) -> Recalled:
        """Return the answers that matter to the target, ready to be forgotten."""
        return Recalled(forcible(self.instrument, target), self.nobody, self.said, self.record.answers)


def _others(first: tuple[str, ...], recalled: Recalled, given: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Further sets: a set that differs from those found lacks at least one answer of each."""
    found, waiting = [first], dict.fromkeys([frozenset[str]()])
    for _ in range(MOST_SEARCHES):
        if not waiting:
            return
        without = next(iter(waiting))
        del waiting[without]
        inside = next((one for one in found if without.isdisjoint(one)), None)
        if inside is None:
            inside = least(recalled, [item for item in given if item not in without])
            if not inside:
                continue
            found.append(inside)
            yield inside
        waiting |= dict.fromkeys(without | {item} for item in inside)
