"""Does leaving something out lower an outcome, or reach a level that no complete record has?

For answers the laws of the range say no, of every questionnaire. What speaks of the record itself, what counts the
entries of a list, and what an assessor decides is put to z3 for each outcome that reads it: twice the same record, once
with the thing said and once without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import z3  # type: ignore[import-untyped]

from engine.format.instrument import Instrument
from engine.interview.encode import everything
from engine.interview.ready import ready
from engine.interview.record import Record
from engine.language.terms import Recorded
from engine.program import names
from engine.program.compiler import Compiled, Program
from engine.program.one_world import OneWorld
from engine.program.solve import WORK, Search
from engine.workshop.prove.any_record import AnyRecord, plain
from engine.workshop.prove.bits import Table, Truth, Whole, chosen, greater, lesser
from engine.workshop.prove.found_record import record_of
from engine.workshop.prove.rising import record_in

FLAGS = ("answered", "dont_know", "declined", "judged")


@dataclass(frozen=True, slots=True)
class Lowered:
    """What was left out, what that lowered, and by how much nothing is known: None where it was not decided."""

    left_out: str
    outcome: str
    record: Record | None


def what_matters(compiled: Compiled, outcome: str) -> tuple[str, ...]:
    """Return the lists, the judgements and the items whose being answered an outcome asks about."""
    found: dict[str, None] = {}
    for name in _program(compiled, outcome).arguments:
        owner, _, what = name.partition("__")
        item, decided = compiled.instrument.items.get(owner), compiled.instrument.outcomes.get(owner)
        of_list = item is not None and item.kind == "repeat"
        if what in FLAGS or of_list or (decided is not None and decided.by_judgement and what == "is"):
            found[owner] = None
    return tuple(found)


def lowers(instrument: Instrument, outcome: str, left_out: str, seconds: float) -> Lowered | None:
    """Return somebody for whom leaving this out lowers the highest level still possible; None if there is nobody."""
    compiled = ready(instrument).compiled
    program, said = _program(compiled, outcome), AnyRecord(compiled)
    arguments = {name: said.argument(name) for name in program.arguments}
    level = _highest(program, arguments)
    untouched = {**arguments, **_untouched(said, program, left_out)}
    lower = _highest(program, untouched)
    solver = z3.SolverFor("QF_BV", ctx=said.context)
    solver.set("timeout", max(1, int(seconds * 1000)))
    solver.add(*said.facts, plain(level > lower, said.context))
    answer = solver.check()
    if answer == z3.unsat:
        return None
    return Lowered(left_out, outcome, record_of(said, solver.model()) if answer == z3.sat else None)


def _program(compiled: Compiled, outcome: str) -> Program:
    return compiled.program((compiled.whole.outcomes[outcome].acting,))


def _highest(program: Program, arguments: Mapping[str, Any]) -> Any:
    """The highest level that is still possible, from 1; 0 where the outcome does not apply."""
    run = program.bind(Table, lesser, greater)
    (mask,) = run(*(arguments[name] for name in program.arguments))
    found: Any = 0
    for place in range(1, mask.high.bit_length() if isinstance(mask, Whole) else int(mask).bit_length()):
        found = chosen((mask & 1 << place) != 0, place, found)
    return found


def _untouched(said: AnyRecord, program: Program, left_out: str) -> dict[str, Any]:
    """What the arguments are when this was left out. The levels that running through items leaves can only be more."""
    whole = everything(said.compiled)
    found: dict[str, Any] = {}
    for name in program.arguments:
        owner, _, what = name.partition("__")
        if what == "known":
            found[name] = said.argument(name) | said.whole(f"{name} left out", 0, whole[name])
        elif owner != left_out:
            continue
        elif what in FLAGS:
            found[name] = Truth(z3.BoolVal(False, said.context))
        elif name in whole:
            found[name] = whole[name]
    if left_out in said.lists:
        found |= _open_list(said, left_out)
    return found


def _open_list(said: AnyRecord, name: str) -> dict[str, Any]:
    """An untouched list leaves every question between what the program of one entry says of nothing, and all there
    may be; whatever is listed lies within.
    """
    found: dict[str, Any] = {}
    for question in said.lists[name].questions.values():
        for end, word in ((names.lowest(question), "from"), (names.highest(question), "to")):
            here = said.argument(end)
            found[end] = 0 if word == "from" else here.high
        for word in ("must", "may"):
            if f"{question}__{word}" in said.values:
                found[f"{question}__{word}"] = word == "may"
    return found


def only_left_out(instrument: Instrument, outcome: str, seconds: float) -> Lowered | None:
    """Return somebody at a level that nobody reaches who answers everything; None if there is no such level."""
    world = OneWorld(instrument)
    level = world.outcome(outcome)
    if not world.flags:
        return None
    search = Search(world, work=int(seconds * WORK))
    complete = [flag if _said(term) else z3.Not(flag) for term, flag in world.flags.items()]
    for place in range(2, len(instrument.outcomes[outcome].levels) + 1):
        answer = search.ask(level == place, *complete)
        if answer is False and (found := search.ask(level == place)) is not False:
            record = record_in(instrument, search.witness()) if found else None
            return Lowered(instrument.outcomes[outcome].levels[place - 1].id, outcome, record)
        if answer is None:
            return Lowered(instrument.outcomes[outcome].levels[place - 1].id, outcome, None)
    return None


def _said(term: Recorded) -> bool:
    return term.word in ("answered", "judged")
