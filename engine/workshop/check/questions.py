"""The questions about every record that the checks ask: conditions as written, and some that nobody wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.format.directory import Directory, is_printable
from engine.format.instrument import CHOICES, Instrument, Level, Outcome
from engine.language.parts import Part
from engine.language.reads import reads
from engine.language.terms import ALWAYS, NEVER, All, AnyOf, Applies, Not, Test, Truth
from engine.workshop.check.conditions import Condition


def questions(instrument: Instrument, conditions: Iterable[Condition], directory: Directory | None) -> Iterator[Truth]:
    """Yield every question that a check of this questionnaire asks of one condition."""
    for item in instrument.items.values():
        yield item.applies_if
    for condition in conditions:
        for part in condition.part.walk():
            yield part.term
            unnoticed = left_out(instrument, part)
            if unnoticed is not None:
                yield unnoticed
    for outcome in instrument.outcomes.values():
        for lower, upper in steps(outcome):
            yield gap(lower, upper)
        for level in outcome.levels[1:]:
            yield unaided(instrument, outcome, level, directory)


def steps(outcome: Outcome) -> Iterator[tuple[Level, Level]]:
    """Yield each two neighbouring levels that both say when they hold."""
    if not outcome.by_judgement:
        yield from zip(outcome.levels[1:], outcome.levels[2:], strict=False)


def gap(lower: Level, upper: Level) -> Truth:
    """The upper level holds and the lower does not."""
    return All((upper.when, Not(lower.when)))


def unaided(instrument: Instrument, outcome: Outcome, level: Level, directory: Directory | None) -> Truth:
    """The outcome has this level, and no service is pointed to that has a contact which may be printed."""
    posts = [
        post.when
        for post in instrument.signposts
        if directory is None or post.service not in directory.services or is_printable(directory.services[post.service])
    ]
    if ALWAYS in posts:
        return NEVER
    return All((Test(outcome.id, 1 << outcome.bit(level.id)), *(Not(when) for when in dict.fromkeys(posts))))


def left_out(instrument: Instrument, part: Part) -> Truth | None:
    """The one gated item that a condition joined by `or` reads is asked, and the condition fails all the same; None
    where it is no such condition.
    """
    item = only_gated_item(instrument, part)
    return None if item is None else All((asked(instrument, item), Not(part.term)))


def only_gated_item(instrument: Instrument, part: Part) -> str | None:
    """Return the item that everything in a condition is about, if it is not always asked; not of `applies(item)`."""
    names = reads(part.term)
    if part.asks_whether_it_applies or len(names) != 1 or not isinstance(part.term, AnyOf | Test):
        return None
    item = instrument.items.get(next(iter(names)))
    if item is None or item.applies_if == ALWAYS:
        return None
    whole = isinstance(part.term, Test) and part.term.allowed != item.everything
    return None if whole else item.id


def asked(instrument: Instrument, item: str) -> Truth:
    """The item applies."""
    found = instrument.items[item]
    return Test(item, found.everything) if found.kind in CHOICES else Applies(item)
