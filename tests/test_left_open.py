"""An outcome that stays open although everything was answered says so, and does not speak of questions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.interview.opening import open_questionnaire
from engine.interview.record import NonAnswer, start
from engine.interview.summarise import summarise

TEXT = """\
askwell: 1
id: left_open
version: 1.0.0
title: Left open
caution: An example.
review: {last: 2026-11-23, due: 2027-11-23}
sections:
  - id: s
    title: S
    items:
      - id: who
        ask: Who?
        type: pick_one
        options:
          friend: {label: A friend, points: 0}
          rival: {label: A rival, points: 2}
          hidden: {label: Not known, points: none}
scores: {signs: {title: Signs, value: sum(who)}}
outcomes: {care: {title: Care, levels: [{id: some, title: Some}, {id: more, title: More, when: signs >= 1}]}}
"""


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("hidden", "What you told us cannot settle this further. That is never a sign of less concern."),
        (NonAnswer.DONT_KNOW, "Questions that matter to this have no answer. That is never a sign of less concern."),
    ],
)
def test_why_an_outcome_is_open(tmp_path: Path, said: str | NonAnswer, words: str) -> None:
    path = tmp_path / "left_open.yaml"
    path.write_text(TEXT, encoding="utf-8")
    instrument = open_questionnaire(path)
    record = start(instrument, "self", date(2026, 11, 23)).saying("who", said)
    (finding,) = summarise(instrument, record, None).findings
    assert not finding.settled
    assert finding.text == words
