"""The first steps of a plan: at most five, in the order of print, none before what it comes after."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.interview.opening import open_questionnaire
from engine.interview.record import start
from engine.interview.summarise import summarise
from engine.interview.summary import Summary

HEAD = (
    "askwell: 1\nid: steps\nversion: 1.0.0\ntitle: Steps\ncaution: An example.\nthemes: [one, two]\n"
    "review: {last: 2026-11-23, due: 2027-11-23}\n"
    "sections: [{id: s, title: S, items: [{id: q, ask: Q?, type: yes_no}]}]\nplan:\n"
)


def summary_of(folder: Path, *actions: str) -> Summary:
    path = folder / "steps.yaml"
    path.write_text(HEAD + "".join(f"  - {{text: Do it., when: always, {action}}}\n" for action in actions), "utf-8")
    instrument = open_questionnaire(path)
    return summarise(instrument, start(instrument, "self", date(2026, 11, 23)), None)


@pytest.mark.parametrize(
    ("actions", "first", "rest"),
    [
        (["id: a, theme: one"], [], ["a"]),
        (["id: a, theme: one", "id: b, theme: one, first: true"], ["b"], ["a"]),
        (["id: a, theme: two, first: true", "id: b, theme: one, first: true"], ["b", "a"], []),
        ([f"id: a{n}, theme: one, first: true" for n in range(7)], [f"a{n}" for n in range(5)], ["a5", "a6"]),
        (["id: a, theme: one", "id: b, theme: one, first: true, after: [a]"], [], ["a", "b"]),
        (["id: a, theme: one, first: true", "id: b, theme: one, first: true, after: [a]"], ["a", "b"], []),
    ],
)
def test_first_steps_stand_apart(tmp_path: Path, actions: list[str], first: list[str], rest: list[str]) -> None:
    summary = summary_of(tmp_path, *actions)
    assert [step.id for step in summary.first_steps] == first
    assert [step.id for theme in summary.plan for step in theme.steps] == rest
