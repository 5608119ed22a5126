"""Small changes of a questionnaire, one at a time: what they are, and who notices them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from engine.cli.covering import opening
from engine.cli.opening import open_file
from engine.format.instrument import Instrument
from engine.workshop.mutate.mutants import mutants
from engine.workshop.mutate.noticed import cone
from engine.workshop.mutate.score import Tried, tries
from tests.test_cli import askwell

QUESTIONNAIRE = """askwell: 1
id: small
version: 1.0.0
title: A small one
review: {last: 2026-01-01, due: 2027-01-01}
caution: Not a validated instrument.
sections:
  - id: first
    title: First
    items:
      - {id: alone, type: yes_no, ask: Are you alone?, points: 2}
      - id: often
        type: pick_one
        ask: How often?
        ordered: true
        options:
          never: {label: Never, points: 0}
          weekly: {label: Weekly, points: 1}
          daily: {label: Daily, points: 3}
      - id: tried
        type: tick_all
        ask: What?
        options: {bell: {label: Bell, points: 1}, door: {label: Door, points: 2}}
scores:
  signs: {title: Signs, value: sum(first) + 2 * count(alone and often is daily)}
outcomes:
  danger:
    title: Danger
    levels: [{id: some, title: Some}, {id: high, title: High, when: signs >= 3 or often >= daily}]
alerts:
  now: {when: bell in tried and door in tried, title: Now, text: Now.}
themes: [home]
plan:
  - {id: call, theme: home, when: danger >= high and alone, never_if: often is never, text: Call.}
  - {id: stay, theme: home, when: always, text: Stay.}
guarantees:
  - {id: daily_is_high, given: often is daily, always: danger is high}
  - {id: called, given: danger is high and alone and often >= weekly, always: shown(call)}
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("mutate") / "small.yaml"
    written.write_text(QUESTIONNAIRE)
    return written


@pytest.fixture(scope="module")
def instrument(file: Path) -> Instrument:
    return open_file(file).instrument


CHANGES = [
    ("alone.points", "yes counts 1 instead of 2"),
    ("alone.points", "yes counts 3 instead of 2"),
    ("often.points", "never counts 1 instead of 0"),
    ("often.points", "daily counts 4 instead of 3"),
    ("tried.points", "door counts 3 instead of 2"),
    ("signs", "the factor 2 of part 4 becomes 3"),
    ("signs", "'and' becomes 'or'"),
    ("signs", "'often >= daily' becomes '>= weekly'"),
    ("danger.high", "'or' becomes 'and'"),
    ("danger.high", "the cut-off 3 becomes 2"),
    ("danger.high", "the cut-off 3 becomes 4"),
    ("danger.high", "the comparison becomes its opposite"),
    ("danger.high", "'often >= daily' becomes '>= weekly'"),
    ("alerts.now", "'bell in tried' becomes its opposite"),
    ("plan.call.when", "'alone in (yes)' becomes its opposite"),
    ("plan.call.never_if", "'often <= never' becomes '<= weekly'"),
    ("plan.stay.when", "always becomes never"),
]


def test_what_is_changed(instrument: Instrument) -> None:
    found = [(one.owner, one.words) for one in mutants(instrument)]
    assert [one for one in CHANGES if one not in found] == []
    assert len(found) == len(set(found))
    made = [one.make() for one in mutants(instrument)]
    assert all(one != instrument for one in made)


def test_points_are_changed_wherever_they_are_counted(instrument: Instrument) -> None:
    changed = next(one for one in mutants(instrument) if one.words == "daily counts 4 instead of 3").make()
    assert changed.items["often"].points != instrument.items["often"].points
    assert changed.scores["signs"].value != instrument.scores["signs"].value


def test_what_a_guarantee_can_notice(instrument: Instrument) -> None:
    first, second = (cone(instrument, one) for one in instrument.guarantees)
    assert first == {"often", "danger", "signs", "alone", "tried"}
    assert second == first | {"plan.call"}


def tried(file: Path, cases: str, *, jobs: int = 1) -> list[Tried]:
    file.with_name("cases.yaml").write_text(cases)
    many, found = tries(partial(opening, file), jobs=jobs)
    whole = list(found)
    assert len(whole) == many
    return whole


CASES = """
- name: Somebody
  answers: {alone: yes, often: daily, tried: [bell, door]}
  expect: {danger: high, scores: {signs: 10}, alerts: [now], plan: [call, stay]}
"""


def test_who_notices_a_change(file: Path, tmp_path: Path) -> None:
    without = tmp_path / "small.yaml"
    without.write_text(QUESTIONNAIRE.partition("guarantees:")[0])
    nobody = tried(without, "[]")
    assert not any(one.noticed for one in nobody)
    guarantees = {(one.owner, one.words): one.noticed for one in tried(file, "[]")}
    assert guarantees["plan.call.never_if", "'often <= never' becomes '<= weekly'"]
    assert guarantees["plan.call.when", "'alone in (yes)' becomes its opposite"]
    assert not guarantees["plan.stay.when", "always becomes never"]
    cases = {(one.owner, one.words): one.noticed for one in tried(without, CASES)}
    assert cases["alone.points", "yes counts 3 instead of 2"]
    assert cases["plan.stay.when", "always becomes never"]
    assert not cases["often.points", "never counts 1 instead of 0"]
    assert tried(without, CASES, jobs=2) == tried(without, CASES)


def test_the_command_lists_what_nobody_notices(file: Path) -> None:
    file.with_name("cases.yaml").write_text(CASES)
    result = askwell("cases", file, "--mutate")
    assert result.exit_code == 1
    assert "  often.points: never counts 1 instead of 0\n" in result.output
    assert "noticed (" in result.output
