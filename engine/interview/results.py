"""What one run for one person returns, part by part, and how the parts make an assessment."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache, partial
from itertools import compress
from typing import Any, NamedTuple

from engine.format.instrument import Instrument
from engine.interview.assessment import Assessment, Decided, OutcomeRange, ScoreRange
from engine.interview.remembered import Remembered
from engine.program.build import Build
from engine.program.compiler import Program, assembled
from engine.program.lines import TRUE, TruthLine

Out = Sequence[Any]  # the parts
Found = tuple[bool, Decided]  # whether an outcome's ends are exact, and what found them
BOUNDS: Found = (True, "bounds")
SETTLED: Found = (True, "split")  # the bounds meet: there is nothing left to narrow
NOTHING = frozenset[str]()
# half the time of naming the fields
_range: Callable[..., ScoreRange] = tuple.__new__
_assessment: Callable[..., Assessment] = tuple.__new__
SHOWN, COMPUTED, UNSETTLED = 0, 3, 5  # the places of parts that are looked at alone


@dataclass(frozen=True, slots=True)
class Reading:
    """A part of what a run returns: an expression over lines, these lines, and what else it knows by name."""

    text: str
    lines: tuple[str, ...]
    known: Mapping[str, Any] = field(default_factory=dict)


def program_of(whole: Build, *readings: Reading) -> Program:
    """Return the program that returns these parts, as a tuple."""
    program = assembled(whole, tuple(dict.fromkeys(line for one in readings for line in one.lines)))
    known = {name: value for one in readings for name, value in one.known.items()}
    return replace(program, reading=_tuple(one.text for one in readings), known=known)


class Results:
    """What an assessment of one person reads."""

    def __init__(self, instrument: Instrument, whole: Build, split: Container[str]) -> None:
        """Lay it out. `split` are the outcomes that have two-way items."""
        self.gates, self.outcomes = _gates(whole), tuple(whole.outcomes)
        self._ranges = Remembered(self._ranges_of)
        computed = _listed(one.computed for one in whole.outcomes.values())
        acting = _listed(one.acting for one in whole.outcomes.values())
        alerts, plan, signposts = printed = _printed(instrument, whole)
        self._alerts, self._plan = tuple(one.name for one in alerts), tuple(one.name for one in plan)
        self._signposts = range(len(signposts))
        careful = [one for kind in printed for one in kind if one.careful]
        self._careful = tuple(one.name for one in careful)
        need_not = _tuple(f"{one.shown} > {one.must}" for one in careful)
        self.readings = (
            self.gates,
            _scores(whole),
            self._outcomes(whole, split),
            computed,
            acting,
            _unsettled(whole, split),
            *(_listed(one.shown for one in kind) for kind in printed),
            Reading(need_not, tuple(line for one in careful for line in (one.shown, one.must))),
        )

    def read(self, out: Out, found: Mapping[int, Found]) -> Assessment:
        """Return the assessment. `found` says how exact an outcome is, by its place, where its bounds do not meet."""
        shown, scores, outcomes, computed, acting, _, alerts, plan, signposts, need_not = out
        for place, how in found.items():
            outcomes[self.outcomes[place]] = self._ranges[place, how][computed[place], acting[place]]
        parts: tuple[Any, ...] = (
            shown,
            scores,
            outcomes,
            alerts and tuple(compress(self._alerts, alerts)),
            {},
            plan and tuple(compress(self._plan, plan)),
            signposts and tuple(compress(self._signposts, signposts)),
            frozenset(compress(self._careful, need_not)) if need_not else NOTHING,
        )
        return _assessment(Assessment, parts)

    def _outcomes(self, whole: Build, split: Container[str]) -> Reading:
        """Of each outcome its range, as it is where the bounds meet or nothing is to be split."""
        known, said, lines = dict[str, Any](), list[str](), list[str]()
        for place, (name, one) in enumerate(whole.outcomes.items()):
            known[f"_levels_{name}"] = self._ranges[place, SETTLED if name in split else BOUNDS]
            said.append(f"{name!r}: _levels_{name}[{one.computed}, {one.acting}]")
            lines += one.computed, one.acting
        return Reading(_dict(said), tuple(lines), known)

    def _ranges_of(self, outcome: tuple[int, Found]) -> Remembered[tuple[int, int], OutcomeRange]:
        place, how = outcome
        return Remembered(partial(_outcome_range, self.outcomes[place], how))


class _PrintLine(NamedTuple):
    """Something that is printed where its line `shown` holds; `careful` if also where it only may have to be."""

    name: str
    shown: str
    must: str
    careful: bool


def _tuple(texts: Iterable[str]) -> str:
    return f"({''.join(f'{text}, ' for text in texts)})"


def _dict(entries: Iterable[str]) -> str:
    return f"{{{', '.join(entries)}}}"


def _listed(lines: Iterable[str]) -> Reading:
    names = tuple(lines)
    return Reading(_tuple(names), names)


def _gates(whole: Build) -> Reading:
    """Of each item whether it is shown: True, False, or None while that is open."""
    gated = {name: line for name, line in whole.applies.items() if line.must != TRUE}
    always = {name: True for name in whole.applies if name not in gated}
    said = [f"{name!r}: True if {one.must} else None if {one.may} else False" for name, one in gated.items()]
    lines = tuple(line for one in gated.values() for line in (one.must, one.may))
    return Reading(_dict(["**_always", *said]), lines, {"_always": always})


def _scores(whole: Build) -> Reading:
    """Of each score its range."""
    known, said, lines = dict[str, Any](), list[str](), list[str]()
    for name, one in whole.scores.items():
        known[f"_range_{name}"] = Remembered(partial(_score_range, name, one.denominator))
        ends = one.lowest, one.highest, one.present.must, one.present.may
        said.append(f"{name!r}: _range_{name}[{', '.join(ends)}]")
        lines += ends
    return Reading(_dict(said), tuple(lines), known)


def _unsettled(whole: Build, split: Container[str]) -> Reading:
    """Whether an outcome that has two-way items may still have several levels."""
    masks = [one.computed for name, one in whole.outcomes.items() if name in split]
    return Reading(" or ".join(f"{mask} & {mask} - 1" for mask in masks) or "0", tuple(masks))


def _printed(instrument: Instrument, whole: Build) -> tuple[list[_PrintLine], list[_PrintLine], list[_PrintLine]]:
    """Return the lines of alerts, of the plan and of signposts."""

    def one(name: str, line: TruthLine, shown: str, *, careful: bool) -> _PrintLine:
        return _PrintLine(name, shown or (line.may if careful else line.must), line.must, careful)

    alerts = [one(a.id, whole.alerts[a.id], "", careful=a.if_unsure) for a in instrument.alerts.values()]
    plan = [one(a.id, *whole.actions[a.id], careful=a.if_unsure) for a in instrument.plan]
    posts = enumerate(instrument.signposts)
    signposts = [one(f"signpost:{n}", whole.signposts[n], "", careful=post.if_unsure) for n, post in posts]
    return alerts, plan, signposts


def three(must: object, may: object) -> bool | None:
    """Return True, False, or None where it is open."""
    return True if must else None if may else False


# the ends of scores are few numbers seen again and again
fraction = lru_cache(maxsize=4096)(Fraction)


AS_PLAIN = tuple(ScoreRange._field_defaults.values())


def score_range(name: str, low: int, high: int, unit: int, present: bool | None) -> ScoreRange:
    """Return a score's range from its ends in units of 1/unit, and whether it has a value (None: open)."""
    if present is False:
        return ScoreRange(name, None, None, present)
    return _range(ScoreRange, (name, fraction(low, unit), fraction(high, unit), present, *AS_PLAIN))


def _score_range(name: str, unit: int, out: tuple[int, int, int, int]) -> ScoreRange:
    low, high, surely, possibly = out
    return score_range(name, low, high, unit, three(surely, possibly))


def _outcome_range(name: str, how: Found, masks: tuple[int, int]) -> OutcomeRange:
    """Return an outcome's range from the masks of its levels; bit 0 says that it may not apply."""
    (exact, decided), (computed, acting) = how, masks
    applies = three(not acting & 1, acting & ~1)
    return OutcomeRange(name, levels(acting), levels(computed), applies, exact, decided=decided)


@lru_cache(maxsize=4096)
def levels(mask: int) -> tuple[int, ...]:
    """Return the places of the levels in a mask, from 0 for the first."""
    return tuple(bit - 1 for bit in range(1, mask.bit_length()) if mask >> bit & 1)
