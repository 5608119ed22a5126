"""A case made with another version of the questionnaire is opened; what no longer fits is listed and kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from engine.casework.case_file import CaseFile, InvalidCaseFile, read_text, to_text, written
from engine.casework.migrate import open_case
from engine.format.instrument import Instrument
from engine.format.load import load_text
from tests.casework.people import NOW, a_case
from tests.interview.screen import DIRECTORY, HERE, SCREEN

LATER = NOW.replace(month=12)


def newer(*changes: tuple[str, str]) -> Instrument:
    """Version 2 of the small screen, with passages written in another way."""
    text = (HERE / "screen.yaml").read_text(encoding="utf-8")
    for written_before, instead in (("version: 1.0.0", "version: 2.0.0"), *changes):
        assert written_before in text
        text = text.replace(written_before, instead)
    instrument, problems = load_text(text, "screen.yaml", sha256(text.encode()).hexdigest(), DIRECTORY)
    assert instrument is not None, problems
    return instrument


def aside(instrument: Instrument, file: CaseFile) -> list[tuple[str, str, object]]:
    return [(one.part, one.name, one.said) for one in open_case(instrument, file, LATER).set_aside]


def test_a_newer_version_that_takes_every_answer_sets_nothing_aside() -> None:
    case = open_case(newer(), written(a_case()), LATER)
    assert case.set_aside == ()
    assert case.record.answers == a_case().record.answers
    assert (case.record.version, case.record.content_hash) == ("2.0.0", newer().content_hash)
    assert [(one.version, one.content_hash, one.at) for one in case.migrations] == [
        ("1.0.0", SCREEN.content_hash, LATER)
    ]


# what the newer version changed, and what is set aside
GONE = [
    (
        ("ex_partner: A former partner", "former: A former partner"),
        ("who is ex_partner", "who is former"),
        [("answers", "who", "ex_partner")],
    ),
    (
        ("call: Called}", "message: Wrote}"),
        ("version: 2.0.0", "version: 2.0.0"),
        [("answers", "incidents.entries.1.what", "call"), ("answers", "incidents.entries.2.what", "call")],
    ),
    (
        ("at_most: 3\n", "at_most: 1\n"),
        ("version: 2.0.0", "version: 2.0.0"),
        [("answers", "incidents", json.loads(to_text(written(a_case())))["record"]["answers"]["incidents"])],
    ),
    (
        ("judgement: {raise: with_reason, lower: with_second_person}", "sources: [study]"),
        ("version: 2.0.0", "version: 2.0.0"),
        [("judgements", "serious_harm", {"level": "high", "reason": "What she told me"})],
    ),
    (
        ("voices: [self, practitioner]", "voices: [self]"),
        (", practitioner: Screen}", "}"),
        [("voice", "voice", "practitioner")],
    ),
]


@pytest.mark.parametrize(("change", "also", "expected"), GONE)
def test_what_no_longer_fits_is_listed_and_nothing_else_is_touched(
    change: tuple[str, str], also: tuple[str, str], expected: list[tuple[str, str, object]]
) -> None:
    more = ((", practitioner: Who is the caller describing?}", "}"),) if expected[0][0] == "voice" else ()
    instrument = newer(change, also, *more)
    file = written(a_case())
    assert aside(instrument, file) == expected
    kept = open_case(instrument, file, LATER).record.answers
    gone = {name for part, name, _ in expected if part == "answers"}
    assert {item: kept[item] for item in ("visits", "threats")} == {"visits": "weekly", "threats": ("kill",)}
    assert set(kept) == set(file.record.answers) - gone


def test_an_item_that_is_gone_takes_its_note_and_how_it_is_known_along() -> None:
    changed = newer(
        ("id: threats", "id: menaces"), ("kill in threats", "kill in menaces"), ("threats, visits", "menaces, visits")
    )
    file = written(a_case())
    assert aside(changed, file) == [
        ("answers", "threats", ["kill"]),
        ("how_known", "threats", "records"),
        ("notes", "threats", "Heard by a neighbour."),
    ]
    assert all("threats" in one.why for one in open_case(changed, file, LATER).set_aside)


def test_what_was_set_aside_stays_in_the_file_through_further_versions() -> None:
    without = newer(
        ("ex_partner: A former partner", "former: A former partner"), ("who is ex_partner", "who is former")
    )
    once = written(open_case(without, written(a_case()), LATER))
    again = open_case(newer(), read_text(to_text(once)), LATER)
    assert [one.said for one in again.set_aside] == ["ex_partner"]
    assert [one.version for one in again.migrations] == ["1.0.0", "2.0.0"]


def test_an_answer_set_aside_is_no_longer_marked_as_carried() -> None:
    without = newer(
        ("ex_partner: A former partner", "former: A former partner"), ("who is ex_partner", "who is former")
    )
    day = date(2026, 10, 1)
    case = replace(a_case(), carried={"who": day, "visits": day})
    assert open_case(without, written(case), LATER).carried == {"visits": day}


def test_what_never_fitted_the_very_same_version_is_set_aside_too() -> None:
    text = to_text(written(a_case())).replace('"who":"ex_partner"', '"who":"nobody"')
    assert aside(SCREEN, read_text(text)) == [("answers", "who", "nobody")]


def test_a_case_of_another_questionnaire_is_not_opened() -> None:
    text = to_text(written(a_case())).replace('"questionnaire":"screen"', '"questionnaire":"another"')
    with pytest.raises(InvalidCaseFile, match="belongs to the questionnaire 'another'"):
        open_case(SCREEN, read_text(text), LATER)


def test_a_record_without_a_day_is_told() -> None:
    text = to_text(written(a_case())).replace('"date":"2026-11-25"', '"date":"0001-01-01"')
    with pytest.raises(InvalidCaseFile, match="cannot be read"):
        open_case(SCREEN, read_text(text), LATER)
