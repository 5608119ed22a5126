"""One answer, from JSON or a form and back. What cannot be kept is refused in words for the person who typed it.

Nothing is guessed: `"2"` is not a number, an empty tick list is not "none of these", and a month that lies wholly in
the future is not this year's. Every mistake in an answer is reported, not only the first.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import assert_never

from engine.format.instrument import Item
from engine.interview.record import Answer, Days, Entries, NonAnswer, Words
from engine.problem import did_you_mean
from engine.program.domain import FUTURE_DAYS

NON_ANSWERS: Mapping[str, NonAnswer] = MappingProxyType({one.value: one for one in NonAnswer})
MOST_DIGITS = 15  # what a number of JSON keeps exactly everywhere
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that cannot be kept: the name of the field ("answers.threats"), and what is wrong, in plain words."""

    field: str
    text: str


class InvalidRecord(Exception):
    """What somebody sent cannot be kept; every reason at once."""

    def __init__(self, messages: tuple[Message, ...]) -> None:
        self.messages = messages
        super().__init__("\n".join(f"{message.field}: {message.text}" for message in messages))


def read_answer(item: Item, said: object, on: date, field: str) -> Answer | NonAnswer:
    """Return what was said to this item on this assessment date, or raise InvalidRecord with every reason."""
    if isinstance(said, str) and said in NON_ANSWERS:
        return NON_ANSWERS[said]
    match item.kind:
        case "yes_no" | "pick_one":
            return _option(item, said, field)
        case "tick_all":
            return _ticks(item, said, field)
        case "number":
            return _number(item, said, field)
        case "date":
            return _days(item, said, on, field)
        case "text":
            return _words(item, said, field)
        case "repeat":
            return _entries(item, said, on, field)
        case "note":
            raise refused(field, "Nothing is asked here, so there is nothing to answer.")
        case _:
            assert_never(item.kind)


def answer_to_json(said: Answer | NonAnswer) -> object:
    """Return the answer as JSON; `read_answer` takes it back."""
    match said:
        case NonAnswer():
            return said.value
        case str():
            return said
        case tuple():
            return list(said)
        case Decimal():
            return int(said) if said == said.to_integral_value() else float(said)
        case Days():
            return _date_text(said)
        case Words():
            return {"text": said.text}
        case Entries():
            listed = [{name: answer_to_json(one) for name, one in entry.items()} for entry in said.entries]
            return {"entries": listed, "that_is_all": said.closed}
        case _:
            assert_never(said)


def refused(field: str, text: str) -> InvalidRecord:
    """Return the exception for one mistake."""
    return InvalidRecord((Message(field, text),))


def span(item: Item, on: date) -> tuple[date, date]:
    """Return the first and the last day that a date item accepts: up to the assessment, or ten years further."""
    return item.earliest, on + timedelta(days=FUTURE_DAYS) if item.future else on


def plain_words(said: object, at_most: int, field: str) -> str:
    """Return free words as they were typed, if they can be kept and printed."""
    if not isinstance(said, str):
        raise refused(field, "This must be words.")
    if not said.strip():
        raise refused(field, "There are no words here. What is not answered is left out.")
    if len(said) > at_most:
        raise refused(field, f"This has {len(said)} characters; there is room for {at_most}.")
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\r\t" for letter in said):
        raise refused(field, "There is a character here that cannot be printed.")
    return said


def _option(item: Item, said: object, field: str) -> str:
    labels = {option.id: "" for option in item.options}
    if isinstance(said, bool) and "yes" in labels:
        raise refused(field, f"This must be one option, by its id. Write {'yes' if said else 'no'}.")
    if not isinstance(said, str):
        raise refused(field, "This must be one option, by its id.")
    if said not in labels:
        raise refused(field, f"'{said}' is not one of the options. {did_you_mean(said, labels)}".rstrip())
    return said


def _ticks(item: Item, said: object, field: str) -> tuple[str, ...]:
    if not isinstance(said, list):
        raise refused(field, "This must be a list of options, by their ids.")
    if not said:
        raise refused(field, "Nothing is ticked. What is not answered is left out.")
    slips: list[Message] = []
    ticked: list[str] = []
    for one in said:
        try:
            ticked.append(_option(item, one, field))
        except InvalidRecord as invalid:
            slips.extend(invalid.messages)
    if len(set(ticked)) < len(ticked):
        slips.append(Message(field, "An option is ticked twice."))
    alone = [option.id for option in item.options if option.on_its_own and option.id in ticked]
    if alone and len(set(ticked)) > 1:
        slips.append(Message(field, f"'{alone[0]}' cannot be ticked together with another option."))
    if slips:
        raise InvalidRecord(tuple(slips))
    # In the order of the options, so that the order of ticking cannot matter.
    return tuple(option.id for option in item.options if option.id in ticked)


def _number(item: Item, said: object, field: str) -> Decimal:
    if isinstance(said, bool) or not isinstance(said, int | float | Decimal):
        raise refused(field, "This must be a number.")
    value = Decimal(str(said)) if isinstance(said, float) else Decimal(said)
    if not value.is_finite():
        raise refused(field, "This must be a number.")
    if abs(value) >= 10**MOST_DIGITS or value.normalize() != value:
        raise refused(field, "This number has more digits than can be kept.")
    value = value.normalize() + 0  # 2.50 is 2.5, and there is no minus zero
    _, digits, exponent = value.as_tuple()
    places = -exponent if isinstance(exponent, int) else 0
    if len(digits) > MOST_DIGITS:
        raise refused(field, "This number has more digits than can be kept.")
    if places > item.decimals:
        allowed = f"at most {item.decimals} digits after the point" if item.decimals else "a whole number"
        raise refused(field, f"This must be {allowed}.")
    if item.low is not None and value < item.low:
        raise refused(field, f"The lowest number here is {item.low}.")
    if item.high is not None and value > item.high:
        raise refused(field, f"The highest number here is {item.high}.")
    return value


def _days(item: Item, said: object, on: date, field: str) -> Days:
    days = _stretch(said) if isinstance(said, str) else None
    if days is None:
        raise refused(field, "This must be a day, a month or a year, as in 2026-11-03, 2026-11 or 2026.")
    earliest, latest = span(item, on)
    if days.last < earliest:
        raise refused(field, f"This lies before {earliest}, the first day that is asked about.")
    if days.first > latest:
        reason = "more than ten years ahead" if item.future else "after the date of this assessment"
        raise refused(field, f"This lies {reason}.")
    return days


def _stretch(said: str) -> Days | None:
    parts = _DATE.fullmatch(said)
    if parts is None:
        return None
    year, month, day = (int(part) if part else None for part in parts.groups())
    if year is None or not MINYEAR <= year <= MAXYEAR or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return Days(date(year, 1, 1), date(year, 12, 31))
    length = calendar.monthrange(year, month)[1]
    if day is None:
        return Days(date(year, month, 1), date(year, month, length))
    return Days(date(year, month, day), date(year, month, day)) if 1 <= day <= length else None


def _date_text(days: Days) -> str:
    whole = days.first.isoformat()
    for text in (whole, whole[:7], whole[:4]):
        if _stretch(text) == days:
            return text
    raise ValueError(f"{days} is not a day, a month or a year")


def _words(item: Item, said: object, field: str) -> Words:
    if not isinstance(said, dict) or set(said) != {"text"}:
        raise refused(field, 'This must be free words, as in {"text": "…"}.')
    return Words(plain_words(said["text"], item.at_most, field))


def _entries(item: Item, said: object, on: date, field: str) -> Entries:
    whole = isinstance(said, dict) and set(said) == {"entries", "that_is_all"}
    if not isinstance(said, dict) or not whole:
        raise refused(field, 'This must be a list, as in {"entries": [], "that_is_all": true}.')
    listed, closed = said["entries"], said["that_is_all"]
    slips: list[Message] = []
    if not isinstance(closed, bool):
        slips.append(Message(f"{field}.that_is_all", "This must be true or false."))
    if not isinstance(listed, list):
        slips.append(Message(f"{field}.entries", "This must be a list of entries."))
        raise InvalidRecord(tuple(slips))
    if len(listed) > item.at_most:
        slips.append(Message(f"{field}.entries", f"There is room for {item.at_most} entries; here are {len(listed)}."))
    entries: list[Mapping[str, Answer | NonAnswer]] = []
    for place, entry in enumerate(listed[: item.at_most]):
        try:
            entries.append(_entry(item, entry, on, f"{field}.entries.{place}"))
        except InvalidRecord as invalid:
            slips.extend(invalid.messages)
    if slips:
        raise InvalidRecord(tuple(slips))
    return Entries(tuple(entries), closed is True)


def _entry(item: Item, said: object, on: date, field: str) -> Mapping[str, Answer | NonAnswer]:
    if not isinstance(said, dict):
        raise refused(field, "This must be an entry: a map from what is asked to what was said.")
    fields = {one.id: one for one in item.fields}
    entry: dict[str, Answer | NonAnswer] = {}
    slips: list[Message] = []
    for name, one in said.items():
        if name not in fields:
            known = dict.fromkeys(fields, "")
            text = f"'{name}' is not asked of an entry. {did_you_mean(str(name), known)}".rstrip()
            slips.append(Message(f"{field}.{name}", text))
            continue
        try:
            entry[name] = read_answer(fields[name], one, on, f"{field}.{name}")
        except InvalidRecord as invalid:
            slips.extend(invalid.messages)
    if slips:
        raise InvalidRecord(tuple(slips))
    return MappingProxyType(entry)
