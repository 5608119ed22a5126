"""Every bad file has the findings it expects and no other; every kind of finding has one, and a line in the docs.

A comment at the end of a line, `# expect: slug 'word'`, stands for one finding there, with its caret under the word.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from engine.format.load import load
from engine.format.load_directory import load_directory
from engine.workshop.check.catalogue import CATALOGUE
from engine.workshop.check.finding import Finding
from engine.workshop.check.run import check, check_directory, subject_of
from tests.test_format import expectations, under_caret

ROOT = Path(__file__).parent
HERE = ROOT / "findings"
DIRECTORY = load_directory(HERE / "directory.yaml")
BAD = sorted(path for path in HERE.glob("*.yaml") if path.name != "directory.yaml")
TODAY = date(2026, 6, 1)
FOR_A_SOLVER = {"not_decided"}  # what a solver would decide
OF_A_DIRECTORY = {"fact-overdue"}

each_bad = pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)


def found_in(path: Path) -> tuple[Finding, ...]:
    directory = None if path.stem == "directory_missing" else DIRECTORY
    instrument = load(path, directory)
    return check(subject_of(instrument, path, TODAY, directory, solver=path.stem not in FOR_A_SOLVER))


@each_bad
def test_a_bad_file_has_the_findings_it_expects_and_no_other(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    expected = sorted(expectations(text))
    found = found_in(path)
    assert sorted((one.place.line, one.slug) for one in found) == [(line, slug) for line, slug, _ in expected]
    words = {(one.place.line, one.slug): under_caret(one, text) for one in found}
    assert [words[line, slug] for line, slug, word in expected if word] == [word for _, _, word in expected if word]
    assert path.stem.replace("_", "-") in {one.slug for one in found}


@each_bad
def test_every_finding_says_what_and_why_and_what_to_do(path: Path) -> None:
    for one in found_in(path):
        for words in (one.what, one.why, one.remedy):
            assert re.fullmatch(r"['A-Z0-9].*\.", words), words
        shown = one.render(path.read_text(encoding="utf-8"))
        assert shown.startswith(f"{path}:{one.place.line}:{one.place.column}: {one.severity}: {one.slug}\n")
        assert one.remedy in shown


def test_every_kind_has_a_bad_file_and_a_line_in_the_docs() -> None:
    assert {path.stem.replace("_", "-") for path in BAD} | OF_A_DIRECTORY == set(CATALOGUE)
    docs = (ROOT.parent / "docs" / "findings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| (\w+) \| (.*) \|$", docs, re.MULTILINE)
    assert rows == [(slug, kind.severity, kind.means) for slug, kind in CATALOGUE.items()]


def test_a_file_without_findings_has_none(tmp_path: Path) -> None:
    lines = (HERE / "item_unused.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    path = tmp_path / "mended.yaml"
    path.write_text("".join(line for line in lines if "expect" not in line), encoding="utf-8")
    assert found_in(path) == ()


@pytest.mark.parametrize(
    ("today", "late"), [("2026-07-04", []), ("2026-07-05", ["helpline", "far"]), ("2030-01-01", ["helpline", "far"])]
)
def test_facts_of_services_fall_due(today: str, late: list[str]) -> None:
    found = check_directory(DIRECTORY, HERE / "directory.yaml", date.fromisoformat(today))
    text = (HERE / "directory.yaml").read_text(encoding="utf-8")
    assert [(one.slug, under_caret(one, text)) for one in found] == [("fact-overdue", service) for service in late]
