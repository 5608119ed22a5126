"""What items, scores and outcomes depend on, all the way down."""

from __future__ import annotations

from engine.format.instrument import Instrument
from engine.language.reads import reads
from engine.language.terms import Number, Truth


def terms_of(instrument: Instrument, name: str) -> tuple[Truth | Number, ...]:
    """Return the terms that decide what an item, score or outcome is."""
    if name in instrument.items:
        return (instrument.items[name].applies_if,)
    if name in instrument.scores:
        score = instrument.scores[name]
        return (score.applies_if,) if score.value is None else (score.applies_if, score.value)
    outcome = instrument.outcomes[name]
    return (outcome.applies_if, *(level.when for level in outcome.levels[1:]))


def depends(instrument: Instrument, *terms: Truth | Number) -> frozenset[str]:
    """Return every item, score and outcome that decides these terms, and what decides those."""
    waiting, found = {name for term in terms for name in reads(term)}, set[str]()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.update(*(reads(term) for term in terms_of(instrument, name)))
    return frozenset(found)
