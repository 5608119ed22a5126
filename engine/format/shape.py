"""The shape of a file: what pydantic finds wrong becomes problems at their places, in an author's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from engine.format.shape_fields import Expected, expected_at
from engine.format.shape_words import TELL, ours
from engine.format.yaml_node import Node
from engine.problem import Problem, did_you_mean

Model = TypeVar("Model", bound=BaseModel)


def check(model_class: type[Model], node: Node) -> tuple[Model | None, list[Problem]]:
    """Return what was written as a model, or None, and every problem of its shape."""
    problems = list(_empty_values(node))
    try:
        return model_class.model_validate(node.data()), problems
    except ValidationError as errors:
        seen = {problem.place for problem in problems}
        mistakes = [_mistake(model_class, node, error) for error in errors.errors(include_url=False)]
        for mistake in mistakes:
            if mistake is None or _said_otherwise(mistake, mistakes):
                continue
            problem = mistake.problem()
            if problem.place not in seen:
                seen.add(problem.place)
                problems.append(problem)
        return None, problems


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error of pydantic, brought home: the node it speaks of, the rest of its path, what was expected there."""

    type: str
    node: Node
    key: Node | None
    name: str
    rest: tuple[str | int, ...]
    expected: Expected
    message: str
    context: dict[str, Any]

    def problem(self) -> Problem:
        """Return the problem as it is told to an author."""
        # The types of pydantic are snake_case; those with a dash are our own and already kinds of problem.
        told = ours(self) if "-" in self.type else TELL[self.type](self)
        about = f"{self.name}: {self.expected.about}" if self.expected.about else ""
        return Problem(told.kind, told.place or self.node.place, told.message, told.remedy or about)


def _mistake(model_class: type[BaseModel], root: Node, error: Any) -> Mistake | None:
    loc: tuple[str | int, ...] = error["loc"]
    node, key, name, rest = _walk(root, loc)
    if node.is_empty and not rest:
        return None  # told as an empty value
    if error["type"] == "too_short" and len(node.items) >= error["ctx"]["min_length"]:
        return None  # pydantic counts only the parts without a mistake of their own
    expected = expected_at(model_class, tuple(part for part in loc if part != "[key]"))
    return Mistake(error["type"], node, key, name, rest, expected, error["msg"], error.get("ctx") or {})


def _walk(root: Node, loc: tuple[str | int, ...]) -> tuple[Node, Node | None, str, tuple[str | int, ...]]:
    """Follow a path of pydantic's, which also names the branches of unions, down the tree."""
    node, key, name = root, None, ""
    left = list(loc)
    while left:
        part = left[0]
        if part == "[key]" and key is not None:
            return key, key, name, ()
        if is_branch(node, part) and left[1:]:
            node_type = node.entries.get("type")
            del left[0]
            # The same word may follow as a real key; only the branch itself is skipped.
            if left and node_type and isinstance(left[0], str) and left[0] in node.entries:
                key, node = node.entries[left[0]]
                name = str(left.pop(0))
            continue
        below = node.child(part)
        if below is None:
            if part in ("(map)", "(name)"):
                del left[0]
                continue
            break
        key, name = (node.entries[part][0], part) if isinstance(part, str) else (None, name)
        node = below
        del left[0]
    return node, key, name, tuple(left)


def is_branch(node: Node, part: str | int) -> bool:
    """Say whether this part of a path is only the type of the item that stands here."""
    written = node.get("type")
    return written is not None and written.value == part


def _said_otherwise(mistake: Mistake, mistakes: list[Mistake | None]) -> bool:
    """Whether a missing key is missing only because it is there misspelt, which is told already."""
    if mistake.type != "missing":
        return False
    return any(
        f"'{mistake.rest[-1]}'" in did_you_mean(other.name, other.expected.names)
        for other in mistakes
        if other is not None and other.type == "extra_forbidden"
        if other.key in {key for key, _ in mistake.node.entries.values()}
    )


def _empty_values(root: Node) -> Iterator[Problem]:
    remedy = "Write a value, or delete the line."
    for node in root.walk():
        for key, value in node.entries.values():
            if value.is_empty:
                yield Problem("empty-value", key.place, f"'{key.value}' has no value.", remedy)
        for item in node.items:
            if item.is_empty:
                yield Problem("empty-value", item.place, "Here is nothing after the dash.", remedy)
