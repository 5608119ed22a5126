"""What every condition and calculation is rewritten to: a few kinds of truth and a few kinds of number.

A *choice* (an item with one answer of several, an outcome) is a set of bits: bit 0 is *not shown*, bit i the i-th
option or level. In every world a truth holds or does not; a number has one value or is *absent* (not shown, latest of
nothing). No comparison with an absent number holds; arithmetic with an absent operand is absent.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Comparison = Literal[">=", ">", "==", "!="]
RecordWord = Literal["answered", "dont_know", "declined", "judged"]
PrintWord = Literal["shown", "signposted", "raised"]


@dataclass(frozen=True, slots=True)
class Test:
    """The choice has one of the allowed bits; bit 0 among them includes *not shown*."""

    name: str
    allowed: int


@dataclass(frozen=True, slots=True)
class Applies:
    """A tick list, number, date, text or repeat is shown (for a choice this is a Test of all options)."""

    name: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The tick list is shown and this option (1 for the first) is ticked."""

    name: str
    option: int


@dataclass(frozen=True, slots=True)
class Compare:
    """Both numbers are present and compare so. `<` and `<=` are written with the sides swapped."""

    op: Comparison
    left: Number
    right: Number


@dataclass(frozen=True, slots=True)
class Recorded:
    """Speaks of the record, not of the world: the item is shown and was answered, or which non-answer it has.

    `missing` is not an author's word: it marks a non-answer for the reading by a published rule.
    """

    word: RecordWord | Literal["missing"]
    name: str


@dataclass(frozen=True, slots=True)
class Printed:
    """In guarantees only: this action is shown, this service pointed to, this alert raised."""

    word: PrintWord
    name: str


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; of no parts: always."""

    parts: tuple[Truth, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part holds; of no parts: never."""

    parts: tuple[Truth, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The classical opposite. An author's `not` never becomes this except around Applies, Chosen, Recorded, Printed:
    it is moved inward to the comparisons first.
    """

    part: Truth


ALWAYS = All(())
NEVER = AnyOf(())
Truth = Test | Applies | Chosen | Compare | Recorded | Printed | All | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Constant:
    """A number the author wrote."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Absent:
    """No number at all."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The value of a number item, the day number of a date item (proleptic Gregorian ordinal), the value of a score,
    or `today`, the assessment date's day number.
    """

    name: str


@dataclass(frozen=True, slots=True)
class Table:
    """A value for each bit of a choice, None where the number is absent (bit 0, as a rule). `highest` differs from
    `lowest` only where an option has `points: none`: in every world its points are some number between the two.
    """

    name: str
    lowest: tuple[Fraction | None, ...]
    highest: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """1 where the truth holds, else 0; never absent."""

    truth: Truth


@dataclass(frozen=True, slots=True)
class Sum:
    """A weighted sum, absent if any term is (a weight of 0 still makes it absent)."""

    terms: tuple[tuple[Fraction, Number], ...]


@dataclass(frozen=True, slots=True)
class OrElse:
    """The number, or this value where it is absent. `sum(a, b)` is a Sum of OrElse(…, 0)."""

    number: Number
    value: Fraction


@dataclass(frozen=True, slots=True)
class Product:
    """Two numbers multiplied."""

    left: Number
    right: Number


@dataclass(frozen=True, slots=True)
class Least:
    """The least of the numbers that are present; absent if none is. `max` is a Least of opposites, times -1."""

    parts: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of the numbers that are present; absent if none is."""

    parts: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class IfElse:
    """One number where the condition holds, the other where it does not."""

    condition: Truth
    then: Number
    otherwise: Number


@dataclass(frozen=True, slots=True)
class Floor:
    """The greatest whole number not above it. `round(x)` is Floor(x + 1/2): halves go up."""

    number: Number


@dataclass(frozen=True, slots=True)
class Count:
    """How many entries of the repeat satisfy the condition, which speaks of the entry's own fields and of today.
    Absent never: a repeat that is not shown has no entries.
    """

    repeat: str
    condition: Truth


@dataclass(frozen=True, slots=True)
class Latest:
    """The day number of the latest date in this field of the repeat's entries; absent without an entry."""

    repeat: str
    field: str


@dataclass(frozen=True, slots=True)
class CountSignposts:
    """In guarantees only: how many services are pointed to that have a contact which may be printed."""


Number = (
    Constant
    | Absent
    | Answer
    | Table
    | Tick
    | Sum
    | OrElse
    | Product
    | Least
    | Mean
    | IfElse
    | Floor
    | Count
    | Latest
    | CountSignposts
)
