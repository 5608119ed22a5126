"""Random items of every kind, each with the number of raw values it can have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import comb

from engine.format.atoms import Text
from engine.format.instrument import CHOICES, Item, Kind, Option
from engine.language.terms import (
    Absent,
    Answer,
    Applies,
    Chosen,
    Compare,
    Constant,
    IfElse,
    Number,
    OrElse,
    Sum,
    Table,
    Tick,
)
from tests.generate_terms import HALF, ONE, ZERO, Dice

TODAY = date(2026, 3, 2)
WORDS = Text.of("Words")
WORTH = tuple(Fraction(text) for text in ("0", "1", "2", "3", "-1", "1/2", "-3/2"))


def of_kind(dice: Dice, name: str, kind: Kind, *, rising: bool) -> tuple[Item, int]:
    """Draw an item that is always shown."""
    item, size = Item(name, kind, "all_of_it", WORDS), 1
    if kind in CHOICES:
        item, size = choice(dice, item, rising=rising)
    elif kind == "tick_all":
        item, size = ticks(dice, item, rising=rising)
    elif kind == "number":
        item, size = number(dice, item, rising=rising)
    elif kind == "date":
        size = dice.whole(2, 4)
        item = replace(item, earliest=TODAY - timedelta(days=size - 1))
    elif kind == "repeat":
        item, size = repeat(dice, item)
    if item.points is not None and dice.often(2):
        item = replace(item, points=or_skipped(item.points, Fraction(0 if rising else dice.whole(0, 2))))
    return item, size


def or_skipped(points: Number, instead: Fraction) -> Number:
    """Put in what counts where the item does not apply."""
    if isinstance(points, Table):
        return replace(points, lowest=(instead, *points.lowest[1:]), highest=(instead, *points.highest[1:]))
    return OrElse(points, instead)


def options(*ids: str) -> tuple[Option, ...]:
    return tuple(Option(one, WORDS) for one in ids)


def choice(dice: Dice, item: Item, *, rising: bool) -> tuple[Item, int]:
    count = 2 if item.kind == "yes_no" else dice.whole(9, 11) if dice.often(1) else dice.whole(2, 4)
    ids = ("yes", "no") if item.kind == "yes_no" else tuple(f"o{n}" for n in range(1, count + 1))
    item = replace(item, options=options(*ids))
    worth = [dice.one(WORTH) for _ in ids]
    if rising:
        worth = sorted(map(abs, worth))
    if not dice.often(7):
        return item, count
    if count > 2 and not rising and dice.often(2):
        return without_a_number(dice, item, worth)
    table = (None, *worth)
    return replace(item, points=Table(item.id, table, table)), count


def without_a_number(dice: Dice, item: Item, worth: list[Fraction]) -> tuple[Item, int]:
    """Give one option `points: none`: any of the points that the others span."""
    place = dice.whole(0, len(worth) - 1)
    others = [*worth[:place], *worth[place + 1 :]]
    lowest, highest = ((None, *worth[:place], end, *worth[place + 1 :]) for end in (min(others), max(others)))
    return replace(item, points=Table(item.id, lowest, highest)), len(worth) + len(set(others))


def ticks(dice: Dice, item: Item, *, rising: bool) -> tuple[Item, int]:
    together, alone = 9 if dice.often(1) else dice.whole(1, 3), dice.one((1, 0, 1, 2))
    own = tuple(Option(f"none{n}", WORDS, on_its_own=True) for n in range(alone))
    item = replace(item, options=(*options(*(f"o{n}" for n in range(together))), *own))
    if dice.often(7):
        weights = [dice.one(WORTH[:4] if rising else WORTH) for _ in range(together)]
        total = Sum(tuple((weight, Tick(Chosen(item.id, bit))) for bit, weight in enumerate(weights, start=1)))
        item = replace(item, points=IfElse(Applies(item.id), total, Absent()))
    return item, (1 << together) + alone


def number(dice: Dice, item: Item, *, rising: bool) -> tuple[Item, int]:
    if dice.often(1):
        return item, 1
    size, decimals = dice.whole(2, 5), int(dice.often(2))
    low = Decimal(dice.whole(0, 2) if rising else dice.whole(-2, 2))
    high = low + Decimal(size - 1).scaleb(-decimals)
    item = replace(item, low=low, high=high, decimals=decimals)
    return replace(item, points=steps(dice, item)) if dice.often(3) else item, size


def steps(dice: Dice, item: Item) -> Number:
    """Points that rise with the number: `steps(n, 0, (from, value), …)`."""
    number, limits = Answer(item.id), sorted({dice.whole(0, 4), dice.whole(0, 4)})
    reached = ((dice.one((ONE, HALF)), Tick(Compare(">=", number, Constant(Fraction(limit))))) for limit in limits)
    total = Sum(((ZERO, number), (ONE, Constant(ZERO)), *reached))
    return IfElse(Applies(item.id), total, Absent())


def repeat(dice: Dice, item: Item) -> tuple[Item, int]:
    """Up to two entries of one or two fields, with at most six different entries."""
    at_most, entries, fields = dice.one((2, 1, 2)), 1, list[Item]()
    for place in range(dice.whole(1, 2)):
        one, size = part(dice, place)
        if entries * size <= 6:
            entries *= size
            fields.append(one)
    item = replace(item, fields=tuple(fields), at_most=at_most)
    return item, max(comb(entries + at_most, at_most), entries**at_most)


def part(dice: Dice, place: int) -> tuple[Item, int]:
    kinds: tuple[Kind, ...] = ("date", "pick_one", "yes_no", "number", "date", "text")
    one, size = Item(f"f{place}", dice.one(kinds), "all_of_it", WORDS), dice.whole(2, 3)
    if one.kind == "text":
        return one, 1
    if one.kind == "yes_no":
        return replace(one, options=options("yes", "no")), 2
    if one.kind == "pick_one":
        return replace(one, options=options(*(f"o{n}" for n in range(size)))), size
    if one.kind == "number":
        low = dice.whole(-1, 0)
        return replace(one, low=Decimal(low), high=Decimal(low + size - 1)), size
    return replace(one, earliest=TODAY - timedelta(days=size - 1)), size
