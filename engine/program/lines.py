"""The lines of a straight-line program, equal lines shared, and the little algebra that folds constants.

A truth is two lines, *must hold* and *may hold*; a number is two, *lowest* and *highest*, with two truths that tell
whether it is present, a denominator fixed when compiling (exact decimals are scaled integers), and the bounds that no
record can leave. One text serves Python integers and NumPy columns: only `& | ^ True` on truths, a truth is multiplied
by an integer before it is added, `_low`, `_high` and the tables are handed in. Of the tables, `_any_6[x]` says that a
mask has bit 1 or 2, `_none_6[x]` that it has neither.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

TRUE, FALSE = "True", "False"
MOST_IN_A_ROW = 100
WORD = re.compile(r"[A-Za-z_]\w*")
LOOK_UP = re.compile(r"\w+\[\w+\]")


@dataclass(frozen=True, slots=True)
class TruthLine:
    """Names of the lines (or True, False) that say whether a condition must and may hold."""

    must: str
    may: str


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A number in units of 1/denominator. Its ends mean something only in the worlds where it is present."""

    lowest: str
    highest: str
    present: TruthLine
    denominator: int
    least: int
    greatest: int


SURE = TruthLine(TRUE, TRUE)
NEVER_TRUE = TruthLine(FALSE, FALSE)


@dataclass(frozen=True, slots=True)
class Line:
    """One assignment; `lasting` if it has a name of its own, and is not only a step on the way to another."""

    name: str
    text: str
    comment: str
    lasting: bool = False


TABLE_BITS = 9  # a look-up table has an entry for each mask; of wider masks the bits are tested


def chained(sign: str, parts: Iterable[str]) -> str:
    """Return parts joined by a sign, by the hundred in brackets: reading Python goes one step deeper with each, and a
    sum of thousands would go too deep.
    """
    left = list(parts)
    while len(left) > MOST_IN_A_ROW:
        left = [f"({sign.join(left[at : at + MOST_IN_A_ROW])})" for at in range(0, len(left), MOST_IN_A_ROW)]
    return sign.join(left)


@lru_cache(maxsize=4096)
def bit_table(bits: int, size: int, wanted: bool) -> tuple[bool, ...]:
    """Return for each mask of this size whether that it has any of these bits is as wanted."""
    return tuple([bool(mask & bits) is wanted for mask in range(1 << size)])


@dataclass(slots=True)
class Lines:
    """Lines in the order of computation, and the tables they look into."""

    lines: list[Line] = field(default_factory=list)
    tables: dict[str, tuple[int, ...]] = field(default_factory=dict)
    label: str = "line"
    comment: str = ""
    _by_text: dict[str, str] = field(default_factory=dict)
    _by_values: dict[tuple[int, ...], str] = field(default_factory=dict)
    _opposites: dict[str, tuple[str, int, int, str]] = field(default_factory=dict)
    _taken: dict[str, int] = field(default_factory=dict)

    def speak_of(self, label: str, comment: str = "") -> None:
        """Name the following lines after this, with the author's words beside the first."""
        self.label, self.comment = label, comment

    def line(self, text: str, kind: str, name: str = "") -> str:
        """Return the name of a line with this text, an earlier one if there is one."""
        if not name and (text in (TRUE, FALSE) or text.isidentifier() or text.lstrip("-").isdigit()):
            return text
        if not name and text in self._by_text:
            return self._by_text[text]
        wanted = name or f"{self.label}__{kind}"
        count = self._taken[wanted] = self._taken.get(wanted, 0) + 1
        given = wanted if count == 1 else f"{wanted}{count}"
        self.lines.append(Line(given, text, self.comment, bool(name)))
        self.comment = ""
        self._by_text.setdefault(text, given)
        return given

    def table(self, values: tuple[int, ...]) -> str:
        """Return the name of a look-up table with these values."""
        if values not in self._by_values:
            name = self._by_values[values] = f"_T{len(self._by_values)}"
            self.tables[name] = values
        return self._by_values[values]

    def any_of_bits(self, mask: str, bits: int, size: int, kind: str) -> str:
        """Return the line that holds where a mask of this many bits has any of these."""
        return self._bits("any", mask, bits, size, kind)

    def none_of_bits(self, mask: str, bits: int, size: int, kind: str) -> str:
        """Return the line that holds where a mask of this many bits has none of these."""
        return self._bits("none", mask, bits, size, kind)

    def _bits(self, which: str, mask: str, bits: int, size: int, kind: str) -> str:
        if size > TABLE_BITS:
            return self.line(f"({mask} & {bits}) {'!=' if which == 'any' else '=='} 0", kind)
        table = f"_{which}_{bits}"
        if len(self.tables.get(table, ())) < 1 << size:
            self.tables[table] = bit_table(bits, size, which == "any")
        name = self.line(f"{table}[{mask}]", kind)
        self._opposites[name] = mask, bits, size, "none" if which == "any" else "any"
        return name

    def both(self, *names: str) -> str:
        """Return the line that holds where all of these do."""
        kept = sorted(dict.fromkeys(name for name in names if name != TRUE))
        if FALSE in kept:
            return FALSE
        return self.line(chained(" & ", kept), "all") if kept else TRUE

    def either(self, *names: str) -> str:
        """Return the line that holds where any of these does."""
        kept = sorted(dict.fromkeys(name for name in names if name != FALSE))
        if TRUE in kept:
            return TRUE
        return self.line(chained(" | ", kept), "any") if kept else FALSE

    def opposite(self, name: str) -> str:
        """Return the line that holds where this does not."""
        if name in (TRUE, FALSE):
            return FALSE if name == TRUE else TRUE
        if name in self._opposites:
            mask, bits, size, which = self._opposites[name]
            return self._bits(which, mask, bits, size, "not")
        return self.line(f"{name} ^ True", "not")

    def negated(self, truth: TruthLine) -> TruthLine:
        """Return the opposite of a condition."""
        return TruthLine(self.opposite(truth.may), self.opposite(truth.must))

    def all_of(self, truths: list[TruthLine]) -> TruthLine:
        """Return the condition that all of these hold."""
        return TruthLine(self.both(*(t.must for t in truths)), self.both(*(t.may for t in truths)))

    def any_of(self, truths: list[TruthLine]) -> TruthLine:
        """Return the condition that any of these holds."""
        return TruthLine(self.either(*(t.must for t in truths)), self.either(*(t.may for t in truths)))

    def weighted(self, terms: list[tuple[str, str]]) -> str:
        """Return the sum of numbers, each where its condition holds; exactly one of the conditions does."""
        parts = [f"{value} * {when}" if when != TRUE else value for value, when in terms if when != FALSE]
        return self.line(chained(" + ", parts) if parts else "0", "pick")


def scaled(name: str, factor: int) -> str:
    """Return the text of a number times a constant."""
    if factor == 1:
        return name
    if name.lstrip("-").isdigit():
        return str(int(name) * factor)
    return f"{factor} * {name}"


def needed(lines: list[Line], results: tuple[str, ...]) -> list[Line]:
    """Return the lines that the results depend on, in order."""
    wanted = set(results)
    kept = []
    for line in reversed(lines):
        if line.name in wanted:
            wanted.update(WORD.findall(line.text))
            kept.append(line)
    return kept[::-1]


def _inside(text: str) -> str:
    return text if LOOK_UP.fullmatch(text) else f"({text})"


LONGEST = 400  # characters of a line that other lines were written into


def joined(lines: list[Line], results: tuple[str, ...]) -> list[Line]:
    """Return the lines with each step that is used once written into the line that uses it."""
    uses = Counter(word for line in lines for word in WORD.findall(line.text))
    uses.update(results)
    texts: dict[str, str] = {}
    comments: dict[str, str] = {}
    kept = []
    for line in lines:
        words = [word for word in WORD.findall(line.text) if word in texts]
        text = WORD.sub(lambda found: _inside(texts[found[0]]) if found[0] in texts else found[0], line.text)
        comment = line.comment or next((comments[word] for word in words if comments.get(word)), "")
        if uses[line.name] == 1 and not line.lasting and line.name not in results and len(text) <= LONGEST:
            texts[line.name], comments[line.name] = text, comment
        else:
            kept.append(Line(line.name, text, comment, line.lasting))
    return kept
