"""Ask again after some time: answers are carried forward, marked with their day, until somebody confirms them.

Non-answers are not carried: they are asked again. A list that was complete may have grown, so it is open again. A level
that an assessor raised stays raised; one that was lowered, or picked below what else is known, is judged anew.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.casework.case import Case, RecordFile
from engine.format.instrument import Instrument
from engine.interview.assess import assess
from engine.interview.reading import to_json
from engine.interview.record import Answer, Entries, Judgement, NonAnswer, Record


def reassess(instrument: Instrument, case: Case, on: date) -> Case:
    """Return the case with a new record of this day, and the one before among the earlier ones."""
    before = case.record
    if on < before.on:
        raise ValueError(f"the last assessment is of {before.on}")
    answers = {item: _open_again(said) for item, said in before.answers.items() if not isinstance(said, NonAnswer)}
    record = replace(
        before,
        on=on,
        answers=answers,
        judgements=_raised(instrument, before),
        how_known={item: way for item, way in before.how_known.items() if item in answers},
        notes=dict(before.notes),
    )
    carried = {item: case.carried.get(item, before.on) for item in answers}
    earlier = (*case.earlier, RecordFile.model_validate(to_json(before)))
    return replace(case, record=record, carried=carried, earlier=earlier)


def confirmed(case: Case, item: str) -> Case:
    """Return the case with this answer no longer marked as carried: it holds today."""
    return replace(case, carried={name: day for name, day in case.carried.items() if name != item})


def _open_again(said: Answer) -> Answer:
    return Entries(said.entries, closed=False) if isinstance(said, Entries) else said


def _raised(instrument: Instrument, record: Record) -> dict[str, Judgement]:
    """The judgements that are not below what the answers gave: forgetting these would lower a level silently."""
    found = assess(instrument, record).outcomes
    return {
        name: one
        for name, one in record.judgements.items()
        if not found[name].computed or instrument.outcomes[name].bit(one.level) - 1 >= found[name].computed[0]
    }
