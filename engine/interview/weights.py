"""How telling an answer is by itself: what it settles, and what it adds to the scores that something rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import lcm
from operator import itemgetter
from typing import Any, Literal
from weakref import WeakKeyDictionary

from engine.format.instrument import Instrument
from engine.interview.ready import ready
from engine.interview.record import Record
from engine.interview.trial import owners
from engine.program.compiler import Program

End = Literal["lowest", "highest"]
Out = tuple[Any, ...]
MOST_KNOWN = 20_000


@dataclass(frozen=True, slots=True)
class Weight:
    """What one answer gives when it is the only one: the results, and what it adds to (takes from) the scores."""

    out: Out
    added: int


class Scale:
    """Weighs answers against some results and the ends of the scores that these rest on, in one unit.

    What options weigh is remembered, of all people together: there are few, and they tell nothing of anybody.
    """

    def __init__(self, instrument: Instrument, program: Program, results: int, factors: tuple[int, ...]) -> None:
        """The program returns so many results, then the ends of the scores."""
        self.instrument, self.program, self.results, self.factors = instrument, program, results, factors
        self._encoder, place, arguments = ready(instrument).encoder, program.places, program.arguments
        self._arguments = itemgetter(*map(self._encoder.place.__getitem__, arguments), 0, 0)
        self._own = {item: tuple(map(place.__getitem__, own)) for item, own in owners(arguments).items()}
        self._known: dict[tuple[Any, ...], Weight] = {}
        self._day = date.min

    def weigh(self, record: Record, listed: Sequence[Any], items: Iterable[str]) -> Mapping[str, Weight]:
        """Return the weight of each of these answers; `listed` are the record's values.

        An item that is not shown without another answer adds nothing, so that what is explained needs few answers.
        """
        if record.on != self._day or len(self._known) > MOST_KNOWN:
            self._day, self._known = record.on, {}
        known, found, own, voice = self._known, {}, self._own, record.voice
        said, alone = self._arguments(listed), list[Any]()
        for item in items:
            places = own.get(item, ())
            key = (voice, item, *[said[place] for place in places])
            weight = known.get(key)
            if weight is None:
                if not alone:
                    nobody = self._encoder.listed(replace(record, answers={}, judgements={}))
                    alone = [*self._arguments(nobody)[:-2]]
                    before = self._total(self.program.run(*alone))
                arguments = alone.copy()
                for place in places:
                    arguments[place] = said[place]
                out = self.program.run(*arguments)
                weight = Weight(out[: self.results], abs(self._total(out) - before))
                if self.instrument.items[item].options:
                    known[key] = weight
            found[item] = weight
        return found

    def _total(self, out: Out) -> int:
        return sum([end * factor for end, factor in zip(out[self.results :], self.factors, strict=True)])


_SCALES: WeakKeyDictionary[Instrument, dict[tuple[tuple[str, ...], End], Scale]] = WeakKeyDictionary()


def scale_for(instrument: Instrument, results: tuple[str, ...], end: End) -> Scale:
    """Return what weighs answers by these results, and by this end of the scores they rest on."""
    kept = _SCALES.setdefault(instrument, {})
    if (results, end) not in kept:
        compiled = ready(instrument).compiled
        lines = {line.name for line in compiled.program(results).lines}
        numbers = [number for number in compiled.whole.scores.values() if number.lowest in lines]
        unit = lcm(*(number.denominator for number in numbers))
        program = compiled.program((*results, *(getattr(number, end) for number in numbers)))
        factors = tuple(unit // number.denominator for number in numbers)
        kept[results, end] = Scale(instrument, program, len(results), factors)
    return kept[results, end]
