"""`steps(x, first, (from, value), …)`: a number that jumps at thresholds."""

from __future__ import annotations

import ast
from fractions import Fraction

from engine.language.context import Context
from engine.language.functions import takes
from engine.language.sums import total
from engine.language.terms import Compare, Constant, Number, Tick


def steps(node: ast.Call, context: Context) -> Number | None:
    """Read the thresholds and values, all constants; the result is absent where x is."""
    # Each step repeats the number, so steps of steps of steps would grow without bound.
    calls = (part for part in ast.walk(node.args[0]) if isinstance(part, ast.Call))
    inner = next((call for call in calls if context.word(call.func) == "steps"), None)
    if inner:
        message = "'steps' does not stand inside 'steps'."
        context.slip("wrong-arguments", inner, message, "Make the inner one a score, and name the score here.")
        return None
    number, value = context.number(node.args[0]), _constant(node.args[1], context)
    pairs = [_pair(arg, context) for arg in node.args[2:]]
    if not number or value is None:
        return None
    terms: list[tuple[Fraction, Number]] = [(Fraction(0), number), (Fraction(1), Constant(value))]
    reached: Fraction | None = None
    for arg, pair in zip(node.args[2:], pairs, strict=True):
        if not pair:
            return None
        threshold, next_value = pair
        if reached is not None and threshold <= reached:
            message = f"{threshold} does not come after {reached}."
            context.slip("steps-not-rising", arg, message, "List the thresholds from the lowest to the highest.")
            return None
        terms.append((next_value - value, Tick(Compare(">=", number, Constant(threshold)))))
        reached, value = threshold, next_value
    return total(terms)


def _pair(node: ast.expr, context: Context) -> tuple[Fraction, Fraction] | None:
    if not isinstance(node, ast.Tuple) or len(node.elts) != 2:
        context.slip(
            "wrong-arguments", node, "A step is a pair: from which number on, and which value.", takes("steps")
        )
        return None
    threshold, value = (_constant(part, context) for part in node.elts)
    return None if threshold is None or value is None else (threshold, value)


def _constant(node: ast.expr, context: Context) -> Fraction | None:
    number = context.number(node)
    if number and not isinstance(number, Constant):
        context.slip("steps-not-rising", node, f"'{context.written(node)}' is not a constant.", takes("steps"))
    return number.value if isinstance(number, Constant) else None
