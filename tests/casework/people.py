"""A case with something of everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from engine.casework.case import Call, Case, Gate, begin
from engine.casework.passphrase import Cost
from engine.format.instrument import Instrument
from engine.interview.reading import read
from tests.interview.screen import SCREEN, judged

NOW = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)
PASSPHRASE = "kettle orbit plum sincère"
QUICK = Cost(14)  # the least that is accepted
GATE = Gate(
    caller="Ms A.",
    safe_to_talk="yes",
    minutes=20,
    person_doing_this="At work until five",
    children="At school",
    number="01632 960001",
    times="Weekdays before noon",
    voicemail="no",
    consent="limited",
    consent_limits="The police may know, the employer may not",
    interpreter="not_needed",
)
SAID: dict[str, Any] = {
    "who": "ex_partner",
    "visits": "weekly",
    "threats": ["kill"],
    "separated": "dont_know",
    "incidents": {
        "entries": [{"on": "2026-11-20", "what": "visit"}, {"on": "2026-10", "what": "call"}, {"what": "call"}],
        "that_is_all": False,
    },
}


def a_case(instrument: Instrument = SCREEN, reference: str = "2026-0117", **answers: Any) -> Case:
    """A case of this questionnaire, which must have the items of the small screen."""
    empty = begin(instrument, reference, NOW, NOW.date())
    data = {
        "questionnaire": instrument.id,
        "version": instrument.version,
        "voice": empty.record.voice,
        "date": NOW.date().isoformat(),
        "answers": {**SAID, **answers},
        "how_known": {"who": "asked", "threats": "records"},
        "notes": {"threats": "Heard by a neighbour."},
        "judgements": judged("high"),
    }
    call = Call(at=NOW, what="dropped", note="Call again tomorrow before noon")
    return replace(empty, record=read(instrument, data), gate=GATE, by="B. Worker, adviser", calls=(call,))
