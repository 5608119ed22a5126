"""Is a promise kept by every record? The engine's own text runs on z3, on a record of which nothing is known."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import Any

import z3  # type: ignore[import-untyped]

from engine.format.directory import Directory
from engine.interview.ready import ready
from engine.interview.record import Record
from engine.language.terms import Printed
from engine.program import names
from engine.program.lines import TruthLine
from engine.workshop.prove.any_record import AnyRecord, plain
from engine.workshop.prove.bits import Z3, Truth, Whole, chosen
from engine.workshop.prove.found_record import record_of
from engine.workshop.prove.promise import Probed, breaks, evaluated, places_of, where
from engine.workshop.prove.smallest import smallest

MOST_TRIES = 8  # of records that z3 finds and the engine, which splits on items, does not find broken


@dataclass(frozen=True, slots=True)
class Verdict:
    """True: kept by every record; False: broken by this one; None: not decided."""

    kept: bool | None
    record: Record | None = None


class EveryRecord:
    """One promise put to every record of an instrument."""

    def __init__(self, one: Probed, directory: Directory | None, seconds: float) -> None:
        """Run the lines that the promise asks about; z3 has so many seconds in all."""
        self.one, self.directory, self.until = one, directory, monotonic() + seconds
        self.compiled = ready(one.instrument).compiled
        self.record = AnyRecord(self.compiled)
        self.lines: dict[str, Any] = {}
        self.asked: list[str] = []
        self.nation = one.instrument.questionnaire.nation_from
        # once to find out which lines are asked for, and once with what they come to
        self._broken()
        program = self.compiled.program(tuple(dict.fromkeys(n for n in self.asked if n not in ("True", "False"))))
        self.lines = self.record.run(program)
        self.broken: Z3 = plain(self._broken(), self.record.context)

    def _broken(self) -> Any:
        services = dict.fromkeys(one.service for one in self.one.instrument.signposts)
        many: Any = 0
        for service in services:
            many = many + chosen(self._pointed(service), 1, 0)
        return evaluated(self.one.broken, self._printed, many)

    def _line(self, name: str) -> Any:
        self.asked.append(name)
        return self.lines.get(name, False)

    def _printed(self, term: Printed) -> Any:
        whole, instrument = self.compiled.whole, self.one.instrument
        match term.word:
            case "raised":
                return self._either(whole.alerts[term.name], if_unsure=instrument.alerts[term.name].if_unsure)
            case "shown":
                return self._line(whole.actions[term.name][1])
            case "signposted":
                return self._pointed(term.name)

    def _either(self, line: TruthLine, *, if_unsure: bool) -> Any:
        return self._line(line.may if if_unsure else line.must)

    def _pointed(self, service: str) -> Any:
        nations = where(self.directory, service)
        if nations == ():
            return False
        shown: Any = False
        for place in places_of(self.one.instrument, service):
            if_unsure = self.one.instrument.signposts[place].if_unsure
            shown = shown | self._either(self.compiled.whole.signposts[place], if_unsure=if_unsure)
        if nations is None or self.nation is None:
            return shown
        return shown & self._serves(nations)

    def _serves(self, nations: tuple[str, ...]) -> Any:
        """Whether the nation is open, or one of these. What is no nation of the directory leaves it open."""
        assert self.nation is not None  # noqa: S101  asked only where there is one
        item, directory = self.one.instrument.items[self.nation], self.directory
        known = directory.nations if directory is not None else {}
        elsewhere = sum(1 << item.bit(o.id) for o in item.options if o.id in known and o.id not in nations)
        surely = self._line(self.compiled.whole.applies[self.nation].must)
        mask = self.record.argument(names.mask(self.nation))
        unknown = Truth(z3.Not(self.record.said(self.nation))) | (surely ^ True)
        return ((mask & elsewhere) == 0) | unknown

    def verdict(self) -> Verdict:
        """Return whether the promise is kept; if not, with a smallest record that breaks it."""
        answer, model = self.ask()
        if answer is False:
            return Verdict(True)
        record = self.record
        if answer:
            record.with_entries()
            record.with_whole_days()
            answer, model = self._found()
        # z3 leaves free which levels running through items leaves; the engine itself has the last word
        tried: list[Z3] = []
        while answer and len(tried) < MOST_TRIES:
            found = record_of(record, model)
            if self._is_broken(found):
                return Verdict(False, smallest(found, self._is_broken, self._with_at_most))
            tried.append(self._other_than(model))
            answer, model = self.ask(*tried)
        return Verdict(None)

    def _is_broken(self, record: Record) -> bool:
        return breaks(self.one, record, self.directory)

    def _found(self, *conditions: Z3) -> tuple[bool | None, Z3]:
        """Look for somebody on the day of the last review, else on any day."""
        day = self.one.instrument.questionnaire.review.last.toordinal()
        today = plain(self.record.today == day, self.record.context)
        answer, model = self.ask(today, *conditions)
        return (answer, model) if answer else self.ask(*conditions)

    def _with_at_most(self, many: int) -> Record | None:
        record = self.record
        said = [(record.said(name), 1) for name in (*record.fields, *record.lists) if name != "voice"]
        answer, model = self._found(z3.PbLe(said, many)) if said else (None, None)
        return record_of(record, model) if answer else None

    def ask(self, *conditions: Z3) -> tuple[bool | None, Z3]:
        """Return whether there is a record that breaks the promise in which all of these hold, and z3's model of it."""
        left = self.until - monotonic()
        if left <= 0:
            return None, None
        solver = z3.SolverFor("QF_BV", ctx=self.record.context)
        solver.set("timeout", max(1, int(left * 1000)))
        solver.add(*self.record.facts, self.broken, *conditions)
        answer = solver.check()
        if answer == z3.unknown:
            return None, None
        return answer == z3.sat, solver.model() if answer == z3.sat else None

    def _other_than(self, model: Z3) -> Z3:
        """Another record: the levels that running through items leaves are no part of one."""
        record = self.record
        known = [field.said for field in record.fields.values()]
        known += [
            one.known
            for name, one in record.values.items()
            if isinstance(one, Whole | Truth) and not name.endswith("__known")
        ]
        same = [one == model.eval(one, model_completion=True) for one in known]
        return z3.Not(z3.And(same)) if same else z3.BoolVal(False, record.context)
