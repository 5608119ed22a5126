"""What leaves a case says everything the next service needs, and the caller's plan nothing of how it was weighed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta, timezone

import pytest

from engine.casework.case import Case, Draft, Gate, Judged
from engine.casework.in_text import plan_text, referral_text
from engine.casework.leaving import NEXT_SERVICES, NO_BASIS, Referral
from engine.casework.referral import caller_plan, referral
from tests.casework.people import GATE, NOW, SAID, a_case
from tests.interview.screen import DIRECTORY, SCREEN

WRITTEN = date(2026, 11, 26)


def to_police(case: Case) -> Referral:
    draft = Draft(to="police", reason="Threats to kill.")
    return referral(SCREEN, replace(case, draft=draft), DIRECTORY, WRITTEN, pathway="Ring the desk.")


TEXT = referral_text(to_police(a_case()))


@pytest.mark.parametrize(
    "words",
    [
        "REFERRAL TO: POLICE",
        "This is not a DASH",
        "Reference: 2026-0117",
        "By: B. Worker, adviser",
        "Ring the desk.",
        "Threats to kill.",
        "Safe number: 01632 960001",
        "Safe to leave a message: No",
        "Consent to pass this on: Given, with limits. The police may know, the employer may not",
        "- Have they threatened any of these? To kill you [From records]\n  Note: Heard by a neighbour.",
        "Reason: What she told me",
        "- October 2026: Called\n- 20 November 2026: Came\n- Day not known: Called",
        "WITHOUT AN ANSWER: NOT KNOWN\n============================\n- Did you separate in the last year?",
        "Questionnaire: screen 1.0.0",
        f"SHA-256 of its file: {SCREEN.content_hash}",
    ],
)
def test_a_referral_says(words: str) -> None:
    assert words in TEXT


def test_a_question_without_an_answer_is_named_and_never_a_no() -> None:
    document = to_police(a_case())
    assert {one.question for one in document.unanswered} >= {"Do they have access to your phone?"}
    assert "access to your phone? No" not in TEXT


@pytest.mark.parametrize("to", NEXT_SERVICES)
def test_every_next_service_has_a_name(to: str) -> None:
    draft = Draft.model_validate({"to": to, "pathway": "By post."})
    document = referral(SCREEN, replace(a_case(), draft=draft), DIRECTORY, WRITTEN, pathway="Ring the desk.")
    assert (document.to, document.pathway) == (NEXT_SERVICES[to], "By post.")


@pytest.mark.parametrize(
    ("gate", "held"),
    [
        (GATE, False),
        (Gate(), True),
        (Gate(consent="not_asked"), True),
        (Gate(consent="refused"), True),
        (Gate(consent="refused", basis="  "), True),
        (Gate(consent="refused", basis="Risk to life. Decided by the duty manager."), False),
        (Gate(consent="given"), False),
    ],
)
def test_nothing_is_passed_on_without_consent_or_a_written_reason(gate: Gate, held: bool) -> None:
    document = to_police(replace(a_case(), gate=gate))
    assert document.hold == (NO_BASIS if held else "")
    assert ("DO NOT SEND YET" in referral_text(document)) is held


def test_what_was_not_asked_at_the_gate_is_said_to_be_not_known() -> None:
    text = referral_text(to_police(replace(a_case(), gate=Gate())))
    assert "Safe number: Not known. Do not call before it is." in text
    assert "Safe to leave a message: Not asked" in text


ENTRIES = [
    # the entries, whether these are all, and what the time line then says
    (
        [{"on": "2026-11-20"}],
        False,
        "- 20 November 2026: Nothing more is known of this one\nThe list is not complete: there may be more.",
    ),
    ([{"what": "visit", "times": "declined"}], True, "- Day not known: Came\n"),
]


@pytest.mark.parametrize(("entries", "complete", "said"), ENTRIES)
def test_a_time_line_says_what_is_known_and_whether_that_is_all(
    entries: list[dict[str, str]], complete: bool, said: str
) -> None:
    text = referral_text(to_police(a_case(incidents={"entries": entries, "that_is_all": complete})))
    assert said in text
    assert ("The list is not complete" in text) is not complete


def test_of_a_list_without_entries_there_is_no_time_line() -> None:
    assert to_police(a_case(incidents={"entries": [], "that_is_all": True})).timelines == ()


def test_an_answer_that_nobody_confirmed_since_is_marked_with_its_day() -> None:
    text = referral_text(to_police(replace(a_case(), carried={"who": date(2026, 10, 2)})))
    assert "A former partner [Asked; carried from 2 October 2026, not confirmed since]" in text


def test_the_callers_plan_says_what_to_do_and_nothing_of_levels_scores_or_the_case() -> None:
    text = plan_text(caller_plan(SCREEN, a_case(), DIRECTORY))
    for words in ("Tell your neighbours.", "The UK line", "Call 999"):
        assert words in text
    for words in (
        "2026-0117",
        "High concern",
        "Indicators",
        "01632",
        "Ms A.",
        "neighbour.",
        "former partner",
        "Because",
        "Made up",
    ):
        assert words not in text.replace("Tell your neighbours.", "")


def test_an_answer_with_several_lines_stays_under_its_question() -> None:
    lines = [line for line in TEXT.splitlines() if line.startswith("- What has happened?")]
    assert lines == ["- What has happened? 20 November 2026, Came; October 2026, Called; Called; There may be more."]
    assert len(SAID["incidents"]["entries"]) == 3


def test_how_to_send_a_plan_names_nobody() -> None:
    plan = caller_plan(SCREEN, a_case(), DIRECTORY)
    assert [one.value for one in plan.how_to_send] == ["01632 960001", "Weekdays before noon", "No"]


def test_a_judgement_of_an_outcome_that_is_no_more_is_left_out() -> None:
    gone = Judged(at=NOW, outcome="forgotten", level="high", computed="High concern")
    assert to_police(replace(a_case(), judged=(gone,))).judged == ()


def test_every_judgement_is_printed_with_what_the_answers_gave() -> None:
    first = Judged(
        at=NOW,
        outcome="serious_harm",
        level="elevated",
        computed="High concern",
        reason="Known to us",
        second_person="A lead",
    )
    case = replace(a_case(), judged=(first, Judged(at=NOW, outcome="serious_harm", level="", computed="High concern")))
    assert referral_text(to_police(case)).count("Serious harm: 25 November 2026, 12:30 UTC") == 2
    tokyo = replace(case, judged=(first.model_copy(update={"at": NOW.astimezone(timezone(timedelta(hours=9)))}),))
    assert "Serious harm: 25 November 2026, 12:30 UTC" in referral_text(to_police(tokyo))
    assert (
        "Elevated concern. By the answers alone: High concern. Reason: Known to us. Agreed by: A lead"
        in referral_text(to_police(case))
    )
