"""Spell out a condition or a calculation in plain words, for a form on paper and for a review meeting.

What the words name (questions, options, scores) is told by `Names`: a form has letters, a map has labels.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Protocol

from engine.format.instrument import Instrument, Item
from engine.interview.wording import number_words
from engine.language import terms
from engine.language.reads import reads
from engine.workshop.clause import ALWAYS, NEVER, Clause, all_of, any_of, listed, some_of, ticked

FEW = 2  # options left out: then it is shorter to say which
OVER = {">=": "at least", ">": "more than", "==": "exactly", "!=": "not"}
UNDER = {">=": "at most", ">": "less than", "==": "exactly", "!=": "not"}
RECORDED: Mapping[str, tuple[str, str]] = {
    "answered": ("{} has an answer", "{} has no answer"),
    "dont_know": ("{} was answered with “I don't know”", "{} was not answered with “I don't know”"),
    "declined": ("{} was answered with “I'd rather not say”", "{} was not answered with “I'd rather not say”"),
    "judged": ("{} was judged", "{} was not judged"),
}


class Names(Protocol):
    """How things are called. An item that the form does not ask is not `asked`; `voice` is known or None."""

    voice: str | None

    def asked(self, item: str) -> bool: ...
    def question(self, item: str) -> str: ...
    def option(self, item: Item, place: int) -> str: ...
    def score(self, score: str) -> str: ...
    def outcome(self, outcome: str) -> str: ...
    def level(self, outcome: str, place: int) -> str: ...


class Speller:
    """Spells the terms of one instrument with some names."""

    def __init__(self, instrument: Instrument, names: Names) -> None:
        """Take the instrument and the names."""
        self.instrument, self.names = instrument, names
        self.points = {item.points: item.id for item in instrument.items.values() if item.points is not None}

    def truth(self, truth: terms.Truth) -> Clause:
        """Return a condition in words."""
        match truth:
            case terms.All(parts=parts):
                return all_of(self.truth(part) for part in parts)
            case terms.AnyOf(parts=parts):
                return any_of(self.truth(part) for part in parts)
            case terms.Not(part=part):
                return self.denied(part)
            case terms.Test(name=name, allowed=allowed):
                return self.test(name, allowed)
            case terms.Applies(name=name) if self.instrument.items[name].kind == "note":
                return self.truth(self.instrument.items[name].applies_if)
            case terms.Applies(name=name):
                return self.shown(name, f"{self.names.question(name)} was not skipped", NEVER)
            case terms.Chosen(name=name, option=option):
                question = self.names.question(name)
                return ticked(question, self.ticks(name, option)) if self.names.asked(name) else NEVER
            case terms.Recorded(word=word, name=name):
                return self.recorded(name, RECORDED[word][0])
            case terms.Printed(word=word, name=name):
                return Clause(f"{word}({name})", by_hand=False)
            case terms.Compare(op=op, left=left, right=right):
                return self.compare(op, left, right)

    def denied(self, truth: terms.Truth) -> Clause:
        """The opposite of one of the few things that can stand under a `Not`."""
        match truth:
            case terms.Applies(name=name) if self.instrument.items[name].kind != "note":
                return self.shown(name, f"{self.names.question(name)} was skipped", ALWAYS)
            case terms.Chosen(name=name, option=option):
                words = f"at {self.names.question(name)}, {self.ticks(name, option)} is not ticked"
                return self.shown(name, words, ALWAYS)
            case terms.Recorded(word=word, name=name):
                return self.recorded(name, RECORDED[word][1])
            case _:
                return some_of([self.truth(truth)], 1, fewer=True)

    def shown(self, item: str, words: str, otherwise: Clause) -> Clause:
        return Clause(words) if self.names.asked(item) else otherwise

    def recorded(self, name: str, words: str) -> Clause:
        if name in self.instrument.outcomes:
            return Clause(words.format(self.names.outcome(name)), by_hand=False)
        return Clause(words.format(self.names.question(name)), by_hand=False)

    def ticks(self, item: str, option: int) -> str:
        return self.names.option(self.instrument.items[item], option)

    def test(self, name: str, allowed: int) -> Clause:
        """One answer of several, or the level of an outcome."""
        if name == "voice" and self.names.voice is not None:
            return ALWAYS if allowed >> self.instrument.items["voice"].bit(self.names.voice) & 1 else NEVER
        outcome = self.instrument.outcomes.get(name)
        if outcome is None and not self.names.asked(name):
            return ALWAYS if allowed & 1 else NEVER
        count = len(outcome.levels if outcome else self.instrument.items[name].options)
        inside = [place for place in range(1, count + 1) if allowed >> place & 1]
        outside = [place for place in range(1, count + 1) if not allowed >> place & 1]
        named = self.names.outcome(name) if outcome else self.names.question(name)
        skipped = "does not apply" if outcome else "was skipped"

        def said(places: list[int]) -> str:
            words = [self.names.level(name, one) if outcome else self.ticks(name, one) for one in places]
            return listed(words, "or")

        if not inside or not outside:
            if allowed & 1:
                return ALWAYS if inside else Clause(f"{named} {skipped}")
            return Clause(f"{named} {'applies' if outcome else 'was not skipped'}") if inside else NEVER
        words = f"{named} is {said(inside)}"
        if len(outside) <= FEW and count > 2 * FEW:
            words = f"{named} is anything but {said(outside)}"
        return Clause(f"{words}, or it {skipped}" if allowed & 1 else words)

    def compare(self, op: terms.Comparison, left: terms.Number, right: terms.Number) -> Clause:
        """Two numbers."""
        match left, right:
            case terms.Constant(value=one), terms.Constant(value=other):
                holds = {">=": one >= other, ">": one > other, "==": one == other, "!=": one != other}[op]
                return ALWAYS if holds else NEVER
            case terms.Constant(), _:
                counted = self.counted(op, right, left, UNDER)
                return counted or self.sides(right, UNDER[op], left)
            case _, terms.Constant():
                return self.counted(op, left, right, OVER) or self.sides(left, OVER[op], right)
        return self.sides(left, OVER[op], right)

    def sides(self, left: terms.Number, words: str, right: terms.Number) -> Clause:
        by_hand = self.is_simple(left) and self.is_simple(right)
        return Clause(f"{self.number(left)} is {words} {self.number(right)}", by_hand=by_hand)

    def counted(
        self, op: terms.Comparison, left: terms.Number, right: terms.Constant, words: Mapping[str, str]
    ) -> Clause | None:
        """How many of some conditions hold; None if that is not what is compared."""
        truths = _ticks(left)
        if truths is None or right.value.denominator != 1:
            return None
        parts, number = [self.truth(one) for one in truths], int(right.value)
        at_least = some_of(parts, number + (words[op] == "more than"))
        if words[op] in ("at least", "more than"):
            return at_least
        fewer = some_of(parts, number + (words[op] != "less than"), fewer=True)
        if words[op] in ("at most", "less than"):
            return fewer
        if words[op] == "exactly":
            return all_of([at_least, fewer])
        return any_of([some_of(parts, number, fewer=True), some_of(parts, number + 1)])

    def is_simple(self, number: terms.Number) -> bool:
        """Whether a person with the paper finds this number on it."""
        if number in self.points:
            return self.names.asked(self.points[number])
        match number:
            case terms.Constant():
                return True
            case terms.Answer(name=name):
                if name in self.instrument.items:
                    return self.instrument.items[name].kind == "number" and self.names.asked(name)
                return name in self.instrument.scores
        return False

    def number(self, number: terms.Number) -> str:
        """Return a number in words; of what is too long for words, what it is made of."""
        if number in self.points:
            return f"the points of {self.names.question(self.points[number])}"
        match number:
            case terms.Constant(value=value):
                return number_words(value)
            case terms.Answer(name="today"):
                return "today"
            case terms.Answer(name=name) if name in self.instrument.scores:
                return self.names.score(name)
            case terms.Answer(name=name) if name in self.instrument.items:
                kind = self.instrument.items[name].kind
                return f"the {'date' if kind == 'date' else 'number'} at {self.names.question(name)}"
            case terms.Count(repeat=repeat):
                return f"how many entries of a kind there are at {self.names.question(repeat)}"
            case terms.Latest(repeat=repeat):
                return f"the latest date at {self.names.question(repeat)}"
            case terms.OrElse(number=inner):
                return self.number(inner)
            case terms.Sum(terms=((_, terms.Answer(name="today")), (weight, since))) if weight == Fraction(-1):
                return f"the days since {self.number(since)}"
            case _:
                return f"what is worked out from {self.made_of(number)}"

    def made_of(self, number: terms.Number) -> str:
        known = [name for name in self.instrument.items if name in reads(number) and name != "voice"]
        named = [self.names.question(name) for name in known if self.names.asked(name)]
        named += [self.names.score(name) for name in self.instrument.scores if name in reads(number)]
        return listed(named, "and") if named else "nothing that is asked"


def _ticks(number: terms.Number) -> list[terms.Truth] | None:
    """The conditions that a number counts; None if it does something else."""
    match number:
        case terms.Tick(truth=truth):
            return [truth]
        case terms.Sum(terms=parts) if all(isinstance(part, terms.Tick) and weight == 1 for weight, part in parts):
            return [part.truth for _, part in parts if isinstance(part, terms.Tick)]
    return None
