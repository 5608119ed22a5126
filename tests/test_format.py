"""Every good file loads; every bad file says what it expects, on the line where it expects it.

A comment at the end of a line, `# expect: kind 'word'`, stands for one problem there, with its caret under the word.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.format.load import check_dates, load, load_text, questionnaires_in
from engine.format.load_directory import load_directory
from engine.format.problem_kinds import KINDS, WARNINGS
from engine.problem import InvalidQuestionnaire, Problem
from engine.workshop.check.finding import Finding

ROOT = Path(__file__).parent
GOOD = sorted((ROOT / "format" / "good").glob("*.yaml"))
BAD = sorted((ROOT / "format" / "bad").glob("*.yaml"))
DIRECTORY = load_directory(ROOT / "format" / "directory.yaml")

# The smallest file for each of these is no file, a large one, one in a folder, or one read years later.
SHOWN_BELOW = {"unreadable-file", "too-large", "other-folder", "review-overdue", "step-overdue", "too-large-to-compute"}
# What is said is also what to do.
SELF_EVIDENT = {"divide-by-zero", "missing-operand", "too-long", "unknown-name", "wrong-arguments"}

EXPECTATIONS = re.compile(r"# expect: (.*)$")
EXPECTATION = re.compile(r"""([a-z0-9][a-z0-9-]*)(?: (?:'([^']*)'|"([^"]*)"))?(?:, |$)""")

each_good = pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
each_bad = pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)


@each_good
def test_a_good_file_loads(path: Path) -> None:
    assert load(path, DIRECTORY).id == "small"


@each_bad
def test_a_bad_file_has_the_problems_it_expects_and_no_other(path: Path) -> None:
    text = path.read_bytes().decode(errors="replace")
    expected = list(expectations(text))
    found = [(one.place.line, one.kind, under_caret(one, text)) for one in problems_of(path)]
    assert [(line, kind) for line, kind, _ in found] == [(line, kind) for line, kind, _ in expected]
    assert [word for (_, _, word), (_, _, wanted) in zip(found, expected, strict=True) if wanted] == [
        wanted for _, _, wanted in expected if wanted
    ]


@each_bad
def test_every_message_says_what_to_do(path: Path) -> None:
    for problem in problems_of(path):
        assert problem.remedy or problem.kind in SELF_EVIDENT, problem
        assert not re.search(
            r"[Ii]nput should|pydantic|Traceback|None|\bstr\b|\bdict\b", problem.message + problem.remedy
        )
        assert re.fullmatch(r"[^ ].*[.?]", f"{problem.message} {problem.remedy}".strip())


def test_every_kind_has_a_bad_file_and_every_problem_a_kind() -> None:
    shown = {kind for path in BAD for _, kind, _ in expectations(path.read_bytes().decode(errors="replace"))}
    assert shown | SHOWN_BELOW == set(KINDS)
    assert all(sentence.endswith(".") for sentence in KINDS.values())


def test_a_problem_is_shown_under_its_line() -> None:
    path = ROOT / "format" / "bad" / "ten_mistakes.yaml"
    with pytest.raises(InvalidQuestionnaire) as caught:
        load(path)
    assert len({problem.kind for problem in caught.value.problems}) == 10
    assert f"""{path}:29:41: unknown-option
            applies_if: who in (ex_partner, parner)  # expect: unknown-option 'parner'
                                            ^^^^^^
  'who' has no option 'parner'. Did you mean 'partner' (A current partner)?
""" in caught.value.render()


def test_a_file_that_is_not_there_or_too_large_is_told_so(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_text("#" * (1 << 20) + "\n")
    assert [problem.kind for problem in problems_of(tmp_path / "none.yaml")] == ["unreadable-file"]
    assert [problem.kind for problem in problems_of(tmp_path)] == ["unreadable-file"]
    assert [problem.kind for problem in problems_of(large)] == ["too-large"]


def test_a_folder_has_the_name_of_its_questionnaire(tmp_path: Path) -> None:
    for folder in ("small", "other"):
        (tmp_path / folder).mkdir()
        copy(ROOT / "format" / "good" / "smallest.yaml", tmp_path / folder / "questionnaire.yaml")
    assert questionnaires_in(tmp_path) == [tmp_path / "other", tmp_path / "small"]
    assert load(tmp_path / "small").id == "small"
    assert [(one.kind, one.place.line) for one in problems_of(tmp_path / "other")] == [("other-folder", 2)]


def test_a_review_that_is_overdue_is_a_warning() -> None:
    instrument = load(ROOT / "format" / "good" / "smallest.yaml")
    assert check_dates(instrument, date(2027, 1, 1)) == []
    assert [problem.kind for problem in check_dates(instrument, date(2027, 1, 2))] == ["review-overdue"]


def test_a_step_that_should_have_been_looked_at_again_is_a_warning_at_its_place() -> None:
    path = ROOT / "format" / "good" / "plan.yaml"
    instrument = load(path, DIRECTORY)
    assert check_dates(instrument, date(2026, 6, 30)) == []
    (late,) = check_dates(instrument, date(2026, 7, 1))
    assert (late.kind, late.message) == ("step-overdue", "The step 'ask' was due to be looked at again on 2026-06-30.")
    assert path.read_text(encoding="utf-8").splitlines()[late.place.line - 1][late.place.column - 1 :].startswith("ask")
    assert {late.kind, "review-overdue"} == set(WARNINGS)


@given(st.sampled_from(GOOD), st.data())
def test_no_change_to_a_file_makes_the_loader_stumble(path: Path, data: st.DataObject) -> None:
    text = path.read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        stop = start + data.draw(st.integers(0, 12))
        text = text[:start] + data.draw(st.sampled_from(PIECES) | st.text(max_size=3)) + text[stop:]
    _, problems = load_text(text, "changed.yaml", "", DIRECTORY)
    for problem in problems:
        assert problem.kind in KINDS
        assert problem.render(text)


PIECES = (
    "", " ", "\n", "\t", ": ", "- ", "[", "]", "{", "}", "'", '"', "|", ">", "&a ", "*a", "!t ", "#", "? ", "null",
    "none", "yes", "no", "1", "-1", "1e9", ".nan", "alone", "first", "who", "id: ", "type: ", "when: ", "points: ",
    "options: ", "items:\n", "\n  - ", "\n    ", "pick_one", "tick_all", "number", "repeat", "not ", " and ", "(", ")",
    ",", "\u202e", "\ud800", "é",
)  # fmt: skip


def problems_of(path: Path) -> tuple[Problem, ...]:
    try:
        load(path, DIRECTORY)
    except InvalidQuestionnaire as invalid:
        return invalid.problems
    return ()


def expectations(text: str) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        for written in EXPECTATIONS.findall(line):
            for kind, single, double in EXPECTATION.findall(written):
                yield number, kind, single or double


def under_caret(problem: Problem | Finding, text: str) -> str:
    place = problem.place
    return text.split("\n")[place.line - 1][place.column - 1 :][: place.length]
