"""What does nothing: questions that nothing reads, options that nothing tells apart, points that nobody adds up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.format.instrument import CHOICES, Instrument, Item
from engine.language.reads import every_part, reads
from engine.language.terms import Chosen, Number, OrElse, Table, Test, Truth
from engine.program.depends import terms_of
from engine.workshop.check.finding import Finding
from engine.workshop.check.subject import Subject

_FREE = ("note", "text", "repeat", "date")  # gathered for the person's own words and log, not only to be counted


def unused_items(subject: Subject) -> Iterator[Finding]:
    """Find questions whose answer nothing reads; words, dates and logs are kept for the person, and are not meant."""
    one = subject.instrument
    read = frozenset(name for term in terms(one) for name in reads(term)) | profiled(one)
    for item in one.items.values():
        if item.id in read or item.kind in _FREE or item.id in ("voice", one.questionnaire.nation_from):
            continue
        yield Finding(
            "item-unused",
            subject.item_place(item.id),
            f"Nothing reads the answer to '{item.id}'.",
            "Let a condition read it, or do not ask.",
        )


def unused_options(subject: Subject) -> Iterator[Finding]:
    """Find options of tick lists that nothing reads, and steps of a scale that nothing tells from the one before."""
    coded, said = profiled(subject.instrument), _said_of(subject.instrument)
    for item in subject.instrument.items.values():
        if item.id in coded or item.id not in subject.item_nodes or not (nodes := dict(subject.option_nodes(item.id))):
            continue
        # of an item that is not read at all something else is found
        for options, what in _alike(item, said[item.id]) if item.id in said else ():
            yield Finding(
                "option-without-effect",
                nodes[options[0]].place,
                what,
                "See whether a condition has forgotten it; what is only to be told again in the summary may stay.",
            )


def _said_of(instrument: Instrument) -> dict[str, list[Truth | Number]]:
    """What conditions and calculations say of each name."""
    found: dict[str, list[Truth | Number]] = {}
    for term in dict.fromkeys(terms(instrument)):
        for part in every_part(term):
            name = getattr(part, "name", None)
            if name is not None:
                found.setdefault(name, []).append(part)
    return found


def _alike(item: Item, parts: list[Truth | Number]) -> Iterator[tuple[list[str], str]]:
    if item.kind == "tick_all":
        counted = {part.option for part in parts if isinstance(part, Chosen)}
        options = enumerate(item.options, start=1)
        unread = [option.id for place, option in options if place not in counted and not option.on_its_own]
        if unread:
            yield unread, f"Of '{item.id}' nothing reads {_named(unread)}."
    elif item.kind in CHOICES and len(item.options) > 2 and _is_scale(item):
        for place in range(2, len(item.options) + 1):
            if not any(_tells_apart(part, place - 1, place) for part in parts):
                this, before = item.options[place - 1].id, item.options[place - 2].id
                yield [this], f"Nothing tells '{this}' of '{item.id}' from '{before}'."


def _named(words: list[str]) -> str:
    quoted = [f"'{word}'" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _is_scale(item: Item) -> bool:
    table = _table(item.points)
    return table is not None and len(set(table.highest[1:])) > 2


def _tells_apart(part: Any, one: int, other: int) -> bool:
    if isinstance(part, Test):
        return (part.allowed >> one & 1) != (part.allowed >> other & 1)
    if isinstance(part, Table):
        return (part.lowest[one], part.highest[one]) != (part.lowest[other], part.highest[other])
    return False


def unused_points(subject: Subject) -> Iterator[Finding]:
    """Find points that no score and no condition adds up."""
    every = {part for term in terms(subject.instrument) for part in every_part(term)}
    for item in subject.instrument.items.values():
        if item.points is None or item.points in every or _table(item.points) in every:
            continue
        table = _table(item.points)
        if table is not None and not any(table.highest):
            continue  # nought says that it counts for nothing
        yield Finding(
            "points-unused",
            subject.item_place(item.id, "points")
            if subject.item_nodes[item.id].get("points")
            else _options(subject, item),
            f"No score adds up the points of '{item.id}'.",
            "Add it to a score, or take the points away.",
        )


def _options(subject: Subject, item: Item) -> Any:
    return subject.item_place(item.id, "options")


def points_without_source(subject: Subject) -> Iterator[Finding]:
    """Find items with points that cite no source; one marked `judgement: true` is one."""
    for item in subject.instrument.items.values():
        table = _table(item.points)
        counts = item.points is not None if table is None else any(table.highest) or any(table.lowest)
        if counts and not item.sources:
            yield Finding(
                "points-without-source",
                subject.item_place(item.id),
                f"The points of '{item.id}' cite no source.",
                "Add `sources`. Where nobody has measured, cite a source of your own with `judgement: true`.",
            )


def _table(points: Number | None) -> Table | None:
    inner = points.number if isinstance(points, OrElse) else points
    return inner if isinstance(inner, Table) else None


def profiled(instrument: Instrument) -> frozenset[str]:
    """The items whose codes make up a score that is a text."""
    return frozenset(name for score in instrument.scores.values() for name in score.profile[1::2])


def terms(instrument: Instrument) -> Iterator[Truth | Number]:
    """Yield every condition and calculation of an instrument but its promises."""
    for name in (*instrument.items, *instrument.scores, *instrument.outcomes):
        yield from terms_of(instrument, name)
    for alert in instrument.alerts.values():
        yield alert.when
    for action in instrument.plan:
        yield from (action.when, action.never_if)
    for signpost in instrument.signposts:
        yield signpost.when
