"""What the summary advises: the plan by theme, what must be said at once, and the services of the person's nation."""

import pytest

from engine.interview.reading import read
from engine.interview.summarise import summarise
from engine.interview.summary import Summary
from tests.interview.screen import DIRECTORY, SCREEN, Said, person, variant, whole


def summary(said: Said) -> Summary:
    return summarise(SCREEN, person(said), DIRECTORY)


# answers, the steps by heading
PLANS: list[tuple[Said, dict[str, list[str]]]] = [
    ({}, {"Devices": ["leave_the_phone"]}),
    ({"phone_access": "no"}, {}),
    (
        {"phone_access": "yes", "visits": "weekly"},
        {"People": ["tell_neighbours"], "Devices": ["leave_the_phone", "second_phone"]},
    ),
    ({"threats": ["kill"]}, {"Devices": ["leave_the_phone"]}),  # the bag may be found
    ({"threats": ["kill"], "phone_access": "no"}, {"Home": ["grab_bag"]}),
]


@pytest.mark.parametrize(("said", "themes"), PLANS)
def test_the_plan_stands_by_theme(said: Said, themes: dict[str, list[str]]) -> None:
    assert {theme.title: [step.id for step in theme.steps] for theme in summary(said).plan} == themes


# answers, whether the step stands there only to be careful, and the question that explains it
CAREFUL = [
    ({}, True, "You did not get to this"),
    ({"phone_access": "dont_know"}, True, "You do not know"),
    ({"phone_access": "yes"}, False, "Yes"),
]


@pytest.mark.parametrize(("said", "unsure", "answer"), CAREFUL)
def test_a_step_says_whether_it_is_only_a_precaution(said: Said, unsure: bool, answer: str) -> None:
    step = summary(said).plan[-1].steps[0]
    assert (step.id, step.unsure) == ("leave_the_phone", unsure)
    assert [(one.question, one.answer) for one in step.because] == [("Do they have access to your phone?", answer)]


def test_what_stops_everything_stays_on_top() -> None:
    alerts = summary({"visits": "weekly"}).alerts
    assert [(one.id, one.stop, one.unsure) for one in alerts] == [
        ("death_threat", True, True),
        ("talk_first", False, False),
    ]
    assert [one.answer for one in alerts[1].because] == ["Every week"]


# the person's nation, the services in order, each with the nation it is named for
SERVICES: list[tuple[Said, list[tuple[str, str]]]] = [
    ({"nation": "wales"}, [("welsh_line", ""), ("uk_line", "")]),
    ({"nation": "england"}, [("english_line", ""), ("uk_line", "")]),
    ({"nation": "scotland"}, [("uk_line", "")]),
    ({}, [("uk_line", ""), ("english_line", "England"), ("welsh_line", "Wales")]),
    ({"nation": "declined"}, [("uk_line", ""), ("english_line", "England"), ("welsh_line", "Wales")]),
    ({"nation": "elsewhere"}, [("uk_line", ""), ("english_line", "England"), ("welsh_line", "Wales")]),
]


@pytest.mark.parametrize(("said", "services"), SERVICES)
def test_services_of_the_persons_nation_or_of_every_nation_by_name(said: Said, services: list[tuple[str, str]]) -> None:
    assert [(one.id, one.nation) for one in summary(said).services] == services


def test_without_a_question_about_the_nation_every_nations_services_are_named() -> None:
    nowhere = variant("nation_from: nation\n", "")
    page = summarise(nowhere, read(nowhere, whole({"nation": "wales"})), DIRECTORY)
    assert [(one.id, one.nation) for one in page.services] == SERVICES[-1][1]


# what a precaution hangs on, how many open questions explain it: more than five explain nothing
PRECAUTIONS = [("serious_harm is high", 5), ("serious_harm is high or phone_access", 0)]


@pytest.mark.parametrize(("when", "reasons"), PRECAUTIONS)
def test_a_precaution_is_explained_by_a_few_open_questions_or_not_at_all(when: str, reasons: int) -> None:
    careful = variant("when: serious_harm is high, never_if: phone_access,", f"when: {when}, if_unsure: show,")
    step = summarise(careful, read(careful, whole({})), DIRECTORY).plan[-1].steps[-1]
    assert (step.id, step.unsure, len(step.because)) == ("grab_bag", True, reasons)


def test_a_service_prints_what_is_verified_and_nothing_else() -> None:
    line = summary({"threats": ["kill"], "nation": "wales"}).services[-1]
    assert [(way.kind, way.value, way.href, way.note, way.checked) for way in line.ways] == [
        ("Phone", "0808 802 0300", "tel:08088020300", "press 1", "Checked 7 October 2026"),
        ("E-mail", "help@example.org", "mailto:help@example.org", "", "Checked October 2026"),
    ]
    assert line.hours == ""
    assert line.facts == ("Free", "A call does not show on the bill, but it does in the phone's list of calls.")
    assert line.why == "Advice on stalking. Somebody to stand beside you."


def test_hours_are_printed_where_they_are_verified() -> None:
    line = summary({"nation": "england"}).services[0]
    assert (line.hours, line.ways[0].checked) == ("Monday to Tuesday, 9am to 5pm", "")
