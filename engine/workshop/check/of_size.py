"""How large the record of somebody who answers everything can be, where it is kept in a sealed cookie."""

from __future__ import annotations

import string
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from engine.format.instrument import Instrument, Item
from engine.interview.packing import LARGEST, packed, sealed_length
from engine.workshop.check.finding import Finding
from engine.workshop.check.subject import Subject

KEPT_FREE = 400  # what moving about needs beside the answers
_BESIDE = {"at": "/summary", "token": "x" * 22, "changing": True}
_LETTERS = string.ascii_lowercase + string.digits


def record_fits(subject: Subject) -> Iterator[Finding]:
    """Find whether the fullest record outgrows the cookie: every box ticked, every list and every text full."""
    fullest = fullest_record(subject)
    length = sealed_length(packed([0, fullest | _BESIDE], subject.instrument))
    if length > LARGEST - KEPT_FREE:
        yield Finding(
            "record-too-large",
            subject.place("sections"),
            f"The fullest record takes {length:,} characters when it is sealed; {LARGEST - KEPT_FREE:,} fit.",
            "Ask for less: fewer entries in a list, shorter texts, fewer questions.",
        )


def fullest_record(subject: Subject) -> dict[str, Any]:
    """Return the JSON of a record in which everything that can be said is said, in words that cannot be shortened."""
    dice = Random(0)  # noqa: S311  the same words every time; nothing is secret here
    answers = {item.id: _fullest(item, subject, dice) for item in _asked(subject.instrument)}
    return {"record": {"voice": "practitioner", "date": subject.today.isoformat(), "answers": answers}}


def _asked(instrument: Instrument) -> Iterator[Item]:
    yield from (one for one in instrument.items.values() if one.kind != "note" and one.id != "voice")


def _fullest(item: Item, subject: Subject, dice: Random) -> Any:
    match item.kind:
        case "yes_no" | "pick_one":
            return dice.choice(item.options).id
        case "tick_all":
            return [option.id for option in item.options if not option.on_its_own]
        case "number":
            return float(item.high or 0)
        case "date":
            return (subject.today - timedelta(dice.randint(0, 3000))).isoformat()
        case "text":
            return {"text": "".join(dice.choices(_LETTERS, k=item.at_most))}
        case _:
            entries = [{one.id: _fullest(one, subject, dice) for one in item.fields} for _ in range(item.at_most)]
            return {"entries": entries, "that_is_all": True}
