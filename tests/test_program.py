"""The compiled program, as an author and a statistician meet it."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from engine.interview.assess import assess
from engine.interview.opening import open_questionnaire
from engine.interview.ready import ready
from engine.interview.record import start
from engine.problem import InvalidQuestionnaire

HEAD = (
    "askwell: 1\nid: example\nversion: 1.0.0\ntitle: Example\ncaution: An example.\n"
    "review: {last: 2026-11-23, due: 2027-11-23}\n"
)
LARGE = (
    HEAD + "sections:\n  - {id: a, title: A, items: [{id: n, ask: How many?, type: number, min: 0, max: 9999999999}]}\n"
    "scores:\n  square: {title: Square, value: n * n}\n  small: {title: Small, value: n + 1}\n"
)


def test_numbers_that_could_outgrow_a_column_are_a_problem_at_the_score_that_makes_them(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_text(LARGE, encoding="utf-8")
    with pytest.raises(InvalidQuestionnaire) as caught:
        open_questionnaire(path)
    (problem,) = caught.value.problems
    assert problem.kind == "too-large-to-compute"
    assert LARGE.splitlines()[problem.place.line - 1].strip().startswith("square:")
    assert "square: {title: Square" in caught.value.render()


def test_numbers_that_fit_are_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "fits.yaml"
    path.write_text(LARGE.replace("9999999999", "999999999"), encoding="utf-8")
    assert list(open_questionnaire(path).scores) == ["square", "small"]


def test_the_program_holds_the_authors_words_as_comments_and_nothing_else_of_theirs() -> None:
    instrument = open_questionnaire(Path("questionnaires/stalking_screen"))
    text = ready(instrument).compiled.main.text
    assert "# who in (partner, ex_partner)" in text
    code = ast.unparse(ast.parse(text))
    known = {"True", "False", "_low", "_high", "run", "def", "return"}
    words = set(re.findall(r"[A-Za-z_]\w*", code)) - known
    ids = {*instrument.items, *instrument.scores, *instrument.outcomes, *instrument.alerts, "today", "signpost"}
    ids |= {action.id for action in instrument.plan}
    assert {
        word for word in words if word.split("__")[0] not in ids and not re.fullmatch(r"_(T|any_|none_)\d+", word)
    } == set()


def test_an_outcomes_own_program_takes_only_what_matters_to_it() -> None:
    instrument = open_questionnaire(Path("questionnaires/stalking_screen"))
    compiled = ready(instrument).compiled
    own = compiled.program((compiled.whole.outcomes["online_exposure"].computed,))
    assert "threats__surely" not in own.arguments
    assert "device_access__is" in own.arguments
    assert len(own.lines) < len(compiled.main.lines) / 4


def test_a_sum_and_a_condition_of_thousands_of_items_are_compiled(tmp_path: Path) -> None:
    items = "".join(f"\n  - {{id: q_{n}, ask: Is it {n}?, type: yes_no, points: 1}}" for n in range(3000))
    sections = f"sections:\n- id: a\n  title: A\n  items:{items}\n"
    scores = "scores:\n  total: {title: Total, value: sum(a)}\n"
    alerts = "alerts:\n  some: {when: any(a), title: Some, text: Some., if_unsure: show}\n"
    path = tmp_path / "long.yaml"
    path.write_text(HEAD + sections + scores + alerts, encoding="utf-8")
    instrument = open_questionnaire(path)
    found = assess(instrument, start(instrument, "self", date(2026, 11, 23)))
    assert found.scores["total"].lowest == 0
    assert found.scores["total"].highest == 3000
    assert found.alerts == ("some",)
