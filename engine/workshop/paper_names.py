"""What things are called on paper: question 3, box b, line A, result 2."""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_lowercase, ascii_uppercase, digits

from engine.format.instrument import Instrument, Item
from engine.interview.assess import applies
from engine.interview.record import start

LETTERS = ascii_lowercase + ascii_uppercase + digits  # as many as an item may have options


class PaperNames:
    """The names of one questionnaire in one voice."""

    def __init__(self, instrument: Instrument, voice: str) -> None:
        """Number what this voice can be asked, and what is worked out."""
        self.voice: str | None = voice
        self.instrument = instrument
        shown = applies(instrument, start(instrument, voice, instrument.questionnaire.review.last))
        asked = [
            item.id
            for item in instrument.items.values()
            if item.kind != "note" and item.id != "voice" and shown[item.id] is not False
        ]
        self.numbers: Mapping[str, int] = {name: place for place, name in enumerate(asked, 1)}
        ordered = [name for name in instrument.order if name in instrument.scores]
        self.lines: Mapping[str, str] = {name: line_letter(place) for place, name in enumerate(ordered)}
        outcomes = [name for name in instrument.order if name in instrument.outcomes]
        self.results: Mapping[str, int] = {name: place for place, name in enumerate(outcomes, 1)}

    def asked(self, item: str) -> bool:
        return item in self.numbers

    def question(self, item: str) -> str:
        return f"question {self.numbers[item]}" if item in self.numbers else "a question that is not on this form"

    def option(self, item: Item, place: int) -> str:
        return item.options[place - 1].id.capitalize() if item.kind == "yes_no" else LETTERS[place - 1]

    def score(self, score: str) -> str:
        return f"line {self.lines[score]}"

    def outcome(self, outcome: str) -> str:
        return f"result {self.results[outcome]}"

    def level(self, outcome: str, place: int) -> str:  # noqa: ARG002  every outcome's levels are lettered alike
        return LETTERS[place - 1]


def line_letter(place: int) -> str:
    """Return A for 0, B for 1, … Z, then AA, AB, as in a table.

    >>> line_letter(0), line_letter(25), line_letter(26)
    ('A', 'Z', 'AA')
    """
    before, last = divmod(place, 26)
    return (line_letter(before - 1) if before else "") + ascii_uppercase[last]
