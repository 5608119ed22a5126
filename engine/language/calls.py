"""Whether a function is known, may be used here, and is given as many things as it takes."""

from __future__ import annotations

import ast

from engine.language.context import Context
from engine.language.functions import FUNCTIONS, takes, unknown_function
from engine.language.scope import Vocabulary

# What a word of a vocabulary that may not be used here speaks of, and what to do instead.
_NOT_HERE: dict[Vocabulary, tuple[str, str, str]] = {
    "record": (
        "record-word",
        "the record, not of the person's situation: it would let a missing answer change this.",
        "Ask about the answer itself, as in 'who is partner'.",
    ),
    "printed": (
        "guarantee-word",
        "what is printed, which is decided after this.",
        "It is for guarantees; here, repeat the condition instead.",
    ),
}


def fits(node: ast.Call, context: Context) -> bool:
    """Note what is wrong with a call before its arguments are read; False if there is no point in reading them."""
    word, func = context.word(node.func), node.func
    function = FUNCTIONS.get(word)
    if isinstance(func, ast.Attribute):
        message = "A function stands before its brackets, not after a dot."
        context.slip("dotted-name", func, message, f"For example '{FUNCTIONS['latest'].example}'.")
        return False
    if not function:
        message, remedy = unknown_function(word)
        if context.named(func):
            message, remedy = f"'{word}' is not a function.", "A name is written without brackets after it."
        context.slip("unknown-function", func, message, remedy)
        return False
    if function.vocabulary and function.vocabulary not in context.scope.vocabularies:
        kind, about, remedy = _NOT_HERE[function.vocabulary]
        context.slip(kind, func, f"'{word}' speaks of {about}", remedy)
        return False
    enough = function.fewest <= len(node.args) and (function.most is None or len(node.args) <= function.most)
    if not enough:
        context.slip("wrong-arguments", func, takes(word))
    return enough
