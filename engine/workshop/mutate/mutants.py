"""Every small change of a questionnaire, one at a time, each with its place and in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import partial
from typing import Any

from engine.format.directory import Directory, is_printable
from engine.format.instrument import Instrument, Item
from engine.format.items import PickOne
from engine.language.terms import Number
from engine.workshop.mutate.terms import Changes, points_changed


@dataclass(frozen=True, slots=True)
class Mutant:
    """A questionnaire with one change: whose it is, and in words. The questionnaire is made when it is asked for."""

    owner: str
    words: str
    make: Callable[[], Instrument]

    @property
    def thing(self) -> str:
        """The item, score, outcome, alert, action or signpost that is changed, as `cone` calls it."""
        parts = self.owner.split(".")
        return ".".join(parts[:2]) if parts[0] in ("alerts", "plan", "signposts") else parts[0]


def mutants(instrument: Instrument, directory: Directory | None = None) -> Iterator[Mutant]:
    """Yield every change, in the order of the file; none of signposts to services that may not be printed yet."""
    made = _Mutants(instrument, directory)
    for item in instrument.items.values():
        if item.id != "voice":
            yield from made.item(item)
    yield from made.results()
    yield from made.print()


class _Mutants:
    def __init__(self, instrument: Instrument, directory: Directory | None) -> None:
        self.instrument, self.directory = instrument, directory
        parts = (part for section in instrument.questionnaire.sections for part in section.items)
        ordered = {part.id for part in parts if isinstance(part, PickOne) and part.ordered}
        self.changes = Changes(instrument, frozenset(ordered | set(instrument.outcomes)))

    def item(self, item: Item) -> Iterator[Mutant]:
        for term, words in self.changes.of(item.applies_if):
            yield self._made(f"{item.id}.applies_if", words, items=item.id, part=replace(item, applies_if=term))
        if item.points is not None:
            names = [option.id for option in item.options]
            for points, words in points_changed(item.points, lambda place: names[place - 1]):
                make = partial(substituted, self.instrument, item.points, points)
                yield Mutant(f"{item.id}.points", words, make)

    def results(self) -> Iterator[Mutant]:
        one = self.instrument
        for score in one.scores.values():
            if score.value is not None:
                for term, words in self.changes.of(score.value):
                    yield self._made(score.id, words, scores=score.id, part=replace(score, value=term))
        for outcome in one.outcomes.values():
            for place, level in enumerate(outcome.levels[1:], start=1):
                if outcome.by_judgement:
                    continue
                for term, words in self.changes.of(level.when):
                    levels = (*outcome.levels[:place], replace(level, when=term), *outcome.levels[place + 1 :])
                    part = replace(outcome, levels=levels)
                    yield self._made(f"{outcome.id}.{level.id}", words, outcomes=outcome.id, part=part)
        for alert in one.alerts.values():
            for term, words in self.changes.of(alert.when):
                yield self._made(f"alerts.{alert.id}", words, alerts=alert.id, part=replace(alert, when=term))

    def print(self) -> Iterator[Mutant]:
        plan, posts = self.instrument.plan, self.instrument.signposts
        for place, action in enumerate(plan):
            for key in ("when", "never_if"):
                for term, words in self.changes.of(getattr(action, key)):
                    changed = replace(action, **{key: term})
                    make = partial(replace, self.instrument, plan=(*plan[:place], changed, *plan[place + 1 :]))
                    yield Mutant(f"plan.{action.id}.{key}", words, make)
        for place, post in enumerate(posts):
            if self.directory is not None and not is_printable(self.directory.services[post.service]):
                continue
            for term, words in self.changes.of(post.when):
                changed_post = replace(post, when=term)
                make = partial(replace, self.instrument, signposts=(*posts[:place], changed_post, *posts[place + 1 :]))
                yield Mutant(f"signposts.{post.service}", words, make)

    def _made(self, owner: str, words: str, *, part: Any, **where: str) -> Mutant:
        ((kind, name),) = where.items()
        changed: Any = {kind: {**getattr(self.instrument, kind), name: part}}
        return Mutant(owner, words, partial(replace, self.instrument, **changed))


def substituted(instrument: Instrument, points: Number, other: Number) -> Instrument:
    """Return the instrument with these points of an item instead, wherever they are counted."""
    return replace(
        instrument,
        **{
            part: _inside(getattr(instrument, part), points, other)
            for part in ("items", "scores", "outcomes", "alerts", "plan", "signposts")
        },
    )


def _inside(term: Any, points: Number, other: Number) -> Any:
    if term == points:
        return other
    if isinstance(term, tuple):
        parts = tuple(_inside(one, points, other) for one in term)
        return term if all(one is before for one, before in zip(parts, term, strict=True)) else parts
    if isinstance(term, dict):
        return {key: _inside(one, points, other) for key, one in term.items()}
    if is_dataclass(term) and not isinstance(term, type):
        changed = {one.name: _inside(getattr(term, one.name), points, other) for one in fields(term)}
        news = {key: one for key, one in changed.items() if one is not getattr(term, key)}
        return replace(term, **news) if news else term
    return term
