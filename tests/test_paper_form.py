"""The printed form says the way, the points and the services; what is asked for wrongly is refused in words."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.cli import main


def askwell(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def words_of(pdf: Path) -> str:
    text = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(text.split())


def test_a_questionnaire_is_printed_with_its_way_its_sheet_and_its_services(tmp_path: Path) -> None:
    askwell("new", "lone_visits", "--in", tmp_path, "--on", "2026-11-23")
    result = askwell("form", tmp_path / "lone_visits", "-o", tmp_path / "form.pdf")
    assert (result.exit_code, result.output) == (0, f"{tmp_path / 'form.pdf'}: written\n")
    words = words_of(tmp_path / "form.pdf")
    for said in (
        "Will you go there alone?",
        "If Yes: Get away first",
        "Only if question 2 is Yes",
        "3 a: 0, b: 1, c: 2 0 to 2",
        "5 a: 1, b: 3, c: 4 (add up what is ticked)",
        "Line A: Signs of danger",
        "Result 1: Danger on the visit",
        "line A is at least 5",
        "at question 5, c is ticked",
        "Emergency services",
        "Phone 999",
        "lone_visits version 0.1.0, reviewed on 23 November 2026",
    ):
        assert said in words, said


def test_a_question_says_where_to_go_on(tmp_path: Path) -> None:
    result = askwell("form", "tests/site/library/everything", "-o", tmp_path / "form.pdf")
    assert result.exit_code == 0, result.output
    assert "go to question" in words_of(tmp_path / "form.pdf")


def test_a_blank_log_is_printed(tmp_path: Path) -> None:
    assert askwell("form", "--log", "-o", tmp_path / "log.pdf").exit_code == 0
    assert "Date and time Where What happened" in words_of(tmp_path / "log.pdf")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 2, "Name a questionnaire, or ask for a blank log"),
        (["questionnaires/first_contact", "--log"], 2, "Name a questionnaire, or ask for a blank log"),
        (["tests/site/library/everything", "--voice", "supporter"], 2, "This questionnaire has the voices"),
        (["tests/format/bad/ten_mistakes.yaml"], 1, "unknown-"),
        (["--log", "-o", "README.md/log.pdf"], 1, "cannot be written"),
    ],
)
def test_what_cannot_be_printed_is_refused_in_words(tmp_path: Path, words: list[str], code: int, said: str) -> None:
    result = askwell("form", "-o", tmp_path / "form.pdf", *words)
    assert result.exit_code == code, result.output
    assert said in result.output
    assert not (tmp_path / "form.pdf").exists()
