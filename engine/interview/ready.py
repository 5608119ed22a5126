"""An instrument with its programs at hand, what fills in their arguments, and what reads their results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from engine.format.instrument import Instrument
from engine.interview.encode import Encoder
from engine.interview.layout import Layout, layout
from engine.interview.results import Results, program_of
from engine.interview.split import Doubtful, Splitter
from engine.program import names
from engine.program.compiler import Compiled, Program, compile_instrument


@dataclass
class Ready:
    """An instrument's programs; `run` is the one of everything an assessment says, from arguments as the encoder lists
    them to results as `Results` lays them out. `splitters` are those of the outcomes that have two-way items.
    """

    compiled: Compiled
    encoder: Encoder
    results: Results
    doubtful: Doubtful
    splitters: Mapping[str, Splitter]
    run: Callable[..., tuple[Any, ...]]

    @cached_property
    def split(self) -> tuple[tuple[int, int, Splitter], ...]:
        """Where each outcome that has two-way items stands among all of them, and what is known of it among the
        arguments; with its splitter.
        """
        order, place = self.results.outcomes, self.encoder.place
        return tuple((order.index(one), place[names.known(one)], split) for one, split in self.splitters.items())

    @cached_property
    def run_gates(self) -> Callable[..., tuple[Any, ...]]:
        """The program of just which items are shown; its arguments are as the encoder lists them."""
        return replace(self._gates, arguments=self.encoder.names).run

    @cached_property
    def gates_hang_on_splits(self) -> bool:
        """Whether an item is shown by the level of an outcome that has two-way items."""
        return not {names.known(outcome) for outcome in self.splitters}.isdisjoint(self._gates.arguments)

    @cached_property
    def _gates(self) -> Program:
        return program_of(self.compiled.whole, self.results.gates)

    @cached_property
    def layout(self) -> Layout:
        """Where the results of the compiler's main program are found."""
        return layout(self.compiled.instrument, self.compiled.whole, self.compiled.main.results)


_READY: WeakKeyDictionary[Instrument, Ready] = WeakKeyDictionary()


def ready(instrument: Instrument) -> Ready:
    """Return the instrument's programs, compiled when first asked for."""
    made = _READY.get(instrument)
    if made is None:
        compiled = compile_instrument(instrument)
        encoder, results = Encoder(compiled), Results(instrument, compiled.whole, compiled.two_way)
        doubtful = Doubtful(compiled, encoder.place)
        splitters = {outcome: Splitter(compiled, encoder.place, outcome) for outcome in compiled.two_way}
        program = replace(program_of(compiled.whole, *results.readings), arguments=encoder.names)
        made = _READY[instrument] = Ready(compiled, encoder, results, doubtful, splitters, program.run)
    return made


def run_as(instrument: Instrument, original: Instrument) -> None:
    """Let a questionnaire in other words run the programs of the original: words are no part of them."""
    _READY[instrument] = ready(original)
