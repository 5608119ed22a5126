"""Every condition that an author wrote, with its place, its parts, and what it decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.format.yaml_node import Node
from engine.language.parts import Part, read_parts
from engine.language.scope import Scope
from engine.problem import Place

Role = Literal["asks", "counts", "level", "alert", "action", "stops", "signpost"]
_WORDS: dict[Role, str] = {
    "asks": "whether it is asked",
    "counts": "whether it has a value",
    "level": "when it is reached",
    "alert": "when it is raised",
    "action": "when it is printed",
    "stops": "when it is withheld",
    "signpost": "when it is given",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: what it decides of whom, where it stands, and its parts."""

    owner: str
    role: Role
    node: Node
    part: Part

    @property
    def decides(self) -> str:
        """What it decides, in words."""
        return f"{_WORDS[self.role]}: '{self.owner}'"

    def place(self, part: Part) -> Place:
        """Return where a part of it stands in the file."""
        return self.node.place_at(part.start, part.length)


def conditions_of(tree: Node, scope: Scope) -> tuple[Condition, ...]:
    """Return every condition in the order of the file."""
    found = []
    for owner, role, node in _written(tree):
        part = read_parts(str(node.value), scope) if node is not None else None
        if node is not None and part is not None:
            found.append(Condition(owner, role, node, part))
    return tuple(found)


def _written(tree: Node) -> Iterator[tuple[str, Role, Node | None]]:
    for section in tree.at(["sections"]).items:
        yield _id(section), "asks", section.get("applies_if")
        for item in section.at(["items"]).items:
            yield _id(item), "asks", item.get("applies_if")
    for name, (_, score) in _entries(tree, "scores"):
        yield name, "counts", score.get("applies_if")
    for name, (_, outcome) in _entries(tree, "outcomes"):
        yield name, "counts", outcome.get("applies_if")
        for level in outcome.at(["levels"]).items:
            yield f"{name}.{_id(level)}", "level", level.get("when")
    for name, (_, alert) in _entries(tree, "alerts"):
        yield name, "alert", alert.get("when")
    for action in _list(tree, "plan"):
        yield _id(action), "action", action.get("when")
        yield _id(action), "stops", action.get("never_if")
    for signpost in _list(tree, "signposts"):
        yield str(signpost.at(["service"]).value), "signpost", signpost.get("when")


def _id(node: Node) -> str:
    return str(node.at(["id"]).value)


def _list(tree: Node, key: str) -> tuple[Node, ...]:
    found = tree.get(key)
    return found.items if found is not None else ()


def _entries(tree: Node, key: str) -> Iterator[tuple[str, tuple[Node, Node]]]:
    found = tree.get(key)
    yield from found.entries.items() if found is not None else ()
