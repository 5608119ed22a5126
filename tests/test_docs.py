"""What the pages for authors show is what happens, and every example in them works. `make docs` renews both."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli import COMMANDS, main
from engine.format.load import load_text
from engine.problem import Problem
from engine.workshop.case_file import read_cases
from tests.write_docs import BLOCK, DOCS, played, with_keys, without_seconds

TUTORIAL = (DOCS / "tutorial.md").read_text(encoding="utf-8")
FORMAT = (DOCS / "format.md").read_text(encoding="utf-8")
BLOCKS = [(kind, text) for kind, _, text in BLOCK.findall(FORMAT)]
EXAMPLE, *FRAGMENTS = [text for kind, text in BLOCKS if kind == "yaml"]


def lines(kind: str) -> list[str]:
    return [line for block, text in BLOCKS if block == kind for line in text.splitlines()]


def merged(fragment: str) -> str:
    """The example of the page, with what a fragment says instead of or besides what it says of each key."""
    part = re.compile(r"^(\w+):.*\n(?:[ #].*\n|\n)*", re.MULTILINE)
    whole = {found[1]: found[0] for found in part.finditer(EXAMPLE)}
    return "".join((whole | {found[1]: found[0] for found in part.finditer(fragment)}).values())


def problems(text: str) -> list[Problem]:
    return load_text(text, "visits.yaml", "0" * 64)[1]


def test_the_tutorial_happens_as_it_is_told(tmp_path: Path) -> None:
    assert without_seconds(played(TUTORIAL, tmp_path)) == without_seconds(TUTORIAL)
    assert (tmp_path / "form.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "packs" / "home_fire.zip").is_file()


def test_commands_that_stay_open_exist() -> None:
    named = [line.split()[1] for kind, _, text in BLOCK.findall(TUTORIAL) if kind == "sh" for line in text.splitlines()]
    assert named == ["preview", "serve"]
    assert set(named) <= set(COMMANDS)
    assert all(CliRunner().invoke(main, [name, "--help"]).exit_code == 0 for name in named)


def test_the_table_of_keys_is_what_the_models_say() -> None:
    assert with_keys(FORMAT) == FORMAT


@pytest.mark.parametrize("text", [EXAMPLE, *map(merged, FRAGMENTS)], ids=lambda text: text[-30:])
def test_every_example_of_a_file_is_in_order(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize("condition", lines("conditions"))
def test_every_example_of_a_condition_is_one(condition: str) -> None:
    assert problems(f"{EXAMPLE}alerts:\n  one: {{when: '{condition}', title: A, text: B}}\n") == []


@pytest.mark.parametrize("number", lines("numbers"))
def test_every_example_of_a_calculation_is_one(number: str) -> None:
    assert problems(merged(f"scores:\n  signs: {{title: Signs, value: '{number}'}}\n")) == []


def test_the_example_of_cases_is_one() -> None:
    instrument, _ = load_text(EXAMPLE, "visits.yaml", "0" * 64)
    assert instrument is not None
    text = "\n".join(lines("cases"))
    assert [person.name for person in read_cases(instrument, text, "cases.yaml")] == [
        "Somebody was threatened, and nothing else is known"
    ]
