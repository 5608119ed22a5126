"""The hand-scoring sheet: what each answer counts, what to add up, and which result holds.

Every number has a lowest and a highest, and a condition that is not known is neither met nor unmet: so what is left
out on paper never lowers a result either. What cannot be worked out by hand is said and counts as not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from engine.format.instrument import Instrument, Item, Score
from engine.language import terms
from engine.workshop.clause import ALWAYS, NEVER, Clause, listed
from engine.workshop.paper_names import LETTERS, PaperNames
from engine.workshop.spell import Speller

NOUGHT = Fraction(0)


@dataclass(frozen=True, slots=True)
class Addend:
    """Something to add: `each` of `words`, where `clause` holds if there is one. `skipped` counts where a question
    that `words` names was skipped; None: then the whole line has no value.
    """

    each: Fraction
    words: str
    clause: Clause | None = None
    skipped: Fraction | None = NOUGHT


@dataclass(frozen=True, slots=True)
class PointsOf:
    """What the answers to one question count: by box lowest and highest (they differ where an answer has no number),
    added up where `several` can be ticked; or, with `addends`, what to add up. `unanswered`: without an answer.
    """

    number: int
    boxes: tuple[tuple[str, Fraction, Fraction], ...]
    addends: tuple[Addend, ...]
    unanswered: tuple[Fraction, Fraction]
    several: bool = False
    by_hand: bool = True


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A score: add these up. Where `only_if` does not hold it has no value, and nothing that asks for it holds."""

    name: str
    id: str
    title: str
    addends: tuple[Addend, ...]
    only_if: Clause
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Result:
    """An outcome: letter, title and condition of each level, from least to most concern."""

    name: str
    id: str
    title: str
    levels: tuple[tuple[str, str, Clause], ...]
    only_if: Clause
    by_judgement: bool


@dataclass(frozen=True, slots=True)
class SheetAlert:
    """Something to be said at once."""

    id: str
    title: str
    text: str
    when: Clause
    if_unsure: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is worked out by hand, in an order in which nothing is needed before it is there."""

    points: tuple[PointsOf, ...]
    steps: tuple[SheetLine | Result, ...]
    alerts: tuple[SheetAlert, ...]

    @property
    def by_hand(self) -> bool:
        """Whether all of it can be worked out by hand."""
        clauses = [clause for step in self.steps if isinstance(step, Result) for _, _, clause in step.levels]
        lines = [step.by_hand for step in self.steps if isinstance(step, SheetLine)]
        return all(clause.by_hand for clause in clauses) and all(lines)


def sheet(instrument: Instrument, names: PaperNames, speller: Speller) -> Sheet:
    """Return the sheet of a form."""
    return _Sheet(instrument, names, speller).whole()


class _Sheet:
    def __init__(self, instrument: Instrument, names: PaperNames, speller: Speller) -> None:
        self.instrument, self.names, self.speller = instrument, names, speller
        self.voice = str(names.voice)

    def whole(self) -> Sheet:
        steps: list[SheetLine | Result] = []
        for name in self.instrument.order:
            if name in self.instrument.scores:
                steps.append(self.line(self.instrument.scores[name]))
            elif name in self.instrument.outcomes:
                steps.append(self.result(name))
        items = [self.instrument.items[name] for name in self.names.numbers]
        points = tuple(self.points(item, item.points) for item in items if item.points is not None)
        return Sheet(points, tuple(steps), self.alerts())

    def alerts(self) -> tuple[SheetAlert, ...]:
        found = (
            SheetAlert(
                alert.id,
                alert.title.says(self.voice),
                alert.text.says(self.voice),
                self.speller.truth(alert.when),
                alert.if_unsure,
            )
            for alert in self.instrument.alerts.values()
        )
        return tuple(alert for alert in found if alert.when != NEVER)

    def line(self, score: Score) -> SheetLine:
        addends = None if score.value is None else adding_up(self.speller, score.value)
        only_if = self.speller.truth(score.applies_if)
        by_hand = addends is not None and only_if.by_hand and all(_by_hand(one) for one in addends)
        return SheetLine(
            self.names.lines[score.id], score.id, score.title.says(self.voice), addends or (), only_if, by_hand
        )

    def result(self, name: str) -> Result:
        outcome = self.instrument.outcomes[name]
        levels = tuple(
            (LETTERS[place], level.title.says(self.voice), self.speller.truth(level.when) if place else ALWAYS)
            for place, level in enumerate(outcome.levels)
        )
        only_if = self.speller.truth(outcome.applies_if)
        number = str(self.names.results[name])
        return Result(number, name, outcome.title.says(self.voice), levels, only_if, outcome.by_judgement)

    def points(self, item: Item, points: terms.Number) -> PointsOf:
        number = self.names.numbers[item.id]
        inner = points.number if isinstance(points, terms.OrElse) else points
        match inner:
            case terms.Table(lowest=lowest, highest=highest):
                ends = enumerate(zip(lowest[1:], highest[1:], strict=True), 1)
                boxes = tuple(
                    (self.names.option(item, place), low or NOUGHT, high or NOUGHT) for place, (low, high) in ends
                )
                unanswered = min(low for _, low, _ in boxes), max(high for _, _, high in boxes)
                return PointsOf(number, boxes, (), unanswered)
            case terms.IfElse(then=then) if (weights := _ticked(item, then)) is not None:
                boxes = tuple((self.names.option(item, place), each, each) for place, each in sorted(weights.items()))
                return PointsOf(number, boxes, (), _ends(weights.values()), several=True)
            case terms.IfElse(then=then):
                own = self.speller.number(terms.Answer(item.id))
                addends = tuple(one for one in adding_up(self.speller, then) or () if one.each or one.words != own)
                if addends and all(one.clause is not None or one.words == "always" for one in addends):
                    sure = sum((one.each for one in addends if one.clause is None), NOUGHT)
                    low, high = _ends(one.each for one in addends if one.clause is not None)
                    by_hand = all(_by_hand(one) for one in addends)
                    return PointsOf(number, (), addends, (sure + low, sure + high), by_hand=by_hand)
        return PointsOf(number, (), (), (NOUGHT, NOUGHT), by_hand=False)


def adding_up(speller: Speller, number: terms.Number) -> tuple[Addend, ...] | None:
    """Return what to add up; None if it cannot be done by hand."""
    parts = number.terms if isinstance(number, terms.Sum) else ((Fraction(1), number),)
    found: list[Addend] = []
    for weight, part in parts:
        one = _addend(speller, weight, part)
        if one is None:
            return None
        found += one
    return _gathered(found)


def _addend(speller: Speller, weight: Fraction, part: terms.Number) -> list[Addend] | None:
    """One term of a sum: nothing to add, one thing, or None if a person cannot find it on the paper."""
    match part:
        case terms.Constant(value=value):
            return [Addend(weight * value, "always")]
        case terms.Tick(truth=truth):
            clause = speller.truth(truth)
            if clause in (ALWAYS, NEVER):
                return [Addend(weight, "always")] if clause == ALWAYS else []
            return [Addend(weight, "if", clause)]
        case terms.OrElse(number=inner, value=value) if part not in speller.points:
            return _found(speller, weight, inner, value)
    return _found(speller, weight, part, None)


def _found(speller: Speller, weight: Fraction, number: terms.Number, skipped: Fraction | None) -> list[Addend] | None:
    if number in speller.points:
        skipped = _if_skipped(number, skipped)
        if not speller.names.asked(speller.points[number]):
            return None if skipped is None else [Addend(weight * skipped, "always")] if skipped else []
    if not speller.is_simple(number) or isinstance(number, terms.Constant):
        return None
    return [Addend(weight, speller.number(number), skipped=skipped)]


def _if_skipped(points: terms.Number, otherwise: Fraction | None) -> Fraction | None:
    """What the points of a question are where it was skipped."""
    match points:
        case terms.OrElse(value=value):
            return value
        case terms.Table(lowest=(Fraction() as value, *_)):
            return value
    return otherwise


def _by_hand(addend: Addend) -> bool:
    return addend.clause is None or addend.clause.by_hand


def _ends(counts: Iterable[Fraction]) -> tuple[Fraction, Fraction]:
    """What these come to at least and at most, each counting or not."""
    known = tuple(counts)
    return sum((one for one in known if one < 0), NOUGHT), sum((one for one in known if one > 0), NOUGHT)


def _ticked(item: Item, number: terms.Number) -> dict[int, Fraction] | None:
    """What each ticked box of a list counts; None if that is not how its points are made."""
    parts = number.terms if isinstance(number, terms.Sum) else ((Fraction(1), number),)
    weights: dict[int, Fraction] = {}
    for weight, part in parts:
        if not isinstance(part, terms.Tick) or not isinstance(part.truth, terms.Chosen) or part.truth.name != item.id:
            return None
        weights[part.truth.option] = weight
    return weights


def _gathered(addends: list[Addend]) -> tuple[Addend, ...]:
    """Put what is always added into one, and boxes of a question that count alike; leave out what counts nothing."""
    always = sum((one.each for one in addends if one.words == "always"), NOUGHT)
    alike: dict[tuple[str, Fraction], list[str]] = {}
    for one in addends:
        if one.clause is not None and one.clause.box is not None:
            alike.setdefault((one.clause.box[0], one.each), []).append(one.clause.box[1])
    found = {"always": Addend(always, "always")} if always else {}
    for place, one in enumerate(addends):
        key = (one.clause.box[0], one.each) if one.clause is not None and one.clause.box is not None else None
        if key is not None and len(alike[key]) > 1:
            words = f"each of {listed(alike[key], 'and')} that is ticked at {key[0]}"
            found[f"{words} {one.each}"] = Addend(one.each, words)
        elif one.words != "always" and (one.each or one.skipped is None):
            found[str(place)] = one
    return tuple(found.values())
