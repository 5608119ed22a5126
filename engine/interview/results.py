"""What one run for one person returns, part by part, and how each part is read into an assessment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import compress
from operator import gt, itemgetter
from typing import Any, NamedTuple

from engine.format.instrument import Instrument
from engine.interview.assessment import Decided, OutcomeRange, ScoreRange
from engine.program.build import Build
from engine.program.lines import TRUE

Out = Sequence[Any]


class Printed(NamedTuple):
    """What is printed, in order; and which of it only because its condition may hold."""

    alerts: tuple[str, ...]
    plan: tuple[str, ...]
    signposts: tuple[int, ...]
    unsure: frozenset[str]


NOTHING_PRINTED = Printed((), (), (), frozenset())


class Gates:
    """The lines that say which items are shown."""

    def __init__(self, whole: Build) -> None:
        """Lay them out: those for *must*, then those for *may*."""
        gated = {name: line for name, line in whole.applies.items() if line.must != TRUE}
        self._always: dict[str, bool | None] = {name: True for name in whole.applies if name not in gated}
        self._gated = tuple(gated)
        self.lines = (*(one.must for one in gated.values()), *(one.may for one in gated.values()))

    def read(self, out: Out) -> dict[str, bool | None]:
        """Return of each item whether it is shown; None while that is open."""
        shown, count = self._always.copy(), len(self._gated)
        for name, must, may in zip(self._gated, out[:count], out[count : 2 * count], strict=True):
            shown[name] = True if must else None if may else False
        return shown


class Results:
    """The lines that an assessment of one person reads, in this order, each part standing together."""

    def __init__(self, instrument: Instrument, whole: Build) -> None:
        """Lay them out."""
        self.gates = Gates(whole)
        lines = [*self.gates.lines]

        def part(found: Iterable[str]) -> slice:
            begin = len(lines)
            lines.extend(found)
            return slice(begin, len(lines))

        self._scores = tuple((name, line.denominator) for name, line in whole.scores.items())
        scores = whole.scores.values()
        self._ends = part(one.lowest for one in scores), part(one.highest for one in scores)
        self._present = part(one.present.must for one in scores), part(one.present.may for one in scores)
        self.outcomes = tuple(whole.outcomes)
        self.computed = part(one.computed for one in whole.outcomes.values())
        self.acting = part(one.acting for one in whole.outcomes.values())
        self._lay_out_printed(instrument, whole, lines)
        self.lines = tuple(lines)

    def _lay_out_printed(self, instrument: Instrument, whole: Build, lines: list[str]) -> None:
        alerts, posts = instrument.alerts, tuple(enumerate(instrument.signposts))
        printed = [(one.id, whole.alerts[one.id], one.if_unsure, "") for one in alerts.values()]
        actions = [(one, *whole.actions[one.id]) for one in instrument.plan]
        printed += [(one.id, line, one.if_unsure, shown) for one, line, shown in actions]
        printed += [(f"signpost:{place}", whole.signposts[place], one.if_unsure, "") for place, one in posts]
        begin = len(lines)
        lines += [shown or (line.may if unsure else line.must) for _, line, unsure, shown in printed]
        first, last = begin + len(alerts), begin + len(alerts) + len(actions)
        self._alerts = tuple(alerts), slice(begin, first)
        self._actions = tuple(one.id for one in instrument.plan), slice(first, last)
        self._signposts = tuple(range(len(posts))), slice(last, len(lines))
        self._printable = bool(printed)
        unsure = [place for place, one in enumerate(printed) if one[2]]
        self._careful = tuple(printed[one][0] for one in unsure)
        # two more, so that a getter of few still gives a tuple
        self._shown = itemgetter(*(begin + one for one in unsure), 0, 0)
        self._must = slice(len(lines), len(lines) + len(unsure))
        lines += [printed[one][1].must for one in unsure]

    def scores(self, out: Out) -> dict[str, ScoreRange]:
        """Return the range of each score."""
        found = {}
        (lows, highs), (must, may) = self._ends, self._present
        ranges = zip(self._scores, out[lows], out[highs], out[must], out[may], strict=True)
        for (name, unit), low, high, surely, possibly in ranges:
            found[name] = score_range(name, low, high, unit, True if surely else None if possibly else False)
        return found

    def printed(self, out: Out) -> Printed:
        """Return what is printed."""
        if not self._printable:
            return NOTHING_PRINTED
        (alerts, raised), (actions, taken), (posts, up) = self._alerts, self._actions, self._signposts
        return Printed(
            tuple(compress(alerts, out[raised])),
            tuple(compress(actions, out[taken])),
            tuple(compress(posts, out[up])),
            frozenset(compress(self._careful, map(gt, self._shown(out), out[self._must]))),  # shown, and need not be
        )


def three(must: object, may: object) -> bool | None:
    """Return True, False, or None where it is open."""
    return True if must else None if may else False


# the ends of scores are few numbers seen again and again
fraction = lru_cache(maxsize=4096)(Fraction)


AS_PLAIN = tuple(ScoreRange._field_defaults.values())
_range: Callable[..., ScoreRange] = tuple.__new__  # half the time of naming the fields


# as are their ranges
@lru_cache(maxsize=4096)
def score_range(name: str, low: int, high: int, unit: int, present: bool | None) -> ScoreRange:
    """Return a score's range from its ends in units of 1/unit, and whether it has a value (None: open)."""
    if present is False:
        return ScoreRange(name, None, None, present)
    return _range(ScoreRange, (name, fraction(low, unit), fraction(high, unit), present, *AS_PLAIN))


# an outcome has few levels, and so few ranges
@lru_cache(maxsize=4096)
def outcome_range(name: str, computed: int, acting: int, exact: bool, decided: Decided) -> OutcomeRange:
    """Return an outcome's range from the masks of its levels; bit 0 says that it may not apply."""
    applies = three(not acting & 1, acting & ~1)
    return OutcomeRange(name, levels(acting), levels(computed), applies, exact, decided=decided)


@lru_cache(maxsize=4096)
def levels(mask: int) -> tuple[int, ...]:
    """Return the places of the levels in a mask, from 0 for the first."""
    return tuple(bit - 1 for bit in range(1, mask.bit_length()) if mask >> bit & 1)
