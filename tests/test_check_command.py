"""`askwell check` as a person types it: what it says, in which form, and the code it ends with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from shutil import copy

import pytest
from click.testing import CliRunner, Result

from engine.cli import main
from engine.workshop.check.readability import reading_age, sentences_of, words_of

HERE = Path(__file__).parent
BAD = HERE / "findings"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A questionnaire with an error, one with a warning, one with a problem, and their directory."""
    (tmp_path / "directory").mkdir()
    copy(BAD / "directory.yaml", tmp_path / "directory" / "tiny.yaml")
    for name in ("level_always", "level_never_reached"):
        text = (BAD / f"{name}.yaml").read_text(encoding="utf-8").replace("id: small", f"id: {name}", 1)
        (tmp_path / name).mkdir()
        (tmp_path / name / "questionnaire.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def check(*words: object) -> Result:
    return CliRunner().invoke(main, ["check", "--today", "2026-06-01", *(str(word) for word in words)])


def test_a_directory_is_checked_by_its_file_and_by_its_folder_and_nothing_is_checked_twice(folder: Path) -> None:
    directory = folder / "directory"
    for words in ([directory / "tiny.yaml"], [directory], [directory, directory / "tiny.yaml"]):
        told = check(*words)
        assert (told.exit_code, told.output.count("tiny.yaml: 4 services")) == (0, 1), told.output
    twice = check("--fast", folder / "level_always", folder / "level_always")
    assert twice.output.count("level_always/questionnaire.yaml: ") == 1


def test_a_finding_is_told_with_its_place_why_it_matters_and_what_to_do(folder: Path) -> None:
    file = folder / "level_always" / "questionnaire.yaml"
    assert (
        check(file).output
        == f"""\
{folder}/directory/tiny.yaml: 4 services, no problems

{file}:18:14: warning: level-always
          - {{id: more, title: More concern, when: alone or not alone}}  # expect: level-always 'more'
                 ^^^^
  'harm' is 'more' in every record. What everybody hears tells nobody anything.
  Change the conditions of its levels.

{file}: 1 item, 1 outcome, 1 action, no problems, 1 warning

2 files: no problems, 1 warning
"""
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["level_always"], 0),
        (["level_always", "--strict"], 1),
        (["level_never_reached"], 1),
        (["level_never_reached", "--fast"], 0),  # what a solver would decide is not claimed
        (["level_always", "--strict", "--today", "2026-01-02"], 1),
    ],
)
def test_it_ends_with_1_on_errors_and_if_strict_on_warnings(folder: Path, words: list[str], code: int) -> None:
    assert check(folder / words[0], *words[1:]).exit_code == code


def test_what_is_past_its_date_is_an_error_only_if_strict(folder: Path) -> None:
    late = [folder / "level_always", "--today", "2027-06-01"]
    assert "fact-overdue" in check(*late).output
    assert "review-overdue" in check(*late).output
    assert (check(*late).exit_code, check(*late, "--strict").exit_code) == (0, 1)


def test_notes_are_counted_and_shown_when_asked_for(folder: Path) -> None:
    quiet, whole = check(folder / "level_never_reached").output, check(folder / "level_never_reached", "--notes").output
    assert "1 note\n" in quiet
    assert "note: fragile-level" not in quiet
    assert "note: fragile-level" in whole


def test_other_programs_get_the_same_as_json(folder: Path) -> None:
    whole = json.loads(check(folder, "--json").output)
    assert whole["counts"] == {"problem": 0, "error": 1, "warning": 1, "note": 1}
    found = [one for file in whole["files"] for one in file["findings"] if one["severity"] == "error"]
    assert [(one["slug"], one["line"], one["column"], one["length"]) for one in found] == [
        ("level-never-reached", 18, 14, 4)
    ]
    assert all(one["what"] and one["why"] and one["remedy"] for one in found)


def test_a_review_page_gets_a_line_for_each(folder: Path) -> None:
    file = folder / "level_always" / "questionnaire.yaml"
    words = (
        "'harm' is 'more' in every record. What everybody hears tells nobody anything. "
        "Change the conditions of its levels."
    )
    where = f"::warning file={file},line=18,col=14,endColumn=17,title=level-always::"
    assert check(folder / "level_always", "--annotations").output == f"{where}{words}\n"


def test_a_problem_is_annotated_as_an_error(folder: Path) -> None:
    file = folder / "level_always" / "questionnaire.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("not alone", "not alon"), encoding="utf-8")
    lines = check(file, "--annotations").output.splitlines()
    assert [line.split("::")[1].split(",")[0] for line in lines] == [f"error file={file}"]
    whole = json.loads(check(file, "--json").output)
    assert [one["slug"] for one in whole["files"][1]["problems"]] == ["unknown-name"]


def test_the_problems_of_a_directory_are_told_once(folder: Path) -> None:
    directory = folder / "directory" / "tiny.yaml"
    directory.write_text(directory.read_text(encoding="utf-8").replace("0301", "03"), encoding="utf-8")
    output = check(folder / "level_always").output
    assert output.count("phone-shape") == 1
    assert "questionnaire.yaml: not checked, because its directory has problems\n" in output
    (problem,) = json.loads(check(folder / "level_always", "--json").output)["files"][0]["problems"]
    assert (problem["slug"], problem["why"]) == (
        "phone-shape",
        "A number is one that can be dialled in the UK, in quotes.",
    )


def test_scores_are_shown_with_their_ends(tmp_path: Path) -> None:
    path = tmp_path / "scored.yaml"
    path.write_text((BAD / "cut_off_outside.yaml").read_text(encoding="utf-8").replace("directory: tiny\n", ""))
    path.write_text(path.read_text(encoding="utf-8").split("signposts:")[0], encoding="utf-8")
    output = check(path, "--scores").output
    assert "'harm >= 3' holds in no record: 'harm' runs from 0 to 2." in output
    assert "  score  lowest  highest\n  harm       0        2\n" in output


def bad_content() -> Iterator[tuple[str, bytes]]:
    dice = Random(5)
    whole = Path("questionnaires/first_contact/questionnaire.yaml").read_bytes()
    yield "random bytes", dice.randbytes(5000)
    yield "random letters", bytes(dice.choices(b" \n:-{}[]abc'\"#&*|>", k=5000))
    for share in (3, 5, 7):
        yield f"cut off after {share} tenths", whole[: len(whole) * share // 10 - 3]
    yield "nested too deep", b"a: " + b"[" * 60 + b"]" * 60
    yield "nothing", b""
    deep = "(" * 20 + "alone" + ")" * 20
    yield "a deep condition", questionnaire(1, f"not ({deep}) and {deep * 2}")


def questionnaire(items: int, when: str) -> bytes:
    listed = "".join(f"      - {{id: q_{n}, type: yes_no, ask: Is it {n}?}}\n" for n in range(items))
    text = (BAD / "item_unused.yaml").read_text(encoding="utf-8").replace("directory: tiny\n", "").split("signposts")[0]
    return text.replace("themes:", listed + "themes:").replace("when: alone", f'when: "{when}"').encode()


@pytest.mark.parametrize(
    ("name", "content"), list(bad_content()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_whatever_a_file_holds_is_told_in_words_with_a_place(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(content)
    result = check(path)
    # a file cut off between two parts is a file
    assert result.exit_code == 1 or (name.startswith("cut off") and result.exit_code == 0)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert f"{path}:" in result.output
    assert "Traceback" not in result.output


def test_five_thousand_items_and_twenty_brackets_are_checked(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(questionnaire(5000, "(" * 20 + "alone" + ")" * 20))
    result = check(path, "--json")
    assert result.exit_code == 0, result.output[-500:]
    found = [one["slug"] for one in json.loads(result.output)["files"][0]["findings"]]
    assert found.count("item-unused") == 5001


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("Is it safe to talk now? Do you want to stop?", 0, 6),
        ("Has the person doing this come to your home or your work without being asked?", 7, 12),
        ("Considerable psychological deterioration necessitates multidisciplinary reassessment.", 20, 60),
    ],
)
def test_the_reading_age_grows_with_long_words_and_long_sentences(text: str, least: float, most: float) -> None:
    assert least <= reading_age(text) <= most


def test_words_and_sentences_are_counted_as_a_reader_would() -> None:
    assert words_of("They don't stop: e-mails, 3 a day!") == ["They", "don't", "stop", "e-mails", "3", "a", "day"]
    assert sentences_of("One. Two? … Three: four!") == ["One", "Two", "… Three", "four"]
    assert reading_age("…") == 0
