"""Text to a tree of Python's own expression grammar, within limits. No exception ever escapes.

The tokens decide what may stand beside what, so that what is wrong can be said in the author's words; Python's parser
then only settles precedence. What reaches it is plain ASCII on one line.
"""

from __future__ import annotations

import ast
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from engine.language.scope import Slip
from engine.language.tokens import Token, tokenize

LONGEST = 2_000
DEEPEST = 20
MOST_NODES = 500

_PREFIXES = frozenset({"not", "-", "+"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """An expression's tree, or None; the way from its nodes back to the author's characters; the slips so far."""

    text: str
    tokens: tuple[Token, ...]
    columns: tuple[int, ...]
    tree: ast.expr | None
    slips: tuple[Slip, ...]

    def reach(self, node: ast.expr) -> tuple[int, int]:
        """Return the indices of the node's first and last token."""
        end = node.end_col_offset or node.col_offset
        return bisect_right(self.columns, node.col_offset) - 1, bisect_left(self.columns, end) - 1

    def span(self, node: ast.expr) -> tuple[int, int]:
        """Return the start and the length, in the author's characters."""
        if isinstance(node, ast.Name | ast.Constant):
            token = self.token(node)
            return token.start, token.length
        first, last = self.reach(node)
        reached = self.tokens[first : last + 1]
        start = min(token.start for token in reached)
        return start, max(token.start + token.length for token in reached) - start

    def token(self, node: ast.expr) -> Token:
        """Return the node's first token: for a name or a number, the only one."""
        return self.tokens[bisect_right(self.columns, node.col_offset) - 1]

    def last_token(self, node: ast.expr) -> Token:
        return self.tokens[self.reach(node)[1]]

    def written(self, node: ast.expr) -> str:
        """Return the node as the author wrote it, on one line."""
        start, length = self.span(node)
        return " ".join(self.text[start : start + length].split())

    def number(self, node: ast.Constant) -> Fraction:
        """Return the exact value of what was written: 0.1 is a tenth."""
        written = self.token(node).text
        return Fraction(int(written)) if written.isdigit() else Fraction(written)

    def in_brackets(self, node: ast.expr) -> bool:
        """Whether the author put brackets round this node, which the tree does not keep."""
        first, last = self.reach(node)
        before, after = self.tokens[first - 1 : first], self.tokens[last + 1 : last + 2]
        return first > 0 and [token.text for token in before + after] == ["(", ")"]

    def sign_between(self, one: ast.expr, two: ast.expr) -> Token:
        """Return the first token between two nodes, in whichever order they stand."""
        last = min(self.reach(one), self.reach(two))[1] + 1
        while self.tokens[last].text == ")":
            last += 1
        return self.tokens[last]

    def beside(self, node: ast.expr) -> Token:
        """Return the token after the node, or the one before it if it ends the expression or its brackets."""
        first, last = self.reach(node)
        at_end = last + 1 >= len(self.tokens) or self.tokens[last + 1].text == ")"
        return self.tokens[first - 1 if at_end else last + 1]


def parse(text: str) -> Parsed:
    """Read the text as an expression."""
    if len(text) > LONGEST:
        slip = Slip("too-long", LONGEST, len(text) - LONGEST, f"This has {len(text):,} characters; {LONGEST:,} fit.")
        return Parsed(text, (), (), None, (slip,))
    cut = tokenize(text)
    slips = list(cut.slips)
    if not cut.tokens:
        if not slips:
            slips.append(Slip("empty-expression", 0, max(1, len(text)), "There is nothing here.", "Write a condition."))
        return Parsed(text, (), (), None, tuple(slips))
    words = [token.python for token in cut.tokens]
    # where each token starts in the text given to Python
    tree, columns = None, tuple(accumulate([len(word) + 1 for word in words[:-1]], initial=0))
    if cut.usable:
        obstacle = _brackets(cut.tokens) or _if_first(cut.tokens) or _order(cut.tokens)
        tree, further = (None, obstacle) if obstacle else _tree(cut.tokens, words, columns)
        if further:
            # A capital IF is not told twice.
            slips = [*(slip for slip in slips if slip.start != further.start), further]
    return Parsed(text, cut.tokens, columns, tree, tuple(slips))


def _tree(
    tokens: tuple[Token, ...], words: Sequence[str], columns: tuple[int, ...]
) -> tuple[ast.expr | None, Slip | None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(" ".join(words), mode="eval").body
    except SyntaxError as error:
        at = tokens[max(0, bisect_right(columns, (error.offset or 1) - 1) - 1)]
        return None, _not_understood(at, {token.text for token in tokens})
    except (MemoryError, RecursionError, ValueError):
        return None, _too_complex(tokens, "This is nested too deeply.")
    # every part has a token of its own
    nodes, depth = _size(tree) if len(tokens) > DEEPEST else (len(tokens), 1)
    if nodes > MOST_NODES or depth > DEEPEST:
        message = (
            f"This has {nodes} parts, nested {depth} deep; {MOST_NODES} parts and a depth of {DEEPEST} are allowed."
        )
        return None, _too_complex(tokens, message)
    return tree, None


def _too_complex(tokens: tuple[Token, ...], message: str) -> Slip:
    start = min(token.start for token in tokens)
    end = max(token.start + token.length for token in tokens)
    return Slip("too-complex", start, end - start, message, "Split it into several scores.")


def _size(tree: ast.expr) -> tuple[int, int]:
    """Count the parts and the depth; a long `a + b + c` is no deeper than `a + b`."""
    nodes, deepest, waiting = 0, 0, [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        nodes, deepest = nodes + 1, max(deepest, depth)
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                chain = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub) and child is node.left
                waiting.append((child, depth if chain else depth + 1))
    return nodes, deepest


def _brackets(tokens: tuple[Token, ...]) -> Slip | None:
    opened: list[Token] = []
    for token in tokens:
        if token.text == "(" and token.kind == "symbol":
            opened.append(token)
            if len(opened) > DEEPEST:
                return _too_complex(tokens, f"Brackets are nested more than {DEEPEST} deep.")
        elif token.text == ")" and token.kind == "symbol":
            if not opened:
                return Slip(
                    "unbalanced-bracket", token.start, token.length, "This bracket closes nothing.", "Remove it."
                )
            opened.pop()
    if opened:
        message = "This bracket is not closed."
        return Slip("unbalanced-bracket", opened[-1].start, opened[-1].length, message, "Add ')'.")
    return None


def _if_first(tokens: tuple[Token, ...]) -> Slip | None:
    first = tokens[0]
    if first.text != "if" or first.kind != "symbol":
        return None
    remedy = "Write a number with 'x if c else y'; a condition needs no 'if'."
    return Slip("if-then", first.start, first.length, "An expression does not begin with 'if'.", remedy)


def _order(tokens: tuple[Token, ...]) -> Slip | None:
    """Find the first token that cannot stand after the one before it."""
    expected = "thing"
    for position, token in enumerate(tokens):
        before = tokens[position - 1] if position else None
        if expected == "in":  # the second half of `not in`
            expected = "thing"
        elif expected == "thing":
            if token.kind != "symbol" or (token.text == ")" and _may_close(tokens, position)):
                expected = "operator"
            elif token.text != "(" and token.text not in _PREFIXES:
                return Slip(
                    "missing-operand", token.start, token.length, f"Something is missing before '{token.text}'."
                )
        elif token.kind != "symbol" or _opens_wrongly(tokens, position):
            return _missing_operator(token, before)
        elif token.text != ")":
            expected = "in" if token.text == "not" else "thing"
    if expected == "operator":
        return None
    last = tokens[-1]
    return Slip("missing-operand", last.start, last.length, f"Something is missing after '{last.text}'.")


def _may_close(tokens: tuple[Token, ...], position: int) -> bool:
    """`f()` and a comma before the closing bracket are complete."""
    before = [(token.kind, token.text) for token in tokens[max(0, position - 2) : position]]
    empty_call = len(before) == 2 and before[0][0] == "word" and before[1] == ("symbol", "(")
    return empty_call or before[-1:] == [("symbol", ",")]


def _opens_wrongly(tokens: tuple[Token, ...], position: int) -> bool:
    """After a thing, `(` must follow a function's name and `not` must be part of `not in`."""
    token = tokens[position]
    if token.text == "(":
        return tokens[position - 1].kind != "word"
    return token.text == "not" and [after.text for after in tokens[position + 1 : position + 2]] != ["in"]


def _missing_operator(token: Token, before: Token | None) -> Slip:
    first = before.text if before else ""
    if token.text == "then" or first == "then":
        remedy = "Write a number with 'x if c else y'; a condition needs no 'then'."
        return Slip("if-then", token.start, token.length, "'if … then' is written the other way round here.", remedy)
    message = f"There is nothing between '{first}' and '{token.text}'."
    remedy = "Join them with 'and', 'or', 'is' or a sign; an option is written by its id."
    return Slip("missing-operator", token.start, token.length, message, remedy)


def _not_understood(at: Token, words: set[str]) -> Slip:
    if "if" in words and "else" not in words:
        return Slip("if-then", at.start, at.length, "'if' needs an 'else'.", "Write 'x if c else y'.")
    message = f"This cannot be read from '{at.text}' on."
    return Slip("not-understood", at.start, at.length, message, "Put brackets round what belongs together.")
