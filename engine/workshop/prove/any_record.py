"""Any record at all, complete or not, as the arguments of a program on which z3 can run it.

Of each item the record has an answer or has none; of a repeat there are some entries or none. What a repeat's entries
come to is at first left free between its bounds, which proves more than is asked; `with_entries` makes it exact for
lists of a few entries, so that somebody can be found who breaks a promise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import z3  # type: ignore[import-untyped]

from engine.format.instrument import Item
from engine.interview.reading import YEARS
from engine.language.terms import Count, Latest
from engine.program import names
from engine.program.compiler import Compiled, Program
from engine.program.domain import FUTURE_DAYS, bounds
from engine.workshop.prove.bits import Z3, Table, Truth, Whole, chosen, greater, lesser, opposite, width

FIRST_DAY, LAST_DAY = (date(YEARS[0], 1, 1).toordinal(), date(YEARS[-1], 12, 31).toordinal())
MOST_ENTRIES = 6  # of somebody who breaks a promise


class Field:
    """The variables of an item, or of a field of an entry: whether there is an answer, and what is left possible."""

    def __init__(self, item: Item, label: str, any_record: AnyRecord) -> None:
        """Make the variables."""
        self.item, self.record = item, any_record
        self.said: Z3 = z3.Bool(f"{label} said", any_record.context)
        self.values: dict[str, Any] = {}
        match item.kind:
            case "yes_no" | "pick_one":
                self._choice(label)
            case "tick_all":
                self._ticks(label)
            case "number" | "date":
                self._between(label)

    def _choice(self, label: str) -> None:
        mask = self.record.whole(label, 0, self.item.everything)
        one = [mask == 2 << place for place in range(len(self.item.options))]
        self._either(one, mask == self.item.everything)
        self.values[names.mask(self.item.id)] = mask

    def _ticks(self, label: str) -> None:
        everything = self.item.everything
        surely, possibly = (self.record.whole(f"{label} {end}", 0, everything) for end in ("surely", "possibly"))
        alone = [2 << place for place, option in enumerate(self.item.options) if option.on_its_own]
        fits: Any = (surely == possibly) & (surely != 0)
        for own in alone:
            fits = fits & ((surely == own) | ((surely & own) == 0))
        for end in (surely, possibly):
            self.record.add((end & 1) == 0)
        self._either([fits], (surely == 0) & (possibly == everything))
        self.values |= {names.surely(self.item.id): surely, names.possibly(self.item.id): possibly}

    def _between(self, label: str) -> None:
        if self.item.kind == "number":
            ends = bounds(self.item)
            least, most = ends.least, ends.greatest
            first: Any = least
            last: Any = most
        else:
            least, most = self.item.earliest.toordinal(), LAST_DAY + FUTURE_DAYS
            today = self.record.today
            first, last = least, today + FUTURE_DAYS if self.item.future else today
        low, high = self.record.whole(f"{label} from", least, most), self.record.whole(f"{label} to", least, most)
        self.record.add((low >= first) & (last >= high) & (high >= low))
        self._either([low == high] if self.item.kind == "number" else [True], (low == first) & (high == last))
        self.values |= {names.lowest(self.item.id): low, names.highest(self.item.id): high}

    def _either(self, answered: list[Any], untouched: Any) -> None:
        some = z3.Or([plain(one, self.record.context) for one in answered])
        self.record.facts.append(z3.If(self.said, some, plain(untouched, self.record.context)))


class AnyRecord:
    """The arguments of an instrument's programs, made as they are asked for."""

    def __init__(self, compiled: Compiled) -> None:
        """Start with nothing but the assessment date."""
        self.compiled, self.instrument = compiled, compiled.instrument
        self.context = z3.Context()
        self.facts: list[Z3] = []
        self.today: Any = self.whole("today", FIRST_DAY, LAST_DAY)
        self.values: dict[str, Any] = {"today": self.today}
        self.fields: dict[str, Field] = {}
        self.flags: dict[tuple[str, str], Z3] = {}
        self.lists: dict[str, Listing] = {}

    def whole(self, label: str, low: int, high: int) -> Whole:
        """Make a whole number between two bounds."""
        found = Whole(z3.BitVec(label, width(low, high), self.context), low, high)
        bits = found.known.size()
        self.facts += [found.known >= z3.BitVecVal(low, bits, self.context)]
        self.facts += [found.known <= z3.BitVecVal(high, bits, self.context)]
        return found

    def add(self, fact: Truth | bool) -> None:
        """Note what holds of every record."""
        self.facts.append(plain(fact, self.context))

    def run(self, program: Program) -> dict[str, Any]:
        """Return what the program's results come to, by name."""
        function = program.bind(Table, lesser, greater)
        arguments = [self.argument(name) for name in program.arguments]
        found = dict(zip(program.results, function(*arguments), strict=True))
        return found | {"True": True, "False": False}

    def argument(self, name: str) -> Any:
        """Return the argument of this name."""
        if name not in self.values:
            self._make(*name.split("__", 1))
        return self.values[name]

    def said(self, name: str) -> Z3:
        """Return whether an item has an answer."""
        item = self.instrument.items[name]
        if item.kind == "repeat":
            listing = self.listing(item)
            return z3.Or(plain(listing.many > 0, self.context), listing.closed)
        return self.field(name).said

    def field(self, name: str) -> Field:
        """Return the variables of an item."""
        if name not in self.fields:
            field = self.fields[name] = Field(self.instrument.items[name], name, self)
            self.values |= field.values
            if name == "voice":
                voices = self.instrument.questionnaire.voices
                self.facts.append(field.said)
                bits = [2 << place for place, one in enumerate(field.item.options) if one.id in voices]
                mask = self.values[names.mask("voice")]
                self.facts.append(z3.Or([plain(mask == bit, self.context) for bit in bits]))
        return self.fields[name]

    def listing(self, item: Item) -> Listing:
        """Return what was listed in a repeat."""
        if item.id not in self.lists:
            self.lists[item.id] = Listing(item, self)
        return self.lists[item.id]

    def with_entries(self) -> None:
        """Say exactly what lists of a few entries come to."""
        for listing in self.lists.values():
            listing.make_exact()

    def with_whole_days(self) -> None:
        """Leave out dates of which only the month or the year is known."""
        entries = [entry for listing in self.lists.values() for entry in listing.entries]
        for field in [*self.fields.values(), *(field for entry in entries for field in entry.values())]:
            if field.item.kind == "date":
                low, high = field.values.values()
                self.facts.append(z3.Implies(field.said, plain(low == high, self.context)))

    def _make(self, owner: str, what: str) -> None:
        item = self.instrument.items.get(owner)
        name = f"{owner}__{what}"
        if what in ("answered", "dont_know", "declined", "judged"):
            self.values[name] = Truth(self._flag(what, owner))
        elif item is not None and item.kind == "repeat":
            self.listing(item)
        elif item is not None:
            self.field(owner)
        else:
            self.values[name] = self._of_outcome(owner, name)

    def _flag(self, word: str, owner: str) -> Z3:
        if word == "answered":
            return self.said(owner)
        if (word, owner) not in self.flags:
            flag = self.flags[word, owner] = z3.Bool(f"{owner} {word}", self.context)
            if word != "judged":
                other = ({"dont_know", "declined"} - {word}).pop()
                self.facts.append(z3.Implies(flag, z3.Not(self.said(owner))))
                if (other, owner) in self.flags:
                    self.facts.append(z3.Not(z3.And(flag, self.flags[other, owner])))
        return self.flags[word, owner]

    def _of_outcome(self, owner: str, name: str) -> Whole:
        outcome = self.instrument.outcomes[owner]
        levels = [2 << place for place in range(len(outcome.levels))]
        if name == names.known(owner):
            return self.whole(name, 0, outcome.everything | 1)
        found = self.whole(name, 0, outcome.everything)
        untouched = outcome.everything if name == names.mask(owner) else 2
        left = [plain(found == one, self.context) for one in [*levels, untouched]]
        judged = self._flag("judged", owner)
        self.facts += [z3.Or(left), z3.Implies(z3.Not(judged), plain(found == untouched, self.context))]
        if outcome.by_judgement:
            self.facts.append(z3.Implies(judged, z3.Or(left[:-1])))
        return found


class Listing:
    """What was listed in a repeat, and what each question about it comes to."""

    def __init__(self, item: Item, any_record: AnyRecord) -> None:
        """Make the numbers that questions come to, free between their bounds."""
        self.item, self.record = item, any_record
        self.many = any_record.whole(f"{item.id} listed", 0, item.at_most)
        self.closed = z3.Bool(f"{item.id} closed", any_record.context)
        self.entries: list[dict[str, Field]] = []
        self.questions = {q: name for q, name in any_record.compiled.whole.entries.items() if q.repeat == item.id}
        for question, name in self.questions.items():
            any_record.values |= self._free(question, name)

    def _free(self, question: Count | Latest, name: str) -> dict[str, Any]:
        record = self.record
        least, most = 0, self.item.at_most
        found: dict[str, Any] = {}
        if isinstance(question, Latest):
            least, most = self._days(question)
            must, may = (Truth(z3.Bool(f"{name} {word}", record.context)) for word in ("must", "may"))
            found = {f"{name}__must": must, f"{name}__may": may}
            record.facts.append(z3.Implies(must.known, may.known))
        low, high = record.whole(f"{name} from", least, most), record.whole(f"{name} to", least, most)
        if isinstance(question, Count):
            record.add(high >= low)
        return found | {names.lowest(name): low, names.highest(name): high}

    def _days(self, question: Latest) -> tuple[int, int]:
        field = next(one for one in self.item.fields if one.id == question.field)
        return field.earliest.toordinal(), LAST_DAY + FUTURE_DAYS

    def make_exact(self) -> None:
        """Tie every question to the entries, of which there are a few at most."""
        record, most = self.record, min(self.item.at_most, MOST_ENTRIES)
        record.add(most >= self.many)
        self.entries = [
            {one.id: Field(one, f"{self.item.id} {place} {one.id}", record) for one in self.item.fields}
            for place in range(most)
        ]
        for question, name in self.questions.items():
            if isinstance(question, Count):
                self._counted(question, name)
            else:
                self._latest(question, name)

    def _counted(self, question: Count, name: str) -> None:
        record, program = self.record, self.record.compiled.entries[question]
        must: Any = 0
        may: Any = 0
        for place, entry in enumerate(self.entries):
            values = {"today": record.today} | {
                key: one for field in entry.values() for key, one in field.values.items()
            }
            surely, possibly = self._of_entry(program, values)
            must = must + chosen(_and(surely, self.many > place), 1, 0)
            may = may + chosen(_and(possibly, self.many > place), 1, 0)
        untouched = {"today": record.today}
        for one in self.item.fields:
            field = Field(one, f"{self.item.id} more {one.id}", record)
            record.facts.append(z3.Not(field.said))
            untouched |= field.values
        _, possibly = self._of_entry(program, untouched)
        more = chosen(_and(possibly, Truth(z3.Not(self.closed))), -self.many + self.item.at_most, 0)
        record.add(record.values[names.lowest(name)] == must)
        record.add(record.values[names.highest(name)] == may + more)

    def _of_entry(self, program: Program, values: Mapping[str, Any]) -> tuple[Any, Any]:
        function: Callable[..., Any] = program.bind(Table, lesser, greater)
        surely, possibly = function(*(values[name] for name in program.arguments))
        return surely, possibly

    def _latest(self, question: Latest, name: str) -> None:
        record, values, (least, _) = self.record, self.record.values, self._days(question)
        ends: dict[str, Any] = {"from": least, "to": least}
        for place, entry in enumerate(self.entries):
            field = entry[question.field].values
            for end, key in (("from", names.lowest), ("to", names.highest)):
                here = chosen(self.many > place, field[key(question.field)], least)
                ends[end] = greater(ends[end], here)
        some = self.many > 0
        more = _and(Truth(z3.Not(self.closed)), opposite(self.many >= self.item.at_most))
        record.add(values[names.lowest(name)] == ends["from"])
        record.add(values[names.highest(name)] == chosen(_and(some, opposite(more)), ends["to"], record.today))
        for word, truth in (("must", some), ("may", _or(some, more))):
            record.facts.append(values[f"{name}__{word}"].known == plain(truth, record.context))


def plain(truth: Truth | bool, context: Z3) -> Z3:
    """Return a condition as z3 has it."""
    return z3.BoolVal(truth, context) if isinstance(truth, bool) else truth.known


def _and(one: Truth | bool, other: Truth | bool) -> Truth | bool:
    return one & other


def _or(one: Truth | bool, other: Truth | bool) -> Truth | bool:
    return one | other
