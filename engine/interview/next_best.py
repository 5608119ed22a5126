"""The next best question: the one whose answers, on the whole, leave the fewest levels open.

For each open question each answer is tried, and the levels that would be left of all outcomes are counted; questions
are ranked by the mean over their answers. Ranked anew after every answer, for nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import lcm

from engine.format.instrument import Instrument
from engine.interview.encode import Values
from engine.interview.open_questions import Proofs, may_change, narrowed_values
from engine.interview.ready import ready
from engine.interview.record import Answer, Record
from engine.interview.replies import replies
from engine.interview.results import SHOWN, levels
from engine.interview.variations import at_once, run_each
from engine.interview.walk import State, state_of
from engine.program.compiler import Program

Masks = tuple[int, ...]
OFFERED: Mapping[State, int] = {"open": 0, "not_asked": 0, "dont_know": 1}
"""What may be asked, and how late: what was declined is never asked again."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """One answer to a question, and the levels it would leave of each outcome that hangs on the question (their places,
    0 for the first; none where the outcome would not apply). An empty tuple stands for a list with nothing ticked.
    """

    answer: Answer
    left: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """A question worth asking: why it has no answer, whether it is shown (None: open), how many levels its answers
    leave of all outcomes in the mean, and what each would leave. `certain` unless it could not be told, of an outcome
    whose range is not exact, that the question can change it.
    """

    item: str
    state: State
    applies: bool | None
    levels_left: Fraction
    prospects: tuple[Prospect, ...]
    certain: bool = True

    @property
    def could_settle(self) -> tuple[str, ...]:
        """The outcomes that one of its answers would settle."""
        return tuple(
            outcome
            for outcome in (self.prospects[0].left if self.prospects else ())
            if any(len(one.left[outcome]) <= 1 for one in self.prospects)
        )


def next_best(instrument: Instrument, record: Record, n: int = 3) -> tuple[NextQuestion, ...]:
    """Return the best questions to ask next, the best first; none when every outcome is settled.

    Those not reached or not asked come before those answered with "don't know", what is certainly shown before what
    may be; then those that leave the fewest levels, then those first on the page. None is offered that cannot change
    any outcome.
    """
    values, inexact = narrowed_values(instrument, record)
    made = ready(instrument)
    shown = made.run_gates(*made.encoder.unnamed(values))[SHOWN]
    changed = may_change(instrument, values)
    asked = {
        name: own
        for name, own in changed.items()
        if shown[name] is not False and state_of(instrument.items[name], record) in OFFERED
    }
    hanging = dict.fromkeys(outcome for own in changed.values() for outcome in own)
    before, tried = _before(instrument, values, hanging), _tried(instrument, record, values, asked)
    every, unit = sum(mask.bit_count() for mask in before.values()), lcm(*map(len, tried.values()))
    ranked = []
    for place, (name, masks) in enumerate(tried.items()):
        others = every - sum([before[outcome].bit_count() for outcome in asked[name]])
        left = unit * others + unit // len(masks) * sum([mask.bit_count() for each in masks for mask in each])
        ranked.append((OFFERED[state_of(instrument.items[name], record)], shown[name] is not True, left, place, name))
    found: list[NextQuestion] = []
    proofs = Proofs(instrument, record, values)
    for _, _, left, _, name in sorted(ranked):  # the means are compared in whole numbers
        certain = _matters(proofs, {outcome: before[outcome] for outcome in asked[name]}, name, tried[name], inexact)
        if certain is not False:
            state, mean = state_of(instrument.items[name], record), Fraction(left, unit)
            prospects = _prospects(instrument, record, name, asked[name], tried[name])
            found.append(NextQuestion(name, state, shown[name], mean, prospects, certain is True))
        if len(found) == n:
            break
    return tuple(found)


def _matters(
    proofs: Proofs, before: Mapping[str, int], item: str, tried: Sequence[Masks], inexact: Container[str]
) -> bool | None:
    """Whether the item can change one of these outcomes; None if that is left open."""
    exact = [(place, outcome) for place, outcome in enumerate(before) if outcome not in inexact]
    for place, outcome in exact:
        mask = before[outcome]
        ends = mask & -mask | 1 << mask.bit_length() - 1
        # both ends are reached by somebody; where an answer excludes one, that person changes by this answer alone
        if any(ends & ~each[place] for each in tried):
            return True
    if len(exact) < len(before):
        return None  # to look for proof takes longer than ranking all questions
    found = {proofs.matters(outcome, item) for outcome in before}
    return True if True in found else None if None in found else False


def _prospects(
    instrument: Instrument, record: Record, item: str, outcomes: Sequence[str], tried: Sequence[Masks]
) -> tuple[Prospect, ...]:
    return tuple(
        Prospect(reply.answer, {outcome: levels(mask) for outcome, mask in zip(outcomes, each, strict=True)})
        for reply, each in zip(replies(instrument, item, record.on).short, tried, strict=True)
    )


def _before(instrument: Instrument, values: Values, outcomes: Iterable[str]) -> dict[str, int]:
    """The levels that each outcome has left now."""
    program, place = _program(instrument, tuple(instrument.outcomes))
    out = program.run(*[values[name] for name in program.arguments])
    return {outcome: out[place[outcome]] for outcome in outcomes}


def _tried(
    instrument: Instrument, record: Record, values: Values, asked: Mapping[str, tuple[str, ...]]
) -> Mapping[str, list[Masks]]:
    """The levels that each answer to each item leaves of the outcomes that hang on it."""
    told = {name: [reply.told for reply in replies(instrument, name, record.on).short] for name in asked}
    every, groups = tuple(instrument.outcomes), dict[tuple[str, ...], list[str]]()
    for name, own in asked.items():
        # one outcome has a short program of its own; several share most of their lines
        groups.setdefault(own if len(own) == 1 else every, []).append(name)
    rows = {own: sum([len(told[name]) for name in names]) for own, names in groups.items()}
    if at_once(sum(count * len(_program(instrument, own)[0].lines) for own, count in rows.items())):
        groups = {every: list(asked)}  # what is added to columns costs little
    found = {}
    for outcomes, names in groups.items():
        program, place = _program(instrument, outcomes)
        out = iter(run_each(instrument, program, values, [ranges for name in names for ranges in told[name]]))
        for name in names:
            places = [place[outcome] for outcome in asked[name]]
            found[name] = [tuple([masks[one] for one in places]) for masks in islice(out, len(told[name]))]
    return {name: found[name] for name in asked}


def _program(instrument: Instrument, outcomes: tuple[str, ...]) -> tuple[Program, Mapping[str, int]]:
    compiled = ready(instrument).compiled
    program = compiled.program(tuple(compiled.whole.outcomes[outcome].acting for outcome in outcomes))
    return program, {outcome: place for place, outcome in enumerate(outcomes)}
