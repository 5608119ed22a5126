"""Functions of one choice, as tables by bit: add, shift, fill, choose between, multiply, round down.

A table's two rows differ only where an option's points are open in every world (`points: none`).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import floor

from engine.language.terms import Absent, Constant, Number, Table, Test

Row = tuple[Fraction | None, ...]


def within(name: str, lowest: Row, highest: Row, domain: int) -> Table:
    """Return the table with nothing said of bits the choice cannot have, so that equal functions are equal."""
    size = domain.bit_length()
    return Table(
        name,
        tuple(lowest[bit] if domain >> bit & 1 else None for bit in range(size)),
        tuple(highest[bit] if domain >> bit & 1 else None for bit in range(size)),
    )


def simplest(table: Table, domain: int) -> Number:
    """Return the table within its domain, or Absent or a constant where it is one."""
    table = within(table.name, table.lowest, table.highest, domain)
    bits = [bit for bit in range(domain.bit_length()) if domain >> bit & 1]
    values = {row[bit] for row in (table.lowest, table.highest) for bit in bits}
    if len(values) > 1:
        return table
    value = values.pop()
    return Absent() if value is None else Constant(value)


def _each(row: Row, change: Callable[[Fraction], Fraction]) -> Row:
    return tuple(None if value is None else change(value) for value in row)


def added(first: Table | None, second: Table, weight: Fraction) -> Table:
    """Return first + weight * second, absent where either is."""
    low, high = (second.lowest, second.highest) if weight >= 0 else (second.highest, second.lowest)
    low, high = _each(low, lambda value: weight * value), _each(high, lambda value: weight * value)
    if first is None:
        return Table(second.name, low, high)
    return Table(second.name, _summed(first.lowest, low), _summed(first.highest, high))


def _summed(first: Row, second: Row) -> Row:
    return tuple(None if a is None or b is None else a + b for a, b in zip(first, second, strict=True))


def shifted(table: Table, constant: Fraction) -> Table:
    """Return table + constant."""
    return Table(
        table.name,
        _each(table.lowest, lambda value: value + constant),
        _each(table.highest, lambda value: value + constant),
    )


def filled(table: Table, value: Fraction) -> Table:
    """Return the table with this value where it is absent."""
    return Table(
        table.name,
        tuple(value if one is None else one for one in table.lowest),
        tuple(value if one is None else one for one in table.highest),
    )


def floored(table: Table) -> Table:
    """Return the greatest whole numbers not above."""
    return Table(
        table.name,
        _each(table.lowest, lambda value: Fraction(floor(value))),
        _each(table.highest, lambda value: Fraction(floor(value))),
    )


def _rows(number: Number, name: str, size: int) -> tuple[Row, Row] | None:
    match number:
        case Constant(value):
            return (value,) * size, (value,) * size
        case Absent():
            return (None,) * size, (None,) * size
        case Table(own, lowest, highest) if own == name:
            return lowest, highest
        case _:
            return None


def chosen(condition: Test, then: Number, otherwise: Number, size: int) -> Table | None:
    """Return `then if condition else otherwise` as one table, if all three speak of one choice only."""
    yes, no = _rows(then, condition.name, size), _rows(otherwise, condition.name, size)
    if yes is None or no is None:
        return None
    rows = [
        tuple(yes[row][bit] if condition.allowed >> bit & 1 else no[row][bit] for bit in range(size)) for row in (0, 1)
    ]
    return Table(condition.name, rows[0], rows[1])


def multiplied(left: Number, right: Number) -> Table | None:
    """Return the product of two tables of one choice with definite values, else nothing."""
    if not (isinstance(left, Table) and isinstance(right, Table) and left.name == right.name):
        return None
    if left.lowest != left.highest or right.lowest != right.highest:
        return None
    row = tuple(None if a is None or b is None else a * b for a, b in zip(left.lowest, right.lowest, strict=True))
    return Table(left.name, row, row)


def least(parts: tuple[Number, ...]) -> Table | None:
    """Return the least of tables of one choice and constants as one table, else nothing."""
    tables = [part for part in parts if isinstance(part, Table)]
    if not tables:
        return None
    first = tables[0]
    rows = [_rows(part, first.name, len(first.lowest)) for part in parts]
    if any(row is None for row in rows):
        return None
    both = [row for row in rows if row is not None]
    ends = [
        tuple(
            min((row[end][bit] for row in both if row[end][bit] is not None), default=None)  # type: ignore[type-var]
            for bit in range(len(first.lowest))
        )
        for end in (0, 1)
    ]
    return Table(first.name, ends[0], ends[1])
