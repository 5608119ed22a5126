"""What would change an outcome: the single answers that would move it, up or down, or where none does, the pairs.

An answer is either another one to a question that was answered, or one to a question that is open. It moves an outcome
up if its floor or its ceiling rises, and down if one of them falls: an answer that settles what was open may do both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.format.instrument import Instrument
from engine.interview.encode import Values
from engine.interview.ready import ready
from engine.interview.record import Answer, Entries, Record
from engine.interview.replies import Reply, replies
from engine.interview.results import levels
from engine.interview.trial import Trial, owners
from engine.interview.variations import run_each
from engine.interview.weights import Scale, scale_for
from engine.language.terms import ALWAYS

MOST_SINGLES = 60  # answers of which every pair is tried, for one outcome and direction
MOST_RUN_THROUGH = 40  # changes of an outcome with two-way items that are looked at as an assessment does

Direction = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Change:
    """Answers, to one question or to two, that would move an outcome, and the places of the levels it would then have
    left; none where it would not apply.
    """

    answers: Mapping[str, Answer]
    left: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WouldChange:
    """What would move one outcome up, and what down: the greatest changes first, then as on the page.

    `all_tried` says whether every single answer was tried (of numbers, dates and logs: some that stand for all) and,
    where none moves it that way, every pair. Of an outcome that is run through the values of some items it is not said.
    """

    outcome: str
    up: tuple[Change, ...]
    down: tuple[Change, ...]
    all_tried: bool


def would_change(instrument: Instrument, record: Record) -> tuple[WouldChange, ...]:
    """Return what would change each outcome that does not rest on judgement alone."""
    # not with the levels already narrowed down: these hold for the answers that were given, not for others
    values = ready(instrument).encoder.encode(record)
    outcomes = (one for one in instrument.outcomes.values() if not one.by_judgement)
    return tuple(_Changes(instrument, record, values, outcome.id).found() for outcome in outcomes)


Said = tuple[tuple[str, Reply], ...]
Moved = tuple[Said, int]
"""Answers, and the mask of levels then left."""


class _Changes:
    """Looks for what would change one outcome."""

    def __init__(self, instrument: Instrument, record: Record, values: Values, outcome: str) -> None:
        self.instrument, self.outcome, self.values = instrument, outcome, values
        results = (ready(instrument).compiled.whole.outcomes[outcome].acting,)
        self.trial = Trial(instrument, results, values)
        self.scale: Scale = scale_for(instrument, results, "highest")
        matters = owners(self.scale.program.arguments)
        self.others = [
            (name, reply)
            for name in instrument.items
            if name in matters and name != "voice"
            for reply in replies(instrument, name, record.on).short
            if _is_another(record, name, reply.answer)
        ]
        self.all_tried = not self.trial.split

    def found(self) -> WouldChange:
        """Return what moves it."""
        singles: list[Said] = [(one,) for one in self.others]
        before, *after = self._run([(), *singles])
        tried = [(said, out[0]) for said, out in zip(singles, after, strict=True)]
        totals = [self._total(out) for out in after]
        moved = {}
        for direction in ("up", "down"):
            moved[direction] = self._moving(before[0], tried, direction)
            if not moved[direction] and self._can_move(before[0], direction):
                pairs = self._pairs(totals, direction)
                found = self._run(pairs)
                both = [(said, out[0]) for said, out in zip(pairs, found, strict=True)]
                moved[direction] = self._moving(before[0], both, direction)
        return WouldChange(self.outcome, _as_changes(moved["up"]), _as_changes(moved["down"]), self.all_tried)

    def _can_move(self, before: int, direction: Direction) -> bool:
        """Whether there is any level further up, or down."""
        outcome = self.instrument.outcomes[self.outcome]
        bottom, top = 0 if outcome.applies_if != ALWAYS else 1, len(outcome.levels)
        return _ends(before) != ((top, top) if direction == "up" else (bottom, bottom))

    def _run(self, variations: Sequence[Said]) -> list[tuple[int, ...]]:
        ranges = [{key: value for _, reply in said for key, value in reply.told.items()} for said in variations]
        return list(run_each(self.instrument, self.scale.program, self.values, ranges))

    def _total(self, out: tuple[int, ...]) -> int:
        return sum(end * factor for end, factor in zip(out[1:], self.scale.factors, strict=True))

    def _moving(self, before: int, tried: Iterable[Moved], direction: Direction) -> list[Moved]:
        """Those that move it, the greatest changes first. `before` is what one run on the ranges leaves now."""
        moved = [(said, mask) for said, mask in tried if _moves(before, mask, direction)]
        if self.trial.split:
            before = self.trial.run()[0]
            exact = ((said, self._run_through(said)) for said, _ in moved[:MOST_RUN_THROUGH])
            moved = [(said, mask) for said, mask in exact if _moves(before, mask, direction)]
        return sorted(
            moved, key=lambda one: -_how_far(before, one[1]) if direction == "up" else _how_far(before, one[1])
        )

    def _run_through(self, said: Said) -> int:
        return int(self.trial.run({key: value for _, reply in said for key, value in reply.told.items()})[0])

    def _pairs(self, totals: Sequence[int], direction: Direction) -> list[Said]:
        """Pairs of answers to two questions; of too many, those that add most to the scores, or take most away."""
        order = sorted(range(len(totals)), key=lambda place: -totals[place] if direction == "up" else totals[place])
        self.all_tried = self.all_tried and len(order) <= MOST_SINGLES
        kept = [self.others[place] for place in sorted(order[:MOST_SINGLES])]
        return [(one, other) for place, one in enumerate(kept) for other in kept[place + 1 :] if one[0] != other[0]]


def _is_another(record: Record, item: str, answer: Answer) -> bool:
    """Whether it can be said, and is not said already. What was listed in a log is not made undone."""
    return answer != () and record.answers.get(item) != answer and not _listed(record, item)


def _listed(record: Record, item: str) -> bool:
    said = record.answers.get(item)
    return isinstance(said, Entries) and bool(said.entries)


def _ends(mask: int) -> tuple[int, int]:
    """The lowest and the highest place; 0 is that it does not apply."""
    return (mask & -mask).bit_length() - 1, mask.bit_length() - 1


def _moves(before: int, after: int, direction: Direction) -> bool:
    steps = [now - then for now, then in zip(_ends(after), _ends(before), strict=True)]
    return max(steps) > 0 if direction == "up" else min(steps) < 0


def _how_far(before: int, after: int) -> int:
    return sum(_ends(after)) - sum(_ends(before))


def _as_changes(moved: Iterable[Moved]) -> tuple[Change, ...]:
    return tuple(Change({name: reply.answer for name, reply in said}, levels(mask)) for said, mask in moved)
