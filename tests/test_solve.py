"""The solver against every world there is.

The questionnaires are drawn from fixed seeds, so that the same ones are solved every time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from engine.format.instrument import CHOICES, Instrument, Item
from engine.interview.decide import said
from engine.interview.ready import ready
from engine.interview.record import Record
from engine.language.terms import All, Compare, Constant, Not, Product, Recorded, Sum, Table, Tick, Truth
from engine.language.terms import Answer as Read
from engine.language.terms import Test as Is
from engine.program.domain import FUTURE_DAYS
from engine.program.one_world import OneWorld, Witness
from engine.program.raw import Value
from engine.program.solve import Reached, Search
from tests import laws
from tests.generate import instrument as draw
from tests.generate_items import WORDS
from tests.generate_records import complete, empty, partial
from tests.generate_terms import Dice
from tests.oracle import Reading, read, unfold
from tests.test_oracle import COLOUR, DAY, NO, NONE, NUMBER, ONE, YES, X, Y, constant, levels, made, record
from tests.worlds import Listed, Picked, Raw, domain, domains_of

SEEDS = range(90)


def in_parts(seeds: range) -> pytest.MarkDecorator:
    """Run a test for these seeds, some at a time."""
    return pytest.mark.parametrize("seeds", [seeds[start::5] for start in range(5)], ids="abcde")


def cases(seeds: range) -> Iterator[tuple[Instrument, Record]]:
    """An instrument for each seed, wild or rising, and three records of it."""
    for seed in seeds:
        dice = Dice(Random(seed).randint)
        instrument = draw(dice, rising=seed % 5 == 0)
        yield instrument, empty(dice, instrument)
        yield instrument, partial(dice, instrument)
        yield instrument, (complete if seed % 4 == 0 else partial)(dice, instrument)


def searched(instrument: Instrument, one: Record, work: int | None = None) -> Search:
    values = ready(instrument).encoder.encode(one)
    return Search(OneWorld(instrument), said(instrument, one, values), work=work)


def seen(search: Search, term: Truth) -> tuple[bool | None, bool | None]:
    """Whether there is a world in which the condition holds, and one in which it does not."""
    held = search.world.holds(term)
    return search.ask(held), search.ask(search.world.algebra.opposite(held))


@in_parts(SEEDS)
def test_everything_is_what_it_is_in_the_worlds(seeds: range) -> None:
    for instrument, one in cases(seeds):
        search, reading = searched(instrument, one), read(instrument, one)
        # an answer with `points: none` has any points between two ends; the witness of ranges tries a few of them
        tight = not laws.has_points_none(instrument)
        for name, outcome in instrument.outcomes.items():
            everything = outcome.everything | 1
            computed = search.reach(search.world.computed(name), everything)
            acting = search.reach(search.world.outcome(name), everything)
            same(places_of(computed.mask), reading.computed[name], tight)
            same(places_of(acting.mask), reading.outcomes[name], tight)
            assert not computed.undecided | acting.undecided
        for name in instrument.scores:
            score_is_that_of_the_worlds(search, name, reading, tight)
        conditions(search, instrument, reading, tight)


def places_of(mask: int) -> frozenset[int]:
    return frozenset(bit for bit in range(mask.bit_length()) if mask >> bit & 1)


def same(solved: frozenset[object], worlds: frozenset[object], tight: bool) -> None:
    assert solved == worlds if tight else solved >= worlds


def score_is_that_of_the_worlds(search: Search, name: str, reading: Reading, tight: bool) -> None:
    number, algebra = search.world.value(Read(name)), search.world.algebra
    there = sorted(one for one in reading.scores[name] if one is not None)
    for value in there[:1] + there[-1:]:
        assert search.ask(number.present, number.value == algebra.exact(value))
    if tight:
        assert search.ask(algebra.opposite(number.present)) == (None in reading.scores[name])
        other = [number.value != algebra.exact(value) for value in there]
        assert search.ask(number.present, *other) is False


def conditions(search: Search, instrument: Instrument, reading: Reading, tight: bool) -> None:
    """What is shown, raised, done and pointed to."""
    for name, item in instrument.items.items():
        may, may_not = seen(search, item.applies_if)
        same(frozenset([True] * bool(may) + [False] * bool(may_not)), reading.shown[name], tight)
    pairs = [(one.when, reading.alerts[one.id]) for one in instrument.alerts.values()]
    pairs += [(one.when, reading.actions[one.id]) for one in instrument.plan]
    pairs += [(one.never_if, reading.never[one.id]) for one in instrument.plan]
    pairs += [(one.when, verdict) for one, verdict in zip(instrument.signposts, reading.signposts, strict=True)]
    for term, verdict in pairs:
        may, may_not = seen(search, term)
        assert may == verdict.may or (may and not tight)
        assert may_not != verdict.must or (may_not and not tight)


@in_parts(SEEDS)
def test_the_world_that_is_found_gives_the_level_asked_for(seeds: range) -> None:
    for instrument, one in cases(seeds):
        domains = domains_of(instrument, one)
        search = searched(instrument, one)
        for name, outcome in instrument.outcomes.items():
            level = search.world.outcome(name)
            for bit in range(len(outcome.levels) + 1):
                if search.ask(level == bit):
                    found = raws(instrument, search.witness(), domains)
                    assert unfold(instrument, one, found).bits[name] == bit


def raws(instrument: Instrument, witness: Witness, domains: Mapping[str, list[Raw]]) -> dict[str, Raw]:
    """What every item says in the world found; anything that agrees with the record where it does not matter."""
    found = {name: values[0] for name, values in domains.items()}
    for name, value in witness.answers.items():
        points = witness.points.get(name)
        found[name] = raw(instrument.items[name], value, points)
        assert found[name] in domains[name] or points is not None or instrument.items[name].kind == "repeat"
    for name, bit in witness.judged.items():
        if instrument.outcomes[name].by_judgement:
            found[name] = Picked(bit)
    return found


def raw(item: Item, value: Value, points: Fraction | None = None) -> Raw:
    if item.kind in CHOICES:
        assert isinstance(value, int)
        spread = domain(item, item.options[value - 1].id, record())
        return (
            Picked(value, points) if isinstance(spread[0], Picked) and spread[0].points is not None else Picked(value)
        )
    if isinstance(value, tuple):
        fields = {field.id: field for field in item.fields}
        anything = {name: domain(field, None, record())[0] for name, field in fields.items()}
        return Listed(
            tuple(anything | {name: raw(fields[name], one) for name, one in entry.items()} for entry in value)
        )
    return value


def test_two_worlds_differ_only_where_they_may() -> None:
    shown = replace(Y, applies_if=Is("x", NO))
    instrument = made(X, shown, COLOUR, outcomes=(levels(Is("y", YES), Is("c", 2)),))
    before = OneWorld(instrument)
    after = OneWorld(instrument, label="after.", like=before, but=frozenset({"x"}))
    search = Search(after)
    first, second = before.outcome("o"), after.outcome("o")
    # a yes to x hides y, and with it the level that y decided; c is the same in both, so it cannot be what fell
    more = after.raw("x").value > before.raw("x").value
    assert search.ask(more, second < first)
    assert search.witness(before).answers == {"x": 1, "y": 2, "c": search.witness().answers["c"]}
    assert search.witness().answers["x"] == 2
    assert search.ask(first == 3, second != 3) is False
    assert search.ask(before.raw("x").value == after.raw("x").value, first != second) is False


def test_two_records_of_one_world() -> None:
    instrument = made(X, outcomes=(levels(Recorded("answered", "x")),))
    before = OneWorld(instrument)
    same_record = OneWorld(instrument, label="same.", like=before)
    own_record = OneWorld(instrument, label="own.", like=before, own_record=True)
    assert Search(same_record).ask(before.outcome("o") != same_record.outcome("o")) is False
    assert Search(own_record).ask(before.outcome("o") > own_record.outcome("o"))


def test_ticks_agree_with_their_own_rules() -> None:
    instrument = made(Item("t", "tick_all", "s", WORDS, options=NONE))
    search = Search(OneWorld(instrument))
    ticks = search.world.raw("t").ticks
    assert search.ask(ticks[0], ticks[1])
    assert search.ask(ticks[0], ticks[2]) is False
    assert search.ask(*map(search.world.algebra.opposite, ticks)) is False


def test_without_a_record_every_answer_is_possible_and_no_other() -> None:
    search = Search(OneWorld(made(replace(NUMBER, decimals=1), DAY, replace(DAY, id="f", future=True), COLOUR)))
    today = Read("today")
    ahead = Sum(((ONE, Read("f")), (-ONE, today)))
    other = Compare(">=", Tick(Not(Is("c", 2))), constant(1))
    expected: dict[Truth, bool] = {
        Compare("==", Read("n"), Constant(Fraction(39, 10))): True,
        Compare("==", Read("n"), Constant(Fraction(1, 4))): False,
        Compare(">", Read("n"), constant(4)): False,
        Compare(">", Read("d"), today): False,
        Compare(">", constant(DAY.earliest.toordinal()), Read("d")): False,
        Compare("==", ahead, constant(FUTURE_DAYS)): True,
        Compare(">", ahead, constant(FUTURE_DAYS)): False,
        Is("c", 1): False,
        Is("c", 8): True,
        All((other, Is("c", 8))): True,
        All((other, Is("c", 2))): False,
    }
    assert {term: search.ask(search.world.holds(term)) for term in expected} == expected


def test_what_was_not_decided_leaves_an_end_open_only_where_it_is_one() -> None:
    assert Reached(0b11110, 0b01100).ends_decided
    assert [Reached(0b11110, undecided).ends_decided for undecided in (0b10, 0b10000, 0b1)] == [False] * 3
    assert Reached(0b1, 0).ends_decided


def test_points_without_a_number_may_be_any_between_their_ends() -> None:
    worth = Table("c", (None, ONE, Fraction(3), ONE), (None, ONE, Fraction(3), Fraction(3)))
    instrument = made(replace(COLOUR, points=worth))
    search = Search(OneWorld(instrument))
    assert search.ask(search.world.holds(Compare("==", worth, Constant(Fraction(1, 3) + 1))))
    assert search.witness().points == {"c": Fraction(4, 3)}
    assert search.ask(search.world.holds(Compare("==", Product(worth, worth), constant(2))))
    assert float(search.witness().points["c"]) == pytest.approx(2**0.5)
    assert search.ask(search.world.holds(Compare(">", worth, constant(3)))) is False


def test_a_long_chain_of_items_is_followed_to_its_end() -> None:
    chain = [X]
    for place in range(600):
        chain.append(replace(X, id=f"x{place}", applies_if=Is(chain[-1].id, YES)))
    instrument = made(*chain, outcomes=(levels(Is(chain[-1].id, YES)),))
    search = Search(OneWorld(instrument))
    assert search.reach(search.world.outcome("o"), 7).mask == 6
