"""New cases for what no case touches: each is somebody, the smallest there is, and is told what the case expects."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from engine.workshop.coverage import coverage
from engine.workshop.suggest import cuts
from tests.test_cli import askwell
from tests.test_mutate import QUESTIONNAIRE

# which answers lead there is the solver's choice among several
TOLD = r"\n- name: Somebody who is told call\n  answers:\n(    \w+: .+\n)+  expect:\n    plan: \{shows: \[call\]\}\n"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("suggest") / "small.yaml"
    written.write_text(QUESTIONNAIRE)
    return written


def test_the_suggested_cases_pass_and_cover_everything(file: Path) -> None:
    from engine.cli.covering import persons_or_end

    suggested = askwell("cases", file, "--suggest")
    assert suggested.exit_code == 0, suggested.output
    text = suggested.stdout
    assert text.index("just reaches signs 3") < text.index("is just below signs 3") < text.index("is told call")
    assert re.search(TOLD, text)
    file.with_name("cases.yaml").write_text(text)
    assert askwell("cases", file).exit_code == 0
    opened, persons = persons_or_end(file)
    assert coverage(opened.instrument, persons).complete
    assert askwell("cases", file, "--suggest").stdout == ""


def test_a_level_is_shown_by_somebody_who_reaches_it_and_no_higher(tmp_path: Path) -> None:
    graver = tmp_path / "small.yaml"
    levels = "{id: more, title: More, when: signs >= 2}, {id: high, title: High, when: signs >= 6 or often is daily}"
    graver.write_text(re.sub(r"\{id: high, [^}]*\}", levels, QUESTIONNAIRE).replace("danger is high", "danger >= more"))
    text = askwell("cases", graver, "--suggest").stdout
    (person,) = (one for one in text.split("\n\n") if "at the level more of danger" in one)
    assert re.search(r"danger: (at least )?more$", person)


def test_cut_offs_are_found_wherever_they_stand(file: Path) -> None:
    from engine.cli.opening import open_file

    instrument = open_file(file).instrument
    assert list(cuts(instrument.outcomes["danger"].levels[1].when)) == [("signs", Fraction(3))]


def test_what_nobody_can_be_told_is_said(tmp_path: Path) -> None:
    never = tmp_path / "small.yaml"
    never.write_text(QUESTIONNAIRE.replace("theme: home, when: always", "theme: home, when: alone and not alone"))
    result = askwell("cases", never, "--suggest")
    assert "nobody was found: Somebody who is told stay" in result.stderr
    assert "is told stay" not in result.stdout
