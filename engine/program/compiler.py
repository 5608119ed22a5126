"""Compile an instrument into one straight-line program, and into one for each thing a person may ask about.

Each program is a Python function of the items' ranges. What an author wrote stands beside the lines as a comment; the
function is built from our own lines only, never from an author's text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Any

from engine.format.instrument import Instrument, Item
from engine.language.terms import Count
from engine.problem import InvalidQuestionnaire, Place, Problem
from engine.program.build import Build, build, build_entry
from engine.program.chain import two_way
from engine.program.domain import merger_for
from engine.program.lines import WORD, Line, joined, needed
from engine.program.names import Target
from engine.program.two_way import TwoWay, two_way_items


@dataclass(frozen=True)
class Program:
    """Lines from named arguments to named results, and the tables they look into.

    A `reading` is returned in place of the bare results: an expression over them and over what is `known` by name.
    """

    arguments: tuple[str, ...]
    lines: tuple[Line, ...]
    results: tuple[str, ...]
    tables: Mapping[str, tuple[int, ...]]
    reading: str = ""
    known: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def text(self) -> str:
        """The program as Python text."""
        body = [f"    {one.name} = {one.text}" + (f"  # {one.comment}" if one.comment else "") for one in self.lines]
        returned = self.reading or f"({''.join(f'{name}, ' for name in self.results)})"
        return "\n".join([f"def run({', '.join(self.arguments)}):", *body, f"    return {returned}", ""])

    def bind(self, tables: Callable[[tuple[int, ...]], Any], low: Any, high: Any) -> Callable[..., tuple[Any, ...]]:
        """Return the program as a function, with these tables and these functions for the lesser and the greater."""
        names: dict[str, Any] = {name: tables(values) for name, values in self.tables.items()}
        names |= {"_low": low, "_high": high, **self.known}
        exec(compile(self.text, "<program>", "exec"), names)  # noqa: S102  our own lines only, see the module's head
        function: Callable[..., tuple[Any, ...]] = names["run"]
        return function

    @cached_property
    def _taken(self) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
        # a getter of one thing returns it bare
        if len(self.arguments) > 1:
            return itemgetter(*self.arguments)
        return lambda values: tuple(values[name] for name in self.arguments)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each argument stands."""
        return {name: place for place, name in enumerate(self.arguments)}

    def of(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the results for these arguments; others among the values are not looked at."""
        return self.run(*self._taken(values))

    @cached_property
    def run(self) -> Callable[..., tuple[Any, ...]]:
        """The program on Python integers, for one person."""
        return self.bind(tuple, min, max)


@dataclass(eq=False)
class Compiled:
    """An instrument's programs.

    `two_way` gives, for each outcome that fails the chain rule, the items to split on in page order; `beyond` names
    those that no split makes exact.
    """

    instrument: Instrument
    whole: Build
    two_way: Mapping[str, tuple[TwoWay, ...]]
    beyond: Mapping[str, frozenset[str]]

    def __post_init__(self) -> None:
        """Start without programs: each is made when it is first asked for."""
        self._programs: dict[tuple[str, ...], Program] = {}

    def program(self, results: tuple[str, ...]) -> Program:
        """Return the program of just these results; its arguments are what matters to them."""
        if results not in self._programs:
            self._programs[results] = assembled(self.whole, results)
        return self._programs[results]

    @cached_property
    def main(self) -> Program:
        """The program of everything an assessment says."""
        return self.program(self.whole.results)

    def computed(self, outcome: str) -> Program:
        """Return the program whose one result is the mask of an outcome's levels before a judgement."""
        return self.program((self.whole.outcomes[outcome].computed,))

    def question(self, target: Target) -> Program:
        """Return the program whose one result says that the target must hold (for an outcome: its levels' mask)."""
        return self.program((self.whole.targets[target],))

    @cached_property
    def by_rule(self) -> Build | None:
        """The second reading: the same lines with missing answers treated as the published rules say."""
        one = self.instrument
        rules = [owner.missing for owners in (one.scores, one.outcomes, one.alerts) for owner in owners.values()]
        if all(rule is None for rule in rules) and all(item.blank is None for item in one.items.values()):
            return None
        return build(self.instrument, self.whole.merger, {}, by_rule=True)

    @cached_property
    def entries(self) -> Mapping[Count, Program]:
        """For each count over a repeat, the program that decides for one entry whether it must and may be counted."""
        return {
            question: entry_program(self.instrument.items[question.repeat], question)
            for question in self.whole.entries
            if isinstance(question, Count)
        }


def assembled(source: Build, results: tuple[str, ...]) -> Program:
    """Return the program of just these results out of an instrument's lines."""
    lines = needed(source.lines.lines, results)
    used = {word for line in lines for word in WORD.findall(line.text)} | set(results)
    arguments = tuple(name for name in source.arguments if name in used)
    tables = {name: values for name, values in source.lines.tables.items() if name in used}
    return Program(arguments, tuple(joined(lines, results)), results, tables)


def entry_program(repeat: Item, question: Count) -> Program:
    """Return the program of one entry: from its fields and today to whether it must, and may, be counted."""
    source, truth = build_entry(repeat, question.condition)
    return assembled(source, (truth.must, truth.may))


def _too_large(instrument: Instrument, owner: str) -> Problem:
    place = instrument.places.get(owner, Place(instrument.id, 1, 1))
    message = f"'{owner}' computes with numbers of more than 18 digits."
    return Problem("too-large-to-compute", place, message, "Narrow the min and max, or the decimals, of what it uses.")


def compile_instrument(instrument: Instrument) -> Compiled:
    """Return the instrument's programs; the text of each is generated when it is first needed.

    Raises InvalidQuestionnaire where numbers could grow beyond what 64 bits hold in some record.
    """
    merger = merger_for(instrument)
    ways = {outcome: two_way(instrument, merger, outcome) for outcome in instrument.outcomes}
    split = {outcome: items for outcome, (items, _) in ways.items() if items}
    whole = build(instrument, merger, split)
    if whole.too_large:
        raise InvalidQuestionnaire([_too_large(instrument, owner) for owner in whole.too_large], {})
    items = {outcome: two_way_items(instrument, whole, found) for outcome, found in split.items()}
    return Compiled(instrument, whole, items, {outcome: beyond for outcome, (_, beyond) in ways.items()})
