"""Turn a record into the arguments of a program: for each item the values that are still possible."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import itemgetter
from typing import Any, assert_never

from engine.format.instrument import CHOICES, Instrument, Item
from engine.interview.fill import FILLED, chosen, filler
from engine.interview.record import Answer, Days, Entries, NonAnswer, Record, Words, is_answer
from engine.language.terms import Count, Latest, OrElse, Table
from engine.program import names
from engine.program.build import Build
from engine.program.compiler import Compiled
from engine.program.domain import FUTURE_DAYS, bounds

Values = dict[str, Any]


def everything(compiled: Compiled) -> Values:
    """Return the arguments of a record in which nothing was said, but for what depends on the assessment date."""
    values: Values = {}
    for item in compiled.instrument.items.values():
        values |= open_item(item, 0)
    for outcome in compiled.instrument.outcomes.values():
        values[names.mask(outcome.id)] = outcome.everything
        values[names.floor(outcome.id)] = 2
        values[names.known(outcome.id)] = outcome.everything | 1
    return values


def last_day(item: Item, today: int) -> int:
    """Return the last day that a date item may have."""
    return today + FUTURE_DAYS if item.future else today


def open_item(item: Item, today: int) -> Values:
    """Return the whole range of an item."""
    if item.kind in CHOICES:
        return {names.mask(item.id): item.everything}
    if item.kind == "tick_all":
        return {names.surely(item.id): 0, names.possibly(item.id): item.everything}
    if item.kind == "number":
        ends = bounds(item)
        return {names.lowest(item.id): ends.least, names.highest(item.id): ends.greatest}
    if item.kind == "date":
        return {names.lowest(item.id): item.earliest.toordinal(), names.highest(item.id): last_day(item, today)}
    return {}


def answered(item: Item, answer: Answer, today: int) -> Values:
    """Return what an answer leaves of an item's range."""
    match answer:
        case str():
            return {names.mask(item.id): 1 << item.bit(answer)}
        case tuple():
            ticked = sum(1 << item.bit(option) for option in answer)
            return {names.surely(item.id): ticked, names.possibly(item.id): ticked}
        case Decimal():
            exact = int(answer * 10**item.decimals)
            return {names.lowest(item.id): exact, names.highest(item.id): exact}
        case Days(first, last):
            begins, ends = item.earliest.toordinal(), last_day(item, today)
            return {
                names.lowest(item.id): max(first.toordinal(), begins),
                names.highest(item.id): min(last.toordinal(), ends),
            }
        case Words() | Entries():
            return {}
    assert_never(answer)


class Encoder:
    """Knows an instrument's arguments; `encode` fills them in from one record.

    `names` are the arguments in the order of `listed`: those of choices, tick lists and numbers are filled in by a
    function made for this instrument, one look-up an item; what is asked of dates, repeats and the record itself comes
    behind them, and is put in only where something was said.
    """

    def __init__(self, compiled: Compiled) -> None:
        """Prepare what does not depend on a record."""
        self.compiled = compiled
        self.instrument = compiled.instrument
        self.flags = flags_of(compiled.whole)
        self.voices = chosen(self.instrument.items["voice"])
        plain = [one for one in self.instrument.items.values() if one.kind in FILLED and one.id != "voice"]
        plainly = [names.mask("voice"), *(argument for one in plain for argument in open_item(one, 0))]
        others = self._nothing_said(0)
        self.names = (*plainly, *(name for name in others if name not in plainly))
        self.place = {name: place for place, name in enumerate(self.names)}
        self._listed = itemgetter(*self.names)
        self._dated = [one for one in self.instrument.items.values() if one.kind in ("date", "repeat")]
        self._fill = filler([(one, tuple(open_item(one, 0))) for one in plain])
        self._first = len(plainly)
        self._days: tuple[int, list[Any]] = (0, [])

    def _nothing_said(self, today: int) -> Values:
        """Return the arguments of a record of this day in which nothing was said."""
        values = everything(self.compiled) | {"today": today}
        for item in self.instrument.items.values():
            if item.kind == "date":
                values |= open_item(item, today)
            elif item.kind == "repeat":
                values |= self._entries(item, Entries((), closed=False), today)
        return values | dict.fromkeys([argument for argument, _, _ in self.flags], False)

    def encode(self, record: Record) -> Values:
        """Return the arguments of every program of the instrument; the masks `known` are left whole."""
        return self.named(self.listed(record))

    def unnamed(self, values: Values) -> list[Any]:
        """Return arguments in the order of `names`, from those by name."""
        return [*self._listed(values)]

    def named(self, values: list[Any]) -> Values:
        """Return arguments by name, from those in the order of `names`."""
        return dict(zip(self.names, values, strict=True))

    def listed(self, record: Record) -> list[Any]:
        """Return these arguments in the order of `names`."""
        today, answers = record.on.toordinal(), record.answers
        day, dated = self._days  # once: whoever is read at the same time may have another day
        if day != today:
            values = self._nothing_said(today)
            dated = [values[name] for name in self.names[self._first :]]
            self._days = today, dated
        found = self._fill(self.voices[record.voice], answers.get)
        found += dated
        place = self.place
        for item in self._dated:
            answer = answers.get(item.id)
            if answer is not None and not isinstance(answer, NonAnswer):
                if isinstance(answer, Entries):
                    ends = self._entries(item, answer, today)
                else:
                    ends = answered(item, answer, today)
                for name, value in ends.items():
                    found[place[name]] = value
        for outcome_id, judgement in record.judgements.items():
            outcome = self.instrument.outcomes[outcome_id]
            bit = 1 << outcome.bit(judgement.level)
            found[place[names.mask(outcome_id) if outcome.by_judgement else names.floor(outcome_id)]] = bit
        for argument, word, name in self.flags:
            found[place[argument]] = FLAGS[word](self.instrument, record, name)
        return found

    def _entries(self, item: Item, listed: Entries, today: int) -> Values:
        values: Values = {}
        for question, name in self.compiled.whole.entries.items():
            if question.repeat == item.id:
                ask = self._count if isinstance(question, Count) else _latest
                values |= {f"{name}__{end}": value for end, value in ask(item, question, listed, today).items()}
        return values

    def _count(self, item: Item, question: Count | Latest, listed: Entries, today: int) -> Values:
        assert isinstance(question, Count)  # noqa: S101  narrows the type for the two callers above
        program = self.compiled.entries[question]
        must = may = 0
        for entry in listed.entries:
            surely, possibly = _one_entry(program.run, program.arguments, item, entry, today)
            must, may = must + surely, may + possibly
        if not listed.closed:
            _, possibly = _one_entry(program.run, program.arguments, item, {}, today)
            may += (item.at_most - len(listed.entries)) * possibly
        return {"from": must, "to": may}


def flags_of(build: Build) -> tuple[tuple[str, str, str], ...]:
    """Return what the lines ask of the record itself: the argument, the word and the name."""
    found = ((argument, *argument.rpartition("__")[::-2]) for argument in build.arguments)
    return tuple((argument, word, name) for argument, word, name in found if word in FLAGS)


def _one_entry(
    run: Callable[..., Any],
    arguments: tuple[str, ...],
    item: Item,
    entry: Mapping[str, Answer | NonAnswer],
    today: int,
) -> tuple[bool, bool]:
    values: Values = {"today": today}
    for one in item.fields:
        answer = entry.get(one.id)
        known = answer is not None and not isinstance(answer, NonAnswer)
        values |= answered(one, answer, today) if known else open_item(one, today)  # type: ignore[arg-type]
    surely, possibly = run(*(values[name] for name in arguments))
    return surely, possibly


def _latest(item: Item, question: Count | Latest, listed: Entries, today: int) -> Values:
    assert isinstance(question, Latest)  # noqa: S101  narrows the type for the two callers above
    field = next(one for one in item.fields if one.id == question.field)
    whole = open_item(field, today)
    low, high = names.lowest(field.id), names.highest(field.id)
    ranges = []
    for entry in listed.entries:
        answer = entry.get(field.id)
        ranges.append(answered(field, answer, today) if isinstance(answer, Days) else whole)
    more = not listed.closed and len(listed.entries) < item.at_most
    return {
        "from": max((one[low] for one in ranges), default=whole[low]),
        "to": whole[high] if more or not ranges else max(one[high] for one in ranges),
        "must": bool(ranges),
        "may": bool(ranges) or more,
    }


def missing(instrument: Instrument, record: Record, name: str) -> bool:
    """Whether, by a published rule, the item is missing: not answered, or answered without a number."""
    item, answer = instrument.items[name], record.answers.get(name)
    if answer is None or isinstance(answer, NonAnswer):
        return item.blank is None
    return isinstance(answer, str) and without_points(item) >> item.bit(answer) & 1 == 1


def without_points(item: Item) -> int:
    """Return the mask of the options whose points are none."""
    table = item.points.number if isinstance(item.points, OrElse) else item.points
    if not isinstance(table, Table):
        return 0
    return sum(1 << bit for bit, low in enumerate(table.lowest) if low != table.highest[bit])


FLAGS: Mapping[str, Callable[[Instrument, Record, str], bool]] = {
    "answered": lambda _, record, name: is_answer(record.answers.get(name)),
    "dont_know": lambda _, record, name: record.answers.get(name) is NonAnswer.DONT_KNOW,
    "declined": lambda _, record, name: record.answers.get(name) is NonAnswer.DECLINED,
    "judged": lambda _, record, name: name in record.judgements,
    "missing": missing,
}
