"""A group or section named inside `sum`, `count` and their like stands for each of its members in turn."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from engine.language.context import Context
from engine.language.names import options_of
from engine.language.scope import Members

GATHERING = frozenset({"any", "all", "count", "sum", "mean", "min", "max"})


def each(node: ast.expr, context: Context) -> Iterator[Context]:
    """Yield the surroundings to read the argument in: one for each member of the group it names, else the one there is.

    Where the argument asks for a member's points, members without points are passed over.
    """
    if nested(node, context):
        return
    groups = {context.word(name): name for name in _free_names(node, context) if _group(name, context)}
    if len(groups) > 1:
        words = " and ".join(f"'{word}'" for word in groups)
        message = f"{words} are both groups: it is not clear which items belong together."
        context.slip("two-groups", node, message, "Name one group in each argument.")
        return
    if not groups:
        yield context
        return
    word, name = next(iter(groups.items()))
    group = context.look_up(name)
    if not group or not isinstance(group.meaning, Members):
        return
    members = context.members(name, group.meaning)
    if _asks_points(node, word, context):
        members = tuple(member for member in members if member.points)
    if not members:
        message = f"No item of '{word}' has points." if group.meaning.members else f"'{word}' has no items."
        context.slip("nothing-to-sum", name, message, "Give its items points.")
    for member in members:
        yield replace(context, standing_for={**context.standing_for, word: member.id})


def nested(node: ast.expr, context: Context) -> bool:
    """Note a group that is gathered inside an argument that is itself read for each member of a group."""
    group = next((name for name in _free_names(node, context) if context.word(name) in context.standing_for), None)
    if group:
        message = f"'{context.word(group)}' is gathered once inside and once outside."
        context.slip("two-groups", group, message, "Make the inner calculation a score, and name the score here.")
    return group is not None


def _group(node: ast.expr, context: Context) -> bool:
    return isinstance(context.meaning(node), Members)


def _free_names(node: ast.expr, context: Context) -> Iterator[ast.Name]:
    """Yield the names of an argument, outside any gathering function inside it."""
    match node:
        case ast.Name():
            yield node
        case ast.Call():
            if context.word(node.func) not in GATHERING:
                for arg in node.args:
                    yield from _free_names(arg, context)
        case ast.Compare():
            things = [node.left, *node.comparators]
            words = {option for thing in things if (name := context.named(thing)) for option in options_of(name)}
            # An option may have the same name as a group.
            for thing in things:
                if context.word(thing) not in words:
                    yield from _free_names(thing, context)
        case _:
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.expr):
                    yield from _free_names(child, context)


def _asks_points(node: ast.expr, word: str, context: Context) -> bool:
    return any(
        isinstance(call, ast.Call)
        and context.word(call.func) == "points"
        and [context.word(arg) for arg in call.args] == [word]
        for call in ast.walk(node)
    )
