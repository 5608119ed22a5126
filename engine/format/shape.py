"""The shape of a file: what pydantic finds wrong becomes problems at their places, in an author's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from engine.format.repair import completed, mended, with_key_meant
from engine.format.shape_fields import Expected, expected_at
from engine.format.shape_words import TELL, ours
from engine.format.yaml_node import Node
from engine.problem import Problem, did_you_mean

Model = TypeVar("Model", bound=BaseModel)
Path = tuple[str | int, ...]
MOST_PROBLEMS = 500  # nobody mends more at once, and a file made to have very many must not take long
OPTIONS_BRANCHES = ("(map)", "(name)")


def check(model_class: type[Model], node: Node) -> tuple[Model | None, list[Problem]]:
    """Return what was written as a model, or None, and every problem of its shape."""
    problems = list(_empty_values(node))
    try:
        return model_class.model_validate(node.data()), problems
    except ValidationError as errors:
        seen = {problem.place for problem in problems}
        found = errors.errors(include_url=False)[:MOST_PROBLEMS]
        mistakes = [_mistake(model_class, node, error) for error in found]
        for mistake in mistakes:
            if mistake is None or _said_otherwise(mistake, mistakes):
                continue
            problem = mistake.problem()
            if problem.place not in seen:
                seen.add(problem.place)
                problems.append(problem)
        return None, problems


def intended(model_class: type[Model], node: Node) -> tuple[Model, Node] | None:
    """Return what was probably meant by a file with mistakes in its shape, and its tree, so that both can be looked at.

    None where that cannot be told.
    """
    for _ in range(2):  # a key read as another may bring its own mistakes to light
        try:
            return model_class.model_validate(node.data()), node
        except ValidationError as errors:
            if errors.error_count() > MOST_PROBLEMS:
                return None
            for error in errors.errors(include_url=False):
                node = _mended(node, _mistake(model_class, node, error, even_if_empty=True))
    try:
        return model_class.model_validate(node.data()), node
    except ValidationError:
        return None


def _mended(root: Node, mistake: Mistake | None) -> Node:
    if mistake is None:
        return root
    if mistake.type == "extra_forbidden":
        return with_key_meant(root, mistake.path, mistake.expected.names)
    if mistake.type == "missing":
        return completed(root, mistake.path, str(mistake.rest[-1]))
    return mended(root, mistake.path)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error of pydantic, brought home: the node it speaks of, the rest of its path, what was expected there."""

    type: str
    path: tuple[str | int, ...]
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


def _mistake(model_class: type[BaseModel], root: Node, error: Any, *, even_if_empty: bool = False) -> Mistake | None:
    loc: tuple[str | int, ...] = error["loc"]
    path, node, key, name, rest = _walk(root, loc)
    if node.is_empty and not rest and not even_if_empty:
        return None  # told as an empty value
    if error["type"] == "too_short" and len(node.items) >= error["ctx"]["min_length"]:
        return None  # pydantic counts only the parts without a mistake of their own
    expected = expected_at(model_class, tuple(part for part in loc if part != "[key]"))
    return Mistake(error["type"], path, node, key, name, rest, expected, error["msg"], error.get("ctx") or {})


def _walk(root: Node, loc: Path) -> tuple[Path, Node, Node | None, str, Path]:
    """Follow a path of pydantic's, which also names the branches of unions, down the tree."""
    node, key, name = root, None, ""
    path: list[str | int] = []
    left = list(loc)
    skipped = None
    while left:
        part = left[0]
        if part == "[key]" and key is not None:
            return tuple(path), key, key, name, ()
        below = node.child(part)
        # A key may have the same name as the type of its item: the type is skipped first, once for each item.
        if (left[1:] and skipped is not node and is_branch(node, part)) or (below is None and part in OPTIONS_BRANCHES):
            skipped = node
        elif below is None:
            break
        else:
            key, name = (node.entries[part][0], part) if isinstance(part, str) else (None, name)
            node = below
            path.append(part)
        del left[0]
    return tuple(path), node, key, name, tuple(left)


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
    in_braces = "Between { and } a comma ends a value; put a value with commas in quotes."
    for node in root.walk():
        for key, value in node.entries.values():
            if value.is_empty:
                cut = root.source.text[key.end : key.end + 1] in (",", "}")
                yield Problem("empty-value", key.place, f"'{key.value}' has no value.", in_braces if cut else remedy)
        for item in node.items:
            if item.is_empty:
                yield Problem("empty-value", item.place, "Here is nothing after the dash.", remedy)
