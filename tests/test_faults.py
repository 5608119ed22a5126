"""Every deliberate fault still fits the engine's text, so that `make mutants` never tests less than it says."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.faults import FAULTS, Fault

ENGINE = Path(__file__).parent.parent / "engine"


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_applies_exactly_once(fault: Fault, tmp_path: Path) -> None:
    copy = tmp_path / fault.file
    copy.parent.mkdir(parents=True)
    copy.write_text((ENGINE / fault.file).read_text(encoding="utf-8"), encoding="utf-8")
    fault.put_into(tmp_path)
    assert ast.dump(ast.parse(copy.read_text(encoding="utf-8"))) != ast.dump(
        ast.parse((ENGINE / fault.file).read_text())
    )


def test_the_faults_are_told_apart_by_name() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 11
