"""Points become terms: what each answer adds, exactly as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from engine.format import items
from engine.format.draft import Draft, Written
from engine.format.graphs import along, in_order, shortest_cycles
from engine.language.read import read_number
from engine.language.reads import reads
from engine.language.scope import Choice, Name, Scope
from engine.language.terms import (
    Absent,
    Answer,
    Applies,
    Chosen,
    IfElse,
    Number,
    OrElse,
    Sum,
    Table,
    Test,
    Tick,
)
from engine.problem import Place

Given = Mapping[str, Decimal | Literal["none"]]


def give_points(draft: Draft) -> None:
    """Give each name its points. Those that are calculations come last, in the order in which they speak of others."""
    calculated: list[str] = []
    for name, written in draft.items.items():
        part = written.part
        if not isinstance(part, items.ScoredPart):
            continue
        if isinstance(part.points, str):
            calculated.append(name)
        else:
            _set(draft, name, _skipped(draft, written, _written_points(draft, written)))
    for name in _in_order(draft, calculated):
        written = draft.items[name]
        number = draft.number(written.node.at(["points"]), Scope(draft.names), f"{name}.points")
        _set(draft, name, _skipped(draft, written, IfElse(_is_shown(draft.names[name]), number, Absent())))


def _set(draft: Draft, name: str, points: Number | None) -> None:
    if points is not None:
        draft.names[name] = replace(draft.names[name], points=points)


def _is_shown(name: Name) -> Test | Applies:
    if isinstance(name.meaning, Choice):
        return Test(name.id, (2 << len(name.meaning.options)) - 2)
    return Applies(name.id)


def _skipped(draft: Draft, written: Written, points: Number | None) -> Number | None:
    """Put in what counts where the item does not apply."""
    part = written.part
    assert isinstance(part, items.ScoredPart)  # noqa: S101 -- give_points asks only for these
    if part.points_if_skipped is None:
        return points
    if points is None:
        place = written.node.key_at(["points_if_skipped"]).place
        draft.report(
            "skipped-without-points", place, f"'{part.id}' has no points.", "Give it points, or delete this line."
        )
        return None
    instead = Fraction(part.points_if_skipped)
    if isinstance(points, Table):
        return replace(points, lowest=(instead, *points.lowest[1:]), highest=(instead, *points.highest[1:]))
    return OrElse(points, instead)


def _written_points(draft: Draft, written: Written) -> Number | None:
    """Return the points of a yes/no, pick-one or tick-all item that are numbers."""
    part = written.part
    match part:
        case items.NumberItem():
            if part.points is not None:
                message = "The points of a number are a calculation."
                remedy = f'Write, for instance, "steps({part.id}, 0, (10, 1))".'
                draft.report("points-form", written.node.at(["points"]).place, message, remedy)
            return None
        case items.YesNo():
            given = _by_option(draft, written)
            return None if given is None else _table(draft, written, given)
        case items.PickOne():
            given = _by_option(draft, written)
            return None if given is None or not written.options else _table(draft, written, given)
        case items.TickAll():
            given = _by_option(draft, written)
            return None if given is None else _ticks(draft, written, given)
    return None


def _by_option(draft: Draft, written: Written) -> Given | None:
    """Return the points of each option that has any; None if none has."""
    part = written.part
    assert isinstance(part, items.ScoredPart)  # noqa: S101 -- as above
    own: dict[str, Decimal | Literal["none"]] = {
        name: option.points for name, option in written.option_parts.items() if option.points is not None
    }
    if isinstance(part.points, Decimal):
        if isinstance(part, items.YesNo):
            return {"yes": part.points}
        return {option.id: part.points for option in written.options if not option.on_its_own}
    if isinstance(part.points, dict):
        return _mapped(draft, written, part.points, own)
    return own or None


def _mapped(draft: Draft, written: Written, points: Given, own: Given) -> Given:
    """Points by option, over those of the option set."""
    node = written.node.at(["points"])
    labels = {option.id: option.label.by_voice[0][1] for option in written.options}
    for name in points:
        if name not in labels:
            draft.unknown("option", node.key_at([name]), labels)
    left_out = [name for name in own if name not in points]
    if left_out:
        message = f"Nothing is said here of '{left_out[0]}', which has points of its own."
        draft.report("incomplete-points", node.place, message, f"Add {', '.join(left_out)}.")
    return {name: value for name, value in points.items() if name in labels}


def _table(draft: Draft, written: Written, given: Given) -> Table:
    numbers = [Fraction(value) for value in given.values() if value != "none"]
    if any(value == "none" for value in given.values()) and not numbers:
        place = written.node.at(["points" if isinstance(written.part.points, dict) else "options"]).place  # type: ignore[union-attr]
        remedy = "Give another option points: `none` stands for any of the item's points."
        draft.report("none-without-numbers", place, "No option of this item has points that are numbers.", remedy)
        numbers = [Fraction(0)]
    if len(numbers) < len(written.options) - sum(value == "none" for value in given.values()):
        numbers.append(Fraction(0))  # an option without points, where another has some
    values = [given.get(option.id, Decimal(0)) for option in written.options]
    lowest = tuple(min(numbers) if value == "none" else Fraction(value) for value in values)
    highest = tuple(max(numbers) if value == "none" else Fraction(value) for value in values)
    return Table(written.part.id, (None, *lowest), (None, *highest))


def _ticks(draft: Draft, written: Written, given: Given) -> Number:
    name = written.part.id
    terms: list[tuple[Fraction, Number]] = []
    for place, option in enumerate(written.options, start=1):
        points = given.get(option.id, Decimal(0))
        if points == "none":
            message = "In a tick list an option has a number, or no points at all."
            draft.report("none-in-ticks", _points_place(written, option.id), message, "Take this away.")
        elif option.on_its_own and points:
            message = f"'{option.id}' stands on its own and has no points."
            draft.report("on-its-own", _points_place(written, option.id), message, "Take the points away.")
        elif points:
            terms.append((Fraction(points), Tick(Chosen(name, place))))
    return IfElse(Applies(name), Sum(tuple(terms)), Absent())


def _points_place(written: Written, option: str) -> Place:
    if isinstance(written.part, items.ScoredPart) and isinstance(written.part.points, dict):
        return written.node.at(["points", option]).place
    return written.option_nodes[option].at(["points"]).place


def _in_order(draft: Draft, calculated: list[str]) -> list[str]:
    """Order the calculations so that each comes after those whose points it uses.

    Which these are only the language knows, so each is read once with stand-ins for the points of the others.
    """
    stand_ins = {name: f"points of {name}" for name in calculated}
    given = {name: replace(draft.names[name], points=Answer(stand_ins[name])) for name in calculated}
    scope = Scope({**draft.names, **given})
    graph: dict[str, frozenset[str]] = {}
    for name in calculated:
        text = str(draft.items[name].node.at(["points"]).value)
        reading = read_number(draft.parsed(text), scope)
        read = reads(reading.term) if reading.term is not None else frozenset()
        graph[name] = frozenset(other for other in calculated if stand_ins[other] in read)
        if reading.term is not None and not graph[name]:
            draft.readings[text] = reading
    for cycle in shortest_cycles(graph):
        place = draft.items[cycle[0]].node.at(["points"]).place_at(0, 10**6)
        message = f"These points depend on themselves: {along(cycle)}."
        draft.report("cycle", place, message, "Break the circle at one of them.")
        for name in cycle:
            draft.names[name] = given[name]
    looped = {name for name in calculated if draft.names[name].points is not None}
    return [name for name in in_order(graph) if name not in looped]
