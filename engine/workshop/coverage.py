"""What no case touches: items and options nobody gives, levels, alerts, actions and services no case expects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.format.instrument import Instrument
from engine.interview.record import Record, answered
from engine.workshop.case_file import Person

KINDS = ("items", "options", "levels", "alerts", "actions", "services")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of each kind how many there are, and those that no case touches, in the order of the file.

    An option or a level is written as in "threats: kill".
    """

    there_are: Mapping[str, int]
    untouched: Mapping[str, tuple[str, ...]]

    @property
    def complete(self) -> bool:
        """Whether nothing is untouched."""
        return not any(self.untouched.values())


def coverage(instrument: Instrument, persons: Sequence[Person]) -> Coverage:
    """Return what these cases leave untouched."""
    everything = {
        "items": [one.id for one in instrument.items.values() if one.kind != "note" and one.id != "voice"],
        "options": [
            f"{one.id}: {option.id}"
            for one in instrument.items.values()
            for option in one.options
            if _can_be(instrument, one.id, option.id)
        ],
        "levels": [f"{one.id}: {level.id}" for one in instrument.outcomes.values() for level in one.levels],
        "alerts": list(instrument.alerts),
        "actions": [action.id for action in instrument.plan],
        "services": list(dict.fromkeys(one.service for one in instrument.signposts)),
    }
    touched = {kind: set[str]() for kind in KINDS}
    for person in persons:
        for kind, names in _touches(instrument, person).items():
            touched[kind].update(names)
    untouched = {kind: tuple(one for one in names if one not in touched[kind]) for kind, names in everything.items()}
    return Coverage({kind: len(names) for kind, names in everything.items()}, untouched)


def _can_be(instrument: Instrument, item: str, option: str) -> bool:
    return item != "voice" or option in instrument.questionnaire.voices


def _touches(instrument: Instrument, person: Person) -> dict[str, Iterable[str]]:
    record, printed = person.record, person.printed
    levels = [
        f"{name}: {instrument.outcomes[name].levels[place].id}"
        for name, expected in person.outcomes.items()
        for place in {expected.lowest, expected.highest} - {None}
        if place is not None
    ]
    shows = {kind: printed[kind].shows if kind in printed else () for kind in ("alerts", "plan", "signposts")}
    return {
        "items": [name for name in record.answers if answered(record, name)],
        "options": [f"voice: {record.voice}", *_options(record)],
        "levels": levels,
        "alerts": shows["alerts"],
        "actions": shows["plan"],
        "services": shows["signposts"],
    }


def _options(record: Record) -> Iterable[str]:
    for name, said in record.answers.items():
        if isinstance(said, tuple):
            yield from (f"{name}: {option}" for option in said)
        elif isinstance(said, str):
            yield f"{name}: {said}"
