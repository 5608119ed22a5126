"""How telling an answer is by itself: what it settles, and what it adds to the scores that something rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from math import lcm
from typing import Any, Literal
from weakref import WeakKeyDictionary

from engine.format.instrument import Instrument
from engine.interview.encode import Values
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


@dataclass(slots=True)
class Scale:
    """Weighs answers against some results and the ends of the scores that these rest on, in one unit.

    What options weigh is remembered, of all people together: there are few, and they tell nothing of anybody.
    """

    instrument: Instrument
    program: Program
    results: int
    factors: tuple[int, ...]
    _known: dict[tuple[Any, ...], Weight] = field(default_factory=dict)
    _day: date = date.min

    def weigh(self, record: Record, said: Values, items: Iterable[str]) -> Mapping[str, Weight]:
        """Return the weight of each of these answers; `said` are the record's values.

        An item that is not shown without another answer adds nothing, so that what is explained needs few answers.
        """
        arguments = owners(self.program.arguments)
        alone = replace(record, answers={}, judgements={})
        bare: Values = {}
        if record.on != self._day or len(self._known) > MOST_KNOWN:
            self._day, self._known = record.on, {}
        known, found = self._known, {}
        for item in items:
            own = {name: said[name] for name in arguments.get(item, ())}
            key = (record.voice, item, *own.values())
            weight = known.get(key)
            if weight is None:
                bare = bare or ready(self.instrument).encoder.encode(alone)
                weight = self._weigh(bare, own)
                if self.instrument.items[item].options:
                    known[key] = weight
            found[item] = weight
        return found

    def _weigh(self, bare: Values, own: Values) -> Weight:
        out, before = (
            self.program.run(*[values[name] for name in self.program.arguments]) for values in ({**bare, **own}, bare)
        )
        ends = zip(out[self.results :], before[self.results :], self.factors, strict=True)
        return Weight(out[: self.results], abs(sum((now - then) * factor for now, then, factor in ends)))


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
