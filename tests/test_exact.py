"""An assessment that is asked to be exact: what it rules out, what stays undecided, and what it needs for that."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from engine.format.instrument import Alert, Item
from engine.interview.assess import assess
from engine.interview.assessment import OutcomeRange
from engine.interview.decide import Decider
from engine.interview.ready import ready
from engine.interview.record import Entries, Record
from engine.language.terms import All, Compare, Count, Latest, Not, Product, Sum, Tick, Truth
from engine.language.terms import Answer as Read
from engine.language.terms import Test as Is
from tests import laws
from tests.generate_items import WORDS
from tests.oracle import read
from tests.test_oracle import LOG, NO, NUMBER, ONE, YES, X, constant, levels, made, record
from tests.test_solve import cases, in_parts, searched

ROOT = Path(__file__).parent.parent
MANY = range(150)


@in_parts(MANY)
def test_an_exact_assessment_says_what_is_possible_and_nothing_else(seeds: range) -> None:
    for instrument, one in cases(seeds):
        plain = assess(instrument, one)
        if plain.exact:
            assert assess(instrument, one, exact=True) == plain
            continue
        found, reading = assess(instrument, one, exact=True), read(instrument, one)
        assert found.exact
        laws.sound(instrument, found, reading)
        laws.prints_what_it_may(instrument, found, reading)
        laws.narrows(instrument, plain, found)
        laws.prints_narrow(instrument, plain, found)
        for name, outcome in found.outcomes.items():
            solved = outcome.decided == "solved"
            assert solved != plain.outcomes[name].exact
            if solved and not laws.has_points_none(instrument):
                assert set(outcome.possible) == laws.places(reading.outcomes[name])
                assert set(outcome.computed) == laws.places(reading.computed[name])


def solved(items: tuple[Item, ...], *whens: Truth, one: Record | None = None) -> tuple[OutcomeRange, OutcomeRange]:
    """The outcome with these conditions, by bounds and exactly."""
    instrument = made(*items, outcomes=(levels(*whens),))
    return tuple(assess(instrument, one or record(), exact=exact).outcomes["o"] for exact in (False, True))  # type: ignore[return-value]


WIDE = replace(NUMBER, low=Decimal(0), high=Decimal(200))
DAYS_AGO = Sum(((ONE, Read("today")), (-ONE, Latest("log", "on"))))
TODAY_COUNT = Count("log", Compare(">=", Read("on"), Read("today")))


@pytest.mark.parametrize(
    ("items", "condition"),
    [
        ((WIDE,), Compare("==", Product(Read("n"), Read("n")), constant(2))),
        ((WIDE,), All((Compare(">=", Read("n"), constant(100)), Compare(">", constant(100), Read("n"))))),
        ((WIDE, X), Compare("==", Sum(((Fraction(2), Read("n")), (Fraction(2), Tick(Is("x", YES))))), constant(3))),
        ((LOG,), All((Compare(">=", DAYS_AGO, constant(1)), Compare(">=", TODAY_COUNT, constant(1))))),
        (
            (replace(LOG, at_most=30),),
            Compare(">", Sum(((ONE, Count("log", Is("bad", YES))), (ONE, Count("log", Is("bad", NO))))), constant(30)),
        ),
    ],
    ids=["no square", "both sides", "odd", "none later", "more than there are"],
)
def test_what_no_world_holds_is_ruled_out(items: tuple[Item, ...], condition: Truth) -> None:
    bounds, exact = solved(items, condition)
    assert (bounds.possible, bounds.exact) == ((0, 1), False)
    assert (exact.possible, exact.exact, exact.decided) == ((0,), True, "solved")


def test_a_list_that_was_begun_is_taken_as_it_stands() -> None:
    more = Compare(">=", Count("log", Is("bad", YES)), Count("log", Is("bad", NO)))
    open_list = Entries(({"bad": "yes"}, {}), closed=False)
    assert solved((LOG,), Not(more), one=record({"log": open_list}))[1].possible == (0,)
    assert solved((LOG,), Not(more), one=record({"log": Entries(({"bad": "no"}, {}), closed=True)}))[1].possible == (
        0,
        1,
    )
    assert solved((LOG,), Not(more), one=record({"log": Entries(({"bad": "no"},), closed=True)}))[1].possible == (1,)


NO_SQUARE = Compare("==", Product(Read("n"), Read("n")), constant(2))
READS_A_LEVEL = {
    "maybe": Alert("maybe", Is("o", 4), True, False, WORDS, WORDS),
    "surely": Alert("surely", Is("o", 2), False, False, WORDS, WORDS),
}


UNDECIDED = made(WIDE, outcomes=(levels(NO_SQUARE),))


def test_what_reads_an_outcome_reads_it_exactly() -> None:
    instrument = replace(UNDECIDED, alerts=READS_A_LEVEL)
    assert assess(instrument, record()).alerts == ("maybe",)
    found = assess(instrument, record(), exact=True)
    assert (found.alerts, found.unsure) == (("surely",), frozenset())


def test_with_too_little_work_nothing_is_decided_and_nothing_is_lost() -> None:
    hard = [(instrument, one) for instrument, one in cases(MANY[:60]) if not assess(instrument, one).exact]
    assert len(hard) > 10
    for instrument, one in hard:
        plain, found = assess(instrument, one), assess(instrument, one, exact=True, work=1)
        laws.narrows(instrument, plain, found)
        laws.sound(instrument, found, read(instrument, one))
        assert {outcome.exact for outcome in found.outcomes.values() if outcome.decided == "not_decided"} <= {False}
    bounds, undecided = (assess(UNDECIDED, record(), exact=exact, work=1).outcomes["o"] for exact in (False, True))
    assert undecided == bounds._replace(decided="not_decided")
    search = searched(UNDECIDED, record(), work=1)
    assert search.ask(search.world.holds(NO_SQUARE)) is None
    with pytest.raises(ValueError, match="no world"):
        search.witness()


def test_the_same_work_always_gets_as_far() -> None:
    items = tuple(replace(NUMBER, id=f"n{place}", high=Decimal(1000)) for place in range(4))
    pairs = [(ONE, Product(Read("n0"), Read("n1"))), (ONE, Product(Read("n2"), Read("n3")))]
    instrument = made(*items, outcomes=(levels(Compare("==", Sum(tuple(pairs)), constant(1_500_001))),))
    for work in (2_000, 20_000, 200_000):
        found = [assess(instrument, record(), exact=True, work=work) for _ in range(2)]
        assert found[0] == found[1]


def test_a_record_that_no_world_agrees_with_keeps_its_bounds() -> None:
    instrument = made(replace(WIDE, low=Decimal(3)), outcomes=(levels(NO_SQUARE),))
    impossible = record({"n": Decimal(2)})
    values = ready(instrument).encoder.encode(impossible)
    assert Decider(instrument, impossible, values).levels("o", 6) == (6, False)


@pytest.mark.parametrize(
    ("words", "said_last"),
    [
        ("assess(instrument, one); print('z3' in sys.modules)", "False"),
        ("assess(instrument, one, exact=True); print('z3' in sys.modules)", "True"),
        ("sys.modules['z3'] = None; assess(instrument, one, exact=True)", "pip install 'askwell[exact]'"),
    ],
    ids=["plain", "exact", "not installed"],
)
def test_the_solver_is_loaded_only_when_it_is_asked_for(words: str, said_last: str) -> None:
    script = (
        "import sys\nfrom datetime import date\nfrom pathlib import Path\n"
        "from engine.format.load import load\nfrom engine.interview.assess import assess\n"
        "from engine.interview.record import start\n"
        "instrument = load(Path('questionnaires/stalking_screen'))\n"
        "one = start(instrument, 'self', date(2026, 5, 1))\n" + words
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.stdout + ran.stderr).strip().endswith(said_last)
