"""After practice: what the simulated caller would have said and was not asked, and what follows with and without it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.format.instrument import Instrument
from engine.interview.assess import assess
from engine.interview.reasons import Why
from engine.interview.record import NonAnswer, Record
from engine.interview.wording import Speech, answer_words, level_words, speech_of


@dataclass(frozen=True, slots=True)
class Missed:
    """A question on which the caller had something to say that the record does not have, or has otherwise."""

    item: str
    question: str
    caller: str
    recorded: str
    telling: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """An outcome by everything that the caller knows, and by what was recorded."""

    title: str
    model: str
    recorded: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """The model answer beside what was recorded. `alerts` are those that were not raised; what is `telling` first."""

    outcomes: tuple[Beside, ...]
    alerts: tuple[str, ...]
    missed: tuple[Missed, ...]


def feedback(instrument: Instrument, caller: Record, recorded: Record) -> Feedback:
    """Return what a caller's own record gives beside what was recorded of them."""
    speech = speech_of(instrument, recorded.voice)
    model, came, why = assess(instrument, caller), assess(instrument, recorded), Why(instrument, caller)
    telling: set[str] = set()
    for name, found in model.outcomes.items():
        if found.computed and found.computed[0] > 0:
            telling.update(why.because(("computed", name, instrument.outcomes[name].levels[found.computed[0]].id)))
    raised = set(came.alerts) - came.unsure
    missed_alerts = [name for name in model.alerts if name not in model.unsure | raised]
    for name in missed_alerts:
        telling.update(why.because(("alert", name)))
    missed = [
        Missed(
            item,
            instrument.items[item].ask.says(speech.voice),
            answer_words(instrument, item, said, speech),
            _recorded(instrument, item, recorded, speech),
            item in telling,
        )
        for item, said in caller.answers.items()
        if not isinstance(said, NonAnswer) and recorded.answers.get(item) != said
    ]
    return Feedback(
        tuple(
            Beside(
                instrument.outcomes[name].title.says(speech.voice),
                level_words(instrument.outcomes[name], found.possible, speech) if found.possible else "",
                level_words(instrument.outcomes[name], mine, speech) if (mine := came.outcomes[name].possible) else "",
            )
            for name, found in model.outcomes.items()
        ),
        tuple(instrument.alerts[name].title.says(speech.voice) for name in missed_alerts),
        tuple(sorted(missed, key=lambda one: not one.telling)),
    )


def _recorded(instrument: Instrument, item: str, record: Record, speech: Speech) -> str:
    said = record.answers.get(item)
    return speech.say("open") if said is None else answer_words(instrument, item, said, speech)
