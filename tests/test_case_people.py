"""The people of cases.yaml are of every kind, and reach everything that a questionnaire can say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from engine.format.directory import unprintable
from engine.format.instrument import Instrument
from engine.format.load import load, questionnaires_in
from engine.format.load_directory import load_directory
from engine.interview.assess import assess
from engine.interview.assessment import Assessment
from engine.interview.record import NonAnswer, Record
from engine.workshop.case_file import read_cases

FOLDER = Path(__file__).parent.parent / "questionnaires"
DIRECTORY = load_directory(FOLDER / "directory" / "uk.yaml")
NAMES = [path.name for path in questionnaires_in(FOLDER)]
SHORT_PATH = 12  # questions
FEWEST = 80  # cases, all together

# Each of these is enough by itself: the answers that one person must have given without any other of them.
GRAVE = {
    "strangled": ("strangled", "yes"),
    "a death threat": ("threats", "kill"),
    "a threat to a child": ("threats", "harm_child"),
    "a child that was threatened": ("child_reach", "child_threatened"),
    "a threat in case of leaving": ("leave_threat", "yes"),
    "a weapon used": ("weapons", "used"),
    "a weapon shown": ("weapons", "threatened_with"),
    "a weapon carried": ("weapons", "carries"),
    "talk of suicide": ("stalker_suicide", "yes"),
    "a broken order": ("order_broken", "yes"),
    "extreme fear": ("fear", "extremely"),
    "belief in being killed": ("believes_killed", "yes"),
}


@cache
def instrument(name: str) -> Instrument:
    return load(FOLDER / name, DIRECTORY)


@cache
def people(name: str) -> tuple[Record, ...]:
    path = FOLDER / name / "cases.yaml"
    return tuple(case.record for case in read_cases(instrument(name), path.read_text(encoding="utf-8"), str(path)))


@cache
def assessments(name: str) -> tuple[Assessment, ...]:
    return tuple(assess(instrument(name), record) for record in people(name))


def said(name: str, item: str) -> set[str]:
    """Every option of this item that somebody chose."""
    found: set[str] = set()
    for record in people(name):
        match record.answers.get(item):
            case str() as option:
                found.add(option)
            case tuple() as options:
                found.update(options)
    return found


def test_there_are_many() -> None:
    assert sum(len(people(name)) for name in NAMES) >= FEWEST


@pytest.mark.parametrize("name", NAMES)
def test_somebody_speaks_in_each_voice(name: str) -> None:
    assert {record.voice for record in people(name)} == set(instrument(name).questionnaire.voices)


@pytest.mark.parametrize("item", ["who", "nation", "age_group", "threats", "hurt", "weapons", "fear", "duration"])
def test_somebody_gives_each_answer_to_the_questions_that_weigh_most(item: str) -> None:
    options = {option.id for option in instrument("stalking_screen").items[item].options}
    assert options - said("stalking_screen", item) == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_level_of_every_outcome_is_certain_for_somebody(name: str) -> None:
    screen = instrument(name)
    settled = {
        (outcome, screen.outcomes[outcome].levels[place].id)
        for one in assessments(name)
        for outcome, range_ in one.outcomes.items()
        for place in range_.possible
        if len(range_.possible) == 1
    }
    assert {(outcome.id, level.id) for outcome in screen.outcomes.values() for level in outcome.levels} == settled


@pytest.mark.parametrize("name", NAMES)
def test_every_step_and_every_alert_comes_to_somebody(name: str) -> None:
    screen = instrument(name)
    shown = {step for one in assessments(name) for step in one.plan}
    assert {action.id for action in screen.plan} == shown
    assert set(screen.alerts) == {alert for one in assessments(name) for alert in one.alerts}


@pytest.mark.parametrize("name", NAMES)
def test_somebody_is_pointed_to_every_service_that_can_be_reached(name: str) -> None:
    screen = instrument(name)
    pointed = {screen.signposts[place].service for one in assessments(name) for place in one.signposts}
    assert {signpost.service for signpost in screen.signposts} - set(unprintable(DIRECTORY)) <= pointed


@pytest.mark.parametrize("sign", GRAVE)
def test_each_grave_sign_is_told_by_somebody_who_tells_no_other(sign: str) -> None:
    def tells(record: Record, name: str) -> bool:
        item, option = GRAVE[name]
        answer = record.answers.get(item)
        return answer == option or (isinstance(answer, tuple) and option in answer)

    alone = [
        record
        for record in people("stalking_screen")
        if tells(record, sign) and not any(tells(record, other) for other in GRAVE if other != sign)
    ]
    assert alone


@pytest.mark.parametrize("name", NAMES)
def test_somebody_answers_nothing_and_somebody_knows_nothing(name: str) -> None:
    assert any(not record.answers for record in people(name))
    assert any(
        record.answers and all(answer is NonAnswer.DONT_KNOW for answer in record.answers.values())
        for record in people(name)
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_short_path_is_short_and_ends_on_something_other_than_the_worst(name: str) -> None:
    core = [item.id for item in instrument(name).items.values() if item.core]
    assert 0 < len(core) <= SHORT_PATH
    assert core[-1] in ("wishes", "wants", "helpers", "worry")


def test_the_short_path_of_the_stalking_screen_begins_with_the_moment_and_the_device() -> None:
    core = [item.id for item in instrument("stalking_screen").items.values() if item.core]
    assert core[:2] == ["in_danger_now", "device_seen"]
