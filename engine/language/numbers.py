"""Arithmetic to numbers: constants folded, sums flattened, division by constants only."""

from __future__ import annotations

import ast
from fractions import Fraction

from engine.language.absence import may_be_absent
from engine.language.context import Context, Quantity
from engine.language.describe import as_number, describe
from engine.language.gathering import called
from engine.language.scope import Entries, Members, Moment, Numeric, Thing
from engine.language.sums import opposite, scaled, total
from engine.language.terms import Answer, Constant, IfElse, Number, Product


def quantity(node: ast.expr, context: Context) -> Quantity | None:
    """Read a number or a date. None after a slip."""
    match node:
        case ast.Constant():
            return Quantity(Constant(context.parsed.number(node)))
        case ast.Name():
            return _named(node, context)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd()):
            term = context.number(node.operand)
            return _plain(opposite(term) if term and isinstance(node.op, ast.USub) else term)
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            return _plain(_sum(node, context))
        case ast.BinOp():
            return _plain(_product(node, context))
        case ast.IfExp():
            return _if_else(node, context)
        case ast.Call():
            return called(node, context)
        case _:
            _no_number(node, context)
            return None


def _plain(term: Number | None) -> Quantity | None:
    return Quantity(term) if term else None


def _named(node: ast.Name, context: Context) -> Quantity | None:
    name = context.look_up(node)
    if not name:
        return None
    match name.meaning:
        case Numeric(bounded=True):
            return Quantity(Answer(name.id))
        case Numeric():
            remedy = f"Give '{name.id}' a 'min' and a 'max'."
            context.slip("unbounded-number", node, f"{describe(node, context)} without a min and a max.", remedy)
        case Moment():
            return Quantity(Answer(name.id), is_date=True)
        case meaning:
            kind = "group-alone" if isinstance(meaning, Members) else "not-a-number"
            kind = "guarantee-word" if isinstance(meaning, Thing) else kind
            context.slip(kind, node, f"A number is needed here, but {describe(node, context)}.", as_number(name))
    return None


def _sum(node: ast.BinOp, context: Context) -> Number | None:
    """`a + b - c`, walked along its left edge because it may be long."""
    terms: list[tuple[Fraction, Number | None]] = []
    left: ast.expr = node
    while isinstance(left, ast.BinOp) and isinstance(left.op, ast.Add | ast.Sub):
        sign = Fraction(1 if isinstance(left.op, ast.Add) else -1)
        terms.insert(0, (sign, _operand(left.right, context)))
        left = left.left
    terms.insert(0, (Fraction(1), _operand(left, context)))
    known = [(sign, term) for sign, term in terms if term]
    return total(known) if len(known) == len(terms) else None


def _product(node: ast.BinOp, context: Context) -> Number | None:
    left, right = _operand(node.left, context), _operand(node.right, context)
    if isinstance(node.op, ast.Div):
        if right and not isinstance(right, Constant):
            message = f"'{context.written(node.right)}' is not a constant, and only a constant can divide."
            context.slip("divide-by-open", node.right, message, "For a mean, write 'mean(…)'.")
            return None
        if right == Constant(Fraction(0)):
            context.slip("divide-by-zero", node.right, "Nothing can be divided by zero.")
            return None
        return scaled(1 / right.value, left) if left and isinstance(right, Constant) else None
    if not left or not right:
        return None
    if isinstance(left, Constant):
        return scaled(left.value, right)
    return scaled(right.value, left) if isinstance(right, Constant) else Product(left, right)


def _operand(node: ast.expr, context: Context) -> Number | None:
    """Read one side of an arithmetic sign: a date or a number that may be absent is a slip."""
    found = context.quantity(node)
    if not found:
        return None
    written = context.written(node)
    if found.is_date:
        message = f"'{written}' is a date, and dates are not computed with."
        context.slip("not-a-number", node, message, f"Write 'days_since({written})' for the days from then to today.")
        return None
    if may_be_absent(found.term, context.scope):
        by_time = "days_since" in written
        remedy = (
            "Compare it without arithmetic, as in 'days_since(…) <= 28'."
            if by_time
            else (f"Write 'sum({written})', which is 0 where there is none.")
        )
        context.slip("absent-arithmetic", node, f"'{written}' may be absent, because it is not always asked.", remedy)
        return None
    return found.term


def _if_else(node: ast.IfExp, context: Context) -> Quantity | None:
    condition = context.truth(node.test)
    then, otherwise = context.quantity(node.body), context.quantity(node.orelse)
    if then and otherwise and then.is_date is not otherwise.is_date:
        message = f"{describe(node.body, context)}, but {describe(node.orelse, context)}."
        context.slip("type-mismatch", node.orelse, message, "Both sides of 'if … else' are numbers, or both are dates.")
        return None
    if not condition or not then or not otherwise:
        return None
    return Quantity(IfElse(condition, then.term, otherwise.term), is_date=then.is_date)


def _no_number(node: ast.expr, context: Context) -> None:
    written = context.written(node)
    match node:
        case ast.Attribute():
            name = context.named(node.value)
            known = name and isinstance(name.meaning, Entries)
            remedy = f"Write 'latest({written})' for the latest date." if known else "Names have no dots."
            context.slip("dotted-name", node, "A dot is used in 'latest(repeat.field)' only.", remedy)
        case ast.Tuple():
            remedy = "Take the comma out; decimals have a point, as in 2.5."
            context.slip("stray-comma", node, "One number is expected, and here are several things.", remedy)
        case _:
            # Reading it as a condition finds what else is wrong with it.
            if context.truth(node):
                message = f"'{written}' is a condition, but a number is needed."
                context.slip("not-a-number", node, message, f"Write 'count({written})': 1 if it holds, else 0.")
