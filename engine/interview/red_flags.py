"""Which questions are red flags: those of which one answer alone can raise the alarm.

An item is a red flag if

- an alert reads it, directly or through scores, outcomes and what decides whether it is shown; or
- it belongs to a group whose name begins with `override`; or
- one answer to it alone, nothing else being answered, puts the floor of an outcome higher. That is tried as if every
  question were asked of everybody: a question that is put only to some must not be missed for that.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.format.instrument import Instrument
from engine.interview.assess import assess, cone
from engine.interview.record import Record, start
from engine.interview.replies import replies
from engine.language.terms import ALWAYS

OVERRIDE = "override"


def red_flags(instrument: Instrument, on: date) -> frozenset[str]:
    """Return the ids of these items; `on` is the assessment date with which conditions on dates are tried."""
    found = {item for alert in instrument.alerts for item in cone(instrument, ("alert", alert))}
    found |= {item for name, items in instrument.groups.items() if name.startswith(OVERRIDE) for item in items}
    everybody = replace(
        instrument, items={name: replace(item, applies_if=ALWAYS) for name, item in instrument.items.items()}
    )
    nobody = [start(everybody, voice, on) for voice in everybody.questionnaire.voices]
    found |= {item for item in instrument.items if item not in found and _raises(everybody, nobody, item)}
    return frozenset(found) - {"voice"}


def _raises(everybody: Instrument, nobody: list[Record], item: str) -> bool:
    said = [one.answer for one in replies(everybody, item, nobody[0].on).each if one.answer != () and item != "voice"]
    for silent in nobody:
        before = _floors(everybody, silent)
        for answer in said:
            if any(
                floor > before[outcome] for outcome, floor in _floors(everybody, silent.saying(item, answer)).items()
            ):
                return True
    return False


def _floors(instrument: Instrument, record: Record) -> dict[str, int]:
    """The lowest level still possible of each outcome; -1 while it may not apply."""
    found = assess(instrument, record).outcomes
    return {name: -1 if one.at_least is None else one.at_least for name, one in found.items()}
