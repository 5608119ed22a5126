"""The levels of outcomes: never reached, always reached, reached through one question only, not nested."""

from __future__ import annotations

from collections.abc import Iterator

from engine.format.instrument import CHOICES, Instrument, Item, Outcome
from engine.interview.encode import Values
from engine.problem import Place
from engine.program import names
from engine.program.domain import bounds
from engine.workshop.check.finding import Finding
from engine.workshop.check.questions import gap, steps
from engine.workshop.check.subject import Subject


def levels_reached(subject: Subject) -> Iterator[Finding]:
    """Find levels that no record has, or that every record has."""
    for outcome in _by_rules(subject.instrument):
        reached, undecided = subject.decisions.levels(outcome.id)
        if not reached & ~1:
            continue  # it never applies, or nothing is decided of it
        if not undecided and reached.bit_count() == 1:
            level = outcome.levels[reached.bit_length() - 2]
            yield Finding(
                "level-always",
                _place(subject, outcome, reached.bit_length() - 2),
                f"'{outcome.id}' is '{level.id}' in every record.",
                "Change the conditions of its levels.",
            )
            continue
        for place, level in enumerate(outcome.levels):
            if not (reached | undecided) >> (place + 1) & 1:
                yield Finding(
                    "level-never-reached",
                    _place(subject, outcome, place),
                    f"No answers give '{outcome.id}' the level '{level.id}'.",
                    "Change its condition, or that of a level above it which always holds where this one does.",
                )


def nested_levels(subject: Subject) -> Iterator[Finding]:
    """Find levels that somebody has without the one below; that there is nobody is not claimed."""
    for outcome in _by_rules(subject.instrument):
        for place, (lower, upper) in enumerate(steps(outcome), start=2):
            if subject.decisions.knowledge.settled(gap(lower, upper)).can_hold:
                yield Finding(
                    "levels-not-nested",
                    subject.place("outcomes", outcome.id, "levels", place, "when"),
                    f"'{upper.id}' can hold where '{lower.id}' does not.",
                    f"If that is not meant, let `when` of '{lower.id}' hold too, for instance by adding an `or`.",
                )


def fragile_levels(subject: Subject) -> Iterator[Finding]:
    """Find levels that one question alone keeps out of reach while it is not answered so."""
    for outcome in _by_rules(subject.instrument):
        needed: dict[int, list[str]] = {}
        for item in _cone(subject, outcome):
            place = _kept_below(subject, outcome, item)
            if 0 < place < len(outcome.levels):
                needed.setdefault(place, []).append(item.id)
        for place, items in needed.items():
            listed = " and ".join(f"'{item}'" for item in items)
            yield Finding(
                "fragile-level",
                _place(subject, outcome, place),
                f"'{outcome.levels[place].id}' of '{outcome.id}' takes a certain answer to {listed}.",
                "See whether another answer should be enough as well.",
            )


def _by_rules(instrument: Instrument) -> Iterator[Outcome]:
    yield from (outcome for outcome in instrument.outcomes.values() if not outcome.by_judgement)


def _place(subject: Subject, outcome: Outcome, level: int) -> Place:
    return subject.tree.at(["outcomes", outcome.id, "levels", level, "id"]).place


def _cone(subject: Subject, outcome: Outcome) -> list[Item]:
    knowledge = subject.decisions.knowledge
    line = knowledge.compiled.whole.outcomes[outcome.id].computed
    named = {argument.split("__")[0] for argument in knowledge.compiled.program((line,)).arguments}
    return [item for name, item in subject.instrument.items.items() if name in named and name != "voice"]


def _kept_below(subject: Subject, outcome: Outcome, item: Item) -> int:
    """Return the first level (its place) that some answer to the item rules out, whatever else is said: bounds say so,
    and what they rule out is ruled out.
    """
    knowledge = subject.decisions.knowledge
    none = len(outcome.levels)
    if any(knowledge.is_loose(term) for term in (item.applies_if, *(level.when for level in outcome.levels))):
        return none
    program = knowledge.compiled.program((knowledge.compiled.whole.outcomes[outcome.id].computed,))
    most = int(program.of(knowledge.nothing_said)[0]).bit_length() - 1
    found = [int(program.of(knowledge.nothing_said | values)[0]).bit_length() - 1 for values in _least(item)]
    least = min(found, default=most)
    return least if least < most else none


def _least(item: Item) -> Iterator[Values]:
    """Each answer to a choice; a tick list with nothing that counts; a number at either end."""
    if item.kind in CHOICES:
        yield from ({names.mask(item.id): 2 << place} for place in range(len(item.options)))
    elif item.kind == "tick_all":
        own = sum(2 << place for place, option in enumerate(item.options) if option.on_its_own)
        yield {names.surely(item.id): own & -own, names.possibly(item.id): own & -own}
    elif item.kind == "number":
        ends = bounds(item)
        yield from ({names.lowest(item.id): end, names.highest(item.id): end} for end in (ends.least, ends.greatest))
