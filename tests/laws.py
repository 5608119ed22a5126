"""What must be true of every assessment, as assertions; `test_laws.py` holds them against random questionnaires."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from engine.format.instrument import Instrument
from engine.interview.assessment import Assessment, OutcomeRange, ScoreRange
from engine.interview.record import Record
from engine.language.terms import Count, Latest, Recorded
from tests.oracle import Reading, Verdict, printed
from tests.worlds import Exact, domains_of, points_between


def sound(instrument: Instrument, found: Assessment, reading: Reading) -> None:
    """The range contains what every world gives."""
    for name in instrument.items:
        contains(found.applies[name], reading.shown[name], name)
    for name in instrument.scores:
        score_contains(found.scores[name], reading.scores[name])
    for name in instrument.outcomes:
        outcome_contains(found.outcomes[name], reading.outcomes[name], reading.computed[name])


def contains(said: bool | None, shown: frozenset[bool], name: str) -> None:
    assert said is None or shown == {said}, f"{name} applies: {said}, but in the worlds {set(shown)}"


def score_contains(score: ScoreRange, values: frozenset[Exact | None]) -> None:
    contains(score.present, frozenset(value is not None for value in values), score.id)
    for value in values:
        if value is not None:
            assert score.lowest is not None, f"{score.id} has no lowest, but may be {value}"
            assert score.highest is not None, f"{score.id} has no highest, but may be {value}"
            assert score.lowest <= value <= score.highest, f"{score.id}: {value} outside {score}"


def outcome_contains(outcome: OutcomeRange, bits: frozenset[int], computed: frozenset[int]) -> None:
    contains(outcome.applies, frozenset(bit > 0 for bit in bits), outcome.id)
    assert places(bits) <= set(outcome.possible), f"{outcome}, but in the worlds {places(bits)}"
    assert places(computed) <= set(outcome.computed), f"{outcome}, but computed in the worlds {places(computed)}"


def places(bits: frozenset[int]) -> set[int]:
    """The levels, counted from 0 as an assessment does; without *not applying*."""
    return {bit - 1 for bit in bits if bit}


def exact_where_certified(found: Assessment, reading: Reading) -> None:
    """At least and at most are those of the worlds."""
    for outcome in found.outcomes.values():
        levels = places(reading.outcomes[outcome.id])
        if outcome.exact:
            assert outcome.at_least == min(levels, default=None), f"at least of {outcome}, in the worlds {levels}"
            assert outcome.at_most == max(levels, default=None), f"at most of {outcome}, in the worlds {levels}"


def prints_what_it_may(instrument: Instrument, found: Assessment, reading: Reading) -> None:
    """Nothing is printed, or left out, that no bounds on the conditions could justify."""
    for name, alert in instrument.alerts.items():
        one_print(found, name, name in found.alerts, reading.alerts[name], alert.if_unsure)
    for place, signpost in enumerate(instrument.signposts):
        shown, verdict = place in found.signposts, reading.signposts[place]
        one_print(found, f"signpost:{place}", shown, verdict, signpost.if_unsure)
    for action in instrument.plan:
        verdict, shown = reading.actions[action.id], action.id in found.plan
        if shown:
            one_print(found, action.id, shown, verdict, action.if_unsure)
            assert not reading.never[action.id].may, f"{action.id} is printed though it may have to be withheld"
            assert set(action.after) <= set(found.plan), f"{action.id} is printed without {action.after}"
    assert list(found.plan) == [action.id for action in instrument.plan if action.id in found.plan]
    assert list(found.alerts) == [name for name in instrument.alerts if name in found.alerts]
    assert list(found.signposts) == sorted(found.signposts)


def one_print(found: Assessment, name: str, shown: bool, verdict: Verdict, if_unsure: bool) -> None:
    if shown and not if_unsure:
        assert verdict.must, f"{name} is printed, but need not hold"
    if not shown and if_unsure:
        assert not verdict.may, f"{name} is not printed, but may hold"
    if shown:
        assert verdict.must or name in found.unsure, f"{name} is said to be sure, but need not hold"


def leaves_nothing_open(instrument: Instrument, found: Assessment, reading: Reading, settled: set[str]) -> None:
    """What depends on answered items only is what it is in the one world there is, and nothing else."""
    for name in settled & set(instrument.items):
        assert {found.applies[name]} == reading.shown[name]
    for name in settled & set(instrument.scores):
        (value,) = reading.scores[name]
        score = found.scores[name]
        assert (score.lowest, score.highest, score.present) == (value, value, value is not None), f"{score}: {value}"
    for name in settled & set(instrument.outcomes):
        outcome, levels = found.outcomes[name], places(reading.outcomes[name])
        assert set(outcome.possible) == levels, f"{outcome}, but in the world {levels}"
        assert set(outcome.computed) == places(reading.computed[name])
        assert (outcome.settled, outcome.applies) == (True, bool(levels))
    for name in settled & set(instrument.alerts):
        assert (name in found.alerts) == reading.alerts[name].must


def complete_prints_exactly(instrument: Instrument, found: Assessment, reading: Reading) -> None:
    expected = printed(instrument, reading)
    assert (found.alerts, found.plan, found.signposts) == (expected.alerts, expected.plan, expected.signposts)
    assert not found.unsure
    assert found.exact


def narrows(instrument: Instrument, wide: Assessment, narrow: Assessment) -> None:
    """Nothing that was certain becomes uncertain, no range grows, and what was printed for sure stays."""
    for name in instrument.items:
        keeps(wide.applies[name], narrow.applies[name], name)
    for name, score in wide.scores.items():
        score_narrows(score, narrow.scores[name])
    for name, outcome in wide.outcomes.items():
        after = narrow.outcomes[name]
        keeps(outcome.applies, after.applies, name)
        assert set(after.possible) <= set(outcome.possible), f"{outcome} became {after}"
        assert set(after.computed) <= set(outcome.computed), f"{outcome} became {after}"
        assert after.exact or not outcome.exact, f"{outcome} was exact, {after} is not"


def prints_narrow(instrument: Instrument, wide: Assessment, narrow: Assessment) -> None:
    """More answers never take away what had to be said, nor bring up what could not hold."""
    for name, alert in instrument.alerts.items():
        keeps_printing(name in wide.alerts, name in narrow.alerts, alert.if_unsure, name)
    for place, signpost in enumerate(instrument.signposts):
        shown = place in wide.signposts, place in narrow.signposts
        keeps_printing(*shown, signpost.if_unsure, signpost.service)
    firm: set[str] = set()
    for action in instrument.plan:
        if not action.if_unsure and firm.issuperset(action.after):
            firm.add(action.id)
            assert action.id not in wide.plan or action.id in narrow.plan, f"{action.id} is no longer printed"
    said = {*wide.alerts, *wide.plan, *(f"signpost:{place}" for place in wide.signposts)}
    for name in narrow.unsure & said:
        assert name in wide.unsure, f"{name} was sure, and is not any more"


def keeps(before: bool | None, after: bool | None, name: str) -> None:
    assert before is None or after is before, f"{name} was {before} and is {after}"


def score_narrows(before: ScoreRange, after: ScoreRange) -> None:
    keeps(before.present, after.present, before.id)
    if after.lowest is not None and after.highest is not None:
        assert before.lowest is not None, f"{before} became {after}"
        assert before.highest is not None, f"{before} became {after}"
        assert before.lowest <= after.lowest <= after.highest <= before.highest, f"{before} became {after}"


def keeps_printing(before: bool, after: bool, if_unsure: bool, name: str) -> None:
    if if_unsure:
        assert before or not after, f"{name} could not hold, and is printed now"
    else:
        assert after or not before, f"{name} had to hold, and is not printed any more"


def settled_names(instrument: Instrument, record: Record, reading: Reading) -> set[str]:
    """Everything whose whole cone is answered exactly, or certainly not asked."""
    domains = domains_of(instrument, record)
    settled = {"today"}
    for name in [*instrument.order, *instrument.alerts]:
        hidden = name in instrument.items and reading.shown[name] == {False}
        if (hidden or len(domains.get(name, ())) <= 1) and set(mentioned(definition(instrument, name))) <= settled:
            settled.add(name)
    # an item that is itself open, though everything that decides whether it is asked is settled
    applies = {n for n in instrument.items if set(mentioned(instrument.items[n].applies_if)) <= settled}
    return settled | applies


def definition(instrument: Instrument, name: str) -> object:
    """Every term that decides a name's value."""
    if name in instrument.items:
        return instrument.items[name].applies_if
    if name in instrument.scores:
        return (instrument.scores[name].value, instrument.scores[name].applies_if)
    if name in instrument.alerts:
        return instrument.alerts[name].when
    outcome = instrument.outcomes[name]
    return (outcome.applies_if, *(level.when for level in outcome.levels[1:]))


def mentioned(term: object) -> Iterator[str]:
    """The names a term reads; not the fields of an entry, which have their own."""
    if isinstance(term, Count | Latest):
        yield term.repeat
    elif isinstance(term, tuple):
        for part in term:
            yield from mentioned(part)
    elif is_dataclass(term) and not isinstance(term, Recorded):
        for field in fields(term):
            value = getattr(term, field.name)
            if field.name == "name":
                yield value
            else:
                yield from mentioned(value)


def has_points_none(instrument: Instrument) -> bool:
    """Whether some option has points that are open even when it is chosen."""
    return any(
        points_between(item, bit) for item in instrument.items.values() for bit in range(1, len(item.options) + 1)
    )
