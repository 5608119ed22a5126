"""Proofs against every record there is; the engine's text on z3 against the same text on Python; the command."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import z3  # type: ignore[import-untyped]

from engine.cli.opening import open_file
from engine.format.instrument import Instrument
from engine.interview.assess import assess
from engine.interview.ready import ready
from engine.language.terms import ALWAYS, All, AnyOf, Compare, CountSignposts, Not, Printed, Recorded, Truth
from engine.language.terms import Test as Is
from engine.workshop.prove.all_promises import prove
from engine.workshop.prove.any_record import AnyRecord, plain
from engine.workshop.prove.bits import Truth as Condition
from engine.workshop.prove.bits import Whole, width
from engine.workshop.prove.every_record import EveryRecord
from engine.workshop.prove.leaving_out import lowers, only_left_out, what_matters
from engine.workshop.prove.plain import kept_by_the_least
from engine.workshop.prove.promise import Promise, breaks, probed
from engine.workshop.prove.rising import never_lowers
from tests.generate import instrument as draw
from tests.generate_records import complete, empty, partial
from tests.oracle import unfold
from tests.promises import a_promise, broken_in_the_worlds, dice_of, every_record, small
from tests.test_cli import QUESTIONNAIRES, askwell
from tests.test_oracle import NO, YES, X, Y, constant, levels, made, record
from tests.worlds import domains_of, worlds

SECONDS = 20.0
SHIPPED = sorted(path.parent.name for path in QUESTIONNAIRES.glob("*/questionnaire.yaml"))


@pytest.mark.parametrize("seed", range(40))
def test_a_verdict_is_that_of_every_record(seed: int) -> None:
    dice = dice_of(seed)
    instrument = small(dice)
    promise = a_promise(dice, instrument)
    (one,) = probed(instrument, [promise])
    everybody = list(every_record(instrument))
    broken = [each for each in everybody if breaks(one, each, None)]
    verdict = EveryRecord(one, None, SECONDS).verdict()
    assert verdict.kept is not bool(broken)
    assert not (broken and kept_by_the_least(one, None))
    if verdict.record is not None:
        assert breaks(one, verdict.record, None)
        assert len(verdict.record.answers) == min(len(each.answers) for each in broken)
    if verdict.kept:
        whole = [each for each in everybody if len(each.answers) == len(instrument.items) - 1]
        assert not any(broken_in_the_worlds(instrument, promise, each) for each in whole)


def test_hardly_any_verdict_on_a_small_instrument_is_left_open() -> None:
    found = []
    for seed in range(40):
        dice = dice_of(seed)
        instrument = small(dice)
        (one,) = probed(instrument, [a_promise(dice, instrument)])
        found.append(EveryRecord(one, None, SECONDS).verdict().kept)
    assert found.count(None) <= 1
    assert min(found.count(True), found.count(False)) >= 5


@pytest.mark.parametrize("seed", range(40))
def test_the_text_on_z3_says_what_it_says_on_python(seed: int) -> None:
    dice = dice_of(seed)
    instrument = draw(dice)
    compiled = ready(instrument).compiled
    for one in (empty(dice, instrument), partial(dice, instrument), complete(dice, instrument)):
        values = ready(instrument).encoder.encode(one)
        any_record = AnyRecord(compiled)
        found = any_record.run(compiled.main)
        any_record.with_entries()
        said = [same(any_record, any_record.argument(name), values[name]) for name in compiled.main.arguments]
        solver = z3.Solver(ctx=any_record.context)
        solver.add(*any_record.facts, *said)
        assert solver.check() == z3.sat, "a record is one of any records"
        expected = dict(zip(compiled.main.results, compiled.main.of(values), strict=True))
        solver.add(z3.Not(z3.And([same(any_record, found[name], value) for name, value in expected.items()])))
        assert solver.check() == z3.unsat


def same(any_record: AnyRecord, known: Any, value: Any) -> Any:
    if isinstance(known, Condition):
        return known.known == z3.BoolVal(bool(value), any_record.context)
    if isinstance(known, Whole):
        return plain(known == int(value), any_record.context)
    return z3.BoolVal(int(known) == int(value), any_record.context)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_proved_of_any_instrument_no_record_breaks(seed: int) -> None:
    dice = dice_of(1000 + seed)
    instrument = draw(dice)
    (one,) = probed(instrument, [a_promise(dice, instrument)])
    verdict = EveryRecord(one, None, SECONDS).verdict()
    some = [empty(dice, instrument), *(partial(dice, instrument) for _ in range(20)), complete(dice, instrument)]
    if verdict.kept:
        assert not any(breaks(one, each, None) for each in some)
    if verdict.record is not None:
        assert breaks(one, verdict.record, None)


@pytest.mark.parametrize(("low", "high", "bits"), [(0, 0, 1), (0, 1, 2), (-1, 0, 1), (-2, 1, 2), (0, 127, 8)])
def test_a_number_is_as_wide_as_it_must_be(low: int, high: int, bits: int) -> None:
    assert width(low, high) == bits


def highest(instrument: Instrument, outcome: str, raised: dict[str, Any]) -> int:
    return unfold(instrument, record(), raised).bits[outcome]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("rising", ["x", "c", "t"])
def test_more_never_means_less_is_that_of_every_pair_of_worlds(seed: int, rising: str) -> None:
    instrument = small(dice_of(2000 + seed))
    kept, pair = never_lowers(instrument, rising, "o", SECONDS)
    lowered = False
    for world in worlds(instrument, record()):
        for more in domains_of(instrument, record())[rising]:
            if is_more(rising, world[rising], more):
                lowered |= highest(instrument, "o", {**world, rising: more}) < highest(instrument, "o", dict(world))
    assert kept is not lowered
    if pair is not None:
        before, after = (assess(instrument, one).outcomes["o"] for one in (pair.before, pair.after))
        assert (before.at_least or 0) > (-1 if after.at_most is None else after.at_most)


def is_more(rising: str, before: Any, after: Any) -> bool:
    if rising == "t":
        return before < after and 3 not in after
    return bool(after.bit == before.bit + 1)


# an outcome's second level, and whether leaving x out lowers it, and whether only leaving x out reaches it
LEFT_OUT: list[tuple[Truth, bool, bool]] = [
    (All((Recorded("answered", "x"), Is("x", YES))), True, False),
    (AnyOf((Not(Recorded("answered", "x")), Is("x", YES))), False, False),
    (Not(Recorded("answered", "x")), False, True),
    (Is("x", YES), False, False),
]


@pytest.mark.parametrize(("when", "lowered", "only"), LEFT_OUT)
def test_what_is_left_out(when: Truth, lowered: bool, only: bool) -> None:
    instrument = made(X, outcomes=(replace(levels(when), may_raise=False, may_lower=False),))
    matters = what_matters(ready(instrument).compiled, "o")
    assert matters == (("x",) if when != Is("x", YES) else ())
    found = [lowers(instrument, "o", name, SECONDS) for name in matters]
    assert any(found) is lowered
    left = only_left_out(instrument, "o", SECONDS)
    assert (left is not None) is only
    if lowered and found[0] is not None:
        assert found[0].record is not None
        assert found[0].record.answers == {"x": "yes"}


def test_a_promise_that_needs_no_solver() -> None:
    sure = replace(small(dice_of(1)).plan[0], when=Is("x", YES), if_unsure=False)
    instrument = replace(made(X, Y), plan=(sure,))
    needs: list[tuple[Truth, Truth, bool]] = [
        (Is("x", YES), Printed("shown", "first"), True),
        (Is("x", NO), Printed("shown", "first"), False),
        (ALWAYS, Printed("shown", "first"), False),
        (Is("x", YES), Not(Printed("shown", "first")), False),
    ]
    for given, always, enough in needs:
        (one,) = probed(instrument, [Promise("p", given, always, "")])
        assert kept_by_the_least(one, None) is enough


def test_services_are_counted_as_they_are_printed() -> None:
    instrument = small(dice_of(3))
    posts = tuple(replace(one, when=ALWAYS) for one in instrument.signposts)
    for least, kept in ((1, True), (2, True), (3, False)):
        promise = Promise("p", ALWAYS, Compare(">=", CountSignposts(), constant(least)), "")
        (one,) = probed(replace(instrument, signposts=posts), [promise])
        assert EveryRecord(one, None, SECONDS).verdict().kept is kept


@pytest.mark.parametrize("name", SHIPPED)
def test_every_promise_of_a_shipped_questionnaire_is_proved(name: str) -> None:
    opened = open_file(QUESTIONNAIRES / name / "questionnaire.yaml")
    found = prove(opened.instrument, opened.directory, seconds=60)
    assert [(one.id, one.status, one.note) for one in found if one.status != "proved"] == []


PROMISES = """guarantees:
  - {id: kept, given: alone, always: danger is high}
  - {id: broken, given: applies(where), always: danger is high}
  - {id: falling, rising: alone, never_lowers: calm}
waived:
  no_dead_end: It is an example.
  everybody_has_a_service: It is an example.
"""
SMALL = """askwell: 1
id: small
version: 1.0.0
title: A small one
review: {last: 2026-01-01, due: 2027-01-01}
caution: Not a validated instrument.
sections:
  - id: first
    title: First
    items:
      - {id: alone, type: yes_no, ask: Are you alone?}
      - {id: night, type: yes_no, ask: Is it night?}
      - {id: where, type: pick_one, ask: Where?, options: {home: Home, street: Street}, applies_if: night}
outcomes:
  danger:
    title: Danger
    levels: [{id: some, title: Some}, {id: high, title: High, when: alone or where is street}]
  calm:
    title: Calm
    levels: [{id: some, title: Some}, {id: high, title: Much, when: alone is no}]
"""


@pytest.fixture(scope="module")
def questionnaire(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("prove") / "small.yaml"
    file.write_text(SMALL + PROMISES)
    return file


def test_a_broken_promise_is_shown_by_a_person(questionnaire: Path) -> None:
    result = askwell("prove", questionnaire)
    assert result.exit_code == 1
    assert (
        """
- name: Somebody who breaks broken
  answers:
    night: yes
  expect:
    danger: high
"""
        in result.output
    )
    assert "with alone: no it is high, with this it is some" in result.output
    assert "4 proved, 3 refuted, 2 waived, in " in result.output


def test_proofs_as_data(questionnaire: Path) -> None:
    result = askwell("prove", questionnaire, "--json", "--only", "broken")
    (found,) = json.loads(result.stdout)
    assert (found["status"], found["built_in"], found["record"]["answers"]) == ("refuted", False, {"night": "yes"})
    assert askwell("prove", questionnaire, "--only", "kept").exit_code == 0
    assert askwell("prove", questionnaire, "--only", "nothing").exit_code == 2


def test_the_case_can_be_pasted_and_fails(questionnaire: Path) -> None:
    cases = questionnaire.with_name("cases.yaml")
    for name in ("broken", "falling"):
        (found,) = json.loads(askwell("prove", questionnaire, "--json", "--only", name).stdout)
        cases.write_text(found["case"])
        result = askwell("cases", questionnaire)
        assert result.exit_code == 1
        assert f"FAIL  Somebody who breaks {name}" in result.output


def test_without_the_solver_it_says_so(questionnaire: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("z3", "engine.workshop.prove"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "z3", None)
    result = askwell("prove", questionnaire)
    assert result.exit_code == 2
    assert "askwell[exact]" in result.output
