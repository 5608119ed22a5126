"""A directory's file: every mistake in it is told, at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.format.load_directory import DIRECTORY_KINDS, load_directory
from engine.format.problem_kinds import KINDS
from engine.problem import InvalidQuestionnaire

OWN = "{evidence: own_page, source: page, verified: true}"
SMALL = """\
askwell_directory: 1
id: small
title: Small
nations: {england: England, wales: Wales}
sources:
  page: {cite: A page}
services:
  helper:
    name: Helper
    nations: [england]
    about: Helps.
    contacts:
      - kind: phone
        value: 0808 802 0300
        evidence: own_page
        source: page
        verified: true
"""

MISTAKES = [
    # what is written, what is written instead, problem at line:column
    ("[england]", "[englnd]", "10:15 unknown-nation"),
    ("[england]", "[]", "10:14 wrong-type"),
    ("[england]", "everywhere", "10:14 wrong-type"),
    ("source: page", "source: pag", "16:17 unknown-source"),
    ("0808 802 0300", "0808 10 800", "14:16 phone-shape"),
    ("0808 802 0300", "08088020300", "14:16 phone-shape"),
    ("evidence: own_page", "evidence: third_party", "17:19 not-verifiable"),
    ("verified: true", "verifed: true", "17:9 unknown-key"),
    ("kind: phone", "kind: web", "14:16 address-shape"),
    ("verified: true\n", f"verified: true\n    hours: {OWN}\n", "18:13 hours-shape"),
]


@pytest.mark.parametrize(("written", "instead", "problem"), MISTAKES)
def test_one_mistake_is_one_problem_at_its_place(tmp_path: Path, written: str, instead: str, problem: str) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(SMALL.replace(written, instead), encoding="utf-8")
    with pytest.raises(InvalidQuestionnaire) as caught:
        load_directory(file)
    assert [f"{one.place.line}:{one.place.column} {one.kind}" for one in caught.value.problems] == [problem]


def test_every_kind_of_mistake_is_shown_and_catalogued() -> None:
    shown = {problem.split()[1] for _, _, problem in MISTAKES}
    assert set(DIRECTORY_KINDS) <= shown <= set(KINDS) | set(DIRECTORY_KINDS)
    assert set(DIRECTORY_KINDS).isdisjoint(KINDS)
    assert all(sentence.endswith(".") for sentence in DIRECTORY_KINDS.values())


def test_a_file_without_mistakes_is_a_directory(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    assert load_directory(file).services["helper"].contacts[0].value == "0808 802 0300"


def test_all_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    text = SMALL
    for written, instead, _ in MISTAKES[:1] + MISTAKES[3:5]:
        text = text.replace(written, instead)
    file = tmp_path / "small.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidQuestionnaire) as caught:
        load_directory(file)
    assert [one.kind for one in caught.value.problems] == ["unknown-nation", "phone-shape", "unknown-source"]


@pytest.mark.parametrize(
    ("content", "kind"), [(None, "unreadable-file"), (b"title: caf\xe9", "not-utf-8"), (b"", "empty-file")]
)
def test_a_file_that_cannot_be_read_is_a_problem_too(tmp_path: Path, content: bytes | None, kind: str) -> None:
    file = tmp_path / "small.yaml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InvalidQuestionnaire) as caught:
        load_directory(file)
    assert [problem.kind for problem in caught.value.problems] == [kind]
