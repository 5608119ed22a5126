"""The logic of a questionnaire in plain words, both ways round: what each item feeds, and what makes each thing appear.

For a review meeting: whoever signs it off reads no YAML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.format.instrument import Instrument, Item, Outcome, Score
from engine.interview.wording import number_words
from engine.language import terms
from engine.language.reads import reads
from engine.workshop.clause import Clause
from engine.workshop.paper_sheet import Addend, adding_up
from engine.workshop.spell import Speller

Kind = Literal["item", "score", "outcome", "alert", "action", "signpost"]
LONGEST_ASK = 70


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of the questionnaire: its kind, id and title, and the line of the file where it stands (0: unknown)."""

    kind: Kind
    id: str
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition: what it decides, in words, and as the author wrote it."""

    what: str
    clause: Clause
    written: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing with its rules, the things they read, and the things that read it: directly, and through others.

    `adds` is what a score adds up; None where that is too much for a sum. `answers` are an item's options with points.
    """

    thing: Thing
    rules: tuple[Rule, ...]
    needs: tuple[Thing, ...]
    feeds: tuple[Thing, ...]
    through: tuple[Thing, ...]
    number: int = 0
    answers: tuple[tuple[str, str], ...] = ()
    adds: tuple[Addend, ...] | None = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class LogicMap:
    """The entries by kind, each in the order of the file."""

    items: tuple[Entry, ...]
    scores: tuple[Entry, ...]
    outcomes: tuple[Entry, ...]
    alerts: tuple[Entry, ...]
    actions: tuple[Entry, ...]
    signposts: tuple[Entry, ...]


class MapNames:
    """Names that can be read without the form at hand."""

    voice: str | None = None

    def __init__(self, instrument: Instrument, voice: str) -> None:
        """Take the words of one voice; the conditions are of all."""
        self.instrument, self.words = instrument, voice
        asked = [item.id for item in instrument.items.values() if item.kind != "note" and item.id != "voice"]
        self.numbers = {name: place for place, name in enumerate(asked, 1)}

    def asked(self, item: str) -> bool:
        return item in self.numbers or item == "voice"

    def question(self, item: str) -> str:
        if item == "voice":
            return "the voice"
        return f"question {self.numbers[item]} “{shortened(self.instrument.items[item].ask.says(self.words))}”"

    def option(self, item: Item, place: int) -> str:
        option = item.options[place - 1]
        if item.id == "voice" or item.kind == "yes_no":
            return option.id.capitalize() if item.kind == "yes_no" else f"“{option.id}”"
        return f"“{option.label.says(self.words)}”"

    def score(self, score: str) -> str:
        return f"score “{self.instrument.scores[score].title.says(self.words)}”"

    def outcome(self, outcome: str) -> str:
        return f"outcome “{self.instrument.outcomes[outcome].title.says(self.words)}”"

    def level(self, outcome: str, place: int) -> str:
        return f"“{self.instrument.outcomes[outcome].levels[place - 1].title.says(self.words)}”"


def shortened(words: str) -> str:
    """Return words that fit into a sentence.

    >>> (
    ...     shortened(
    ...         "One two",
    ...     ),
    ...     len(shortened("long " * 40)) <= LONGEST_ASK,
    ... )
    ('One two', True)
    """
    if len(words) <= LONGEST_ASK:
        return words
    return words[: LONGEST_ASK - 1].rsplit(" ", 1)[0] + "…"


def logic_map(instrument: Instrument, voice: str) -> LogicMap:
    """Return the map of an instrument in the words of one voice."""
    return _Map(instrument, voice).whole()


class _Map:
    def __init__(self, instrument: Instrument, voice: str) -> None:
        self.instrument, self.voice = instrument, voice
        self.names = MapNames(instrument, voice)
        self.speller = Speller(instrument, self.names)
        self.things = {thing.kind + thing.id: thing for thing in self.all_things()}
        self.reads = {key: self.read_by(key) for key in self.things}
        self.fed: dict[str, list[str]] = {key: [] for key in self.things}
        for key, needed in self.reads.items():
            for one in needed:
                self.fed[one].append(key)

    def all_things(self) -> Iterator[Thing]:
        one, voice = self.instrument, self.voice
        for item in one.items.values():
            yield self.thing("item", item.id, shortened(item.ask.says(voice)))
        for score in one.scores.values():
            yield self.thing("score", score.id, score.title.says(voice))
        for outcome in one.outcomes.values():
            yield self.thing("outcome", outcome.id, outcome.title.says(voice))
        for alert in one.alerts.values():
            yield self.thing("alert", alert.id, alert.title.says(voice))
        for action in one.plan:
            title = action.title or action.text
            yield self.thing("action", action.id, shortened(title.says(voice)))
        for place, signpost in enumerate(one.signposts):
            line = one.places[f"signposts.{place}"].line if f"signposts.{place}" in one.places else 0
            yield Thing("signpost", str(place), signpost.service.replace("_", " "), line)

    def thing(self, kind: Kind, name: str, title: str) -> Thing:
        place = self.instrument.places.get(name)
        return Thing(kind, name, title, place.line if place else 0)

    def terms_of(self, kind: str, name: str) -> Iterable[terms.Truth | terms.Number]:
        one = self.instrument
        match kind:
            case "item":
                points = one.items[name].points
                return [one.items[name].applies_if, *([points] if points is not None else [])]
            case "score":
                value = one.scores[name].value
                return [one.scores[name].applies_if, *([value] if value is not None else [])]
            case "outcome":
                return [one.outcomes[name].applies_if, *(level.when for level in one.outcomes[name].levels)]
            case "alert":
                return [one.alerts[name].when]
            case "action":
                action = next(action for action in one.plan if action.id == name)
                return [action.when, action.never_if]
        return [one.signposts[int(name)].when]

    def read_by(self, key: str) -> tuple[str, ...]:
        """What a thing reads, without itself."""
        thing = self.things[key]
        named = {name for term in self.terms_of(thing.kind, thing.id) for name in reads(term)}
        if thing.kind == "score":
            named |= set(self.instrument.scores[thing.id].profile[1::2])
        keys = [f"{kind}{name}" for kind in ("item", "score", "outcome") for name in named]
        if thing.kind == "action":
            action = next(action for action in self.instrument.plan if action.id == thing.id)
            keys += [f"action{name}" for name in action.after]
        return tuple(one for one in self.things if one in keys and one != key)

    def entry(self, key: str, rules: Iterable[Rule], **more: object) -> Entry:
        direct = self.fed[key]
        waiting, through = list(direct), dict.fromkeys(direct)
        while waiting:
            for one in self.fed[waiting.pop()]:
                if one not in through:
                    through[one] = None
                    waiting.append(one)
        return Entry(
            self.things[key],
            tuple(rules),
            tuple(self.things[one] for one in self.reads[key]),
            tuple(self.things[one] for one in direct),
            tuple(self.things[one] for one in self.things if one in through and one not in direct),
            **more,  # type: ignore[arg-type]  # what an entry has besides
        )

    def rule(self, what: str, truth: terms.Truth, written: str, note: str = "") -> Rule:
        return Rule(what, self.speller.truth(truth), self.instrument.written.get(written, ""), note)

    def whole(self) -> LogicMap:
        one = self.instrument
        return LogicMap(
            tuple(self.item(item) for item in one.items.values() if item.id != "voice"),
            tuple(self.score(score) for score in one.scores.values()),
            tuple(self.outcome(outcome) for outcome in one.outcomes.values()),
            tuple(self.alerts()),
            tuple(self.actions()),
            tuple(self.signposts()),
        )

    def item(self, item: Item) -> Entry:
        answers = tuple(
            (option.label.says(self.voice), self.points(item, place)) for place, option in enumerate(item.options, 1)
        )
        rules = [self.rule("Asked if", item.applies_if, f"{item.id}.applies_if")]
        number = self.names.numbers.get(item.id, 0)
        return self.entry(f"item{item.id}", rules, number=number, answers=answers, text=item.ask.says(self.voice))

    def points(self, item: Item, place: int) -> str:
        """What an option counts; nothing where it counts nothing or cannot be said in a word."""
        number = item.points.number if isinstance(item.points, terms.OrElse) else item.points
        match number:
            case terms.Table(lowest=lowest, highest=highest):
                low, high = lowest[place], highest[place]
                if low is None or high is None:
                    return ""
                return number_words(low) if low == high else f"{number_words(low)} to {number_words(high)}"
            case terms.IfElse(then=terms.Sum(terms=parts)):
                for weight, part in parts:
                    if part == terms.Tick(terms.Chosen(item.id, place)):
                        return number_words(weight)
        return ""

    def score(self, score: Score) -> Entry:
        adds = None if score.value is None else adding_up(self.speller, score.value)
        rules = [self.rule("Has a value if", score.applies_if, f"{score.id}.applies_if")]
        written = self.instrument.written.get(score.id, "")
        return self.entry(f"score{score.id}", rules, adds=adds, text=written)

    def outcome(self, outcome: Outcome) -> Entry:
        rules = [self.rule("Applies if", outcome.applies_if, f"{outcome.id}.applies_if")]
        for place, level in reversed(list(enumerate(outcome.levels))):
            when = level.when if place else terms.ALWAYS
            rules.append(self.rule(level.title.says(self.voice), when, f"{outcome.id}.{level.id}"))
        text = "An assessor decides the level." if outcome.by_judgement else ""
        return self.entry(f"outcome{outcome.id}", rules, text=text)

    def alerts(self) -> Iterator[Entry]:
        for alert in self.instrument.alerts.values():
            rule = self.rule("Said if", alert.when, alert.id, unsure(if_unsure=alert.if_unsure))
            yield self.entry(f"alert{alert.id}", [rule], text=alert.text.says(self.voice))

    def actions(self) -> Iterator[Entry]:
        for action in self.instrument.plan:
            rules = [self.rule("Printed if", action.when, action.id, unsure(if_unsure=action.if_unsure))]
            if action.never_if != terms.NEVER:
                never = self.rule(
                    "But not if", action.never_if, f"{action.id}.never_if", "also while that is not known"
                )
                rules.append(never)
            yield self.entry(f"action{action.id}", rules, text=action.text.says(self.voice))

    def signposts(self) -> Iterator[Entry]:
        for place, signpost in enumerate(self.instrument.signposts):
            note = unsure(if_unsure=signpost.if_unsure)
            rule = self.rule("Pointed to if", signpost.when, f"signposts.{place}", note)
            yield self.entry(f"signpost{place}", [rule], text=signpost.why.says(self.voice))


def unsure(*, if_unsure: bool) -> str:
    """What happens while a condition is not known."""
    return "also while that is not known" if if_unsure else ""


def by_kind(things: Iterable[Thing]) -> Mapping[str, list[Thing]]:
    """Return things by their kind, for print."""
    found: dict[str, list[Thing]] = {}
    for thing in things:
        found.setdefault(thing.kind, []).append(thing)
    return found
