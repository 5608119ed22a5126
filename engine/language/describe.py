"""What any part of an expression is, in words, for messages that say what each side is and where that comes from."""

from __future__ import annotations

import ast

from engine.language.context import Context
from engine.language.functions import FUNCTIONS
from engine.language.names import introduce, options_of
from engine.language.scope import Choice, Entries, Members, Moment, Name, Numeric, Thing, Ticks, Words


def describe(node: ast.expr, context: Context) -> str:
    """Return a clause: "'who' is a choice (item 'who', line 41)", "3 is a number"."""
    written = context.written(node)
    match node:
        case ast.Name():
            name, word = context.named(node), context.word(node)
            if name:
                return introduce(name, word)
            owner = next((other.id for other in context.scope.names.values() if word in options_of(other)), "")
            return f"'{word}' is an option of '{owner}'" if owner else f"'{word}' is unknown"
        case ast.Constant():
            return f"{written} is a number"
        case ast.Call():
            function = FUNCTIONS.get(context.word(node.func))
            return f"'{written}' is a {function.gives}" if function else f"'{written}' is unknown"
        case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
            return f"'{written}' is a condition"
        case ast.Tuple():
            return f"'{written}' is a list"
        case ast.Attribute():
            return f"'{written}' has a dot"
        case _:
            return f"'{written}' is a number"


def as_condition(name: Name) -> str:
    """Return what to write to make a condition of this name."""
    match name.meaning:
        case Choice(options=options, is_outcome=True):
            return f"Write '{name.id} >= {options[-1]}'."
        case Choice(options=options):
            return f"Write '{name.id} is {options[0]}'."
        case Ticks(options=options):
            return f"Write '{options[0]} in {name.id}'."
        case Numeric():
            return f"Compare it, as in '{name.id} >= 1'."
        case Moment():
            return f"Write 'days_since({name.id}) <= 28'."
        case Words():
            return f"Nothing can be asked of a text but whether it is asked: 'applies({name.id})'."
        case Entries():
            return f"Write 'count({name.id}) >= 1'."
        case Members():
            return f"Write 'any({name.id})', 'all({name.id})' or 'count({name.id}) >= 1'."
        case Thing(word=word):
            return f"Write '{word}({name.id})', in a guarantee."


def as_number(name: Name) -> str:
    """Return what to write to make a number of this name."""
    match name.meaning:
        case Ticks():
            points = f"'points({name.id})' for its points, or " if name.points else ""
            return f"Write {points}'count({name.id})' for how many are ticked."
        case Moment():
            return f"Write 'days_since({name.id})' for the days from then to today."
        case Entries():
            return f"Write 'count({name.id})' for how many there are."
        case Members():
            return f"Write 'sum({name.id})' for the points of its items."
        case Choice() | Numeric() if name.points:
            return f"Write 'points({name.id})' for its points."
        case Choice(is_outcome=True, options=options):
            return f"Compare it with a level, as in '{name.id} >= {options[-1]}'."
        case Choice(options=options):
            return f"It has no points. As a condition it is '{name.id} is {options[0]}'."
        case _:
            return ""
