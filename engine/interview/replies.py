"""What an item may be answered with: a few answers that stand for all, each with the ranges it leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import islice, product
from math import floor
from weakref import WeakKeyDictionary

from engine.format.instrument import CHOICES, Instrument, Item
from engine.interview.encode import Values, answered, open_item
from engine.interview.ready import ready
from engine.interview.record import Answer, Days, Entries, NonAnswer, start
from engine.language.terms import Answer as Asked
from engine.language.terms import Compare, Constant, Number, Sum
from engine.program import names
from engine.program.domain import bounds

MOST_NUMBERS = 9
MOST_ENTRIES = 8  # kinds of entries that are tried in a log


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer to an item, and the ranges it leaves; an empty tuple for a list in which nothing is ticked, which
    nobody can say where no option stands for it. `told` are the ranges, and what the record then says of itself.
    """

    answer: Answer
    ranges: Values
    told: Values


@dataclass(frozen=True)
class Replies:
    """Answers to one item; `all_of_them` if there are no others."""

    each: tuple[Reply, ...]
    all_of_them: bool

    @cached_property
    def short(self) -> tuple[Reply, ...]:
        """Those that can be shown to somebody: a log of the same thing again and again is none."""
        return tuple(one for one in self.each if not isinstance(one.answer, Entries) or len(one.answer.entries) < 2)


_KEPT: WeakKeyDictionary[Instrument, dict[tuple[str, date], Replies]] = WeakKeyDictionary()
MOST_KEPT = 5_000


def replies(instrument: Instrument, item_id: str, on: date) -> Replies:
    """Return the answers to try.

    All options; of a tick list nothing (or what stands for it) and each single option; of numbers and dates the first,
    the last, and those at which a condition changes; of a log none, one and as many as fit, of a few kinds.
    """
    kept = _KEPT.setdefault(instrument, {})
    found = kept.get((item_id, on))
    if found is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        found = kept[item_id, on] = Replies(*_tried(instrument, instrument.items[item_id], on))
    return found


def _tried(instrument: Instrument, item: Item, on: date) -> tuple[tuple[Reply, ...], bool]:
    flags = {name: word == "answered" for name, word, one in ready(instrument).encoder.flags if one == item.id}
    if item.kind == "repeat":
        listed = ((one, logged(instrument, item.id, one, on)) for one in _logs(instrument, item, on))
        return tuple(Reply(one, ranges, ranges | flags) for one, ranges in listed), False
    today = on.toordinal()
    given, all_of_them = _answers(instrument, item, today)
    left = ((one, answered(item, one, today)) for one in given)
    return tuple(Reply(one, ranges, ranges | flags) for one, ranges in left), all_of_them


def _answers(instrument: Instrument, item: Item, today: int) -> tuple[list[Answer], bool]:
    if item.kind in CHOICES:
        return [option.id for option in item.options], True
    if item.kind == "tick_all":
        alone = [option.id for option in item.options if option.on_its_own]
        nothing: list[Answer] = [(one,) for one in alone] or [()]
        together: list[Answer] = [(option.id,) for option in item.options if not option.on_its_own]
        return [*nothing, *together], len(together) < 2
    if item.kind in ("number", "date"):
        ends = open_item(item, today)
        found, all_of_them = _few(
            ends[names.lowest(item.id)], ends[names.highest(item.id)], set(_turns(instrument, item, today))
        )
        return [_number(item, one) for one in found], all_of_them
    return [], item.kind == "note"


def _few(least: int, most: int, turns: set[int]) -> tuple[list[int], bool]:
    """The ends, and on both sides of every turn; of too many some from all over."""
    if most - least < MOST_NUMBERS:
        return list(range(least, most + 1)), True
    near = {one + step for one in turns for step in (-1, 0, 1)}
    found = sorted({least, most, *(one for one in near if least <= one <= most)})
    if len(found) > MOST_NUMBERS:
        found = sorted({found[place * (len(found) - 1) // (MOST_NUMBERS - 1)] for place in range(MOST_NUMBERS)})
    return found, False


def _number(item: Item, value: int) -> Answer:
    if item.kind == "date":
        day = date.fromordinal(value)
        return Days(day, day)
    return Decimal(value).scaleb(-item.decimals)


def _turns(instrument: Instrument, item: Item, today: int) -> Iterator[int]:
    """The values, in units of the last decimal, at which a comparison of this number alone changes."""
    unit = bounds(item).denominator if item.kind == "number" else 1
    for name, number in _limits(instrument):
        if name == item.id:
            weight, at = number[name], -number.get("", 0) - number.get("today", 0) * today
            yield floor(at / weight * unit)


Limits = list[tuple[str, Mapping[str, Fraction]]]
_LIMITS: WeakKeyDictionary[Instrument, Limits] = WeakKeyDictionary()


def _limits(instrument: Instrument) -> Limits:
    """Comparisons of one number with others that are known: the number, and the weights of "left minus right"."""
    if instrument in _LIMITS:
        return _LIMITS[instrument]
    owners = [*instrument.items.values(), *instrument.scores.values(), *instrument.outcomes.values()]
    found = _LIMITS[instrument] = []
    for compare in _comparisons(tuple(owners)):
        left, right = _linear(compare.left), _linear(compare.right)
        if left is None or right is None:
            continue
        both = {name: left.get(name, Fraction(0)) - right.get(name, Fraction(0)) for name in {**left, **right}}
        free = [name for name, weight in both.items() if weight and name not in ("", "today")]
        if len(free) == 1:
            found.append((free[0], both))
    return found


def _comparisons(term: object) -> Iterator[Compare]:
    if isinstance(term, Compare):
        yield term
    if isinstance(term, tuple):
        for part in term:
            yield from _comparisons(part)
    elif is_dataclass(term):
        for one in fields(term):
            yield from _comparisons(getattr(term, one.name))


def _linear(number: Number) -> dict[str, Fraction] | None:
    """The weights of a sum of answers and a constant (""); nothing for any other number."""
    match number:
        case Constant(value):
            return {"": value}
        case Asked(name):
            return {name: Fraction(1)}
        case Sum(terms):
            total: dict[str, Fraction] = {}
            for weight, one in terms:
                inner = _linear(one)
                if inner is None:
                    return None
                for name, factor in inner.items():
                    total[name] = total.get(name, Fraction(0)) + weight * factor
            return total
        case _:
            return None


def _logs(instrument: Instrument, item: Item, on: date) -> Iterator[Entries]:
    kinds = list(islice(_entries(instrument, item, on), MOST_ENTRIES))
    yield Entries((), closed=True)
    for count in dict.fromkeys((1, item.at_most)):
        yield from (Entries((one,) * count, closed=True) for one in kinds)


def _entries(instrument: Instrument, item: Item, on: date) -> Iterator[Mapping[str, Answer | NonAnswer]]:
    asked = [field for field in item.fields if field.kind not in ("text", "note")]
    given = [_answers(instrument, field, on.toordinal())[0][::-1] for field in asked]
    for said in product(*given):
        yield dict(zip([field.id for field in asked], said, strict=True))


def logged(instrument: Instrument, item: str, listed: Entries, on: date) -> Values:
    """Return the ranges that a log leaves."""
    nobody = start(instrument, instrument.questionnaire.voices[0], on)
    encoder = ready(instrument).encoder
    flags = {name for name, _, _ in encoder.flags}
    values = encoder.encode(nobody.saying(item, listed))
    return {name: value for name, value in values.items() if name.split("__")[0] == item and name not in flags}
