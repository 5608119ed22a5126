"""The summary says what follows from what was told, in one voice, and never reassures."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.interview.assess import assess
from engine.interview.record import Record
from engine.interview.sentences import SENTENCES
from engine.interview.summarise import summarise
from engine.interview.summary import Finding, Summary
from tests.interview.screen import DIRECTORY, SCREEN, STEADY, TODAY, Said, answers, judged, person

EX = {"who": "ex_partner", "separated": "yes", "contested": "yes"}
STRANGER = {"who": "stranger"}


def summary(said: Said, voice: str | None = None, **parts: object) -> Summary:
    return summarise(SCREEN, person(said, **parts), DIRECTORY, voice)


def finding(said: Said, voice: str = "self", outcome: str = "serious_harm", **parts: object) -> Finding:
    return next(one for one in summary(said, voice, **parts).findings if one.id == outcome)


# item, what was said, how it is told
TOLD = [
    ("who", "ex_partner", "A former partner"),
    ("threats", ["kill", "harm"], "To kill you; To harm you"),
    ("hours", 2.5, "2.5 hours"),
    ("hours", 10, "10 hours"),
    ("first_time", "2026-11-03", "3 November 2026"),
    ("first_time", "2024-02", "February 2024"),
    ("first_time", "2025", "2025"),
    ("more", {"text": "He came back."}, "He came back."),
    ("incidents", {"entries": [], "that_is_all": True}, "Nothing to add"),
    (
        "incidents",
        {"entries": [{"what": "visit", "on": "2026-11", "times": "dont_know"}, {}], "that_is_all": False},
        "November 2026, Came\nNothing more is known of this one\nThere may be more.",
    ),
]


@pytest.mark.parametrize(("item", "said", "words"), TOLD)
def test_what_was_told_is_said_back(item: str, said: object, words: str) -> None:
    told = [one for section in summary({item: said}).told for one in section.said]
    assert [(one.question, one.answer) for one in told] == [(SCREEN.items[item].ask.says("self"), words)]


def test_what_was_told_stands_by_section_and_in_the_words_of_the_voice() -> None:
    said = {"visits": "weekly", "who": "stranger"}
    assert [(one.section, [part.question for part in one.said]) for one in summary(said).told] == [
        ("The person doing this", ["Who is doing this?"]),
        ("What they do", ["How often do they come?"]),
    ]
    assert summary(said, "practitioner").told[0].said[0].question == "Who is the caller describing?"


def test_how_an_answer_is_known_and_notes_are_for_practitioners() -> None:
    said = {"who": "stranger", "separated": "yes", "visits": "dont_know"}
    beside = {
        "how_known": {"who": "records", "separated": "asked"},
        "notes": {"who": "See file", "separated": "stale", "visits": "Cried"},
    }
    page = summary(said, "practitioner", **beside)
    assert [(one.answer, one.how_known, one.note) for one in page.told[0].said] == [
        ("Someone I do not know", "From records", "See file")
    ]
    assert [one.note for one in page.unanswered if one.note] == ["Cried"]
    assert summary(said, "self", **beside) == summary(said, "self")


REASONS = {
    "self": ["You do not know", "You would rather not say", "You were not asked this", "You did not get to this"],
    "practitioner": ["Not known", "Preferred not to say", "Not asked", "Not answered yet"],
}


@pytest.mark.parametrize("voice", REASONS)
def test_what_has_no_answer_is_listed_with_its_reason(voice: str) -> None:
    said = {**STRANGER, "threats": "dont_know", "visits": "declined", "hours": "not_asked"}
    listed = summary(said, voice).unanswered
    assert [one.reason for one in listed][:4] == REASONS[voice]
    assert "Did you separate in the last year?" not in [one.question for one in listed]
    assert "Skip what you like." not in [one.question for one in listed]


def test_a_question_that_may_be_shown_is_listed_too() -> None:
    assert "Did you separate in the last year?" in [one.question for one in summary({}).unanswered]


# answers, voice, the words of the level, whether it is settled, the items that caused it
LEVELS: list[tuple[Said, str, str, bool, list[str]]] = [
    ({}, "self", "Too little was answered to say", False, []),
    ({}, "practitioner", "Not settled: too little was answered", False, []),
    ({**STRANGER, "threats": ["none_of_these"], "visits": "never"}, "self", "Some concern", True, []),
    ({**STRANGER, "threats": ["none_of_these"]}, "self", "Some concern", True, []),
    ({"threats": ["none_of_these"]}, "self", "Too little was answered to say", False, []),
    ({"threats": ["none_of_these"]}, "practitioner", "Between Some concern and Elevated concern", False, []),
    ({"threats": ["harm"]}, "self", "At least: Elevated concern", False, ["threats"]),
    ({"threats": ["harm"]}, "practitioner", "Between Elevated concern and High concern", False, ["threats"]),
    ({"threats": ["kill"]}, "self", "High concern", True, ["threats"]),
    ({"threats": ["kill"], **EX, "visits": "weekly"}, "practitioner", "High concern", True, ["threats"]),
]


@pytest.mark.parametrize(("said", "voice", "level", "settled", "causes"), LEVELS)
def test_a_level_in_words(said: Said, voice: str, level: str, settled: bool, causes: list[str]) -> None:
    found = finding(said, voice)
    assert (found.level, found.settled) == (level, settled)
    assert [one.question for one in found.because] == [SCREEN.items[item].ask.says(voice) for item in causes]


def test_the_first_level_comes_with_its_limits() -> None:
    said = {**STRANGER, "threats": ["none_of_these"], "visits": "never"}
    assert finding(said).text == (
        "Some signs can be missed. This goes only by your answers. It does not mean that nothing will happen. "
        "You know your situation best: if you are worried, talk to a specialist service."
    )
    assert finding(said, "practitioner").text == (
        "Some signs can be missed. This goes only by the answers given. "
        "It does not rule anything out, and the person's own fear counts."
    )


def test_an_open_outcome_says_that_silence_is_no_comfort() -> None:
    assert finding({}).text == "Questions that matter to this have no answer. That is never a sign of less concern."
    assert finding({"threats": ["harm"]}).text == f"Take it seriously. {SENTENCES['could_be_higher'].says('self')}"
    assert finding({"threats": ["kill"]}).text == "This is urgent."


def test_an_outcome_that_does_not_apply_is_not_mentioned_and_one_that_may_says_so() -> None:
    assert [one.id for one in summary(STRANGER).findings] == ["serious_harm"]
    assert finding({"who": "dont_know"}, outcome="after_separation").text.startswith("This may not apply")
    assert finding(EX, outcome="after_separation").level == "Disputed"
    assert finding({"who": "ex_partner"}, outcome="after_separation").because == ()


def test_what_only_an_assessor_decides_is_kept_from_the_person_until_it_is_decided() -> None:
    fear = {"fear": {"level": "afraid", "reason": "Her voice"}}
    assert "fear" not in [one.id for one in summary({}).findings]
    assert finding({}, "practitioner", "fear").level == "Not judged yet"
    assert finding({}, "practitioner", "fear", judgements=fear).level == "Afraid"
    assert finding({}, "practitioner", "fear").text == ""
    calm = {"fear": {"level": "calm", "reason": "She laughed"}}
    assert finding({}, "self", "fear", judgements=calm).text == SENTENCES["not_a_promise"].says("self")
    assert finding({}, "practitioner", "fear", judgements=fear).judged == "The assessor's judgement. Reason: Her voice"
    assert "Her voice" not in str(summary({}, "self", judgements=fear))


HARM = {**STRANGER, "threats": ["harm"], "visits": "never"}  # elevated, the middle level
# the judgement, the level that is printed, how the computed one stands beside it, what a step that hangs on it does
JUDGED: list[tuple[Said, str, str, bool]] = [
    (
        judged("high"),
        "High concern",
        "Raised by the assessor to: High concern. By the answers alone: Elevated concern. Reason: What she told me",
        True,
    ),
    (
        judged("concern", "A colleague"),
        "Some concern",
        (
            "Lowered by the assessor to: Some concern, agreed by A colleague. "
            "By the answers alone: Elevated concern. Reason: What she told me"
        ),
        False,
    ),
    (judged("concern"), "Elevated concern", "", False),  # nobody agreed: it has no effect
    (
        judged("elevated"),
        "Elevated concern",
        "The assessor's judgement: Elevated concern. By the answers alone: Elevated concern. Reason: What she told me",
        False,
    ),
]


@pytest.mark.parametrize(("judgements", "level", "beside", "raised"), JUDGED)
def test_a_judged_level_stands_beside_the_computed_one(judgements: Said, level: str, beside: str, raised: bool) -> None:
    said = {**HARM, "phone_access": "no"}
    found = finding(said, "practitioner", judgements=judgements)
    assert (found.level, found.judged) == (level, beside)
    assert [one.question for one in found.because] == ["Have they threatened any of these?"]
    planned = [step.id for theme in summary(said, judgements=judgements).plan for step in theme.steps]
    assert ("grab_bag" in planned) is raised


def test_a_lowering_never_lowers_what_is_done() -> None:
    said = {"threats": ["kill"], "phone_access": "no"}
    lowered = summary(said, judgements=judged("concern", "A colleague"))
    assert lowered.plan == summary(said).plan
    assert lowered.alerts == summary(said).alerts
    assert lowered.services == summary(said).services


def test_agreeing_with_the_floor_does_not_close_what_is_open() -> None:
    agreed = finding({"threats": ["harm"]}, judgements=judged("elevated"))
    assert (agreed.level, agreed.settled) == ("At least: Elevated concern", False)


def test_a_judgement_that_an_answer_has_overtaken_hides_nothing() -> None:
    overtaken = finding({**HARM, "threats": ["kill"]}, "practitioner", judgements=judged("elevated"))
    assert (overtaken.level, overtaken.judged) == ("High concern", "")


def test_reasons_of_an_assessor_are_not_for_the_person() -> None:
    printed = finding(HARM, "self", judgements=judged("concern", "A colleague"))
    assert printed.judged == (
        "The person who went through this with you put this lower, at: Some concern. "
        "By the answers alone: Elevated concern."
    )


def test_scores_and_sources_are_for_practitioners() -> None:
    said = {"threats": ["harm"], **EX}
    page = summary(said, "practitioner")
    assert [(one.title, one.value, one.by_rule) for one in page.scores] == [
        ("Indicators of harm", "Between 6 and 8", ""),
    ]
    assert page.sources == ("A study. https://doi.org/10.1000/study", "A paper. https://example.org/paper")
    assert "A leaflet" not in str(page.sources)
    assert "A leaflet" in summary({"first_time": "2025"}, "practitioner").sources
    paper = "A paper. https://example.org/paper"
    assert paper in summary({"phone_access": "dont_know"}, "practitioner").sources  # cited by a step
    assert paper not in summary({"phone_access": "no"}, "practitioner").sources
    assert (page.version, page.content_hash) == ("1.0.0", SCREEN.content_hash)
    assert (summary(said).scores, summary(said).sources) == ((), ())


def test_the_frame_of_the_page() -> None:
    page = summary({})
    assert (page.title, page.caution, page.on) == ("What is happening to you", "Made up for tests.", TODAY)
    assert (page.voice, page.language) == ("self", "en")


def test_nothing_is_said_in_a_voice_without_words() -> None:
    with pytest.raises(ValueError, match="supporter"):
        summary({}, "supporter")


def test_none_of_the_engines_own_words_reassures() -> None:
    words = [text for sentence in SENTENCES.values() for _, text in sentence.by_voice]
    assert [
        text for text in words if re.search(r"\b(low|safe|safely|no risk|risk)\b|%|per ?cent", text, re.IGNORECASE)
    ] == []


@STEADY
@given(answers(), st.sampled_from(["self", "practitioner"]), st.randoms(use_true_random=False))
def test_the_order_of_answering_never_matters(said: Said, voice: str, dice: Any) -> None:
    names = list(said)
    dice.shuffle(names)
    assert summary({name: said[name] for name in names}, voice) == summary(said, voice)


@STEADY
@given(answers(), st.sampled_from(["self", "practitioner"]))
def test_a_stale_answer_has_no_effect_on_anything(said: Said, voice: str) -> None:
    record = person(said)
    fresh = without_hidden(record)
    assert assess(SCREEN, record) == assess(SCREEN, fresh)
    assert summarise(SCREEN, record, DIRECTORY, voice) == summarise(SCREEN, fresh, DIRECTORY, voice)


def test_a_stale_answer_is_told_nowhere_and_counts_again_when_its_question_is_back() -> None:
    said = {**EX, "threats": ["none_of_these"], "visits": "monthly"}
    assert finding(said).level == "Elevated concern"
    changed = summary({**said, "who": "stranger"})
    assert finding({**said, "who": "stranger"}).level == "Some concern"
    assert "separate" not in str(changed)
    assert "disputes" not in str(changed)


@STEADY
@given(answers())
def test_nothing_is_told_both_as_answered_and_as_unanswered(said: Said) -> None:
    page = summary(said)
    told = [one.question for section in page.told for one in section.said]
    open_questions = [one.question for one in page.unanswered]
    assert len({*told, *open_questions}) == len(told) + len(open_questions)


def without_hidden(record: Record) -> Record:
    shown = assess(SCREEN, record).applies
    return replace(record, answers={item: said for item, said in record.answers.items() if shown[item] is not False})
