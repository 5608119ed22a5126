"""A condition and the conditions it is made of, each with its place in the author's text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from engine.language.context import Context
from engine.language.numbers import quantity
from engine.language.parse import parse
from engine.language.scope import Scope
from engine.language.terms import Truth
from engine.language.truths import truth


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a condition that is a condition itself, as written and as a term, and the parts it joins.

    `asks_whether_it_applies` says that it is the author's own `applies(…)`.
    """

    start: int
    length: int
    written: str
    term: Truth
    parts: tuple[Part, ...] = ()
    asks_whether_it_applies: bool = False

    def walk(self) -> Iterator[Part]:
        """Yield this part and all below it, outer ones first."""
        yield self
        for part in self.parts:
            yield from part.walk()


def read_parts(text: str, scope: Scope) -> Part | None:
    """Return a condition with its parts; None where it has none that can be read."""
    parsed = parse(text)
    if parsed.tree is None:
        return None
    return _part(parsed.tree, Context(scope, parsed, truth, quantity))


def _part(node: ast.expr, context: Context) -> Part | None:
    below: list[ast.expr] = []
    if isinstance(node, ast.BoolOp):
        below = node.values
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        below = [node.operand]
    term = context.truth(node)
    if term is None:
        return None
    parts = (_part(one, context) for one in below)
    applies = isinstance(node, ast.Call) and context.word(node.func) == "applies"
    start, length = context.parsed.span(node)
    found = tuple(part for part in parts if part is not None)
    return Part(start, length, context.written(node), term, found, asks_whether_it_applies=applies)
