"""How often something happened over time, counted from the lists of a record: a picture, and the same in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from engine.format.instrument import Instrument, Item
from engine.interview.record import Days, Entries, Record
from engine.interview.walk import walk
from engine.interview.wording import speech_of

FEWEST = 2  # one thing at one time is no course of time
MOST_MONTHS = 12  # what is spread over more is counted by year


@dataclass(frozen=True, slots=True)
class Span:
    """A month or a year, and how many entries of the list fall into it."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The entries of one list over time, from the first to the last span with none left out.

    `undated` are those whose day is not known well enough to stand in one of the spans.
    """

    question: str
    spans: tuple[Span, ...]
    undated: int

    @property
    def most(self) -> int:
        """The count of the fullest span."""
        return max(span.count for span in self.spans)


def timelines(instrument: Instrument, record: Record, voice: str) -> tuple[Timeline, ...]:
    """Return one timeline for each list that still applies and has dates in at least two of its entries."""
    asked = {step.item for step in walk(instrument, record).steps if step.state == "answered"}
    found = (_timeline(instrument, record, instrument.items[item], voice) for item in instrument.items if item in asked)
    return tuple(one for one in found if one is not None)


def _timeline(instrument: Instrument, record: Record, item: Item, voice: str) -> Timeline | None:
    said = record.answers.get(item.id)
    field = next((one.id for one in item.fields if one.kind == "date"), None)
    if not isinstance(said, Entries) or field is None:
        return None
    days = [day for day in (entry.get(field) for entry in said.entries) if isinstance(day, Days)]
    in_months = [day.first for day in days if _month(day.first) == _month(day.last)]
    in_years = [day.first for day in days if day.first.year == day.last.year]
    by_month = len(in_months) == len(in_years) and _across(in_months) <= MOST_MONTHS
    first_days = in_months if by_month else in_years
    if len(first_days) < FEWEST:
        return None
    counts = Counter(_month(day) if by_month else day.year for day in first_days)
    tongue = speech_of(instrument, voice).tongue
    spans = tuple(
        Span(tongue.month(date(place // 12, place % 12 + 1, 1)) if by_month else str(place), counts[place])
        for place in range(min(counts), max(counts) + 1)
    )
    return Timeline(item.ask.says(voice), spans, len(said.entries) - len(first_days))


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _across(days: list[date]) -> int:
    return max(map(_month, days), default=0) - min(map(_month, days), default=0) + 1
