"""Text to tokens: each with its place in characters, and the spellings of other tools put right and noted.

Python's parser never sees the author's own characters, only these tokens joined by spaces. So places are counted in
characters whatever the script, line breaks do not matter, and no part of Python's grammar gets in by accident.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from keyword import iskeyword
from typing import Literal, NamedTuple

from engine.language.scope import Slip

KEYWORDS = frozenset({"and", "or", "not", "in", "is", "if", "else"})
SYMBOLS = frozenset({"(", ")", ",", ".", "+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">="})
OTHER_SPELLINGS = {
    "=": "==", "===": "==", "!==": "!=", "<>": "!=", "≠": "!=", "≥": ">=", "=>": ">=", "⩾": ">=", "≤": "<=",
    "=<": "<=", "⩽": "<=", "&&": "and", "&": "and", "∧": "and", "||": "or", "|": "or", "∨": "or", "!": "not",
    "~": "not", "¬": "not", "∈": "in", "[": "(", "]": ")", "{": "(", "}": ")", "×": "*", "÷": "/", "−": "-",
    "–": "-", ":=": "==",
}  # fmt: skip
STAND_IN = "_"  # for a word that Python would not take for a name
HOLDING_WORDS = frozenset({"contains", "contain", "includes", "include"})
_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?|\.[0-9]{1,15}")
_TOKEN = re.compile(
    r"""\s*+(?:
      (?P<isnt>(?:is|are)n['’]t\b)
    | (?P<word>[^\W\d]\w*)
    | (?P<number>\.?\d[\w.]*)
    | (?P<quoted>'[^'\n]*' | "[^"\n]*" | ‘[^’\n]*’ | “[^”\n]*” | „[^“”\n]*[“”] | «[^»\n]*»)
    | (?P<symbol>===|!==|==|!=|<=|>=|=>|=<|:=|<>|&&|\|\||\*\*|//|.))""",
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A word, a number or a symbol (keywords are symbols) as this language spells it, and where the author wrote it."""

    kind: Literal["word", "number", "symbol"]
    text: str
    start: int
    length: int

    @property
    def python(self) -> str:
        """What stands for the token in the text that Python parses."""
        if self.kind == "number":
            return "0"
        if self.kind == "word" and (iskeyword(self.text) or not (self.text.isascii() and self.text.isidentifier())):
            return STAND_IN
        return self.text


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, the slips in spelling, and whether reading may go on past them."""

    tokens: tuple[Token, ...]
    slips: tuple[Slip, ...]
    usable: bool


def tokenize(text: str) -> Tokens:
    """Cut the text into tokens; never raises."""
    slips: list[Slip] = []
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text.rstrip()):
        kind = str(match.lastgroup)
        word, start = match[kind], match.start(kind)
        if kind == "word" and word.islower() and word not in KEYWORDS:  # as most are
            tokens.append(Token("word", word, start, len(word)))
        elif word in SYMBOLS:
            tokens.append(Token("symbol", word, start, len(word)))
        else:
            tokens += _read(kind, word, start, slips)
    usable = not any(slip.kind == "unknown-symbol" for slip in slips)
    return Tokens(tuple(_phrases(tokens, text, slips)), tuple(slips), usable)


def _read(kind: str, word: str, start: int, slips: list[Slip]) -> Iterator[Token]:
    length = len(word)
    match kind:
        case "number":
            if not _NUMBER.fullmatch(word):
                slips.append(_number_form(word, start))
                word = "1"
            yield Token("number", word, start, length)
        case "isnt":
            slips.append(_other_spelling(word, "is not", start))
            yield from (Token("symbol", "is", start, length), Token("symbol", "not", start, length))
        case "word":
            yield _word(word, start, slips)
        case "quoted":
            inside = word[1:-1].strip()
            right = f"Write {inside} without quotes." if " " not in inside else "Name the option by its id."
            slips.append(Slip("quoted-word", start, length, "Nothing in an expression has quotes round it.", right))
            yield Token("number" if _NUMBER.fullmatch(inside) else "word", inside, start, length)
        case "symbol" if word in OTHER_SPELLINGS:
            right = OTHER_SPELLINGS[word]
            slips.append(_other_spelling(word, right, start))
            yield Token("symbol", right, start, length)
        case "symbol":
            slips.append(_unknown_symbol(word, start))


def _word(word: str, start: int, slips: list[Slip]) -> Token:
    if word in KEYWORDS:
        return Token("symbol", word, start, len(word))
    # Names are lower case, so a keyword in capitals is never one of them.
    if word.lower() in KEYWORDS and word != word.lower():
        slips.append(_other_spelling(word, word.lower(), start))
        return Token("symbol", word.lower(), start, len(word))
    return Token("word", word, start, len(word))


def _phrases(tokens: list[Token], text: str, slips: list[Slip]) -> Iterator[Token]:
    """Put right what other tools say in several words: `is in`, `is one of`, `x contains y`."""
    position, words = 0, [*(token.text for token in tokens), ""]
    while position < len(tokens):
        first = tokens[position]
        if first.text != "is" and words[position + 1] not in HOLDING_WORDS:
            yield first
            position += 1
            continue
        spelled = words[position : min(position + 3, len(tokens))]
        taken = next((n for n, phrase in _IN_PHRASES if spelled[:n] == phrase), 0)
        if taken:
            last = tokens[position + taken - 1]
            length = last.start + last.length - first.start
            right = "not in" if "not" in spelled[:taken] else "in"
            written = text[first.start : first.start + length]
            slips.append(_other_spelling(written, right, first.start))
            yield from (Token("symbol", word, first.start, length) for word in right.split())
            position += taken
        elif len(spelled) == 3 and spelled[1] in HOLDING_WORDS and _all_words(tokens[position : position + 3]):
            holder, holding, held = tokens[position : position + 3]
            slips.append(
                replace(
                    _other_spelling(holding.text, "in", holding.start),
                    remedy=f"Write '{held.text} in {holder.text}'.",
                )
            )
            yield from (held, Token("symbol", "in", holding.start, holding.length), holder)
            position += 3
        else:
            yield first
            position += 1


_IN_PHRASES = ((3, ["is", "not", "in"]), (3, ["is", "one", "of"]), (3, ["is", "any", "of"]), (2, ["is", "in"]))


def _all_words(tokens: list[Token]) -> bool:
    return all(token.kind == "word" for token in tokens)


def _other_spelling(word: str, right: str, start: int) -> Slip:
    return Slip("other-spelling", start, len(word), f"'{word}' is not used here.", f"Write '{right}'.")


def _number_form(word: str, start: int) -> Slip:
    message = f"'{word}' is not a number as it is written here."
    remedy = "Use up to 15 digits, and a point for decimals: 1000 or 2.5."
    return Slip("number-form", start, len(word), message, remedy)


def _unknown_symbol(sign: str, start: int) -> Slip:
    shown = sign if sign.isprintable() else f"U+{ord(sign):04X}"
    quote = sign in "'\"‘’“”„«»"
    remedy = "Options are written without quotes." if quote else "Take it out; the signs are + - * / == != < <= > >=."
    return Slip("unknown-symbol", start, len(sign), f"'{shown}' has no meaning here.", remedy)
