"""What depends on what: an order without surprises, and the shortest circles where there is none."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

MOST_STARTS = 100  # of a larger knot any short circle will do; looking from everywhere takes its size squared

Graph = Mapping[str, frozenset[str]]


def along(circle: tuple[str, ...]) -> str:
    """Return a circle in words, the middle of a long one left out.

    >>> along(("a", "b"))
    "'a' → 'b' → 'a'"
    """
    shown = [f"'{name}'" for name in (*circle, circle[0])]
    return " → ".join(shown if len(shown) <= 9 else [*shown[:4], "…", *shown[-4:]])


def in_order(graph: Graph) -> list[str]:
    """Order the names so that each comes after what it depends on, and otherwise as they are given.

    >>> in_order({"a": frozenset("c"), "b": frozenset(), "c": frozenset()})
    ['c', 'a', 'b']
    """
    done: list[str] = []
    seen: set[str] = set()
    for name in graph:
        path: list[tuple[str, Iterator[str]]] = []
        here: str | None = None if name in seen else name
        while here is not None or path:
            if here is not None:
                seen.add(here)
                path.append((here, iter(sorted(graph[here]))))
            here = next((other for other in path[-1][1] if other in graph and other not in seen), None)
            if here is None:
                done.append(path.pop()[0])
    return done


def shortest_cycles(graph: Graph) -> list[tuple[str, ...]]:
    """Return the shortest circle of each knot, beginning with the name that comes first.

    >>> shortest_cycles(
    ...     {name: frozenset(below) for name, below in {"a": "b", "b": "ca", "c": "a", "d": "d", "e": "a"}.items()}
    ... )
    [('a', 'b'), ('d',)]
    """
    rank = {name: place for place, name in enumerate(graph)}
    found: list[tuple[str, ...]] = []
    for knot in _knots(graph):
        some = sorted(knot, key=rank.__getitem__)[:MOST_STARTS]
        circles = [circle for name in some if (circle := _way_back(graph, name, knot))]
        if circles:
            shortest = min(circles, key=lambda circle: (len(circle), rank[circle[0]]))
            first = min(range(len(shortest)), key=lambda place: rank[shortest[place]])
            found.append(shortest[first:] + shortest[:first])
    return sorted(found, key=lambda circle: rank[circle[0]])


def _way_back(graph: Graph, name: str, knot: frozenset[str]) -> tuple[str, ...]:
    """Return the shortest way from a name back to itself, within its knot."""
    before: dict[str, str] = {}
    waiting = deque([name])
    while waiting:
        here = waiting.popleft()
        for there in sorted(graph[here]):
            if there == name:
                way = [here]
                while way[-1] != name:
                    way.append(before[way[-1]])
                return tuple(reversed(way))
            if there in knot and there not in before:
                before[there] = here
                waiting.append(there)
    return ()


def _knots(graph: Graph) -> list[frozenset[str]]:
    """Return the sets of names that all depend on each other (Kosaraju: the order backwards, the arrows turned)."""
    turned: dict[str, list[str]] = {name: [] for name in graph}
    for name, below in graph.items():
        for other in below:
            if other in turned:
                turned[other].append(name)
    seen: set[str] = set()
    knots = []
    for name in reversed(in_order(graph)):
        knot: set[str] = set()
        waiting = [name]
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                knot.add(here)
                waiting.extend(turned[here])
        knots.append(frozenset(knot))
    return knots
