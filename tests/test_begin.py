"""A questionnaire that is begun works at once, and beginning one never harms what is there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.cli import main
from engine.workshop.begin import refused

UK = Path("questionnaires/directory/uk.yaml").absolute()


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def askwell(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def everything(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_what_is_begun_is_in_order_and_its_test_persons_hear_what_they_must(tmp_path: Path) -> None:
    begun = askwell("new", "lone_visits", "--on", "2026-11-23")
    assert begun.exit_code == 0, begun.output
    for command in re.findall(r"^    askwell (.*)$", begun.output, flags=re.MULTILINE):
        assert askwell(*command.split(), "--help").exit_code == 0
    checked = askwell("check", "lone_visits", "--strict", "--on", "2026-11-23")
    assert checked.exit_code == 0, checked.output
    proved = askwell("prove", "lone_visits")
    assert proved.exit_code == 0, proved.output
    tried = askwell("cases", "lone_visits")
    assert (tried.exit_code, tried.output.count("ok  ")) == (0, 4), tried.output
    first_line = (tmp_path / "lone_visits" / "questionnaire.yaml").read_text().splitlines()[0]
    schema = first_line.removeprefix("# yaml-language-server: $schema=")
    assert (tmp_path / "lone_visits" / schema).is_file()


def test_it_points_to_the_services_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "directory").mkdir()
    shutil.copy(UK, "directory/uk.yaml")
    assert askwell("new", "lone_visits").exit_code == 0
    assert "directory: uk" in (tmp_path / "lone_visits" / "questionnaire.yaml").read_text()
    assert [file.name for file in (tmp_path / "directory").iterdir()] == ["uk.yaml"]
    assert askwell("cases", "lone_visits").exit_code == 0


def test_nothing_that_is_there_is_changed(tmp_path: Path) -> None:
    askwell("new", "lone_visits")
    (tmp_path / "lone_visits" / "questionnaire.yaml").write_text("mine")
    before = everything(tmp_path)
    again = askwell("new", "lone_visits")
    assert (again.exit_code, "is there already" in again.output) == (2, True)
    assert everything(tmp_path) == before
    (tmp_path / "questionnaire.schema.json").write_text("older")
    assert "renew it with askwell schema -o" in askwell("new", "another").output
    assert (tmp_path / "questionnaire.schema.json").read_text() == "older"


def test_a_directory_with_mistakes_is_shown_and_nothing_is_begun(tmp_path: Path) -> None:
    (tmp_path / "directory").mkdir()
    (tmp_path / "directory" / "ours.yaml").write_text("askwell_directory: 1\nid: Ours\n")
    result = askwell("new", "lone_visits")
    assert result.exit_code == 1
    assert "directory/ours.yaml:2:5" in result.output
    assert sorted(everything(tmp_path)) == ["directory/ours.yaml"]


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("Lone Visits", "'lone_visits' would do"),
        ("lone-visits", "'lone_visits' would do"),
        ("../lone", "'lone' would do"),
        ("2_visits", "'visits' would do"),
        ("Café 24", "'cafe_24' would do"),
        ("_", "small letters"),
        ("", "small letters"),
        ("x" * 65, "would do"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_one_that_can(tmp_path: Path, name: str, instead: str) -> None:
    result = askwell("new", "--", name)
    assert (result.exit_code, instead in result.output) == (2, True), result.output
    assert everything(tmp_path) == {}


@pytest.mark.parametrize("name", ["visits", "a1", "x" * 64])
def test_a_name_that_can_be_is_not_refused(name: str) -> None:
    assert refused(name) == ""
