"""The witness itself, against what was worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from engine.format.instrument import Action, Instrument, Item, Level, Outcome, Score
from engine.interview.record import Answer, Days, Entries, Judgement, NonAnswer, Record
from engine.language.terms import (
    ALWAYS,
    NEVER,
    Absent,
    All,
    AnyOf,
    Applies,
    Chosen,
    Compare,
    Constant,
    Count,
    Floor,
    IfElse,
    Latest,
    Least,
    Mean,
    Not,
    Number,
    OrElse,
    Product,
    Sum,
    Table,
    Tick,
    Truth,
)
from engine.language.terms import Answer as Read
from engine.language.terms import Test as Is
from tests.generate import QUESTIONNAIRE, VOICE
from tests.generate_items import TODAY, WORDS, options
from tests.oracle import Reading, Verdict, printed, read
from tests.worlds import how_many

ONE = Fraction(1)
X = Item("x", "yes_no", "s", WORDS, options=options("no", "yes"))
Y = replace(X, id="y")
NO, YES = 2, 4
COLOUR = Item("c", "pick_one", "s", WORDS, options=options("a", "b", "c"))
NUMBER = Item("n", "number", "s", WORDS, low=Decimal(0), high=Decimal(4))
DAY = Item("d", "date", "s", WORDS, earliest=TODAY - timedelta(days=2))
NONE = (*options("kill", "harm"), replace(options("none")[0], on_its_own=True))
TICKS = Item("t", "tick_all", "s", WORDS, options=NONE)
LOG = Item("log", "repeat", "s", WORDS, at_most=2, fields=(replace(DAY, id="on"), replace(X, id="bad")))


def constant(number: int) -> Constant:
    return Constant(Fraction(number))


def plus(*parts: Number) -> Sum:
    """The author's `sum`: it passes over what is absent."""
    return Sum(tuple((ONE, OrElse(part, Fraction(0))) for part in parts))


def made(*items: Item, scores: tuple[Score, ...] = (), outcomes: tuple[Outcome, ...] = ()) -> Instrument:
    return Instrument(
        questionnaire=QUESTIONNAIRE,
        content_hash="0" * 64,
        sections=(),
        items={one.id: one for one in (VOICE, *items)},
        groups={},
        scores={one.id: one for one in scores},
        outcomes={one.id: one for one in outcomes},
        alerts={},
        themes=(),
        plan=(),
        signposts=(),
        guarantees=(),
        order=("voice", *(one.id for one in items), *(one.id for one in scores), *(one.id for one in outcomes)),
        written={},
    )


def record(answers: Mapping[str, Answer | NonAnswer] | None = None) -> Record:
    return Record("generated", "1.0.0", "0" * 64, "self", TODAY, answers or {})


def levels(*whens: Truth, applies_if: Truth = ALWAYS, by_judgement: bool = False) -> Outcome:
    made = tuple(Level(f"l{place}", WORDS, None, when) for place, when in enumerate((ALWAYS, *whens), start=1))
    return Outcome("o", WORDS, made, applies_if=applies_if, by_judgement=by_judgement, may_raise=True, may_lower=True)


def settles(items: tuple[Item, ...], condition: Truth, answers: Mapping[str, Answer | NonAnswer] | None = None) -> str:
    """Whether the condition is true, false or open: an outcome with one level more if it holds."""
    found = read(made(*items, outcomes=(levels(condition),)), record(answers)).outcomes["o"]
    return {frozenset({2}): "true", frozenset({1}): "false", frozenset({1, 2}): "open"}[found]


def values(items: tuple[Item, ...], number: Number, answers: Mapping[str, Answer] | None = None) -> list[object]:
    """Every value that the number has in some world, those that are absent last."""
    found = read(made(*items, scores=(Score("s", WORDS, number),)), record(answers)).scores["s"]
    return [*sorted(one for one in found if one is not None), *([None] if None in found else [])]


HIDDEN_Y = (X, replace(Y, applies_if=Is("x", YES)))
HIDDEN_N = (X, replace(NUMBER, applies_if=Is("x", YES)))


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        (Is("y", YES), {"x": "no", "y": "yes"}, "false"),
        (Is("y", YES), {"y": "yes"}, "open"),
        (Is("y", NO), {"x": "no"}, "false"),
        (Not(Is("y", YES)), {"x": "no"}, "true"),
        (Is("y", 1), {"x": "no"}, "true"),
        (AnyOf((Is("y", YES), Is("y", NO))), {"x": "yes"}, "true"),
        (AnyOf((Is("y", YES), Is("y", NO))), {}, "open"),
        (All((Is("x", NO), Is("y", YES))), {}, "false"),
        (AnyOf((Is("x", YES), Is("x", NO))), {"x": NonAnswer.DECLINED}, "true"),
        (ALWAYS, {}, "true"),
        (NEVER, {}, "false"),
    ],
)
def test_conditions_on_an_item_that_may_be_hidden(
    condition: Truth, answers: Mapping[str, Answer | NonAnswer], expected: str
) -> None:
    assert settles(HIDDEN_Y, condition, answers) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Compare(">=", Sum(((ONE, Read("n")), (ONE, constant(1)))), constant(1)), "false"),
        (Compare(">=", Sum(((ONE, plus(Read("n"))), (ONE, constant(1)))), constant(1)), "true"),
        (Compare("!=", Read("n"), constant(9)), "false"),
        (AnyOf((Compare(">=", Read("n"), constant(2)), Compare(">", constant(2), Read("n")))), "false"),
        (Compare(">=", Least((Read("n"), constant(3))), constant(3)), "true"),
        (Compare("==", Mean((Read("n"), constant(3))), constant(3)), "true"),
        (Compare(">=", Mean((Read("n"),)), constant(0)), "false"),
        (Compare("==", Sum(((Fraction(0), Read("n")),)), constant(0)), "false"),
        (Compare(">=", Product(Read("n"), constant(0)), constant(0)), "false"),
        (Compare(">=", Floor(Read("n")), constant(0)), "false"),
        (Applies("n"), "false"),
    ],
)
def test_a_hidden_number_is_absent(condition: Truth, expected: str) -> None:
    assert settles(HIDDEN_N, condition, {"x": "no", "n": Decimal(3)}) == expected


def test_numbers_over_their_worlds() -> None:
    worth = Table("c", (None, Fraction(1), Fraction(3), Fraction(1)), (None, Fraction(1), Fraction(3), Fraction(3)))
    untestable = replace(COLOUR, points=worth)
    assert values((COLOUR,), Sum(((ONE, Tick(Is("c", 2))), (ONE, Tick(Is("c", 6)))))) == [0, 1, 2]
    assert values((untestable,), worth) == [1, 3]
    assert values((untestable,), Sum(((ONE, worth), (-ONE, worth))), {"c": "c"}) == [0]
    assert values((NUMBER,), Product(Read("n"), Read("n"))) == [0, 1, 4, 9, 16]
    assert values((NUMBER,), Floor(Sum(((Fraction(-1, 2), Read("n")),)))) == [-2, -1, 0]
    assert values((NUMBER,), IfElse(Compare(">", Read("n"), constant(2)), Absent(), Read("n"))) == [0, 1, 2, None]
    assert values((DAY,), Sum(((ONE, Read("today")), (-ONE, Read("d"))))) == [0, 1, 2]
    yesterday = TODAY - timedelta(days=1)
    partly = {"d": Days(yesterday - timedelta(days=30), yesterday)}
    assert values((DAY,), Sum(((ONE, Read("today")), (-ONE, Read("d")))), partly) == [1, 2]


def test_a_mean_is_over_those_present() -> None:
    assert values(HIDDEN_N, Mean((Read("n"), constant(0))), {"n": Decimal(3)}) == [0, Fraction(3, 2)]


def test_ticked_options() -> None:
    kill, none = Chosen("t", 1), Chosen("t", 3)
    hidden = (X, replace(TICKS, applies_if=Is("x", YES)))
    assert settles((TICKS,), AnyOf((kill, Chosen("t", 2), none))) == "true"
    assert settles((replace(TICKS, options=NONE[:2]),), AnyOf((kill, Chosen("t", 2)))) == "open"
    assert settles((TICKS,), All((kill, none))) == "false"
    assert settles((TICKS,), kill, {"t": ()}) == "open"
    assert settles((TICKS,), kill, {"t": ("none",)}) == "false"
    assert settles(hidden, AnyOf((kill, none)), {"x": "no", "t": ("kill",)}) == "false"
    assert settles(hidden, All((Applies("t"), Not(kill))), {"x": "no"}) == "false"
    assert settles(hidden, Not(kill), {"x": "no", "t": ("kill",)}) == "true"
    assert how_many(made(TICKS), record()) == 4


def test_the_entries_of_a_repeat() -> None:
    bad = Count("log", Is("bad", YES))
    one = {"on": Days(TODAY, TODAY)}
    latest = Sum(((ONE, Read("today")), (-ONE, Latest("log", "on"))))
    assert values((LOG,), bad) == [0, 1, 2]
    assert values((LOG,), bad, {"log": Entries((), closed=True)}) == [0]
    assert values((LOG,), bad, {"log": Entries((one,), closed=True)}) == [0, 1]
    assert values((LOG,), bad, {"log": Entries(({"bad": "yes"},), closed=False)}) == [1, 2]
    assert values((LOG,), latest) == [0, 1, 2, None]
    assert values((LOG,), latest, {"log": Entries((one,), closed=False)}) == [0]
    assert values((X, replace(LOG, applies_if=Is("x", YES))), bad, {"x": "no"}) == [0]
    assert how_many(made(LOG), record()) == 1 + 6 + 21


def test_levels_are_the_highest_that_holds() -> None:
    assert read(made(X, outcomes=(levels(Is("x", YES), Is("x", NO)),)), record()).outcomes["o"] == {2, 3}
    not_always = levels(Is("x", YES), applies_if=Is("x", YES))
    assert read(made(X, outcomes=(not_always,)), record()).outcomes["o"] == {0, 2}


def test_a_judgement_raises_and_never_lowers() -> None:
    rules, judged = (
        made(X, outcomes=(levels(Is("x", YES), NEVER),)),
        made(outcomes=(levels(NEVER, by_judgement=True),)),
    )
    raised = replace(record(), judgements={"o": Judgement("l2", "seen")})
    lowered = replace(record({"x": "yes"}), judgements={"o": Judgement("l1", "seen", "agreed")})
    assert read(rules, raised).outcomes["o"] == {2}
    assert read(rules, raised).computed["o"] == {1, 2}
    assert read(rules, lowered).outcomes["o"] == {2}
    assert read(made(X, outcomes=(replace(levels(NEVER), may_raise=False),)), raised).outcomes["o"] == {1}
    assert read(judged, record()).outcomes["o"] == {1, 2}
    assert read(judged, raised).outcomes["o"] == {2}


@pytest.mark.parametrize(
    ("condition", "sure", "never", "expected"),
    [
        ("may", False, "no", ()),
        ("may", True, "no", ("a", "b")),
        ("must", False, "may", ()),
        ("must", False, "no", ("a", "b")),
    ],
)
def test_what_is_printed(condition: str, sure: bool, never: str, expected: tuple[str, ...]) -> None:
    words = {"no": Verdict(False, False), "may": Verdict(False, True), "must": Verdict(True, True)}
    first = Action("a", "home", ALWAYS, sure, NEVER, (), None, WORDS, None)
    second = replace(first, id="b", if_unsure=True, after=("a",))
    reading = Reading(
        {}, {}, {}, {}, {}, {"a": words[condition], "b": words["must"]}, {"a": words[never], "b": words["no"]}, ()
    )
    assert printed(replace(made(), plan=(first, second)), reading).plan == expected
