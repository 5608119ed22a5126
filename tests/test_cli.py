"""The `askwell` command, as a person types it: what it says, and the code it ends with."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from engine.cli import COMMANDS, main
from engine.format.schema import json_schema

QUESTIONNAIRES = Path("questionnaires")
SHIPPED = ("device_check", "first_contact", "impact_check", "stalking_screen", "workplace")
SCREEN = QUESTIONNAIRES / "stalking_screen"
TEN_MISTAKES = Path("tests/format/bad/ten_mistakes.yaml")

NO_BOUND_SEES_IT = """\
askwell: 1
id: odd
version: 1.0.0
title: Odd
caution: Not validated.
review: {last: 2026-01-01, due: 2027-01-01}
sections:
  - id: first
    title: First
    items:
      - {id: many, ask: How many?, type: number, min: 0, max: 100}
outcomes:
  level:
    title: Level
    levels:
      - {id: some, title: Some}
      - {id: more, title: More, when: "many >= 50 or many < 60"}
"""


def askwell(*words: object, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=typed)


def begun(folder: Path) -> Path:
    """A small questionnaire, as `askwell new` begins it."""
    assert askwell("new", "small", "--in", folder).exit_code == 0
    return folder / "small"


def record(**answers: Any) -> dict[str, Any]:
    whole = {"questionnaire": "stalking_screen", "version": "1.0.0", "voice": "self", "date": "2026-11-23"}
    return {**whole, "answers": answers}


def scored(**answers: Any) -> dict[str, Any]:
    result = askwell("score", SCREEN, "-", typed=json.dumps(record(**answers)))
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_shows_an_example_in_its_help(name: str) -> None:
    result = askwell(name, "--help")
    assert result.exit_code == 0
    assert f"askwell {name}" in result.output.split("Example", 1)[1]


@pytest.mark.parametrize("words", [["check"], ["check", "nowhere"], ["score", SCREEN], ["ask", "tests"], ["dance"]])
def test_a_command_used_wrongly_ends_with_2_and_says_how_it_is_used(words: list[object]) -> None:
    result = askwell(*words)
    assert result.exit_code == 2
    assert "Usage: " in result.output


def test_the_shipped_questionnaires_are_in_order() -> None:
    """Nobody could look at the services' own pages again: what is due there is told, and nothing else is found."""
    result = askwell("check", "--fast", "--json", QUESTIONNAIRES, "--today", "2026-11-25")
    assert result.exit_code == 0, result.output
    whole = json.loads(result.output)
    assert [Path(one["file"]).parent.name for one in whole["files"]] == ["directory", *SHIPPED]
    found = {(one["slug"], Path(file["file"]).name) for file in whole["files"] for one in serious(file["findings"])}
    assert found <= {("fact-overdue", "uk.yaml")}


def serious(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in findings if one["severity"] != "note"]


def test_a_late_review_is_a_warning_and_no_problem() -> None:
    result = askwell("check", "--fast", SCREEN, "--on", "2099-01-01")
    assert result.exit_code == 0
    assert "review-overdue" in result.output


def test_all_problems_of_a_broken_file_are_shown_at_once() -> None:
    result = askwell("check", TEN_MISTAKES)
    assert result.exit_code == 1
    assert result.output.count("^\n") == 10
    assert "10 problems" in result.output


def test_the_cases_of_the_shipped_questionnaires_pass() -> None:
    result = askwell("cases", QUESTIONNAIRES)
    assert result.exit_code == 0, result.output


def test_a_case_that_fails_says_what_was_expected_and_ends_with_1(tmp_path: Path) -> None:
    folder = tmp_path / "pets"
    folder.mkdir()
    (folder / "questionnaire.yaml").write_text(
        "askwell: 1\nid: pets\nversion: 1.0.0\ntitle: Pets\ncaution: About pets.\n"
        "review: {last: 2026-11-23, due: 2027-11-23}\n"
        "sections: [{id: a, title: A, items: [{id: bites, ask: Does it bite?, type: yes_no}]}]\n"
        "outcomes: {care: {title: Care, levels: [{id: some, title: Some}, {id: more, title: More, when: bites}]}}\n",
        encoding="utf-8",
    )
    cases = folder / "cases.yaml"
    cases.write_text("- {name: It bites, answers: {bites: yes}, expect: {care: some}}\n", encoding="utf-8")
    result = askwell("cases", folder)
    assert result.exit_code == 1
    assert "FAIL  It bites" in result.output
    assert "some" in result.output
    assert "1 failed" in result.output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("- name: Le café\n".encode("latin-1"), "cases.yaml:1:15: not-utf-8\n    - name: Le caf\ufffd\n"),
        (b"", "The file is empty. Begin with `- name: …`."),
    ],
)
@pytest.mark.parametrize("asked", [[], ["--coverage"]])
def test_a_file_of_cases_that_cannot_be_read_is_a_problem(
    tmp_path: Path, content: bytes, said: str, asked: list[str]
) -> None:
    small = begun(tmp_path)
    (small / "cases.yaml").write_bytes(content)
    result = askwell("cases", small, *asked)
    assert result.exit_code == 1
    assert said in result.output


SLIPS = [
    ("directory: services", "directory: servises", "Write services, which is there."),
    ("service: police_emergency", "service: fire", "There is only police_emergency."),
    ("version: 0.1.0", "version: 0.1", "version: The version of the content, as in 1.0.0."),
    ("last: 20", "last: 2026-02-30 # 20", "There is no such day."),
    ("points: 4", "points: four", "Points must be a number"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), SLIPS)
def test_a_slip_in_what_was_begun_is_answered_in_words(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    file = begun(tmp_path) / "questionnaire.yaml"
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong), encoding="utf-8")
    assert said in askwell("check", "--fast", file).output


def test_what_is_made_goes_into_a_folder_that_need_not_be_there(tmp_path: Path) -> None:
    wanted = tmp_path / "review" / "new" / "schema.json"
    assert askwell("schema", "-o", wanted).exit_code == 0
    assert json.loads(wanted.read_text()) == json_schema()


def test_what_cannot_be_written_ends_a_command_in_words(tmp_path: Path) -> None:
    small = begun(tmp_path)
    (small / "locale").write_text("in the way of the folder of this name")
    for words in (["translate", "extract", small, "cy"], ["schema", "-o", small / "cases.yaml" / "schema.json"]):
        result = askwell(*words)
        assert (result.exit_code, result.output.count("Error: "), result.output.count("cannot be")) == (1, 1, 1)


@pytest.mark.parametrize("name", ["preview", "serve"])
def test_a_port_that_is_taken_is_said_to_be(tmp_path: Path, name: str) -> None:
    what = begun(tmp_path) if name == "preview" else tmp_path
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = askwell(name, what, "--port", taken.getsockname()[1])
    assert result.exit_code == 1
    assert "this port is taken" in result.output
    assert "--port" in result.output


def test_a_questionnaire_that_is_served_by_itself_is_told_where_it_lies(tmp_path: Path) -> None:
    result = askwell("serve", begun(tmp_path), "--port", "0")
    assert result.exit_code == 2
    assert f"askwell serve {tmp_path}" in result.output


def test_translations_are_of_something_that_is_named() -> None:
    for what in ("extract", "update", "status"):
        assert askwell("translate", what).exit_code == 2


def test_a_full_disk_ends_a_command_in_words() -> None:
    told = "from engine.cli import main; main(['schema'])"
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-c", told], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (ended.returncode, ended.stderr) == (1, "Error: This cannot be done: No space left on device.\n")


def test_the_schema_is_the_format_and_a_schema() -> None:
    result = askwell("schema")
    assert result.exit_code == 0
    assert json.loads(result.output) == json_schema()
    Draft202012Validator.check_schema(json.loads(result.output))


def test_a_record_is_assessed_with_bounds_and_reasons() -> None:
    found = scored(who="ex_partner", threats=["kill"])
    serious = found["outcomes"]["serious_harm"]
    assert serious["at_least"] == "high"
    assert serious["because"] == ["threats"]
    assert found["questionnaire"] == "stalking_screen"


def test_a_solver_decides_what_bounds_cannot_and_says_that_it_did(tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "questionnaire.yaml").write_text(NO_BOUND_SEES_IT, encoding="utf-8")
    said = {"questionnaire": "odd", "version": "1.0.0", "voice": "self", "date": "2026-11-23", "answers": {}}
    found = {}
    for words in ((), ("--exact",)):
        result = askwell("score", folder, "-", *words, typed=json.dumps(said))
        assert result.exit_code == 0, result.output
        found[words] = json.loads(result.output)["outcomes"]["level"]
    plain, exact = found.values()
    assert (plain["at_least"], plain["exact"], plain["decided"], plain["because"]) == ("some", False, "split", [])
    assert (exact["at_least"], exact["exact"], exact["decided"], exact["because"]) == ("more", True, "solved", None)


def test_an_empty_record_leaves_every_outcome_open() -> None:
    found = scored()
    assert all(outcome["settled"] is False for outcome in found["outcomes"].values())
    assert all(outcome["because"] == [] for outcome in found["outcomes"].values())


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"answers": {"unheard_of": "yes"}}, "answers.unheard_of"),
        ({"answers": {"who": "nobody"}}, "answers.who"),
        ({"answers": {"threats": "kill"}}, "answers.threats"),
        ({"version": "0.9.0"}, "version"),
        ({"questionnaire": "another"}, "questionnaire"),
        ({"content_hash": "0" * 64}, "content_hash"),
    ],
)
def test_a_record_that_does_not_fit_is_refused_by_the_name_of_its_field(change: dict[str, Any], field: str) -> None:
    result = askwell("score", SCREEN, "-", typed=json.dumps(record() | change))
    assert result.exit_code == 1
    assert field in result.output
    assert "Traceback" not in result.output


def test_what_is_not_json_is_refused_at_its_place() -> None:
    result = askwell("score", SCREEN, "-", typed='{"questionnaire": \n oops}')
    assert result.exit_code == 1
    assert ":2:2" in result.output


def test_a_person_is_asked_in_the_terminal_and_hears_an_alert_at_once() -> None:
    # in danger: yes; then that is enough
    result = askwell("ask", SCREEN, "--on", "2026-11-23", typed="1\n!\n")
    assert result.exit_code == 0, result.output
    asked, summary = result.output.split("WHAT IS HAPPENING TO YOU")
    assert "999" in asked
    assert "National Stalking Helpline" in summary


def test_a_slip_of_the_finger_in_the_terminal_is_asked_again() -> None:
    result = askwell("ask", SCREEN, "--on", "2026-11-23", typed="9\nx\n0\n2\n<\n1\n!\n")
    assert result.exit_code == 0, result.output
    assert result.output.count("none of the answers") == 3


def test_the_commands_are_listed_in_order_and_called_what_the_list_says() -> None:
    assert list(COMMANDS) == sorted(COMMANDS)
    assert all(main.get_command(click.Context(main), name).name == name for name in COMMANDS)  # type: ignore[union-attr]


def test_help_is_there_at_once_because_nothing_else_is_loaded() -> None:
    told = "import sys; from engine.cli import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    output = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout
    loaded = {module.split(".")[0] for module in output.splitlines()[-1].split()}
    assert loaded.isdisjoint({"flask", "jsonschema", "pydantic", "weasyprint", "yaml"})
    for name, (_, about) in COMMANDS.items():
        assert name in output
        assert about in " ".join(output.split())
