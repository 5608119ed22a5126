"""The stalking screen covers what it was built from, and keeps the rules for its words.

`docs/coverage.yaml` says point by point what covers what, and `python -m tests.test_coverage` makes `docs/coverage.md`
from it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from engine.format.atoms import VOICES, Text
from engine.format.instrument import Instrument
from engine.format.load import load
from engine.format.load_directory import load_directory
from engine.format.model import Questionnaire
from engine.format.resolve_checks import FOR_PRACTITIONERS
from engine.workshop.case_file import read_cases

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "questionnaires" / "stalking_screen"
PAGE = ROOT / "docs" / "coverage.md"
ROWS = 133
CONFLICTS = 16
ADVICE = {
    "D": (1, 7),
    "T": (1, 6),
    "E": (1, 7),
    "G": (0, 16),
    "H": (1, 6),
    "O": (1, 6),
    "W": (1, 6),
    "L": (1, 18),
    "M": (1, 9),
}
THEMES = ["danger", "people", "specialist", "evidence", "devices", "home", "out", "work", "law", "wellbeing"]
LONGEST_QUESTION = 20  # words
READING_AGE = 7  # school grade by the automated readability index: about eleven years old
HARDEST_SENTENCE = 10  # the same index for one question alone
VERDICTS = r"""(?x) \b(low|lower|minimal|no)[ ]risk\b | (?<!mean[ ])(?<!mean[ ]there[ ]is[ ])\bno[ ]danger\b
    | \bsafe\b | \bunlikely\b | \boverreact | \bparanoi | \bwhy[ ]did(n't|[ ]not)\b | \bvictim\b"""
STATISTICS = r"""(?x) % | per[ ]?cent | \btimes[ ](more|as)[ ]likely | \b1[ ]in[ ]\d | \b\d{1,3},\d{3}\b
    | \bone[ ]in[ ](two|three|four|five|six|seven|eight|nine|ten)\b"""
ASKING = re.compile(r"\b[Aa]sk(ed)?\b")
OFTEN = r"\b(often|regularly|frequently)\b"
NUMBERS_ALLOWED = {"999", "101", "55", "18000"}


@cache
def coverage() -> Mapping[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "coverage.yaml").read_text(encoding="utf-8"))
    return found


@cache
def screen() -> Instrument:
    return load(FOLDER, load_directory(ROOT / "questionnaires" / "directory" / "uk.yaml"))


def written() -> Questionnaire:
    return screen().questionnaire


@cache
def known_ids() -> frozenset[str]:
    """Everything that can cover a point: items and their options, steps, alerts, services, levels."""
    questionnaire = written()
    items = {item.id: item for item in screen().items.values()}
    notes = {part.id for section in questionnaire.sections for part in section.items}
    options = {f"{item.id}.{option.id}" for item in items.values() for option in item.options}
    levels = {f"{name}.{level.id}" for name, outcome in questionnaire.outcomes.items() for level in outcome.levels}
    actions = {action.id for action in questionnaire.plan}
    services = {signpost.service for signpost in questionnaire.signposts}
    return frozenset({*items, *notes, *options, *levels, *actions, *services, *questionnaire.alerts})


@cache
def proofs() -> frozenset[str]:
    """Everything that can prove a resolution: cases, guarantees, and the tests of this file."""
    path = FOLDER / "cases.yaml"
    cases = {case.name for case in read_cases(screen(), path.read_text(encoding="utf-8"), str(path))}
    guarantees = {promise.id for promise in written().guarantees}
    here = ast.parse(Path(__file__).read_text(encoding="utf-8"))
    tests = {node.name for node in here.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}
    return frozenset(cases | guarantees | tests)


def texts(part: object, voice: str, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text below this part with its name, in one voice; guidance only in the practitioner's."""
    if isinstance(part, Text):
        yield name, part.says(voice)
    elif isinstance(part, BaseModel):
        own = str(getattr(part, "id", getattr(part, "service", name)))
        for key, value in part:
            if key not in FOR_PRACTITIONERS or voice == "practitioner":
                yield from texts(value, voice, f"{own}.{key}")
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from texts(value, voice, f"{name}.{key}")
    elif isinstance(part, tuple):
        for value in part:
            yield from texts(value, voice, name)


def questions() -> Iterator[tuple[str, str]]:
    for section in written().sections:
        for item in section.items:
            if item.type != "note":
                yield item.id, item.ask.says("self")


def readability(text: str) -> float:
    """The automated readability index: letters in a word, and words in a sentence."""
    words = re.findall(r"[\w'’-]+", text)
    sentences = [part for part in re.split(r"[.?!:;]+(?:\s|$)", text) if part.strip()]
    letters = sum(len(re.sub(r"\W", "", word)) for word in words)
    return 4.71 * letters / len(words) + 0.5 * len(words) / len(sentences) - 21.43


def page() -> str:
    """The page for people, from the file for machines."""
    told = coverage()
    lines = ["# What the stalking screen covers", ""]
    lines += ["Made from `coverage.yaml` by `python -m tests.test_coverage`. Change that file, and not this one.", ""]
    lines += ["The stalking screen was built from five published pages and from the advice of specialist services."]
    lines += ["Every point they make is listed here in our own words, with what covers it or why it is left out.", ""]
    lines += ["| page | what it is |", "| --- | --- |"]
    lines += [f"| {letter} | {what} |" for letter, what in told["pages"].items()]
    for group, title in told["groups"].items():
        lines += ["", f"## {title}", "", "| | point | pages | covered by |", "| --- | --- | --- | --- |"]
        rows = [row for row in told["rows"] if row["group"] == group]
        lines += [f"| {row['row']} | {row['topic']} | {', '.join(row['seeds'])} | {_covering(row)} |" for row in rows]
    lines += ["", "## Steps of a plan", "", "| | step | covered by |", "| --- | --- | --- |"]
    lines += [f"| {row['id']} | {row['topic']} | {_covering(row)} |" for row in told["advice"]]
    lines += ["", "## Where the pages disagree", ""]
    for conflict in told["conflicts"]:
        lines += [f"### {conflict['id']} {conflict['topic']}", "", conflict["resolution"].strip(), "", "Proved by:", ""]
        lines += [*(f"- {proof}" if " " in proof else f"- `{proof}`" for proof in conflict["proved_by"]), ""]
    return "\n".join(lines).rstrip() + "\n"


def _covering(row: Mapping[str, Any]) -> str:
    return (
        f"*Left out.* {row['left_out']}" if "left_out" in row else ", ".join(f"`{name}`" for name in row["covered_by"])
    )


def test_the_page_is_made_from_the_file() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.test_coverage"


def test_every_row_is_there_once_and_says_what_covers_it_or_why_not() -> None:
    rows = coverage()["rows"]
    assert [row["row"] for row in rows] == list(range(1, ROWS + 1))
    assert [row["row"] for row in rows if ("covered_by" in row) == ("left_out" in row)] == []
    assert {row["group"] for row in rows} == set(coverage()["groups"])
    assert {letter for row in rows for letter in row["seeds"]} == set(coverage()["pages"])


def test_every_step_of_advice_is_there_once() -> None:
    wanted = [f"{letter}{number}" for letter, (first, last) in ADVICE.items() for number in range(first, last + 1)]
    assert [row["id"] for row in coverage()["advice"]] == wanted


def test_every_id_exists_in_the_questionnaire() -> None:
    named = [name for row in (*coverage()["rows"], *coverage()["advice"]) for name in row.get("covered_by", ())]
    assert sorted(set(named) - known_ids()) == []


def test_every_step_of_the_plan_covers_something() -> None:
    named = {name for row in (*coverage()["rows"], *coverage()["advice"]) for name in row.get("covered_by", ())}
    extra = {
        "with_the_caller",
        "refer_domestic",
        "refer_other",
        "without_consent",
        "plan_for_days",
        "build_on",
        "interpreter",
        "say_what_you_need",
    }
    assert {action.id for action in written().plan} - named == extra


def test_every_conflict_is_proved_by_something_that_exists() -> None:
    conflicts = coverage()["conflicts"]
    assert [conflict["id"] for conflict in conflicts] == [f"C{number}" for number in range(1, CONFLICTS + 1)]
    assert [conflict["id"] for conflict in conflicts if not conflict["proved_by"]] == []
    named = {proof for conflict in conflicts for proof in conflict["proved_by"]}
    assert sorted(named - proofs()) == []


def test_the_plan_stands_in_the_agreed_order() -> None:
    assert [theme.id for theme in written().themes] == THEMES
    assert [action.theme for action in screen().plan] == sorted(
        (action.theme for action in screen().plan), key=THEMES.index
    )
    assert screen().plan[0].id == "call_999"


def test_nothing_on_a_device_is_changed_before_it_says_to_change_nothing() -> None:
    steps = {action.id: action for action in written().plan}
    order = [action.id for action in screen().plan]
    for name in ("new_passwords", "switch_it_off", "location_sharing_off", "security_questions"):
        assert "do_not_remove" in steps[name].after
        assert order.index("do_not_remove") < order.index(name)


def test_a_life_comes_first_and_then_another_device_before_all_other_advice() -> None:
    order = [action.id for action in screen().plan]
    assert order[:4] == ["call_999", "stop_and_act", "life_first", "other_device"]  # the second is for practitioners
    assert screen().plan[3].first
    assert screen().plan[3].if_unsure


def test_every_step_of_the_law_says_when_it_was_checked_and_an_unchecked_one_is_a_question() -> None:
    steps = [action for action in written().plan if action.theme == "law"]
    assert [action.id for action in steps if action.status is None] == []
    open_ones = [action for action in steps if action.status == "unverified"]
    asks = {action.id: all(ASKING.search(action.text.says(voice)) for voice in VOICES) for action in open_ones}
    assert [name for name, asking in asks.items() if not asking] == ["part_of_the_pattern"]  # advice, and no law


def test_no_service_is_pointed_to_under_two_names() -> None:
    services = [signpost.service for signpost in written().signposts]
    assert len(services) == len(set(services))


def test_every_rule_says_where_it_comes_from() -> None:
    questionnaire = written()
    items = [item for section in questionnaire.sections for item in section.items]
    scored = [item for item in items if getattr(item, "points", None) is not None or _has_points(item)]
    assert [item.id for item in scored if item.type == "note" or not item.sources] == []
    assert [name for name, score in questionnaire.scores.items() if not score.sources] == []
    levels = [level for outcome in questionnaire.outcomes.values() for level in outcome.levels]
    assert [level.title for level in levels if level.when is not None and not level.sources] == []
    assert [action.id for action in questionnaire.plan if not action.sources] == []


def _has_points(item: object) -> bool:
    options = getattr(item, "options", None)
    return isinstance(options, dict) and any(option.points is not None for option in options.values())


@pytest.mark.parametrize("voice", VOICES)
def test_no_text_gives_a_statistic(voice: str) -> None:
    assert [name for name, text in texts(written(), voice) if re.search(STATISTICS, text, re.IGNORECASE)] == []


@pytest.mark.parametrize("voice", VOICES)
def test_no_text_tells_anybody_to_change_passwords_often(voice: str) -> None:
    pair = rf"{OFTEN}[^.]*password|password[^.]*{OFTEN}"
    assert [name for name, text in texts(written(), voice) if re.search(pair, text, re.IGNORECASE)] == []


@pytest.mark.parametrize("voice", ["self", "supporter"])
def test_no_text_for_the_public_is_a_verdict_or_blames(voice: str) -> None:
    names = re.compile(r"Victim (Support|Contact Scheme)|a victim service")
    found = [
        (name, text)
        for name, text in texts(written(), voice)
        if re.search(VERDICTS, names.sub("", text), re.IGNORECASE)
    ]
    assert found == []


@pytest.mark.parametrize("voice", VOICES)
def test_a_phone_number_stands_in_the_directory_and_not_in_a_text(voice: str) -> None:
    numbers = {number for _, text in texts(written(), voice) for number in re.findall(r"\b\d[\d ]{1,}\d\b", text)}
    ages_and_years = {"12", "14", "16", "17", "18", "19", "25", "26", "30", "59", "60", "1997", "2022"}
    assert numbers - ages_and_years <= NUMBERS_ALLOWED


def test_the_questions_begin_with_the_moment_and_end_on_wishes_and_strengths() -> None:
    sections = [section.id for section in written().sections]
    assert (sections[0], sections[-1]) == ("right_now", "hopes")
    assert [item.id for item in written().sections[-1].items] == ["wishes", "strengths"]


def test_a_child_of_eleven_can_read_it() -> None:
    everything = [text.strip().rstrip(".") + "." for _, text in texts(written(), "self")]
    assert readability(" ".join(everything)) <= READING_AGE
    assert [name for name, text in questions() if len(text.split()) > LONGEST_QUESTION] == []
    assert [name for name, text in questions() if readability(text) > HARDEST_SENTENCE] == []


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
