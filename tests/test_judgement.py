"""An assessor may raise or lower a level only as the author allows, and lowers it only with somebody else."""

import pytest
from jsonschema import Draft202012Validator

from engine.interview.assess import assess
from engine.interview.reading import check_judgements, read, to_json
from engine.interview.record_schema import response_schema
from tests.interview.screen import SCREEN, Said, judged, person, variant, whole

# how the author lets a level be judged, and whether it may be raised and lowered
ALLOWED = [
    ("{raise: with_reason, lower: never}", "", "may not be lowered"),
    ("{raise: never, lower: with_second_person}", "may not be raised", ""),
]


@pytest.mark.parametrize(("rule", "raising", "lowering"), ALLOWED)
def test_a_level_is_judged_only_as_the_author_allows(rule: str, raising: str, lowering: str) -> None:
    strict = variant("{raise: with_reason, lower: with_second_person}", rule)
    said = {"threats": ["harm"], "visits": "never", "who": "stranger"}
    for level, words in (("high", raising), ("elevated", ""), ("concern", lowering)):
        record = read(strict, whole(said, judgements=judged(level, "A colleague")))
        Draft202012Validator(response_schema(strict)).validate(to_json(record))
        messages = check_judgements(strict, record, assess(strict, record))
        assert [words in message.text for message in messages] == ([True] if words else [])


# answers, the judgement, words of the message or None; `elevated` is the middle one of three levels
JUDGED = [
    ({"threats": ["harm"], "visits": "never", "who": "stranger"}, judged("high"), None),
    ({"threats": ["harm"], "visits": "never", "who": "stranger"}, judged("elevated"), None),
    ({"threats": ["harm"], "visits": "never", "who": "stranger"}, judged("concern"), "takes a second person"),
    ({"threats": ["harm"], "visits": "never", "who": "stranger"}, judged("concern", "A colleague"), None),
    ({"threats": ["kill"]}, judged("elevated"), "takes a second person"),
    ({}, judged("concern"), None),  # nothing is known to be higher
]


@pytest.mark.parametrize(("said", "judgements", "words"), JUDGED)
def test_a_lowered_level_takes_a_second_person(said: Said, judgements: Said, words: str | None) -> None:
    record = person(said, judgements=judgements)
    messages = check_judgements(SCREEN, record, assess(SCREEN, record))
    assert [message.field for message in messages] == (["judgements.serious_harm"] if words else [])
    assert words is None or words in messages[0].text
