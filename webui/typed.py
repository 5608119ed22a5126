"""What people type into boxes, turned into the JSON of an answer and back, and kind words where that fails."""

from __future__ import annotations

import calendar
import re
from datetime import date
from decimal import Decimal

from engine.format.instrument import Item
from engine.interview.answers import answer_to_json, span
from engine.interview.record import Answer, Days, Entries, Words
from webui.tongue import _, mark, tongue

DATE_PARTS = ("day", "month", "year")
NOTHING = {
    "yes_no": mark("Choose an answer, or use one of the other buttons below."),
    "pick_one": mark("Choose an answer, or use one of the other buttons below."),
    "tick_all": mark("Tick what fits, or use one of the other buttons below."),
    "number": mark("Write a number, or use one of the other buttons below."),
    "date": mark("Write at least the year, or use one of the other buttons below."),
    "text": mark("Write something, or use one of the other buttons below."),
    "repeat": mark("Fill in at least one box before adding this."),
}


class Unclear(ValueError):
    """What was typed cannot be an answer; the message says what would be."""


def number_in(typed: str) -> Decimal | None:
    """Return the number, None for nothing.

    >>> number_in("1,200"), number_in(" 2.5"), number_in("")
    (Decimal('1200'), Decimal('2.5'), None)
    """
    digits = typed.replace(" ", "").replace("\u2212", "-")
    if not digits:
        return None
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", digits, re.ASCII):
        digits = digits.replace(",", "")
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", digits, re.ASCII):
        raise Unclear(_("Write this as a number, such as 3."))
    return Decimal(digits)


def date_in(day: str, month: str, year: str) -> str | None:
    """Return a day, a month or a year as the engine writes them, None for nothing.

    >>> date_in("3", "Nov", "2026"), date_in("", "11", "2026"), date_in("", "", "2026"), date_in("", "", "")
    ('2026-11-03', '2026-11', '2026', None)
    """
    if not (day or month or year):
        return None
    if not year:
        raise Unclear(_("Add the year. If you are not sure of the day or the month, leave them out."))
    if not re.fullmatch(r"\d{4}", year, re.ASCII) or year == "0000":
        raise Unclear(_("Write the year with four digits, such as 2026."))
    if not month:
        if day:
            raise Unclear(_("Add the month, or leave out the day as well."))
        return year
    which = _month(month)
    if not day:
        return f"{year}-{which:02}"
    last = calendar.monthrange(int(year), which)[1]
    if not re.fullmatch(r"\d{1,2}", day, re.ASCII) or not 1 <= int(day) <= last:
        raise Unclear(_("Write the day as a number from 1 to {last}, or leave it out.", last=last))
    return f"{year}-{which:02}-{int(day):02}"


def _month(typed: str) -> int:
    word = typed.lower().rstrip(".")
    named = [
        place for place, name in enumerate(tongue().months(), 1) if len(word) >= 3 and name.lower().startswith(word)
    ]
    if named:
        return named[0]
    if re.fullmatch(r"\d{1,2}", word, re.ASCII) and 1 <= int(word) <= 12:
        return int(word)
    raise Unclear(_("Write the month as a number from 1 to 12, or leave out the day and the month."))


def boxes_for(name: str, answer: Answer) -> dict[str, list[str]]:
    """Return what to put into the boxes of a field so that they say this answer."""
    match answer:
        case tuple():
            return {name: list(answer)}
        case Days():
            parts = str(answer_to_json(answer)).split("-")
            filled = zip(reversed(DATE_PARTS), parts, strict=False)
            return {f"{name}-{part}": [text.lstrip("0")] for part, text in filled}
        case Words(text=text):
            return {name: [text]}
        case Entries():
            return {}
        case _:
            return {name: [str(answer)]}


def refusal(item: Item, voice: str, on: date, otherwise: str) -> str:
    """Return why an answer that is well written cannot be kept."""
    if item.kind == "number":
        return _number_refused(item, voice)
    if item.kind == "date":
        first, last = span(item, on)
        return _("Write a date from {first} up to {last}.", first=first.year, last=tongue().day(last))
    if item.kind == "text":
        return _("This is too long: there is room for {room} letters and spaces.", room=item.at_most)
    return otherwise


def _number_refused(item: Item, voice: str) -> str:
    if item.low is None or item.high is None:
        if item.decimals:
            return _("Write a number with at most {decimals} digits after the point.", decimals=item.decimals)
        return _("Write a number, without a point.")
    unit = f" {item.unit.says(voice)}" if item.unit else ""
    low, high = f"{item.low:f}", f"{item.high:f}{unit}"
    if item.decimals:
        return _(
            "Write a number from {low} to {high} with at most {decimals} digits after the point.",
            low=low,
            high=high,
            decimals=item.decimals,
        )
    return _("Write a number from {low} to {high}, without a point.", low=low, high=high)
