"""Answering on the site: what can be typed, what is said back, where one gets to, and what stops one on the way."""

from __future__ import annotations

import doctest
import re
from importlib import import_module

import pytest
from flask import Flask

from tests.served import Person, small_site
from webui.prose import prose
from webui.typed import Unclear, date_in, number_in


@pytest.fixture(scope="module")
def app() -> Flask:
    return small_site()


@pytest.fixture
def person(app: Flask) -> Person:
    return Person(app).begins()


def test_a_whole_journey_ends_at_the_answers_and_the_summary(person: Person) -> None:
    assert person.heading == "Is a zebra kicking you now?"
    assert "First something about the zebra of this moment." in person.words
    person.answers("no").answers("no").answers("own")
    assert person.heading == "For how many years has the zebra been there?"
    assert "zebra years" in person.words
    person.answers("12")
    assert "Nobody has to remember every zebra." in person.words
    person.answers(["bitten", "kicked"])
    person.presses("answer", answer_year="2019", answer_month="march")
    person.presses("add", answer_1_year="2026", answer_2="bite").presses("all")
    person.answers("It is <b>stripy</b>.").presses("declined")
    assert person.heading == "Check your answers"
    for words in ("The zebra kicked; The zebra bit", "12 zebra years", "March 2019"):
        assert words in person.words
    assert "You would rather not say" in person.words
    person.presses("summary")
    assert person.heading == "Your summary"
    for words in ("Grave zebra concern", "A fence", "Hay for the zebra", "Ten years is old", "999", "A log to fill in"):
        assert words in person.words
    assert "It is &lt;b&gt;stripy&lt;/b&gt;." in person.page
    assert "<b>stripy" not in person.page


def test_a_summary_can_be_had_at_any_time_and_says_what_was_not_answered(person: Person) -> None:
    person.presses("summary")
    assert person.heading == "Your summary"
    assert "You did not get to this" in person.words
    assert "A question without an answer is never taken as a no" in person.words
    assert (
        not re.search(r"\blow\b|\bsafe\b|%|\bscore\b", person.words, re.IGNORECASE)
        or "whether that is safe" in person.words
    )


def test_the_four_ways_not_to_answer_are_kept_apart(app: Flask) -> None:
    practitioner = Person(app, "practitioner").begins()
    words = practitioner.words
    assert "What counts as a yes A hoof that only touches." in words
    assert "If it helps, ask Which leg was it? Did the zebra mean it?" in words
    assert "For you, not to be read out Ask for the zebra by name." in words
    practitioner.presses("dont_know").presses("go_on").presses("declined").presses("go_on").presses("not_asked")
    words = practitioner.presses("check").words
    assert "Is a zebra kicking you now? Not known" in words
    assert "Can the zebra hear you? Preferred not to say" in words
    assert "Whose zebra is it? Not asked" in words
    assert "What has the zebra done? Not answered yet" in words


def test_only_practitioners_are_shown_guidance_numbers_and_the_version(app: Flask) -> None:
    assert not re.search("by name|Which leg|only touches", Person(app).begins().words)
    assert "version 1.0.0" in Person(app, "practitioner").begins().presses("summary").words
    assert "version 1.0.0" not in Person(app).begins().presses("summary").words
    assert "not_asked" not in Person(app).begins().page


def test_nothing_chosen_is_the_same_page_with_a_message_and_the_summary_of_errors_first(person: Person) -> None:
    person.presses("answer")
    assert person.last.status_code == 422
    assert person.title == "Error: Questions"
    assert person.heading == "Is a zebra kicking you now?"
    main = person.page.partition("<main")[2]
    assert main.index('id="errors"') < main.index("<h1")
    assert '<a href="#answer-1">Choose an answer, or use one of the other buttons below.</a>' in main
    assert 'aria-describedby="answer-wrong"' in main
    assert 'id="answer-wrong"' in main
    assert 'id="answer-1"' in main


@pytest.mark.parametrize("typed", ["many", "1e9", "51", "-1", "2.5", "９", "0x10"])
def test_a_number_that_cannot_be_kept_is_said_and_kept_in_the_box(person: Person, typed: str) -> None:
    person.passes_on_to("Whose").answers("own").answers(typed)
    assert person.last.status_code == 422
    assert f'value="{typed}"' in person.page
    assert re.search(r"Write (this as )?a number", person.words)


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [("", "", ""), ("31", "2", "2026"), ("", "13", "2026"), ("3", "", "2026"), ("", "5", "26"), ("", "", "2027")],
)
def test_a_date_that_cannot_be_kept_is_said_and_kept_in_the_boxes(
    person: Person, day: str, month: str, year: str
) -> None:
    person.passes_on_to("did the zebra come")
    person.presses("answer", answer_day=day, answer_month=month, answer_year=year)
    assert person.last.status_code == 422
    assert 'href="#answer-day"' in person.page
    for typed in filter(None, (day, month, year)):
        assert f'value="{typed}"' in person.page


def test_what_is_typed_is_understood_or_refused_in_words() -> None:
    assert str(number_in("−2")) == "-2"
    assert date_in("03", "sept.", "2026") == "2026-09-03"
    assert date_in("29", "2", "2024") == "2024-02-29"
    for wrong in (("", "ma", "2026"), ("x", "5", "2026"), ("", "5", "")):
        with pytest.raises(Unclear):
            date_in(*wrong)


@pytest.mark.parametrize("module", ["webui.older", "webui.prose", "webui.typed", "webui.words"])
def test_the_examples_in_the_code_are_true(module: str) -> None:
    failed, tried = doctest.testmod(import_module(module))
    assert (failed, tried > 0) == (0, True)


def test_what_an_author_writes_is_never_markup_nor_a_template() -> None:
    written = "<script>alert(1)</script> {{ 7 * 7 }} {% raw %} {0.__class__}\n\n- <b>one</b>\n- &amp;"
    shown = prose(written)
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert "{{ 7 * 7 }} {% raw %} {0.__class__}" in shown
    assert "<ul><li>&lt;b&gt;one&lt;/b&gt;</li><li>&amp;amp;</li></ul>" in shown


def test_none_of_these_stands_alone(person: Person) -> None:
    person.passes_on_to("has the zebra done?").answers(["kicked", "none_of_these"])
    assert person.last.status_code == 422
    assert "“No zebra did any of these” cannot be ticked together with another answer." in person.words
    assert person.page.count(" checked") == 2
    assert person.answers("none_of_these").heading == "When did the zebra come?"


@pytest.mark.parametrize("forged", ["horse", "dont_know", "not_asked", "\u0000", "' or 1"])
def test_an_option_that_was_not_offered_is_no_answer(person: Person, forged: str) -> None:
    assert person.answers(forged).last.status_code == 422
    assert "Not answered" not in person.presses("check").words
    assert "Is a zebra kicking you now? You did not get to this" in person.words


def test_a_list_grows_shrinks_and_is_never_lost(person: Person) -> None:
    person.passes_on_to("and when?")
    assert person.presses("add").last.status_code == 422
    assert "Fill in at least one box" in person.words
    person.presses("add", answer_1_year="2024").presses("add", answer_1_year="2025", answer_2="kick")
    assert "What you have added so far 2024" in person.words
    assert "2025, A zebra kick" in person.words
    person.presses("remove:1")
    assert "2024" not in person.words
    # What stands in the boxes when "that is all" is pressed belongs to the list.
    person.presses("all", answer_2="bite").presses("check")
    assert "2025, A zebra kick" in person.words
    assert "A zebra bite" in person.words


def test_a_full_list_takes_no_more(person: Person) -> None:
    person.passes_on_to("and when?")
    for year in ("2022", "2023", "2024"):
        person.presses("add", answer_1_year=year)
    assert "The list is full." in person.words
    assert person.presses("add", answer_1_year="2025").last.status_code == 422
    assert "2025" not in person.presses("all").presses("check").words


def test_nothing_to_add_is_an_answer(person: Person) -> None:
    person.passes_on_to("and when?").presses("all").presses("check")
    assert "What has the zebra done, and when? Nothing to add" in person.words


def test_back_and_change_keep_what_was_said(person: Person) -> None:
    person.answers("no").answers("no").presses("back")
    assert person.heading == "Can the zebra hear you?"
    assert 'value="no" id="answer-2" autocomplete="off" checked' in person.page
    person.presses("declined").presses("back")
    assert re.findall(r'value="(\w+)" aria-pressed="true"', person.page) == ["declined"]
    assert " checked" not in person.page
    person.presses("check").presses("change:danger")
    assert person.heading == "Is a zebra kicking you now?"
    assert person.answers("no").heading == "Check your answers"
    # A change that opens a new question leads there first, and then back.
    person.presses("change:who").answers("own")
    assert person.heading == "For how many years has the zebra been there?"
    assert person.answers("3").heading == "Check your answers"
    assert person.presses("change:nothing").heading == "Check your answers"


def test_a_question_that_opens_again_keeps_its_answer_and_is_not_asked_once_more(person: Person) -> None:
    person.passes_on_to("Whose").answers("own").answers("12").presses("check")
    assert person.presses("change:who").answers("wild").heading == "Check your answers"
    assert person.presses("change:who").answers("own").heading == "Check your answers"
    assert "12 zebra years" in person.words


def test_before_the_first_question_stands_how_to_leave_where_somebody_may_look(app: Flask, person: Person) -> None:
    first = person.heading
    assert person.presses("back").heading == "Before the first question"
    assert person.presses("go_on").heading == first
    caller = Person(app, "practitioner").begins()
    assert caller.presses("back").heading == "Is a zebra kicking you now?"


def test_an_answer_that_no_longer_applies_has_no_effect(person: Person) -> None:
    person.passes_on_to("Whose").answers("own").answers("12").presses("summary")
    assert "Ten years is old" in person.words
    person.presses("check").presses("change:who").answers("wild").presses("summary")
    assert "Ten years is old" not in person.words
    assert "12 zebra years" not in person.words


def test_an_answer_to_a_question_that_is_not_asked_is_not_taken(person: Person) -> None:
    person.passes_on_to("Whose").answers("wild").presses("back")
    token = person.hidden("token")
    for item in ("years", "private_words", "remark", "voice", "nothing", ""):
        data = {"token": token, "item": item, "do": "answer", "answer": "12"}
        assert person.client.post("/q", data=data).status_code == 303
    assert person.looks().heading == "Whose zebra is it?"
    assert "12" not in person.presses("check").words


def test_free_words_are_asked_of_the_person_only_where_the_questionnaire_says_so(app: Flask) -> None:
    assert "zebra file" not in Person(app).begins().presses("check").words
    assert "zebra file" in Person(app, "practitioner").begins().presses("check").words


def test_an_alert_stops_once_and_stays_on_top_of_the_summary(person: Person) -> None:
    person.answers("yes")
    assert person.heading == "Step away from the zebra"
    assert person.page.count('action="/leave"') == 3
    assert person.presses("go_on").heading == "Can the zebra hear you?"
    person.presses("back").answers("yes")
    assert person.heading == "Can the zebra hear you?"
    person.presses("summary")
    assert person.words.index("Step away from the zebra") < person.words.index("This zebra list has not been validated")


def test_an_alert_that_only_may_hold_stops_nobody_before_its_question(person: Person) -> None:
    assert person.heading == "Is a zebra kicking you now?"
    assert person.presses("dont_know").heading == "Can the zebra hear you?"
    assert person.presses("dont_know").heading == "The zebra may hear this"
    assert person.presses("go_on").heading == "Whose zebra is it?"
    assert "The zebra may hear this" in person.presses("summary").words


def test_a_page_without_the_token_of_the_journey_changes_nothing(app: Flask, person: Person) -> None:
    other = Person(app).begins().hidden("token")
    for token in ("", "x", other):
        data = {"token": token, "item": "danger", "do": "answer", "answer": "yes"}
        assert person.client.post("/q", data=data).status_code == 400
    assert "You did not get to this" in person.looks().presses("check").words
    assert "Yes" not in person.words


def test_who_is_answering_has_to_be_chosen(app: Flask) -> None:
    reply = app.test_client().post("/", data={"which": "0", "voice": "supporter"})
    assert reply.status_code == 422
    assert "<title>Error: Questions</title>" in reply.get_data(as_text=True)
    assert 'href="#s0-1">Choose who this is about.' in reply.get_data(as_text=True)
