"""Every deliberate fault still fits the program's text, so that `make mutants` never tests less than it says."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.faults import FAULTS
from tests.mutants import TRIALS, Trial

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.fault.name)
def test_a_fault_applies_exactly_once(trial: Trial, tmp_path: Path) -> None:
    file = ROOT / trial.package / trial.fault.file
    copy = tmp_path / trial.fault.file
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(whole := file.read_text(encoding="utf-8"), encoding="utf-8")
    trial.fault.put_into(tmp_path)
    broken = copy.read_text(encoding="utf-8")
    if file.suffix == ".py":
        assert ast.dump(ast.parse(broken)) != ast.dump(ast.parse(whole))
    assert broken != whole


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.fault.name)
def test_the_test_that_must_notice_it_is_there(trial: Trial) -> None:
    for test in trial.tests:
        file, _, name = test.partition("::")
        text = (ROOT / "tests" / file).read_text(encoding="utf-8")
        assert not name or f"def {name.partition('[')[0]}(" in text


def test_the_faults_are_told_apart_by_name() -> None:
    assert len({trial.fault.name for trial in TRIALS}) == len(TRIALS) > len(FAULTS) >= 11
