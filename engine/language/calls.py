"""Whether a function is known, may be used here, and is given as many things as it takes."""

from __future__ import annotations

import ast

from engine.language.context import Context
from engine.language.functions import FUNCTIONS, takes, unknown_function

_RECORD_WORDS = frozenset({"answered", "dont_know", "declined", "judged"})
_GUARANTEE_WORDS = frozenset({"shown", "signposted", "raised", "count_signposts"})


def fits(node: ast.Call, context: Context) -> bool:
    """Note what is wrong with a call before its arguments are read; False if there is no point in reading them."""
    word, func = context.word(node.func), node.func
    function = FUNCTIONS.get(word)
    if isinstance(func, ast.Attribute):
        message = "A function stands before its brackets, not after a dot."
        context.slip("dotted-name", func, message, f"For example '{FUNCTIONS['latest'].example}'.")
        return False
    if not function:
        kind = "unknown-function"
        message, remedy = unknown_function(word)
        if context.named(func):
            message, remedy = f"'{word}' is not a function.", "A name is written without brackets after it."
        context.slip(kind, func, message, remedy)
        return False
    if word in _RECORD_WORDS and "record" not in context.scope.vocabularies:
        message = (
            f"'{word}' speaks of the record, not of the person's situation: it would let a missing answer change this."
        )
        context.slip("record-word", func, message, "Ask about the answer itself, as in 'who is partner'.")
        return False
    if word in _GUARANTEE_WORDS and "printed" not in context.scope.vocabularies:
        message = f"'{word}' speaks of what is printed, which is decided after this."
        context.slip("guarantee-word", func, message, "It is for guarantees; here, repeat the condition instead.")
        return False
    enough = function.fewest <= len(node.args) and (function.most is None or len(node.args) <= function.most)
    if not enough:
        context.slip("wrong-arguments", func, takes(word))
    return enough
