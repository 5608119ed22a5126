"""One person's way through the pages: the record, where they are, and which alerts they have already seen.

Every step returns a new journey. What is shown, and what comes next, is worked out from the record each time.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from engine.format.instrument import Instrument
from engine.interview.assess import assess, cone
from engine.interview.reading import InvalidRecord, read, to_json
from engine.interview.record import Answer, NonAnswer, Record, start
from engine.interview.walk import Walk, walk

# Places that are not items; an item's id holds no slash.
BEFORE = "/before"
ENOUGH = "/enough"
CHECK = "/check"
SUMMARY = "/summary"
# Ways to keep the summary, each reached from the page that asks whether it is safe to.
KEEP = "/keep"
ALOUD = "/aloud"
WHOLE = "/whole"
PLAIN = "/plain"
KEPT = (ALOUD, WHOLE, PLAIN)
PLACES = (BEFORE, CHECK, SUMMARY, KEEP, *KEPT)
TOLD_FIRST = ("self", "supporter")  # whose screen somebody else may look at
_KNOWN_FROM_THE_SEAL = ("questionnaire", "version", "content_hash")


@dataclass(frozen=True, slots=True)
class Journey:
    """Where somebody is. `stops` are alerts to be shown before anything else; `seen` those that were shown so.

    `changing` says that one answer is being changed, to come back to all of them. `notice` is shown once. `begun` is
    in seconds of the epoch; `token` is what a form of this journey must bring along. `language` is empty
    where it is the questionnaire's own.
    """

    record: Record
    begun: int
    at: str
    token: str
    stops: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    changing: bool = False
    notice: str = ""
    language: str = ""


def begin(instrument: Instrument, voice: str, on: date, begun: int, language: str = "") -> Journey:
    """Return a journey before its first question: at the page that says how to leave, where that is needed."""
    record = start(instrument, voice, on)
    at = BEFORE if voice in TOLD_FIRST else _first(instrument, record)
    return Journey(record, begun, at, secrets.token_urlsafe(16), language=language)


def _first(instrument: Instrument, record: Record) -> str:
    return walk(instrument, record).next or CHECK


def to_content(journey: Journey) -> dict[str, Any]:
    """Return what has to be kept, as JSON; `from_content` takes it back."""
    record = to_json(journey.record)
    kept = {key: value for key, value in record.items() if value and key not in _KNOWN_FROM_THE_SEAL}
    rest = {"stops": list(journey.stops), "seen": list(journey.seen), "changing": journey.changing}
    rest |= {"notice": journey.notice, "language": journey.language}
    content = {"record": kept, "at": journey.at, "token": journey.token, **rest}
    return {key: value for key, value in content.items() if value}


def from_content(instrument: Instrument, content: Mapping[str, Any], begun: int) -> Journey | None:
    """Return the journey that was kept, or None if the questionnaire no longer takes its record."""
    whose = {"questionnaire": instrument.id, "version": instrument.version, "content_hash": instrument.content_hash}
    try:
        record = read(instrument, {"answers": {}, **content["record"], **whose})
    except InvalidRecord:
        return None
    stops, seen = (tuple(content.get(key, ())) for key in ("stops", "seen"))  # the seal knows the version
    changing, notice, language = content.get("changing", False), content.get("notice", ""), content.get("language", "")
    return Journey(record, begun, content["at"], content["token"], stops, seen, changing, notice, language)


def settled(journey: Journey, way: Walk) -> Journey:
    """Return the journey at a place that exists: a question that is asked on its way, or one of the other pages."""
    if journey.at in (*PLACES, *way.asked) or (journey.at == ENOUGH and way.short):
        return journey
    return replace(journey, at=way.next or CHECK, changing=False)


def said(instrument: Instrument, journey: Journey, item: str, answer: Answer | NonAnswer) -> Journey:
    """Return the journey with this answer kept, at the same place, stopped by what it raised."""
    record = journey.record.saying(item, answer)
    return replace(journey, record=record, stops=_stops(instrument, replace(journey, record=record), item))


def _stops(instrument: Instrument, journey: Journey, item: str) -> tuple[str, ...]:
    """Return the alerts that interrupt after this answer: once each, and a mere possibility only if it bears on it."""
    assessment = assess(instrument, journey.record)
    raised = [one for one in assessment.alerts if instrument.alerts[one].stop and one not in journey.seen]
    return tuple(one for one in raised if one not in assessment.unsure or item in cone(instrument, ("alert", one)))


def onward(instrument: Instrument, before: Journey, journey: Journey, item: str) -> Journey:
    """Return the journey at what comes after this item.

    After a change that is all the answers again, unless the change has made it certain that something else is asked.
    """
    way = walk(instrument, journey.record)
    asked = way.asked
    if journey.changing:
        certain = _certain(instrument, before.record)
        new = [one for one in _certain(instrument, journey.record) if one not in certain | set(journey.record.answers)]
        return replace(journey, at=min(new, key=asked.index, default=CHECK), changing=bool(new))
    place = asked.index(item) + 1 if item in asked else len(asked)
    if way.short and place == way.short:
        return replace(journey, at=ENOUGH)
    return replace(journey, at=asked[place] if place < len(asked) else CHECK)


def further(instrument: Instrument, journey: Journey) -> Journey:
    """Return the journey at the first question after the short path that has not been asked yet."""
    way = walk(instrument, journey.record)
    return replace(journey, at=way.next if way.next in way.asked[way.short :] else CHECK)


def _certain(instrument: Instrument, record: Record) -> set[str]:
    steps = walk(instrument, record).steps
    return {step.item for step in steps if step.applies is True and step.state != "note"}


def back(instrument: Instrument, journey: Journey) -> Journey:
    """Return the journey one place earlier."""
    way = walk(instrument, journey.record)
    asked = way.asked
    before = {SUMMARY: CHECK, KEEP: SUMMARY, **dict.fromkeys(KEPT, KEEP)}.get(journey.at)
    if before is not None:
        return replace(journey, at=before)
    if journey.changing:
        return replace(journey, at=CHECK, changing=False)
    if journey.at == ENOUGH:
        return replace(journey, at=asked[way.short - 1])
    if journey.at == CHECK and way.next is not None:  # looked at on the way: back to the way
        at_the_end = way.short > 0 and way.next == asked[way.short]
        return replace(journey, at=ENOUGH if at_the_end else way.next)
    place = asked.index(journey.at) if journey.at in asked else len(asked)
    if way.short and place == way.short:
        return replace(journey, at=ENOUGH)
    if place == 0 and journey.record.voice in TOLD_FIRST:
        return replace(journey, at=BEFORE)
    return replace(journey, at=asked[max(0, place - 1)] if asked else CHECK)


def go_to(journey: Journey, at: str, *, changing: bool = False) -> Journey:
    """Return the journey at this place."""
    return replace(journey, at=at, changing=changing)


def stopped(journey: Journey) -> Journey:
    """Return the journey after its alerts were seen."""
    return replace(journey, stops=(), seen=(*journey.seen, *journey.stops))


def gone_on(instrument: Instrument, journey: Journey) -> Journey:
    """Return the journey after a page that only had to be read."""
    at = _first(instrument, journey.record) if journey.at == BEFORE else journey.at
    return replace(stopped(journey), at=at)
