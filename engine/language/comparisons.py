"""Comparisons: which two things stand side by side, and how they are compared, each with its opposite."""

from __future__ import annotations

import ast
import operator

from engine.language.context import Context, Quantity
from engine.language.describe import as_condition, describe
from engine.language.options import Relation, compare_with_options, in_options, in_ticks
from engine.language.scope import Choice, Members, Moment, Numeric, Ticks
from engine.language.terms import All, AnyOf, Compare, Comparison, Truth

_SIGNS = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_OPPOSITES = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_MIRRORED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
# A comparison with `<` or `<=` is written with its sides swapped.
_UPWARD: dict[str, tuple[Comparison, bool]] = {
    ">=": (">=", False), ">": (">", False), "==": ("==", False), "!=": ("!=", False), "<": (">", True),
    "<=": (">=", True),
}  # fmt: skip
_RELATIONS: dict[str, Relation] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def comparison(node: ast.Compare, context: Context, *, holds: bool) -> Truth | None:
    """Read `a < b`, `a is b`, `a in b`, or a chain such as `a < b <= c`."""
    things = [node.left, *node.comparators]
    if len(node.ops) > 1 and any(isinstance(op, ast.Is | ast.IsNot | ast.In | ast.NotIn) for op in node.ops):
        message = "'is' and 'in' cannot be strung together."
        context.slip("chained-is", node, message, "Join the comparisons with 'and'.")
        return None
    links = [
        _link(left, op, right, context, holds=holds)
        for left, op, right in zip(things, node.ops, node.comparators, strict=False)
    ]
    parts = tuple(link for link in links if link)
    if len(parts) < len(links):
        return None
    if len(parts) == 1:
        return parts[0]
    return All(parts) if holds else AnyOf(parts)


def _link(left: ast.expr, op: ast.cmpop, right: ast.expr, context: Context, *, holds: bool) -> Truth | None:
    match op:
        case ast.Is() | ast.IsNot():
            return _is(left, right, context, holds=holds is isinstance(op, ast.Is))
        case ast.In() | ast.NotIn():
            return _in(left, right, context, holds=holds is isinstance(op, ast.In))
        case _:
            return _signed(left, _SIGNS[type(op)], right, context, holds=holds)


def _is(left: ast.expr, right: ast.expr, context: Context, *, holds: bool) -> Truth | None:
    if _ticks_compared(left, right, context):
        return None
    is_word = "is" if holds else "is not"
    if isinstance(context.meaning(left), Choice):
        if isinstance(right, ast.Tuple | ast.BoolOp):
            _one_of(left, right, context, holds=holds)
            return None
        if isinstance(right, ast.UnaryOp) and isinstance(right.op, ast.Not):
            option = context.written(right.operand)
            remedy = f"Write '{context.written(left)} is not {option}'."
            context.slip("type-mismatch", right, "'not' comes directly after 'is'.", remedy)
            return None
        return compare_with_options(left, _RELATIONS["==" if holds else "!="], right, context)
    if _option_first(left, right, context):
        remedy = f"Write '{context.written(right)} {is_word} {context.written(left)}'."
        context.slip("option-first", left, "The item comes first, then its option.", remedy)
        return None
    if isinstance(left, ast.Name) and not isinstance(context.meaning(left), Numeric | Moment):
        _no_comparison(left, context)
        return None
    one, two = context.quantity(left), context.quantity(right)
    if one and two:
        message = f"'is' compares an item with its option, but {describe(left, context)}."
        remedy = f"Write '{context.written(left)} {'==' if holds else '!='} {context.written(right)}'."
        _wrong_sign(left, right, context, message, remedy)
    return None


def _in(left: ast.expr, right: ast.expr, context: Context, *, holds: bool) -> Truth | None:
    meaning, held = context.meaning(left), context.meaning(right)
    word = "in" if holds else "not in"
    if isinstance(held, Ticks):
        if isinstance(left, ast.Tuple | ast.BoolOp):
            _several_in(left, right, context, holds=holds)
            return None
        return in_ticks(left, right, context, holds=holds)
    if isinstance(meaning, Choice) and not isinstance(held, Choice | Members):
        if not isinstance(right, ast.Tuple) and not context.parsed.in_brackets(right):
            remedy = f"Write '{context.written(left)} {'is' if holds else 'is not'} {context.written(right)}'."
            context.slip("one-of", right, f"After '{word}' come several options in brackets.", remedy)
            return None
        if isinstance(right, ast.BoolOp):
            _one_of(left, right, context, holds=holds)
            return None
        return in_options(left, right.elts if isinstance(right, ast.Tuple) else [right], context, holds=holds)
    if isinstance(held, Choice):
        remedy = f"Write '{context.written(right)} {'is' if holds else 'is not'} {context.written(left)}'."
        context.slip(
            "is-for-options", right, f"'{word}' asks about a tick list, but {describe(right, context)}.", remedy
        )
        return None
    if isinstance(meaning, Ticks):
        _ticks_compared(left, right, context)
        return None
    if isinstance(right, ast.Name) and not isinstance(meaning, Numeric | Moment):
        name = context.look_up(right)
        if name:
            message = f"'{word}' asks about a tick list, but {describe(right, context)}."
            context.slip("type-mismatch", right, message, as_condition(name))
        return None
    if isinstance(left, ast.Name) and not context.look_up(left):
        return None
    message = f"'{word}' is for options, but {describe(left, context)}."
    context.slip("is-for-options", left, message, "Compare numbers and dates with == != < <= > >=.")
    return None


def _signed(left: ast.expr, sign: str, right: ast.expr, context: Context, *, holds: bool) -> Truth | None:
    if _ticks_compared(left, right, context):
        return None
    only_right = isinstance(context.meaning(right), Choice) and not isinstance(context.meaning(left), Choice)
    if only_right or _option_first(left, right, context):
        left, sign, right = right, _MIRRORED[sign], left
    name = context.named(left)
    if name and isinstance(name.meaning, Choice):
        return _ordered((left, name.meaning), sign, right, context, holds=holds)
    one, two = context.quantity(left), context.quantity(right)
    if not one or not two:
        return None
    if one.is_date is not two.is_date:
        _date_and_number(left, one, right, context)
        return None
    op, swapped = _UPWARD[sign if holds else _OPPOSITES[sign]]
    return Compare(op, two.term, one.term) if swapped else Compare(op, one.term, two.term)


def _ordered(
    subject: tuple[ast.expr, Choice], sign: str, right: ast.expr, context: Context, *, holds: bool
) -> Truth | None:
    left, choice = subject
    word, written = context.word(right), context.written(left)
    if not word or (word not in choice.options and isinstance(context.meaning(right), Numeric | Moment)):
        _not_an_option(left, choice, sign, right, context)
        return None
    if sign in ("==", "!="):
        if compare_with_options(left, operator.eq, right, context):
            remedy = f"Write '{written} {'is' if sign == '==' else 'is not'} {word}'."
            _wrong_sign(left, right, context, f"'{sign}' compares numbers, but {describe(left, context)}.", remedy)
        return None
    if not choice.ordered:
        context.look_up(left)
        remedy = f"Write '{written} in (…)', or give it 'ordered: true'."
        context.slip("unordered-options", left, f"{describe(left, context)} whose options have no order.", remedy)
        return None
    return compare_with_options(left, _RELATIONS[sign if holds else _OPPOSITES[sign]], right, context)


def _not_an_option(left: ast.expr, choice: Choice, sign: str, right: ast.expr, context: Context) -> None:
    name, written = context.look_up(left), context.written(left)
    points = (
        f"Write 'points({written}) {sign} {context.written(right)}' for its points, or name"
        if name and name.points
        else "Name"
    )
    message = f"{describe(left, context)}, but {describe(right, context)}."
    context.slip("type-mismatch", right, message, f"{points} one of its options, such as '{choice.options[-1]}'.")


def _option_first(left: ast.expr, right: ast.expr, context: Context) -> bool:
    """Whether the right side is a choice and the left an option of it (and not the other way round)."""
    choice, word, other = context.meaning(right), context.word(left), context.meaning(left)
    if not isinstance(choice, Choice) or word not in choice.options:
        return False
    return not (isinstance(other, Choice) and context.word(right) in other.options)


def _ticks_compared(left: ast.expr, right: ast.expr, context: Context) -> bool:
    """Note `threats == kill` and the like: a tick list is asked with `in`."""
    for ticks, other in ((left, right), (right, left)):
        meaning = context.meaning(ticks)
        if isinstance(meaning, Ticks):
            word = context.written(ticks)
            options = (
                [context.word(part) for part in other.elts] if isinstance(other, ast.Tuple) else [context.word(other)]
            )
            known = [option for option in options if option in meaning.options] or [meaning.options[0]]
            message = f"{describe(ticks, context)}: several of its options can hold at once."
            context.look_up(ticks)
            if isinstance(other, ast.Constant):
                context.slip("type-mismatch", ticks, message, f"Write 'count({word})' for how many are ticked.")
            else:
                remedy = f"Write '{' or '.join(f'{option} in {word}' for option in known)}'."
                context.slip("in-for-ticks", ticks, message, remedy)
            return True
    return False


def _wrong_sign(left: ast.expr, right: ast.expr, context: Context, message: str, remedy: str) -> None:
    sign = context.parsed.sign_between(left, right)
    context.slip_at("is-for-options", (sign.start, sign.length), message, remedy)


def _one_of(left: ast.expr, right: ast.Tuple | ast.BoolOp, context: Context, *, holds: bool) -> None:
    parts = right.elts if isinstance(right, ast.Tuple) else right.values
    listed = ", ".join(context.written(part) for part in parts)
    remedy = f"Write '{context.written(left)} {'in' if holds else 'not in'} ({listed})'."
    context.slip("one-of", right, "'is' takes one option.", remedy)


def _several_in(left: ast.Tuple | ast.BoolOp, right: ast.expr, context: Context, *, holds: bool) -> None:
    parts = left.elts if isinstance(left, ast.Tuple) else left.values
    joiner = " and " if isinstance(left, ast.BoolOp) and isinstance(left.op, ast.And) else " or "
    word = f"{'in' if holds else 'not in'} {context.written(right)}"
    remedy = f"Write '{joiner.join(f'{context.written(part)} {word}' for part in parts)}'."
    context.slip("one-of", left, "One option at a time is looked for in a tick list.", remedy)


def _no_comparison(left: ast.expr, context: Context) -> None:
    name = context.look_up(left)
    if name:
        context.slip("type-mismatch", left, f"{describe(left, context)} and has no options.", as_condition(name))


def _date_and_number(left: ast.expr, one: Quantity, right: ast.expr, context: Context) -> None:
    date = context.written(left if one.is_date else right)
    message = f"{describe(left, context)}, but {describe(right, context)}."
    context.slip("type-mismatch", right, message, f"Write 'days_since({date})' for the days from then to today.")
