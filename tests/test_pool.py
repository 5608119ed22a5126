"""A pool for missing answers may hold a number without points."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from engine.interview.assess import assess
from engine.interview.opening import open_questionnaire
from engine.interview.record import start

TEXT = """\
askwell: 1
id: pool
version: 1.0.0
title: Pool
caution: An example.
review: {last: 2026-11-23, due: 2027-11-23}
sources: {ours: {cite: The authors}}
sections:
  - id: s
    title: S
    items:
      - {id: gate, ask: Gate?, type: yes_no}
      - {id: a, ask: A?, type: yes_no, points: 2, applies_if: gate}
      - {id: b, ask: B?, type: yes_no, points: 1, applies_if: gate}
      - {id: n, ask: N?, type: number, min: 0, max: 9}
scores:
  total: {title: Total, value: "sum(a, b, n)", missing: {at_most: 1, of: [a, n], sources: [ours]}}
"""


@pytest.mark.parametrize(
    ("answers", "by_rule"),
    [
        ({"gate": "yes", "b": "yes", "a": "yes", "n": Decimal(3)}, Fraction(6)),
        ({"gate": "yes", "b": "yes", "a": "yes"}, Fraction(3)),
        ({"gate": "yes", "b": "no", "n": Decimal(3)}, Fraction(3)),
        ({"gate": "yes", "b": "no"}, None),
        ({"gate": "no", "n": Decimal(3)}, Fraction(3)),
    ],
)
def test_what_is_missing_is_left_out(
    tmp_path: Path, answers: dict[str, str | Decimal], by_rule: Fraction | None
) -> None:
    path = tmp_path / "pool.yaml"
    path.write_text(TEXT, encoding="utf-8")
    record = start(open_questionnaire(path), "self", date(2026, 11, 23))
    for name, said in answers.items():
        record = record.saying(name, said)
    assert assess(open_questionnaire(path), record).scores["total"].by_rule == by_rule
