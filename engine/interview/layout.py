"""Where among the results of a program each thing is found: for those that read many records, or another reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.format.instrument import Instrument
from engine.interview.assessment import ScoreRange
from engine.interview.results import score_range, three
from engine.program.build import Build
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

    def read(self, name: str, out: Sequence[Any]) -> ScoreRange:
        """Return the score's range."""
        present = three(out[self.present[0]], out[self.present[1]])
        return score_range(name, out[self.lowest], out[self.highest], self.denominator, present)


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
