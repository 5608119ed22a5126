"""Since last time: what two records of one person say differently, and how often something happened, week by week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from engine.format.instrument import Instrument, Item
from engine.interview.assess import assess
from engine.interview.assessment import Assessment, OutcomeRange
from engine.interview.record import Answer, Days, Entries, NonAnswer, Record

WEEKS = 26  # how far back the weeks of a log are counted


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question that is answered otherwise than before; None where the record says nothing of it."""

    item: str
    before: Answer | NonAnswer | None
    now: Answer | NonAnswer | None


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """An outcome of which other levels are possible than before. `up` and `down` say whether its floor or its ceiling
    rose, and whether one of them fell; more answers can do both.
    """

    outcome: str
    before: OutcomeRange
    now: OutcomeRange
    up: bool
    down: bool


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of a log: how many incidents certainly lie in them, and how many may (of some only the month is known,
    of some nothing).
    """

    first: date
    last: date
    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Log:
    """A list of dated incidents. `days_since_last` are the fewest and the most days since the last of them, None if
    none has a date; `weeks` end on the day of the assessment, the newest first; `may_be_more` while it is open.
    """

    item: str
    incidents: int
    days_since_last: tuple[int, int] | None
    weeks: tuple[Week, ...]
    may_be_more: bool


@dataclass(frozen=True, slots=True)
class Since:
    """What changed between two records of one person."""

    days: int
    answers: tuple[AnswerChange, ...]
    outcomes: tuple[OutcomeChange, ...]
    alerts_raised: tuple[str, ...]
    alerts_gone: tuple[str, ...]
    logs: tuple[Log, ...]


def since(instrument: Instrument, older: Record, newer: Record) -> Since:
    """Return what changed from the older record to the newer; both must be of this instrument."""
    if older.on > newer.on:
        raise ValueError(f"the older record is of {older.on}, the newer of {newer.on}")
    before, now = assess(instrument, older), assess(instrument, newer)
    return Since(
        (newer.on - older.on).days,
        tuple(
            AnswerChange(item, older.answers.get(item), newer.answers.get(item))
            for item in instrument.items
            if older.answers.get(item) != newer.answers.get(item)
        ),
        tuple(_outcomes(before, now)),
        tuple(name for name in now.alerts if name not in before.alerts),
        tuple(name for name in before.alerts if name not in now.alerts),
        logs(instrument, newer),
    )


def _outcomes(before: Assessment, now: Assessment) -> Iterator[OutcomeChange]:
    for name, one in now.outcomes.items():
        earlier = before.outcomes[name]
        if (earlier.possible, earlier.applies) == (one.possible, one.applies):
            continue
        steps = [(_place(a), _place(b)) for a, b in ((earlier.at_least, one.at_least), (earlier.at_most, one.at_most))]
        up, down = any(new > old for old, new in steps), any(new < old for old, new in steps)
        yield OutcomeChange(name, earlier, one, up, down)


def _place(level: int | None) -> int:
    return -1 if level is None else level  # an outcome that does not apply lies below its first level


def logs(instrument: Instrument, record: Record) -> tuple[Log, ...]:
    """Return the dated lists of a record, as far as something was listed or it was said that there is nothing."""
    found = []
    for item in instrument.items.values():
        dated = next((field for field in item.fields if field.kind == "date"), None)
        listed = record.answers.get(item.id)
        if item.kind == "repeat" and dated is not None and isinstance(listed, Entries):
            found.append(_log(item, dated, listed, record.on))
    return tuple(found)


def _log(item: Item, dated: Item, listed: Entries, on: date) -> Log:
    every = dated.earliest, on
    when = [days for entry in listed.entries if (days := _known(dated, entry, on)) is not None]
    known = [days for days in when if days != every]
    # of an incident without a date only the day of the assessment is certain to come after it
    lasts = (max(first for first, _ in known), max(last for _, last in when)) if known else None
    return Log(
        item.id,
        len(listed.entries),
        None if lasts is None else ((on - lasts[1]).days, (on - lasts[0]).days),
        tuple(_weeks(when, min((first for first, _ in known), default=None), on)),
        not listed.closed and len(listed.entries) < item.at_most,
    )


def _known(dated: Item, entry: Mapping[str, Answer | NonAnswer], on: date) -> tuple[date, date] | None:
    """The first and the last day an incident may have been; None for what is still to come."""
    said = entry.get(dated.id)
    if not isinstance(said, Days):
        return dated.earliest, on
    return (max(said.first, dated.earliest), min(said.last, on)) if said.first <= on else None


def _weeks(when: list[tuple[date, date]], begin: date | None, on: date) -> Iterator[Week]:
    """The weeks back to the first incident with a date, at most half a year."""
    for back in range(WEEKS if begin is not None else 0):
        last = on - timedelta(days=7 * back)
        first = last - timedelta(days=6)
        if begin is None or begin > last:
            return
        inside = sum(first <= begins and ends <= last for begins, ends in when)
        yield Week(first, last, inside, sum(begins <= last and first <= ends for begins, ends in when))
