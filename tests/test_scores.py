"""Numbers and dates in words; scores with their bounds, and beside them what a published rule makes of them."""

from datetime import date
from fractions import Fraction

import pytest

from engine.format.load import load
from engine.interview.reading import read
from engine.interview.record import Days
from engine.interview.summarise import summarise
from engine.interview.summary import Summary
from engine.interview.wording import Speech, days_words, listed, number_words
from tests.interview.screen import HERE, Said

PUBLISHED = load(HERE / "published.yaml")


def summary(said: Said, voice: str = "practitioner") -> Summary:
    whole = {"questionnaire": "published", "version": "1.0.0", "voice": voice, "date": "2026-11-20", "answers": said}
    return summarise(PUBLISHED, read(PUBLISHED, whole), None)


NUMBERS = [
    (Fraction(0), "0"),
    (Fraction(100), "100"),
    (Fraction(5, 2), "2.5"),
    (Fraction(1, 8), "0.125"),
    (Fraction(-5, 2), "-2.5"),
    (Fraction(10, 3), "3.33"),
    (Fraction(-2, 3), "-0.67"),
    (Fraction(1, 3000), "0.00"),
    (Fraction(12345678901), "12345678901"),
]


@pytest.mark.parametrize(("number", "words"), NUMBERS)
def test_a_number_in_words(number: Fraction, words: str) -> None:
    assert number_words(number) == words


DAYS = [
    (date(2026, 11, 3), date(2026, 11, 3), "3 November 2026"),
    (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
    (date(2026, 1, 1), date(2026, 12, 31), "2026"),
    (date(2026, 11, 3), date(2026, 11, 30), "between 3 November 2026 and 30 November 2026"),
    (date(2025, 11, 1), date(2026, 11, 30), "between 1 November 2025 and 30 November 2026"),
    (date(2026, 11, 1), date(2026, 11, 29), "between 1 November 2026 and 29 November 2026"),
    (date(2025, 1, 1), date(2026, 12, 31), "between 1 January 2025 and 31 December 2026"),
]


@pytest.mark.parametrize(("first", "last", "words"), DAYS)
def test_a_date_in_words(first: date, last: date, words: str) -> None:
    assert days_words(Days(first, last), Speech("self")) == words


NAMES = [([], ""), (["Wales"], "Wales"), (["England", "Wales", "Scotland"], "England, Wales and Scotland")]


@pytest.mark.parametrize(("names", "words"), NAMES)
def test_names_in_words(names: list[str], words: str) -> None:
    assert listed(names, Speech("self")) == words


YES = {"one": "yes", "two": "yes"}
# answers, the lines of the scores and of the alert: title, value, by the rule
LINES: list[tuple[Said, str, str, str]] = [
    ({}, "Total", "Between 0 and 6", "By its rule for missing answers: not given (3 missing)"),
    (YES, "Total", "Between 4 and 6", "By its rule for missing answers: 6 (1 missing)"),
    ({**YES, "three": "declined"}, "Total", "Between 4 and 6", "By its rule for missing answers: 6 (1 missing)"),
    ({**YES, "three": "no"}, "Total", "4", "By its rule for missing answers: 4 (0 missing)"),
    ({**YES, "three": "no"}, "A third of it", "1.33", ""),
    ({}, "Profile", "E?", ""),
    ({"eyes": "open"}, "Profile", "E4", ""),
    ({}, "Visits", "Between 0 and 9, or no value", ""),
    ({"seen": "yes", "times": 3}, "Visits", "3", ""),
    ({"seen": "dont_know", "times": 3}, "Visits", "3, or no value", ""),
    ({"seen": "no", "times": 3}, "Visits", "No value", ""),
    ({}, "Refer", "Not raised", "By its rule for missing answers: not given"),
    (YES, "Refer", "Raised", "By its rule for missing answers: raised"),
    ({"one": "no", "two": "no"}, "Refer", "Not raised", "By its rule for missing answers: not raised"),
    ({"one": "yes", "three": "yes"}, "Refer", "Raised", "By its rule for missing answers: raised"),
]


@pytest.mark.parametrize(("said", "title", "value", "by_rule"), LINES)
def test_the_rule_stands_beside_the_bounds(said: Said, title: str, value: str, by_rule: str) -> None:
    (line,) = [one for one in summary(said).scores if one.title == title]
    assert (line.value, line.by_rule) == (value, by_rule)


# answers, the level, what the rule makes of it
BANDS = [
    ({}, "Not settled: too little was answered", "By its rule for missing answers: not given (3 missing)"),
    (YES, "Second band", "By its rule for missing answers: Second band (1 missing)"),
    (
        {"one": "yes", "two": "no"},
        "Not settled: too little was answered",
        "By its rule for missing answers: First band (1 missing)",
    ),
]


@pytest.mark.parametrize(("said", "level", "by_rule"), BANDS)
def test_the_rule_never_replaces_the_range(said: Said, level: str, by_rule: str) -> None:
    (band,) = summary(said).findings
    assert (band.level, band.by_rule) == (level, by_rule)


def test_the_rule_is_not_for_the_person() -> None:
    page = summary(YES, "self")
    assert (page.scores, page.sources, page.findings[0].by_rule) == ((), (), "")


def test_without_a_directory_no_service_is_named() -> None:
    assert summary({}).services == ()


def test_the_rules_source_is_cited_where_the_rule_is_read() -> None:
    assert summary({}).sources == ("The manual",)
