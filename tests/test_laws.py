"""The laws of ranges, for random questionnaires and random records, against every world that is possible.

The profile `ci` takes the same examples every time; `ASKWELL_PROFILE=thorough` takes many more, and new ones.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from engine.format.instrument import Instrument
from engine.interview import split
from engine.interview.assess import assess
from engine.interview.assessment import Assessment
from engine.interview.ready import ready
from engine.interview.record import Judgement, NonAnswer, Record
from engine.language.terms import ALWAYS
from engine.problem import InvalidQuestionnaire
from tests import laws
from tests.generate import instrument
from tests.generate_records import SILENCES, Case, askable, complete, empty, narrower, partial
from tests.generate_terms import Dice
from tests.oracle import read
from tests.worlds import how_many

QUIET = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example)
settings.register_profile("ci", derandomize=True, deadline=None, database=None, suppress_health_check=QUIET)
settings.register_profile("thorough", deadline=None, suppress_health_check=QUIET)
# without shrinking: a fault is only to be found, not to be explained
settings.register_profile("mutants", settings.get_profile("ci"), phases=(Phase.explicit, Phase.generate))
PROFILE = os.environ.get("ASKWELL_PROFILE", "ci")
settings.load_profile(PROFILE)
MANY = {"ci": 1, "thorough": 20, "mutants": 3}[PROFILE]
DrawRecords = Callable[[Dice, Instrument], tuple[Record, ...]]


@st.composite
def cases(draw: st.DrawFn, records: DrawRecords, *, rising: bool | None = None, recorded: bool = True) -> Case:
    """An instrument and some records of it; rising, wild, or now one and now the other."""
    dice = Dice(lambda low, high: draw(st.integers(low, high)))
    drawn = instrument(dice, rising=dice.often(3) if rising is None else rising, recorded=recorded)
    assume(fits(drawn))
    return Case(drawn, records(dice, drawn))


def fits(drawn: Instrument) -> bool:
    """Whether no number of it outgrows 64 bits, which is a mistake in an author's file."""
    try:
        ready(drawn)
    except InvalidQuestionnaire:
        return False
    return True


def some_partial(dice: Dice, drawn: Instrument) -> tuple[Record, ...]:
    return empty(dice, drawn), partial(dice, drawn), partial(dice, drawn)


def one_complete(dice: Dice, drawn: Instrument) -> tuple[Record, ...]:
    return (complete(dice, drawn),)


def ever_narrower(dice: Dice, drawn: Instrument) -> tuple[Record, ...]:
    first = partial(dice, drawn)
    second = narrower(dice, drawn, first)
    return first, second, narrower(dice, drawn, second)


def otherwise_silent(dice: Dice, drawn: Instrument) -> tuple[Record, ...]:
    """A record, and the same with every silence of another kind, or with no word."""
    record = partial(dice, drawn)
    other = record
    for item in askable(drawn):
        if isinstance(record.answers.get(item.id, SILENCES[0]), NonAnswer):
            other = other.saying(item.id, dice.one(SILENCES)) if dice.often(7) else other.without(item.id)
    return record, other


def otherwise_answered(dice: Dice, drawn: Instrument) -> tuple[Record, ...]:
    """Two unlike records of one person."""
    first, second = partial(dice, drawn), partial(dice, drawn)
    return first, replace(second, judgements=first.judgements)


@settings(max_examples=400 * MANY)
@given(cases(one_complete))
def test_a_complete_record_leaves_nothing_open(case: Case) -> None:
    (record,) = case.records
    found, reading = assess(case.instrument, record), read(case.instrument, record)
    everything = {*case.instrument.order, *case.instrument.alerts}
    laws.leaves_nothing_open(case.instrument, found, reading, everything)
    laws.complete_prints_exactly(case.instrument, found, reading)
    hidden = [name for name, shown in reading.shown.items() if shown == {False}]
    natural = reduce(Record.without, hidden, record)
    laws.leaves_nothing_open(case.instrument, assess(case.instrument, natural), reading, everything)


@settings(max_examples=600 * MANY)
@given(cases(ever_narrower, recorded=False))
def test_one_more_answer_never_widens_a_range(case: Case) -> None:
    found = [assess(case.instrument, record) for record in case.records]
    for wide, narrow in pairwise(found):
        laws.narrows(case.instrument, wide, narrow)
        laws.prints_narrow(case.instrument, wide, narrow)


@settings(max_examples=500 * MANY)
@given(cases(some_partial))
def test_soundness_and_exactness_where_certified(case: Case) -> None:
    for record in case.records:
        found, reading = assess(case.instrument, record), read(case.instrument, record)
        laws.sound(case.instrument, found, reading)
        laws.exact_where_certified(found, reading)
        laws.prints_what_it_may(case.instrument, found, reading)
        settled = laws.settled_names(case.instrument, record, reading)
        laws.leaves_nothing_open(case.instrument, found, reading, settled)


@settings(max_examples=200 * MANY)
@given(cases(some_partial, rising=True))
def test_what_only_rises_is_certified_exact(case: Case) -> None:
    if any(item.kind == "repeat" for item in case.instrument.items.values()):
        return
    for record in case.records:
        found = assess(case.instrument, record)
        for outcome in case.instrument.outcomes.values():
            assert found.outcomes[outcome.id].exact or outcome.applies_if != ALWAYS, outcome


@settings(max_examples=300 * MANY)
@given(cases(some_partial))
def test_what_has_few_worlds_is_exact(case: Case) -> None:
    kinds = {item.kind for item in case.instrument.items.values()}
    if kinds.isdisjoint({"date", "repeat"}) and not laws.has_points_none(case.instrument):
        for record in case.records:
            assert how_many(case.instrument, record) > 64 or assess(case.instrument, record).exact


@settings(max_examples=200 * MANY)
@given(cases(ever_narrower, recorded=False))
def test_a_small_budget_for_splitting_keeps_the_law(case: Case) -> None:
    """An answer never pushes an item out of the split, however few runs there are."""
    with patch.object(split, "RUNS", 4):
        found = [assess(case.instrument, record) for record in case.records]
    for wide, narrow in pairwise(found):
        laws.narrows(case.instrument, wide, narrow)


@settings(max_examples=150 * MANY)
@given(cases(otherwise_silent, recorded=False))
def test_the_four_non_answers_mean_the_same(case: Case) -> None:
    first, second = (assess(case.instrument, record) for record in case.records)
    assert first == second


@settings(max_examples=250 * MANY)
@given(cases(otherwise_answered))
def test_an_answer_to_what_is_certainly_not_asked_changes_nothing(case: Case) -> None:
    record, other = case.records
    found = assess(case.instrument, record)
    stale = record
    for item in askable(case.instrument):
        if found.applies[item.id] is False:
            said = other.answers.get(item.id)
            stale = stale.without(item.id) if said is None else stale.saying(item.id, said)
    assert assess(case.instrument, stale) == found


@settings(max_examples=100 * MANY)
@given(cases(some_partial))
def test_the_order_of_answering_never_matters(case: Case) -> None:
    for record in case.records:
        answers, judgements = list(record.answers.items()), list(record.judgements.items())
        other = replace(record, answers=dict(answers[::-1]), judgements=dict(judgements[::-1]))
        assert assess(case.instrument, other) == assess(case.instrument, record)


def unjudged(found: Assessment) -> Assessment:
    """The assessment without the words of the assessor, which are only passed on."""
    return found._replace(outcomes={name: one._replace(judged=None) for name, one in found.outcomes.items()})


@settings(max_examples=150 * MANY)
@given(cases(some_partial, recorded=False))
def test_a_judgement_raises_and_never_lowers(case: Case) -> None:
    for record in case.records:
        computed = assess(case.instrument, replace(record, judgements={}))
        for outcome in case.instrument.outcomes.values():
            if outcome.by_judgement:
                continue
            for place, level in enumerate(outcome.levels):
                judged = replace(record, judgements={outcome.id: Judgement(level.id, "Seen before", "A colleague")})
                found, before = assess(case.instrument, judged), computed.outcomes[outcome.id]
                assert found.outcomes[outcome.id].computed == before.computed
                if place <= (before.at_least or 0) or not outcome.may_raise:
                    assert unjudged(found) == computed
