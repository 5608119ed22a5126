"""The steps by which a reason is found are few; what is found is what the plain way finds, one answer at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.format.instrument import Instrument
from engine.interview import variations
from engine.interview.assess import assess, holds
from engine.interview.reasons import Why
from engine.interview.record import Record
from engine.program.names import Target
from tests.bench import case, exactness
from tests.generate import instrument
from tests.generate_records import partial
from tests.generate_terms import Dice
from tests.test_explain import FOUND, every_target, with_only


@FOUND
@given(st.data())
def test_a_reason_is_what_forgetting_one_answer_after_another_leaves(data: st.DataObject) -> None:
    dice = Dice(lambda low, high: data.draw(st.integers(low, high)))
    drawn = instrument(dice, recorded=False)  # that something was answered undoes what another answer forces
    record = partial(dice, drawn)
    for target in every_target(drawn):
        if target[0] != "action":  # so does an action that comes after another
            same_reason(drawn, record, target)


@pytest.mark.parametrize(("size", "people"), [(12, 12), (40, 4)])
def test_so_it_is_of_many_answers(tmp_path: Path, size: int, people: int) -> None:
    made = case.case(size, tmp_path)
    records = [*made.records["complete"][:people], *exactness.generated(made)[:people]]
    lengths = {
        len(same_reason(made.instrument, record, target)) for record in records for target in reached(made, record)
    }
    assert {0, 1} < lengths
    assert max(lengths) > size // 3


def test_so_it_is_when_many_are_tried_at_once(tmp_path: Path) -> None:
    made = case.case(200, tmp_path)
    record = made.records["complete"][1]
    with patch.object(variations, "VERY_MANY", 0):
        lengths = [len(same_reason(made.instrument, record, target)) for target in reached(made, record)]
    assert max(lengths) > 64


def reached(made: case.Case, record: Record) -> Iterator[Target]:
    for name, outcome in assess(made.instrument, record).outcomes.items():
        for kind, place in (("outcome", outcome.at_least), ("at_most", outcome.at_most)):
            yield kind, name, made.instrument.outcomes[name].levels[place or 0].id


def same_reason(drawn: Instrument, record: Record, target: Target) -> tuple[str, ...]:
    reason = Why(drawn, record).because(target)
    assert reason == one_after_another(drawn, record, target)
    return reason


def one_after_another(drawn: Instrument, record: Record, target: Target) -> tuple[str, ...]:
    """Forget the least telling that is not needed, and so on: where one run on the ranges shows the target, as long as
    one run does; and then by all that an assessment sees.
    """
    why = Why(drawn, record)
    recalled = why.recalled(target)

    def by_one_run(items: Sequence[str]) -> bool:
        recalled.only(items)
        return recalled.shown()

    def by_assessment(items: Sequence[str]) -> bool:
        return forces(drawn, with_only(record, items), target)

    if by_assessment(()):
        return ()
    kept = why.telling(target)
    for enough in (by_one_run, by_assessment):
        if enough(kept):
            kept = without_spares(kept, enough)
    return tuple(kept) if by_assessment(kept) else ()


def without_spares(items: list[str], enough: Callable[[Sequence[str]], bool]) -> list[str]:
    kept = items
    for item in reversed(items):
        fewer = [one for one in kept if one != item]
        kept = fewer if enough(fewer) else kept
    return kept


def forces(drawn: Instrument, record: Record, target: Target) -> bool:
    """As an assessment says it."""
    if target[0] != "at_most":
        return holds(drawn, record, target)
    return (assess(drawn, record).outcomes[target[1]].at_most or 0) <= drawn.outcomes[target[1]].bit(target[2]) - 1


@FOUND
@given(st.data())
def test_what_a_record_forces_is_what_an_assessment_says(data: st.DataObject) -> None:
    dice = Dice(lambda low, high: data.draw(st.integers(low, high)))
    drawn = instrument(dice)
    record = partial(dice, drawn)
    for target in every_target(drawn):
        if target[0] != "action":  # which is forced only if it is printed, too
            assert Why(drawn, record).holds(target) == forces(drawn, record, target)
