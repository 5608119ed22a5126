"""A file with a mistake in its shape, mended as far as its author's intention is plain.

Only so that what the file means can be looked at too, and all its problems told at once; nothing mended is ever used.
Where the intention is not plain, such as an item without its options, the file stays as it is and what it means is
not looked at: a guess would bring problems that are none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine.format.yaml_node import Node, Scalar
from engine.problem import nearest_to

Path = tuple[str | int, ...]

# What can stand for a value that is missing or cannot be read, without meaning anything.
_STAND_INS: dict[str, Scalar] = {
    **dict.fromkeys(("ask", "title", "text", "why", "caution", "label", "cite"), "…"),
    "when": "always",
    "askwell": 1,
    "version": "1.0.0",
    "last": "0001-01-01",
    "due": "9999-12-31",
}
# What can be left away without anything else in the file noticing.
_LEFT_AWAY = frozenset({
    "about", "hint", "why", "counts", "probes", "guidance", "intro", "caution", "text", "title", "core", "sources",
    "translations", "earliest", "future", "decimals", "unit", "blank", "judgement", "stop", "if_unsure", "applies_if",
    "never_if", "reviewed", "status", "self_voice", "doi", "url", "code", "at_most", "language", "then",
})  # fmt: skip


def without(root: Node, path: Path) -> Node:
    """Take a key away."""
    return _at(root, path[:-1], lambda node: replace(node, entries=_except(node, str(path[-1]))))


def renamed(root: Node, path: Path, name: str) -> Node:
    """Read a key as another."""

    def rename(node: Node) -> Node:
        found = node.entries[str(path[-1])]
        return replace(node, entries={**_except(node, str(path[-1])), name: found})

    return _at(root, path[:-1], rename)


def completed(root: Node, path: Path, key: str) -> Node:
    """Put a stand-in for a key that is missing from the map at a path."""
    if key in root.at(path).entries or key not in _STAND_INS:
        return root
    return _at(root, path, lambda node: replace(node, entries={**node.entries, key: _stand_in(node, key)}))


def mended(root: Node, path: Path) -> Node:
    """Put a stand-in for the value at a path, or leave it away; as it is where neither will do."""
    key = str(path[-1]) if path else ""
    if key in _STAND_INS:
        return completed(without(root, path), path[:-1], key)
    return without(root, path) if key in _LEFT_AWAY else root


def with_key_meant(root: Node, path: Path, known: tuple[str, ...]) -> Node:
    """Read an unknown key as the one that was probably meant, or take it away."""
    meant = nearest_to(str(path[-1]), known)
    around = root.at(path[:-1])
    return without(root, path) if meant is None or meant in around.entries else renamed(root, path, meant)


def _at(node: Node, path: Path, change: Callable[[Node], Node]) -> Node:
    """Change the node at a path, and with it everything above."""
    if not path:
        return change(node)
    part, rest = path[0], path[1:]
    if node.child(part) is None:
        return node  # another mistake has taken it away
    if isinstance(part, int):
        items = list(node.items)
        items[part] = _at(items[part], rest, change)
        return replace(node, items=tuple(items))
    key, below = node.entries[part]
    return replace(node, entries={**node.entries, part: (key, _at(below, rest, change))})


def _except(node: Node, key: str) -> dict[str, tuple[Node, Node]]:
    return {name: entry for name, entry in node.entries.items() if name != key}


def _stand_in(node: Node, key: str) -> tuple[Node, Node]:
    there = node.entries.get(key)
    where = there[1] if there else node
    return (there[0] if there else where, Node(where.source, where.start, where.start, "'", _STAND_INS[key]))
