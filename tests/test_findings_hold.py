"""What a finding claims of every record, against every world there is.

The questionnaires are drawn from fixed seeds; each world of each voice is visited by the witness, on one day. What is
claimed never to happen happens in none of them; what a solver decides of questionnaires that speak of no day, of no
record and of no raised level is exactly so.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from engine.format.instrument import Instrument
from engine.format.load import load
from engine.interview.assess import assess
from engine.interview.record import Record
from engine.language.terms import All, Not, Truth
from engine.workshop.check.decide import Decisions
from engine.workshop.check.knowledge import Knowledge
from engine.workshop.check.questions import gap, steps
from engine.workshop.check.run import check, subject_of
from tests import laws
from tests.generate import VOICE
from tests.generate import instrument as draw
from tests.generate_items import TODAY
from tests.generate_records import partial
from tests.generate_terms import Dice
from tests.oracle import World, holds, unfold
from tests.worlds import worlds

SEEDS = range(60)
each_part = pytest.mark.parametrize("seeds", [SEEDS[start::5] for start in range(5)], ids="abcde")


def drawn(seeds: range) -> Iterator[tuple[Instrument, list[World]]]:
    """An instrument for each seed, and every world of every voice."""
    for seed in seeds:
        instrument = draw(Dice(Random(seed).randint), rising=seed % 5 == 0, recorded=False)
        everybody = [Record(instrument.id, "1.0.0", "0" * 64, voice.id, TODAY) for voice in VOICE.options]
        yield instrument, [unfold(instrument, one, raw) for one in everybody for raw in worlds(instrument, one)]


def asked(instrument: Instrument) -> list[Truth]:
    """The conditions of everything, and some that nobody wrote."""
    found = [item.applies_if for item in instrument.items.values()]
    found += [alert.when for alert in instrument.alerts.values()]
    found += [when for action in instrument.plan for when in (action.when, action.never_if, Not(action.when))]
    for outcome in instrument.outcomes.values():
        found += [level.when for level in outcome.levels]
        found += [gap(lower, upper) for lower, upper in steps(outcome)]
    return [*found, *(All(pair) for pair in pairwise(found))]


def decisions(instrument: Instrument, *, solver: bool) -> Decisions:
    return Decisions(instrument, Knowledge(instrument, asked(instrument), TODAY), solver)


@each_part
def test_without_a_solver_nothing_false_is_claimed(seeds: range) -> None:
    for instrument, every in drawn(seeds):
        found = decisions(instrument, solver=False)
        for term in asked(instrument):
            sound(found, instrument, term, every)
        for name in instrument.outcomes:
            reached, undecided = found.levels(name)
            assert {world.computed[name] for world in every} <= bits(reached | undecided)


@each_part
def test_with_a_solver_everything_is_decided_as_it_is(seeds: range) -> None:
    for instrument, every in drawn(seeds):
        found = decisions(instrument, solver=True)
        tight = not laws.has_points_none(instrument)
        for term in asked(instrument):
            sound(found, instrument, term, every)
            if tight and not found.knowledge.is_loose(term):
                verdict, held = found.verdict(term), {holds(term, world) for world in every}
                assert (verdict.can_hold, verdict.can_fail) == (True in held, False in held)
        for name in instrument.outcomes:
            reached, undecided = found.levels(name)
            seen = {world.computed[name] for world in every}
            assert seen <= bits(reached | undecided)
            if tight and name not in found.knowledge.loose:
                assert not undecided
                assert bits(reached) - {0} == seen - {0}


@each_part
def test_the_ends_of_a_score_are_those_of_the_worlds(seeds: range) -> None:
    for instrument, every in drawn(seeds):
        found = decisions(instrument, solver=True)
        for name in instrument.scores:
            values = [Fraction(value) for world in every if (value := world.numbers[name]) is not None]
            ends = found.ends(name)
            if ends is None:
                assert not values
            elif values:
                assert ends.lowest <= min(values)
                assert max(values) <= ends.highest
                if ends.exact and name not in found.knowledge.loose and not laws.has_points_none(instrument):
                    assert (ends.lowest, ends.highest) == (min(values), max(values))


@each_part
def test_an_action_that_is_never_shown_is_shown_to_nobody(seeds: range) -> None:
    for instrument, every in drawn(seeds):
        found = decisions(instrument, solver=True)
        for action in instrument.plan:
            for voice in VOICE.options:
                if found.can_print(action, voice.id) is False:
                    mine = [world for world in every if world.record.voice == voice.id]
                    assert not any(stands(instrument, action.id, world) for world in mine)


@each_part
def test_an_action_that_is_never_shown_is_in_no_plan(seeds: range) -> None:
    """While questions are open an action may be printed that no complete record would print."""
    for seed in seeds:
        dice = Dice(Random(seed).randint)
        instrument = draw(dice, rising=False, recorded=True)
        found = decisions(instrument, solver=True)
        for one in [partial(dice, instrument) for _ in range(12)]:
            for name in assess(instrument, one).plan:
                action = next(action for action in instrument.plan if action.id == name)
                assert found.can_print(action, one.voice) is not False


@pytest.mark.parametrize(
    "when",
    [
        "declined(seen) and declined(heard) and declined(met) and dont_know(asked)",
        "harm is high",  # which no answers give, and an assessor may raise it to
        "days_since(began) >= 50000",  # not this year, but later: dates begin in 1900
    ],
)
def test_what_one_empty_record_cannot_say_is_not_ruled_out(when: str, tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(ASSESSED.replace("WHEN", when), encoding="utf-8")
    subject = subject_of(load(path), path, TODAY, None, solver=False)
    assert not [one for one in check(subject) if one.slug in ("condition-never", "action-never-shown")]


def test_an_action_may_stand_after_two_that_no_single_world_holds_together(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(ASSESSED.replace("plan:", OPEN_TOGETHER).replace("WHEN", "met"), encoding="utf-8")
    found = check(subject_of(load(path), path, TODAY, None, solver=True))
    assert not [one for one in found if one.slug == "action-never-shown"]


OPEN_TOGETHER = """\
plan:
  - {id: one, theme: home, when: heard, if_unsure: show, text: One.}
  - {id: two, theme: home, when: not heard, if_unsure: show, text: Two.}
  - {id: both, theme: home, when: steps_away == 777, after: [one, two], text: Both.}"""

ASSESSED = """\
askwell: 1
id: small
version: 1.0.0
title: A small one
review: {last: 2026-01-01, due: 2027-01-01}
caution: Not a validated instrument.
sections:
  - id: first
    title: First
    items:
      - {id: seen, type: yes_no, ask: Have you been seen?}
      - {id: heard, type: yes_no, ask: Have you been heard?}
      - {id: met, type: yes_no, ask: Have you been met?}
      - {id: asked, type: yes_no, ask: Have you been asked?}
      - {id: steps_away, type: number, min: 0, max: 900, ask: How many steps away?}
      - {id: began, type: date, ask: When did it begin?}
outcomes:
  harm:
    title: Harm
    levels:
      - {id: some, title: Some concern}
      - {id: high, title: High concern, when: seen and not seen}
    judgement: {raise: with_reason}
themes: [home]
plan:
  - {id: call, theme: home, when: "seen or (WHEN)", text: Call a friend.}
  - {id: wait, theme: home, when: "WHEN", text: Wait.}
"""


def stands(instrument: Instrument, name: str, world: World) -> bool:
    """Whether somebody who has answered everything is shown an action."""
    action = next(one for one in instrument.plan if one.id == name)
    mine = holds(action.when, world) and not holds(action.never_if, world)
    return mine and all(stands(instrument, before, world) for before in action.after)


def sound(found: Decisions, instrument: Instrument, term: Truth, every: list[World]) -> None:
    held = {holds(term, world) for world in every}
    verdict = found.verdict(term)
    assert verdict.can_hold is not False or True not in held
    assert verdict.can_fail is not False or False not in held
    if not found.knowledge.is_loose(term) and not laws.has_points_none(instrument):
        assert verdict.can_hold is not True or True in held
        assert verdict.can_fail is not True or False in held


def bits(mask: int) -> set[int]:
    return {bit for bit in range(mask.bit_length()) if mask >> bit & 1}
