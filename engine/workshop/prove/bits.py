"""Whole numbers and truths for z3 on which a program's own text runs, just as it runs on Python's.

A number is a bit-vector that is as wide as what it can come to, so nothing ever overflows; what is certain from its
bounds alone is folded away before z3 sees it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import z3  # type: ignore[import-untyped]

Z3 = Any  # z3 ships no types


def width(low: int, high: int) -> int:
    """Return how many bits hold every number between these."""
    return max((~one if one < 0 else one).bit_length() for one in (low, high)) + 1


class Truth:
    """A condition that z3 knows. Constants stay Python's own True and False."""

    __slots__ = ("known",)

    def __init__(self, known: Z3) -> None:
        """Wrap a z3 condition."""
        self.known = known

    def __and__(self, other: Truth | bool) -> Truth | bool:
        if isinstance(other, bool):
            return self if other else False
        return Truth(z3.And(self.known, other.known))

    def __or__(self, other: Truth | bool) -> Truth | bool:
        if isinstance(other, bool):
            return True if other else self
        return Truth(z3.Or(self.known, other.known))

    def __xor__(self, other: Truth | bool) -> Truth:
        if isinstance(other, bool):
            return Truth(z3.Not(self.known)) if other else self
        return Truth(z3.Xor(self.known, other.known))

    def __mul__(self, other: Whole | int) -> Whole | int:
        return chosen(self, other, 0)

    __rand__, __ror__, __rxor__, __rmul__ = __and__, __or__, __xor__, __mul__


class Whole:
    """A whole number that z3 knows, between two bounds. Constants stay Python's own."""

    __slots__ = ("high", "known", "low")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, known: Z3, low: int, high: int) -> None:
        """Wrap a bit-vector of `width(low, high)` bits, two's complement."""
        self.known, self.low, self.high = known, low, high

    def wide(self, bits: int) -> Z3:
        """Return the bit-vector with this many bits, or with the lowest of them."""
        more = bits - self.known.size()
        if more < 0:
            return z3.Extract(bits - 1, 0, self.known)
        return z3.SignExt(more, self.known) if more else self.known

    def vector(self, value: Whole | int, bits: int) -> Z3:
        """Return any number as a bit-vector beside this one."""
        return value.wide(bits) if isinstance(value, Whole) else z3.BitVecVal(value, bits, self.known.ctx)

    def __add__(self, other: Whole | int) -> Whole:
        low, high = self.low + low_of(other), self.high + high_of(other)
        bits = width(low, high)
        return Whole(self.wide(bits) + self.vector(other, bits), low, high)

    def __neg__(self) -> Whole:
        bits = width(-self.high, -self.low)
        return Whole(-self.wide(bits), -self.high, -self.low)

    def __sub__(self, other: Whole | int) -> Whole:
        return self + -other

    def __rsub__(self, other: int) -> Whole:
        return -self + other

    def __mul__(self, other: Whole | Truth | int) -> Whole | int:
        if isinstance(other, Truth):
            return chosen(other, self, 0)
        if isinstance(other, int) and other in (0, 1):  # False and True among them
            return self if other else 0
        ends = [one * another for one in (self.low, self.high) for another in (low_of(other), high_of(other))]
        low, high = min(ends), max(ends)
        # z3 multiplies modulo the width, so the factors must fit into it as well
        bits = max(width(low, high), self.known.size(), width(low_of(other), high_of(other)))
        return narrowed(self.wide(bits) * self.vector(other, bits), low, high)

    def __and__(self, other: Whole | int) -> Whole | int:
        ends = [end for low, end in ((self.low, self.high), (low_of(other), high_of(other))) if low >= 0]
        if not ends:
            raise TypeError("of two masks at least one has to be no less than 0")
        if min(ends) == 0:
            return 0
        bits = max(self.known.size(), width(low_of(other), high_of(other)))
        return narrowed(self.wide(bits) & self.vector(other, bits), 0, min(ends))

    def __or__(self, other: Whole | Truth | int) -> Whole:
        if isinstance(other, Truth):  # bit 0 of a mask is whether the item is hidden
            other = chosen(other, 1, 0)
        high = (1 << max(self.high.bit_length(), high_of(other).bit_length())) - 1
        bits = width(0, high)
        return Whole(self.wide(bits) | self.vector(other, bits), 0, high)

    def __rshift__(self, places: int) -> Whole | int:
        if self.high >> places == 0:
            return 0
        return narrowed(z3.LShR(self.known, places), 0, self.high >> places)

    def __floordiv__(self, by: int) -> Whole:
        bits = max(width(self.low - by, self.high + by), width(0, by))
        value, divisor = self.wide(bits), z3.BitVecVal(by, bits, self.known.ctx)
        # z3 rounds towards nothing
        down = z3.If(value >= 0, value / divisor, (value - (divisor - 1)) / divisor)
        return narrowed(down, self.low // by, self.high // by)

    def __ge__(self, other: Whole | int) -> Truth | bool:
        if self.low >= high_of(other):
            return True
        return False if self.high < low_of(other) else self._compared(">=", other)

    def __gt__(self, other: Whole | int) -> Truth | bool:
        if self.low > high_of(other):
            return True
        return False if self.high <= low_of(other) else self._compared(">", other)

    def __le__(self, other: Whole | int) -> Truth | bool:
        return opposite(self > other)

    def __lt__(self, other: Whole | int) -> Truth | bool:
        return opposite(self >= other)

    def __eq__(self, other: Whole | int) -> Truth | bool:  # type: ignore[override]
        if self.low > high_of(other) or self.high < low_of(other):
            return False
        return self._compared("==", other)

    def __ne__(self, other: Whole | int) -> Truth | bool:  # type: ignore[override]
        return opposite(self == other)

    def _compared(self, op: str, other: Whole | int) -> Truth:
        bits = max(self.known.size(), width(low_of(other), high_of(other)))
        left, right = self.wide(bits), self.vector(other, bits)
        return Truth(left >= right if op == ">=" else left > right if op == ">" else left == right)

    __radd__, __rmul__, __rand__, __ror__ = __add__, __mul__, __and__, __or__


def low_of(value: Whole | int) -> int:
    """Return the least that a number can be."""
    return value.low if isinstance(value, Whole) else int(value)


def high_of(value: Whole | int) -> int:
    """Return the most that a number can be."""
    return value.high if isinstance(value, Whole) else int(value)


def narrowed(known: Z3, low: int, high: int) -> Whole:
    """Return a bit-vector without the bits that these bounds do not need."""
    bits = width(low, high)
    return Whole(z3.Extract(bits - 1, 0, known) if known.size() > bits else known, low, high)


def opposite(truth: Truth | bool) -> Truth | bool:
    """Return that this does not hold."""
    return not truth if isinstance(truth, bool) else truth ^ True


def chosen(condition: Truth | bool, then: Whole | int, otherwise: Whole | int) -> Whole | int:
    """Return one number or the other."""
    if isinstance(condition, bool):
        return then if condition else otherwise
    low, high = min(low_of(then), low_of(otherwise)), max(high_of(then), high_of(otherwise))
    if low == high:
        return low
    bits, context = width(low, high), condition.known.ctx
    one, other = (
        value.wide(bits) if isinstance(value, Whole) else z3.BitVecVal(value, bits, context)
        for value in (then, otherwise)
    )
    return Whole(z3.If(condition.known, one, other), low, high)


def lesser(one: Whole | int, other: Whole | int) -> Whole | int:
    """Return the lesser of two numbers."""
    if isinstance(one, int) and isinstance(other, int):
        return min(one, other)
    return chosen(other >= one, one, other)


def greater(one: Whole | int, other: Whole | int) -> Whole | int:
    """Return the greater of two numbers."""
    if isinstance(one, int) and isinstance(other, int):
        return max(one, other)
    return chosen(other >= one, other, one)


class Table:
    """A look-up table. Most are the least, the greatest or the sum of a number for each bit, which z3 handles well."""

    def __init__(self, values: tuple[int, ...]) -> None:
        """Find out how the table is made."""
        self.values = values
        if isinstance(values[0], bool):  # whether a mask has any of some bits, or none
            bits = (1 << place for place in range(len(values).bit_length() - 1))
            self.kind, self.steps = "bits", tuple((bit, 0) for bit in bits if values[bit] is not values[0])
        else:
            self.kind, self.steps = shape(values)

    def __getitem__(self, key: Whole | int) -> Whole | Truth | int:
        """Look a number up, or of a table of truths whether it holds."""
        if isinstance(key, int):
            return self.values[key]
        if self.kind == "bits":
            some = (key & sum(bit for bit, _ in self.steps)) != 0
            return some if self.values[0] is False else opposite(some)
        found: Whole | int = 0
        if self.kind == "sum":
            for mask, value in self.steps:
                found = found + chosen((key & mask) != 0, value, 0)
        elif self.kind == "each":
            for mask, value in self.steps:
                found = chosen(key == mask, value, found)
        else:
            for mask, value in reversed(self.steps):
                found = chosen((key & mask) != 0, value, found)
        return found


@lru_cache(maxsize=1024)
def shape(values: tuple[int, ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return how a table by mask is made: the sum of a value for each bit, or the first value of which a bit is there;
    else each value by its place.
    """
    bits = [1 << place for place in range((len(values) - 1).bit_length())]
    if len(values) == 1 << len(bits):
        ones = [(bit, values[bit]) for bit in bits]
        if _is_sum(values, ones):
            return "sum", tuple(one for one in ones if one[1])
        for without in ((), (1,), tuple(bit for bit, value in ones if value == 0)):
            kept = [one for one in ones if one[0] not in without]
            for descending in (False, True):
                steps = _stairs(kept, descending=descending)
                if all(value == _first(steps, mask) for mask, value in enumerate(values)):
                    return "first", steps
    return "each", tuple(enumerate(values))


def _is_sum(values: tuple[int, ...], ones: list[tuple[int, int]]) -> bool:
    return all(value == sum(one for bit, one in ones if mask & bit) for mask, value in enumerate(values))


def _stairs(ones: list[tuple[int, int]], *, descending: bool) -> tuple[tuple[int, int], ...]:
    values = sorted({value for _, value in ones}, reverse=descending)
    return tuple((sum(bit for bit, one in ones if one == value), value) for value in values)


def _first(steps: tuple[tuple[int, int], ...], mask: int) -> int:
    return next((value for bits, value in steps if bits & mask), 0)
