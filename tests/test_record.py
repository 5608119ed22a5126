"""A record is kept exactly as it was said, or refused with every reason in plain words."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from engine.interview.reading import InvalidRecord, read, to_json
from engine.interview.record import Days, NonAnswer, start
from engine.interview.record_schema import response_schema
from tests.interview.screen import SCREEN, STEADY, TODAY, Said, answers, judged, person, whole

SCHEMA = Draft202012Validator(response_schema(SCREEN))


@STEADY
@given(answers())
def test_what_is_written_is_read_again(said: Said) -> None:
    record = person(said, notes={"who": "by phone"}, how_known={"who": "asked"}, judgements=judged("high"))
    assert read(SCREEN, json.loads(json.dumps(to_json(record)))) == record


@STEADY
@given(answers())
def test_every_record_fits_the_schema_of_its_questionnaire(said: Said) -> None:
    judgements = judged("high", "A colleague") | {"fear": {"level": "calm", "reason": "Her voice"}}
    SCHEMA.validate(to_json(person(said, judgements=judgements, notes={"who": "x"}, how_known={"who": "asked"})))


@STEADY
@given(answers(), st.randoms(use_true_random=False))
def test_the_order_of_answering_never_matters(said: Said, dice: Any) -> None:
    names = list(said)
    dice.shuffle(names)
    assert person({name: said[name] for name in names}) == person(said)


@STEADY
@given(answers())
def test_answering_one_by_one_gives_the_same_record(said: Said) -> None:
    record = start(SCREEN, "self", TODAY)
    for name, answer in person(said).answers.items():
        record = record.without(name).saying(name, answer)
    assert record == person(said)


def test_the_four_ways_of_not_answering_are_never_confused() -> None:
    record = person({"who": "dont_know", "visits": "declined", "threats": "not_asked"})
    assert dict(record.answers) == {
        "who": NonAnswer.DONT_KNOW,
        "visits": NonAnswer.DECLINED,
        "threats": NonAnswer.NOT_ASKED,
    }


def test_nobody_answers_in_a_voice_the_questionnaire_does_not_have() -> None:
    with pytest.raises(ValueError, match="supporter"):
        start(SCREEN, "supporter", TODAY)


KEPT = [
    ("threats", ["harm", "kill"], ["kill", "harm"]),  # in the order of the options
    ("hours", 2.50, 2.5),
    ("hours", 3.0, 3),
    ("hours", 0, 0),
    ("hours", 24, 24),
    ("hours", -0.0, 0),
    ("more", {"text": "x" * 40}, {"text": "x" * 40}),
    ("first_time", "2026-11-20", "2026-11-20"),
    ("first_time", "2000-01-01", "2000-01-01"),
    ("incidents", {"entries": [{}] * 3, "that_is_all": True}, {"entries": [{}] * 3, "that_is_all": True}),
    ("first_time", "2026-11", "2026-11"),
    ("first_time", "2026", "2026"),  # the rest of this year is only not over yet
    ("first_time", "2000", "2000"),
    ("first_time", "2024-02-29", "2024-02-29"),
    ("court", "2036-11-20", "2036-11-20"),
    ("more", {"text": " Two lines\nand a tab\t"}, {"text": " Two lines\nand a tab\t"}),
    ("incidents", {"entries": [], "that_is_all": True}, {"entries": [], "that_is_all": True}),
    (
        "incidents",
        {"entries": [{}, {"what": "dont_know"}], "that_is_all": False},
        {"entries": [{}, {"what": "dont_know"}], "that_is_all": False},
    ),
]


@pytest.mark.parametrize(("item", "said", "kept"), KEPT)
def test_an_answer_is_kept(item: str, said: object, kept: object) -> None:
    assert to_json(person({item: said}))["answers"][item] == kept


# item, what was said, the field that is named, words of the message, whether the schema can see it too
REFUSED: list[tuple[str, object, str, str, bool]] = [
    ("who", "ex_parner", "who", "'ex_parner' is not one of the options. Did you mean 'ex_partner'?", True),
    ("who", ["ex_partner"], "who", "one option", True),
    ("who", None, "who", "one option", True),
    ("separated", True, "separated", "This must be one option, by its id. Write yes.", True),
    ("threats", "kill", "threats", "a list of options", True),
    ("threats", [], "threats", "Nothing is ticked. What is not answered is left out.", True),
    ("threats", ["kill", "kill"], "threats", "twice", True),
    ("threats", ["kill", "none_of_these"], "threats", "'none_of_these' cannot be ticked together", True),
    ("threats", ["bribe"], "threats", "'bribe' is not one of the options", True),
    ("threats", ["dont_know"], "threats", "'dont_know' is not one of the options", True),
    ("hours", "2", "hours", "This must be a number.", True),
    ("hours", True, "hours", "This must be a number.", True),
    ("hours", float("nan"), "hours", "This must be a number.", False),
    ("hours", 24.5, "hours", "The highest number here is 24.", True),
    ("hours", -0.5, "hours", "The lowest number here is 0.", True),
    ("hours", 2.25, "hours", "at most 1 digits after the point", False),
    ("hours", 10**400, "hours", "more digits than can be kept", True),
    ("hours", 1.123456789012345, "hours", "more digits than can be kept", False),
    ("hours", Decimal("1.0000000000000000000000000000000001"), "hours", "more digits than can be kept", False),
    ("first_time", "2026-11-21", "first_time", "after the date of this assessment", False),
    ("first_time", "2026-12", "first_time", "after the date of this assessment", False),
    ("first_time", "1999", "first_time", "before 2000-01-01", False),
    ("first_time", "1999-12-31", "first_time", "before 2000-01-01", False),
    ("first_time", "2026-02-30", "first_time", "a day, a month or a year", False),
    ("first_time", "0000", "first_time", "a day, a month or a year", False),
    ("first_time", "20.11.2026", "first_time", "a day, a month or a year", True),
    ("first_time", 2026, "first_time", "a day, a month or a year", True),
    ("court", "2036-11-21", "court", "more than ten years ahead", False),
    ("court", "2037", "court", "more than ten years ahead", False),
    ("more", "words", "more", "free words", True),
    ("more", {"text": " "}, "more", "no words", True),
    ("more", {"text": "x" * 41}, "more", "41 characters; there is room for 40", True),
    ("more", {"text": "a\0b"}, "more", "cannot be printed", False),
    ("more", {"text": "a\ud800b"}, "more", "cannot be printed", False),
    ("more", {"text": "a", "html": "b"}, "more", "free words", True),
    ("incidents", [], "incidents", "This must be a list, as in", True),
    ("incidents", {"entries": []}, "incidents", "This must be a list, as in", True),
    ("incidents", {"entries": {}, "that_is_all": True}, "incidents.entries", "a list of entries", True),
    ("incidents", {"entries": [], "that_is_all": "yes"}, "incidents.that_is_all", "true or false", True),
    ("incidents", {"entries": [{}] * 4, "that_is_all": True}, "incidents.entries", "room for 3 entries", True),
    ("incidents", {"entries": ["x"], "that_is_all": True}, "incidents.entries.0", "an entry", True),
    (
        "incidents",
        {"entries": [{}, {"wat": "visit"}], "that_is_all": True},
        "incidents.entries.1.wat",
        "'wat' is not asked of an entry. Did you mean 'what'?",
        True,
    ),
    (
        "incidents",
        {"entries": [{"times": 0}], "that_is_all": True},
        "incidents.entries.0.times",
        "The lowest number here is 1.",
        True,
    ),
    (
        "incidents",
        {"entries": [{"on": "2027"}], "that_is_all": True},
        "incidents.entries.0.on",
        "after the date of this assessment",
        False,
    ),
    ("hello", "yes", "hello", "Nothing is asked here", True),
    ("whom", "stranger", "whom", "Nothing here is called 'whom'. Did you mean 'who'?", True),
    ("voice", "self", "voice", "stands beside the answers", True),
]


@pytest.mark.parametrize(("item", "said", "field", "words", "schema_sees"), REFUSED)
def test_an_answer_is_refused(item: str, said: object, field: str, words: str, schema_sees: bool) -> None:
    with pytest.raises(InvalidRecord) as refused:
        person({item: said})
    (message,) = refused.value.messages
    assert message.field == f"answers.{field}"
    assert words in message.text
    assert SCHEMA.is_valid(whole({item: said})) is not schema_sees


# what stands beside the answers, the field that is named, words of the message
WRONG = [
    ({"questionnaire": "other"}, "questionnaire", "answers to another questionnaire: here stands 'screen'"),
    ({"version": "1.0.1"}, "version", "answers to another version; this is '1.0.0'"),
    ({"content_hash": "0" * 64}, "content_hash", "was changed since"),
    ({"voice": "supporter"}, "voice", "This must be one of: self, practitioner."),
    ({"date": "20.11.2026"}, "date", "the day of the assessment"),
    ({"date": "2026-11-31"}, "date", "the day of the assessment"),
    ({"date": "0026-11-20"}, "date", "from 1900 to 2199"),
    ({"answers": []}, "answers", "a map from names to values"),
    ({"anwsers": {}}, "anwsers", "Did you mean 'answers'?"),
    ({"how_known": {"who": "guessed"}}, "how_known.who", "one of: asked, volunteered, records, observed"),
    ({"notes": {"whom": "x"}}, "notes.whom", "Nothing here is called 'whom'"),
    ({"notes": {"who": ""}}, "notes.who", "no words"),
    ({"judgements": {"harm": {}}}, "judgements.harm", "There is no outcome 'harm'"),
    ({"judgements": {"after_separation": {}}}, "judgements.after_separation", "nobody may change it"),
    ({"judgements": {"fear": {"level": "calm"}}}, "judgements.fear.reason", "This is missing."),
    (
        {"judgements": {"fear": {"level": "brave", "reason": "x"}}},
        "judgements.fear.level",
        "There is no level 'brave'.",
    ),
    ({"judgements": {"fear": {"level": "calm", "reason": " "}}}, "judgements.fear.reason", "no words"),
    ({"judgements": {"fear": {"level": "calm", "reason": "x", "by": "me"}}}, "judgements.fear.by", "has no 'by'"),
]


@pytest.mark.parametrize(("parts", "field", "words"), WRONG)
def test_what_belongs_to_something_else_is_refused(parts: Said, field: str, words: str) -> None:
    with pytest.raises(InvalidRecord) as refused:
        read(SCREEN, {**whole({}), **parts})
    (message,) = refused.value.messages
    assert message.field == field
    assert words in message.text
    assert not SCHEMA.is_valid({**whole({}), **parts}) or field == "date"


def test_every_mistake_is_told_at_once() -> None:
    several = whole(
        {"who": "nobody", "threats": ["bribe", "none_of_these", "kill"], "hours": 99},
        version="2.0.0",
        voice="loud",
        notes={"whom": "x"},
    )
    with pytest.raises(InvalidRecord) as refused:
        read(SCREEN, several)
    fields = [message.field for message in refused.value.messages]
    assert fields == [
        "version",
        "voice",
        "answers.who",
        "answers.threats",
        "answers.threats",
        "answers.hours",
        "notes.whom",
    ]


@pytest.mark.parametrize("needed", ["questionnaire", "version", "voice", "date", "answers"])
def test_what_a_record_cannot_do_without(needed: str) -> None:
    short = {key: value for key, value in whole({}).items() if key != needed}
    with pytest.raises(InvalidRecord) as refused:
        read(SCREEN, short)
    assert [message.field for message in refused.value.messages] == [needed]


@pytest.mark.parametrize("data", [None, [], "record", {1: 2}])
def test_what_is_no_record_at_all_is_refused(data: object) -> None:
    with pytest.raises(InvalidRecord):
        read(SCREEN, data)


def test_the_content_hash_may_be_left_out_by_hand_and_is_then_known() -> None:
    record = person({})
    assert record.content_hash == SCREEN.content_hash
    assert person({}, content_hash=SCREEN.content_hash) == record


DATES = [
    ("2024", date(2024, 1, 1), date(2024, 12, 31)),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ("2024-12-01", date(2024, 12, 1), date(2024, 12, 1)),
]


@pytest.mark.parametrize(("said", "first", "last"), DATES)
def test_a_date_is_every_day_it_can_mean(said: str, first: date, last: date) -> None:
    assert person({"first_time": said}).answers["first_time"] == Days(first, last)
