"""What the front page shows is what happens."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli import COMMANDS, main
from engine.format.load import load
from engine.problem import InvalidQuestionnaire

README = Path("README.md").read_text(encoding="utf-8")
INSIDE = Path("docs/inside.md").read_text(encoding="utf-8")
EXAMPLE = next(text for kind, text in re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL) if kind == "yaml")


def written(folder: Path, text: str) -> Path:
    place = folder / "pets"
    place.mkdir()
    (place / "questionnaire.yaml").write_text(text, encoding="utf-8")
    return place


def test_the_example_is_a_questionnaire(tmp_path: Path) -> None:
    assert list(load(written(tmp_path, EXAMPLE)).outcomes) == ["danger"]


def test_the_mistake_is_told_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, EXAMPLE.replace("is everyone", "is everyon"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidQuestionnaire) as caught:
        load(Path("pets"))
    assert caught.value.render() in README


def test_the_record_is_scored_as_shown() -> None:
    record = re.search(r"echo '(\{.*?\})'", README, re.DOTALL)
    assert record
    result = CliRunner().invoke(main, ["score", "questionnaires/stalking_screen", "-"], input=record[1])
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["outcomes"]["serious_harm"]["at_least"] == "high"


def test_every_command_the_page_names_exists() -> None:
    named = set(re.findall(r"(?m)(?:^ *|`)askwell (\w+)", README))
    assert {"ask", "cases", "check", "new", "preview", "prove", "score"} <= named
    assert named <= set(COMMANDS)


def test_the_table_is_scored_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = re.search(r"printf '(.*)' > (\S+)\naskwell (score .*)", README)
    assert shown
    Path(shown[2]).write_text(shown[1].replace("\\n", "\n"))
    result = CliRunner().invoke(main, shown[3].split())
    assert (result.exit_code, result.output) == (0, "results.csv: 2 records scored, none refused\n")


def test_every_page_it_sends_to_is_there() -> None:
    for page, text in (("README.md", README), ("docs/inside.md", INSIDE)):
        for link in re.findall(r"\]\(([^)#:]+)(?:#[\w-]+)?\)", text):
            assert (Path(page).parent / link).is_file(), link


def test_what_it_is_and_the_tour_are_read_in_five_minutes() -> None:
    front = README.split("## More", 1)[0]
    assert len(re.sub(r"```.*?```", "", front, flags=re.DOTALL).split()) < 5 * 260


def test_every_package_it_stands_on_is_named_with_what_it_is_for() -> None:
    project = Path("pyproject.toml").read_text(encoding="utf-8")
    wanted = project.split("dependencies = [", 1)[1].split("]", 1)[0]
    table = README.split("## What it stands on", 1)[1].split("\n## ", 1)[0].lower()
    for package in re.findall(r'"([A-Za-z][\w-]*)', wanted):
        assert package.lower() in table, package
