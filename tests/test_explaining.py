"""`askwell explain`, as a person types it: readable, and as JSON for other programs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from engine.cli import main

SCREEN = Path("questionnaires") / "stalking_screen"
SOON: dict[str, Any] = {"who": "ex_partner", "threats": ["kill"], "strangled": "dont_know", "fear": "declined"}


def written(folder: Path, name: str, date: str = "2026-11-23", **answers: Any) -> Path:
    whole = {"questionnaire": "stalking_screen", "version": "1.0.0", "voice": "self", "date": date, "answers": answers}
    file = folder / name
    file.write_text(json.dumps(whole), encoding="utf-8")
    return file


def askwell(*words: object) -> Result:
    return CliRunner().invoke(main, ["explain", *map(str, words)])


def test_it_says_why_what_is_open_what_to_ask_and_what_would_change_it(tmp_path: Path) -> None:
    result = askwell(SCREEN, written(tmp_path, "now.json", **SOON))
    assert result.exit_code == 0, result.output
    text = re.sub(r"\s+", " ", result.output)
    assert "Because of: Has the person doing this threatened any of these? To kill someone" in text
    for heading in ("Outcomes", "Alerts", "Plan", "Open questions", "Ask next", "Would go up with", "It could settle"):
        assert heading in text
    for kind in ("Not reached:", "Don't know:", "Preferred not to say:"):
        assert kind in text
    assert "Since last time" not in text
    assert not re.search(r"low risk|\bsafe\b|%", text)


def test_as_json_every_reason_is_a_list_of_items(tmp_path: Path) -> None:
    result = askwell(SCREEN, written(tmp_path, "now.json", **SOON), "--json")
    found = json.loads(result.output)
    assert found["outcomes"]["serious_harm"]["possible"] == ["high", "severe"]
    assert found["outcomes"]["serious_harm"]["at_least_because"] == [["threats"]]
    assert [one["item"] for one in found["open"]["dont_know"]] == ["strangled"]
    assert [one["item"] for one in found["open"]["declined"]] == ["fear"]
    assert len(found["next"]) == 3
    assert "fear" not in [one["item"] for one in found["next"]]
    assert set(found["would_change"]["serious_harm"]) == {"up", "down", "all_tried"}
    assert "since" not in found


def test_since_an_older_record(tmp_path: Path) -> None:
    now = written(tmp_path, "now.json", **SOON, incidents={"entries": [{"on": "2026-11"}], "that_is_all": True})
    older = written(tmp_path, "older.json", "2026-10-01", who="ex_partner")
    text = re.sub(r"\s+", " ", askwell(SCREEN, now, "--since", older).output)
    assert "Since last time, 53 days ago" in text
    assert "Raised now: Please talk to someone today" in text
    assert "Days since the last: 0 to 22" in text
    found = json.loads(askwell(SCREEN, now, "--since", older, "--json").output)["since"]
    assert (found["days"], found["alerts_raised"]) == (53, ["grave_signs"])
    assert found["answers"]["threats"] == {"before": None, "now": ["kill"]}
    assert found["outcomes"]["serious_harm"]["up"]
    assert found["logs"]["incidents"]["days_since_last"] == {"at_least": 0, "at_most": 22}


def test_nothing_changed_is_said(tmp_path: Path) -> None:
    now = written(tmp_path, "now.json", **SOON)
    assert "Nothing was said otherwise." in askwell(SCREEN, now, "--since", now).output


def test_a_newer_record_is_not_an_older_one(tmp_path: Path) -> None:
    now, later = written(tmp_path, "now.json"), written(tmp_path, "later.json", "2026-12-01")
    result = askwell(SCREEN, now, "--since", later)
    assert result.exit_code == 2
    assert "after the other" in result.output


@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_a_record_that_is_refused_ends_with_1_and_every_reason(tmp_path: Path, flags: list[str]) -> None:
    result = askwell(SCREEN, written(tmp_path, "now.json", who="nobody", fear="much"), *flags)
    assert result.exit_code == 1
    assert "answers.who" in result.output
    assert "answers.fear" in result.output
