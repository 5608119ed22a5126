"""Write an instrument's lines: items, scores and outcomes in order of dependency, then alerts, plan and signposts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from engine.format.instrument import CHOICES, Action, Alert, Instrument, Item, Outcome, Score
from engine.language.terms import Answer, Count, Latest, Number, Truth
from engine.program import names
from engine.program.asked import flags, questions
from engine.program.by_rule import Reader
from engine.program.domain import LAST_DAY, bounds
from engine.program.emit import Emitter
from engine.program.lines import SURE, TRUE, Lines, NumberLine, TruthLine
from engine.program.merge import Merger
from engine.program.names import Target

LARGEST = 2**62  # what 64 bits hold with room for a sign and one addition


@dataclass(frozen=True, slots=True)
class OutcomeLines:
    """The masks of an outcome's levels: as computed, and after an assessor raised it."""

    computed: str
    acting: str


@dataclass
class Build:
    """The lines, the arguments they need, and where each thing an assessment says is found.

    `when_open` names the alerts and the signposts (by place) whose *may hold* is asked for too. `largest` is the
    largest whole number that anything can come to.
    """

    merger: Merger
    lines: Lines = field(default_factory=Lines)
    arguments: list[str] = field(default_factory=list)
    applies: dict[str, TruthLine] = field(default_factory=dict)
    scores: dict[str, NumberLine] = field(default_factory=dict)
    outcomes: dict[str, OutcomeLines] = field(default_factory=dict)
    alerts: dict[str, TruthLine] = field(default_factory=dict)
    actions: dict[str, tuple[TruthLine, str]] = field(default_factory=dict)
    signposts: list[TruthLine] = field(default_factory=list)
    entries: dict[Count | Latest, str] = field(default_factory=dict)
    given: dict[str, TruthLine] = field(default_factory=dict)
    missing: dict[str, NumberLine] = field(default_factory=dict)
    too_large: list[str] = field(default_factory=list)
    largest: int = 0
    when_open: set[str | int] = field(default_factory=set)

    @property
    def results(self) -> tuple[str, ...]:
        """Every line that an assessment reads."""
        read: list[str] = []
        for truth in [*self.applies.values(), *self.given.values()]:
            read += [truth.must, truth.may]
        for key, truth in [*self.alerts.items(), *enumerate(self.signposts)]:
            read += [truth.must, truth.may] if key in self.when_open else [truth.must]
        for number in [*self.scores.values(), *self.missing.values()]:
            read += [number.lowest, number.highest, number.present.must, number.present.may]
        for outcome in self.outcomes.values():
            read += [outcome.computed, outcome.acting]
        for truth, printed in self.actions.values():
            read += [truth.must, printed]
        return tuple(dict.fromkeys(name for name in read if name.isidentifier() and name not in (TRUE, "False")))

    @cached_property
    def targets(self) -> dict[Target, str]:
        """The line that says that a target must hold; for an outcome, the mask of its levels. Asked for when all lines
        are written.
        """
        found: dict[Target, str] = {("outcome", name): lines.acting for name, lines in self.outcomes.items()}
        found |= {("computed", name): lines.computed for name, lines in self.outcomes.items()}
        found |= {("alert", name): truth.must for name, truth in self.alerts.items()}
        found |= {("action", name): truth.must for name, (truth, _) in self.actions.items()}
        found |= {("signpost", str(place)): truth.must for place, truth in enumerate(self.signposts)}
        found |= {("applies", name): truth.must for name, truth in self.applies.items()}
        return found


class _Writer:
    """Writes lines for terms over items whose arguments it makes."""

    def __init__(self, merger: Merger) -> None:
        self.merger = merger
        self.own_terms = False  # whether every term written is the instrument's own, none made on the way
        self.done = Build(merger)
        self.emitter = Emitter(merger, self.done.lines)
        self.emitter.numbers[Answer("today")] = NumberLine(self.argument("today"), "today", SURE, 1, 0, LAST_DAY)

    def argument(self, name: str) -> str:
        if name not in self.done.arguments:
            self.done.arguments.append(name)
        return name

    def truth(self, term: Truth) -> TruthLine:
        merged = self.merger.owned(term) if self.own_terms else self.merger.truth(term)
        self.prepare(merged)
        return self.emitter.truth(merged)

    def number(self, term: Number) -> NumberLine:
        merged = self.merger.owned_number(term) if self.own_terms else self.merger.number(term)
        self.prepare(merged)
        return self.emitter.number(merged)

    def prepare(self, term: object) -> None:
        """Make the arguments for what the term asks of the record."""
        for flag in flags(term):
            self.emitter.flags.setdefault(flag, self.argument(names.flag(flag.word, flag.name)))

    def raw(self, item: Item, shown: TruthLine) -> None:
        """Make the item's arguments, and what conditions see of them."""
        emitter = self.emitter
        emitter.shown[item.id] = shown
        if item.kind in CHOICES:
            raw = self.argument(names.mask(item.id))
            emitter.masks[item.id] = self._visible(item.id, raw, shown)
        elif item.kind == "tick_all":
            both = (self.argument(names.surely(item.id)), self.argument(names.possibly(item.id)))
            emitter.tick_bits[item.id] = item.everything.bit_length()
            emitter.ticks[item.id] = (self._times(both[0], shown.must), self._times(both[1], shown.may))
        elif item.kind in ("number", "date"):
            ends = bounds(item)
            low, high = self.argument(names.lowest(item.id)), self.argument(names.highest(item.id))
            number = NumberLine(low, high, shown, ends.denominator, ends.least, ends.greatest)
            emitter.numbers[Answer(item.id)] = number

    def _times(self, name: str, when: str) -> str:
        return name if when == TRUE else self.done.lines.line(f"{name} * {when}", "ticked")

    def _visible(self, name: str, mask: str, shown: TruthLine) -> str:
        """Bit 0 is *not shown*: with it visibility needs no further thought."""
        if shown == SURE:
            return mask
        hidden = self.done.lines.opposite(shown.must)
        return self.done.lines.line(f"{mask} * {shown.may} | {hidden}", "shown", name)


class _Builder(_Writer):
    """Writes an instrument's lines."""

    def __init__(self, instrument: Instrument, merger: Merger, split: Mapping[str, object], reader: Reader) -> None:
        super().__init__(merger)
        self.instrument, self.split, self.reader = instrument, split, reader
        self.own_terms = not reader.reading

    def prepare(self, term: object) -> None:
        """Make the arguments for what the term asks of repeats, too."""
        super().prepare(term)
        for question in questions(term):
            if question not in self.done.entries:
                self._entries(question)

    def _entries(self, question: Count | Latest) -> None:
        item = self.instrument.items[question.repeat]
        name = names.count(item.id, len(self.done.entries) + 1)
        self.done.entries[question] = name
        shown, lines = self.emitter.shown[item.id], self.done.lines
        low, high = self.argument(names.lowest(name)), self.argument(names.highest(name))
        if isinstance(question, Count):
            ends = [
                lines.line(f"{end} * {when}", "count") if when != TRUE else end
                for end, when in ((low, shown.must), (high, shown.may))
            ]
            self.emitter.numbers[question] = NumberLine(ends[0], ends[1], SURE, 1, 0, item.at_most)
            return
        must, may = self.argument(f"{name}__must"), self.argument(f"{name}__may")
        present = lines.all_of([TruthLine(must, may), shown])
        field_item = next(one for one in item.fields if one.id == question.field)
        ends_of = bounds(field_item)
        self.emitter.numbers[question] = NumberLine(low, high, present, 1, 0, ends_of.greatest)

    def item(self, item: Item) -> None:
        """Write what decides whether an item is shown, and its range."""
        self.done.lines.speak_of(item.id, self.instrument.written.get(f"{item.id}.applies_if", ""))
        shown = self.done.applies[item.id] = self.truth(item.applies_if)
        self.raw(item, shown)

    def score(self, score: Score) -> None:
        """Write a score's bounds."""
        if score.value is None:
            return
        lines = self.done.lines
        lines.speak_of(score.id, self.instrument.written.get(score.id, ""))
        value = self.number(self.reader.number(score, score.value))
        shown = self.truth(score.applies_if)
        present = lines.all_of([value.present, shown, self._given(score)])
        low = lines.line(value.lowest, "lo", f"{score.id}__lo")
        high = lines.line(value.highest, "hi", f"{score.id}__hi")
        line = NumberLine(low, high, present, value.denominator, value.least, value.greatest)
        self.done.scores[score.id] = self.emitter.numbers[Answer(score.id)] = line

    def _given(self, owner: Score | Outcome | Alert) -> TruthLine:
        """Whether, by the owner's published rule, few enough answers are missing."""
        count = self.reader.count_missing(owner)
        if count is None:
            return SURE
        self.done.missing[owner.id] = self.number(count)
        given = self.done.given[owner.id] = self.truth(self.reader.enough(owner))
        return given

    def outcome(self, outcome: Outcome) -> None:
        """Write the mask of levels that are still possible, from the lowest upwards."""
        lines = self.done.lines
        shown = self.truth(outcome.applies_if)
        if outcome.by_judgement:
            mask = self.argument(names.mask(outcome.id))
        else:
            mask = "2"
            for place, level in enumerate(outcome.levels[1:], start=2):
                lines.speak_of(f"{outcome.id}__{level.id}", self.instrument.written.get(f"{outcome.id}.{level.id}", ""))
                holds = self.truth(self.reader.truth(outcome, level.when))
                lines.speak_of(f"{outcome.id}__{level.id}")
                mask = lines.line(f"{mask} * {lines.opposite(holds.must)} | {1 << place} * {holds.may}", "up")
            mask = lines.line(mask, "levels", f"{outcome.id}__levels")
        self._given(outcome)
        lines.speak_of(outcome.id)
        computed = self._visible(f"{outcome.id}__computed", mask, shown)
        if outcome.id in self.split:
            computed = lines.line(f"{computed} & {self.argument(names.known(outcome.id))}", "narrowed")
        acting = computed
        if outcome.may_raise and not outcome.by_judgement:
            bit = self.argument(names.floor(outcome.id))
            text = f"{computed} & 1 | {computed} & -{bit} | (({computed} & ({bit} - 2)) != 0) * {bit}"
            acting = lines.line(text, "acting", f"{outcome.id}__acting")
        self.emitter.masks[outcome.id] = acting
        self.emitter.shown[outcome.id] = shown
        self.done.outcomes[outcome.id] = OutcomeLines(computed, acting)

    def mind_size(self, owner: str) -> None:
        """Remember who computes with numbers that a column of 64 bits does not hold."""
        self.done.largest = max(self.done.largest, self.emitter.largest)
        if self.emitter.largest > LARGEST:
            self.done.too_large.append(owner)
            self.emitter.largest = 0

    def alert(self, alert: Alert) -> None:
        """Write an alert's condition."""
        self.done.lines.speak_of(alert.id, self.instrument.written.get(alert.id, ""))
        self.done.alerts[alert.id] = self.truth(self.reader.truth(alert, alert.when))
        self._given(alert)

    def action(self, action: Action) -> None:
        """Write an action's condition, and whether it is printed."""
        lines = self.done.lines
        lines.speak_of(action.id, self.instrument.written.get(action.id, ""))
        when = self.truth(action.when)
        never = self.truth(action.never_if)
        printed = lines.both(
            when.may if action.if_unsure else when.must,
            lines.opposite(never.may),
            *(self.done.actions[before][1] for before in action.after),
        )
        self.done.actions[action.id] = when, printed


def build(instrument: Instrument, merger: Merger, split: Mapping[str, object], *, by_rule: bool = False) -> Build:
    """Return the lines of an instrument; `split` names the outcomes that are narrowed by running through items."""
    builder = _Builder(instrument, merger, split, Reader(instrument, reading=by_rule))
    for name in instrument.order:
        if name in instrument.items:
            builder.item(instrument.items[name])
        elif name in instrument.scores:
            builder.score(instrument.scores[name])
        else:
            builder.outcome(instrument.outcomes[name])
        builder.mind_size(name)
    builder.done.when_open.update(name for name, alert in instrument.alerts.items() if alert.if_unsure or by_rule)
    builder.done.when_open.update(i for i, signpost in enumerate(instrument.signposts) if signpost.if_unsure)
    for alert in instrument.alerts.values():
        builder.alert(alert)
        builder.mind_size(alert.id)
    if by_rule:
        return builder.done
    for action in instrument.plan:
        builder.action(action)
        builder.mind_size(action.id)
    for place, signpost in enumerate(instrument.signposts):
        builder.done.lines.speak_of(f"signpost__{place}", instrument.written.get(f"signpost:{place}", ""))
        builder.done.signposts.append(builder.truth(signpost.when))
        builder.mind_size(signpost.service)
    return builder.done


def build_entry(repeat: Item, condition: Truth) -> tuple[Build, TruthLine]:
    """Return the lines that decide whether one entry of a repeat satisfies a condition on its fields."""
    choices = {one.id: one.everything for one in repeat.fields if one.kind in CHOICES}
    writer = _Writer(Merger(choices, frozenset({one.id for one in repeat.fields} | {"today"}), {}))
    for one in repeat.fields:
        writer.raw(one, SURE)
    return writer.done, writer.truth(condition)
