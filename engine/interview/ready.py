"""An instrument with its programs at hand, and where among the results of a run each thing is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import compress
from operator import itemgetter
from typing import Any
from weakref import WeakKeyDictionary

from engine.format.instrument import Instrument
from engine.interview.encode import Encoder
from engine.program.build import Build
from engine.program.compiler import Compiled, compile_instrument
from engine.program.lines import NumberLine, TruthLine

CONSTANTS: dict[str, Any] = {"True": True, "False": False}


class Places:
    """Where the results of a run are, by the names of their lines; constants stand behind them."""

    def __init__(self, results: tuple[str, ...]) -> None:
        """Number the results."""
        self.places = {name: place for place, name in enumerate(results)}
        self.constants: list[Any] = []

    def of(self, name: str) -> int:
        """Return the place of a line, or of a constant."""
        if name not in self.places:
            self.places[name] = len(self.places)
            self.constants.append(CONSTANTS[name] if name in CONSTANTS else int(name))
        return self.places[name]

    def truth(self, line: TruthLine) -> tuple[int, int]:
        """Return the places of must and may."""
        return self.of(line.must), self.of(line.may)


@dataclass(frozen=True, slots=True)
class ScorePlaces:
    """Where a score's ends and presence are, and the unit of its ends."""

    lowest: int
    highest: int
    present: tuple[int, int]
    denominator: int

    def read(self, out: Sequence[Any]) -> tuple[Fraction | None, Fraction | None, bool | None]:
        """Return lowest, highest and whether it has a value (None: open)."""
        present = three(out[self.present[0]], out[self.present[1]])
        if present is False:
            return None, None, False
        return fraction(out[self.lowest], self.denominator), fraction(out[self.highest], self.denominator), present


# the ends of scores are few numbers seen again and again
fraction = lru_cache(maxsize=4096)(Fraction)


def three(must: object, may: object) -> bool | None:
    """Return True, False, or None where it is open."""
    return True if must else None if may else False


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything an assessment says is found. Of what is printed: its name, and the places of *printed* and
    *must hold*.
    """

    constants: tuple[Any, ...]
    always_shown: tuple[str, ...]
    gated: tuple[tuple[str, int, int], ...]
    scores: tuple[tuple[str, ScorePlaces], ...]
    outcomes: tuple[tuple[str, int, int], ...]
    alerts: tuple[tuple[str, int, int], ...]
    actions: tuple[tuple[str, int, int], ...]
    signposts: tuple[tuple[int, int, int], ...]


def score_places(places: Places, line: NumberLine) -> ScorePlaces:
    """Return where a number is found."""
    return ScorePlaces(places.of(line.lowest), places.of(line.highest), places.truth(line.present), line.denominator)


def layout(instrument: Instrument, whole: Build, results: tuple[str, ...]) -> Layout:
    """Return where an instrument's results are found."""
    places = Places(results)
    always = tuple(name for name, line in whole.applies.items() if line.must == "True")
    alerts = instrument.alerts.values()
    posts = list(zip(instrument.signposts, whole.signposts, strict=True))

    def printed(line: TruthLine, *, if_unsure: bool) -> tuple[int, int]:
        return places.of(line.may if if_unsure else line.must), places.of(line.must)

    found = {
        "always_shown": always,
        "gated": tuple((name, *places.truth(line)) for name, line in whole.applies.items() if name not in always),
        "scores": tuple((name, score_places(places, line)) for name, line in whole.scores.items()),
        "outcomes": tuple((n, places.of(line.computed), places.of(line.acting)) for n, line in whole.outcomes.items()),
        "alerts": tuple((one.id, *printed(whole.alerts[one.id], if_unsure=one.if_unsure)) for one in alerts),
        "actions": tuple((n, places.of(shown), places.of(when.must)) for n, (when, shown) in whole.actions.items()),
        "signposts": tuple((i, *printed(line, if_unsure=one.if_unsure)) for i, (one, line) in enumerate(posts)),
    }
    return Layout(tuple(places.constants), **found)  # type: ignore[arg-type]


class Printing:
    """Reads which of some things are printed, and of which the condition must hold."""

    def __init__(self, places: tuple[tuple[str, int, int], ...]) -> None:
        """Take each thing's name and the places of *printed* and *must hold*."""
        self._names = tuple(name for name, _, _ in places)
        self._shown = _getter([shown for _, shown, _ in places])
        self._must = _getter([must for _, _, must in places])

    def read(self, out: Sequence[Any]) -> dict[str, bool]:
        """Return what is printed, in order, each with whether its condition must hold."""
        shown = self._shown(out)
        return dict(zip(compress(self._names, shown), compress(self._must(out), shown), strict=True))


def _getter(places: list[int]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    # a getter of one thing returns it bare
    return itemgetter(*places) if len(places) > 1 else lambda out: [out[place] for place in places]


@dataclass(slots=True)
class Ready:
    """An instrument's programs, what fills in their arguments, and what reads their results."""

    compiled: Compiled
    encoder: Encoder
    layout: Layout
    alerts: Printing
    actions: Printing
    signposts: Printing

    def run(self, values: dict[str, Any]) -> tuple[Any, ...]:
        """Return the results of the whole program, with the constants behind them."""
        return self.compiled.main.of(values) + self.layout.constants


_READY: WeakKeyDictionary[Instrument, Ready] = WeakKeyDictionary()


def ready(instrument: Instrument) -> Ready:
    """Return the instrument's programs, compiled when first asked for."""
    made = _READY.get(instrument)
    if made is None:
        compiled = compile_instrument(instrument)
        found = layout(instrument, compiled.whole, compiled.main.results)
        posts = tuple((f"signpost:{place}", shown, must) for place, shown, must in found.signposts)
        prints = (Printing(found.alerts), Printing(found.actions), Printing(posts))
        made = _READY[instrument] = Ready(compiled, Encoder(compiled), found, *prints)
    return made


@lru_cache(maxsize=4096)
def levels(mask: int) -> tuple[int, ...]:
    """Return the places of the levels in a mask, from 0 for the first."""
    return tuple(bit - 1 for bit in range(1, mask.bit_length()) if mask >> bit & 1)
