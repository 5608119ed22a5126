"""What depends on what: the order of things, circles, and conditions that look ahead on the page."""

from __future__ import annotations

import re

from engine.format.draft import Draft, Use
from engine.format.graphs import along, in_order, shortest_cycles


def put_in_order(draft: Draft) -> tuple[str, ...]:
    """Return items, scores and outcomes, each after what it depends on; circles and looking ahead are problems."""
    written = draft.questionnaire
    nodes = ("voice", *draft.items, *written.scores, *written.outcomes)
    known = frozenset(nodes)
    graph = {name: frozenset(read for use in draft.uses.get(name, ()) for read in use.reads) & known for name in nodes}
    circles = shortest_cycles(graph)
    for circle in circles:
        _report_circle(draft, circle)
    _look_ahead(draft, graph, frozenset(name for circle in circles for name in circle))
    return tuple(in_order(graph))


def _report_circle(draft: Draft, circle: tuple[str, ...]) -> None:
    following = circle[1] if len(circle) > 1 else circle[0]
    use = next(use for use in draft.uses[circle[0]] if following in use.reads)
    offset, length = _mention(draft, use, following)
    if len(circle) == 1:
        message = f"'{circle[0]}' depends on itself."
    else:
        message = f"These depend on each other: {along(circle)}."
    draft.report("cycle", use.node.place_at(offset, length), message, "Break the circle at one of them.")


def _mention(draft: Draft, use: Use, name: str) -> tuple[int, int]:
    """Return where an expression speaks of a name, itself or by a group; else the whole expression."""
    text = str(use.node.value)
    for mentioned, offset in use.mentions:
        word = re.compile(r"\w+").match(text, offset)
        if word and (name == mentioned or name in draft.members(mentioned)):
            return offset, len(word[0])
    return 0, len(text)


def _look_ahead(draft: Draft, graph: dict[str, frozenset[str]], in_circles: frozenset[str]) -> None:
    page = {name: place for place, name in enumerate(draft.items)}
    told: set[int] = set()
    for name, place in page.items():
        if name in in_circles:
            continue
        for use in draft.uses.get(name, ()):
            later = _later(use, place, page, graph)
            if later is None or id(use.node) in told:
                continue
            told.add(id(use.node))  # a section's condition is told once, not for each of its items
            via, item = later
            offset, length = _mention(draft, use, via)
            through = "" if via == item else f", through '{via}',"
            message = f"Whether '{name}' is asked depends{through} on '{item}', which comes later on the page."
            draft.report("reads-later", use.node.place_at(offset, length), message, f"Move '{item}' before '{name}'.")


def _later(use: Use, place: int, page: dict[str, int], graph: dict[str, frozenset[str]]) -> tuple[str, str] | None:
    """Return what a condition names and the later item that this reads, through scores and outcomes too."""
    for via in sorted(use.reads, key=lambda name: page.get(name, -1)):
        seen, waiting = set(), [via]
        while waiting:
            name = waiting.pop()
            if page.get(name, -1) > place:
                return via, name
            if name not in page and name not in seen:
                seen.add(name)
                waiting.extend(sorted(graph.get(name, ())))
    return None
