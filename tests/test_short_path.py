"""The short path comes first and is enough for a summary; and a door for those who worry about their own behaviour."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from playwright.sync_api import expect

from engine.cli import main
from engine.format.load import load
from engine.interview.record import start
from engine.interview.walk import walk
from tests.browsing import browser
from tests.casework.at_desk import Worker, desk_site
from tests.interview.screen import SCREEN, TODAY, person
from tests.served import SHORT, Clock, Person, served, small_site
from webui import Settings, create_app
from webui.prose import says_999

STALKING = Path(__file__).parent.parent / "questionnaires" / "stalking_screen"


@pytest.fixture
def app() -> Flask:
    return create_app(Settings(questionnaires=SHORT, now=Clock()))


@pytest.fixture
def somebody(app: Flask) -> Person:
    return Person(app).begins()


def test_questions_of_the_short_path_are_asked_first_and_the_others_in_their_order() -> None:
    short = load(SHORT / "path")
    way = walk(short, start(short, "self", TODAY))
    assert way.asked == ("danger", "wish", "stripes", "kicks", "bites")
    assert (way.short, way.next) == (2, "danger")
    assert [step.item for step in way.steps] == ["stripes", "danger", "kicks", "wish", "bites"]


def test_without_a_short_path_the_order_is_that_of_the_page() -> None:
    way = walk(SCREEN, person({}))
    assert way.short == 0
    assert list(way.asked) == [step.item for step in way.steps if step.state != "note"]


def test_after_the_short_path_there_is_enough_for_now_and_more_for_who_wants_it(somebody: Person) -> None:
    assert "Some questions about the zebra. " in somebody.words
    assert "Question 1 of at most 2" in somebody.words
    somebody.answers("no")
    assert "Question 2 of at most 2" in somebody.words
    somebody.answers("peace")
    assert somebody.heading == "This is enough for now"
    somebody.presses("further")
    assert somebody.heading == "Has it stripes?"
    assert "More question 1 of at most 3" in somebody.words
    assert "Some questions about the zebra. " in somebody.words
    assert somebody.presses("back").heading == "This is enough for now"
    assert somebody.presses("back").heading == "What do you wish for?"
    somebody.answers("grass").presses("summary")
    assert somebody.heading == "Your summary"
    assert "Has it stripes?" in somebody.words.partition("What has no answer")[2]


def test_answers_can_be_looked_at_on_the_way_and_back_leads_to_where_it_was(somebody: Person) -> None:
    somebody.answers("no")
    assert somebody.presses("check").presses("back").heading == "What do you wish for?"
    somebody.answers("peace")
    assert somebody.presses("check").presses("back").heading == "This is enough for now"
    somebody.presses("further").answers("yes")
    assert somebody.presses("check").presses("back").heading == "Has it kicked before?"
    somebody.answers("yes").answers("yes")
    assert somebody.presses("back").heading == "Does it bite?"


def test_further_questions_go_on_where_they_were_left(somebody: Person) -> None:
    somebody.answers("no").answers("peace").presses("further").answers("yes")
    assert somebody.heading == "Has it kicked before?"
    somebody.presses("back").presses("back").presses("further")
    assert somebody.heading == "Has it kicked before?"
    somebody.answers("yes").answers("yes")
    assert somebody.heading == "Check your answers"


def test_the_first_page_says_how_long_the_short_path_takes_where_it_is_shorter(app: Flask) -> None:
    assert "most important questions" not in Person(app).looks("/").words
    words = Person(create_app(Settings(now=Clock()))).looks("/").words
    assert "The most important questions come first and take a few minutes. You can stop there, or go on" in words


def test_whoever_worries_about_their_own_behaviour_is_asked_nothing_and_led_to_help(app: Flask) -> None:
    first = Person(app).looks("/")
    assert 'href="/own"' in first.page
    own = Person(app).looks("/own")
    assert own.title == "Questions"
    assert "Keepers who kick" in own.words
    assert "nobody has checked" not in own.words  # no number of it may be printed
    assert "<input" not in own.page
    assert 'action="/q"' not in own.page
    assert not own.cookie


def test_the_stalking_screen_stops_after_twelve_questions_on_what_is_wished() -> None:
    screen = load(STALKING)
    way = walk(screen, start(screen, "self", TODAY))
    assert way.short <= 12
    assert way.asked[way.short - 1] == "wishes"


def test_a_person_who_stopped_early_is_not_shown_every_hard_question_again() -> None:
    screen = create_app(Settings(now=Clock()))
    titles = {one.instrument.id: place for place, one in enumerate(screen.extensions["askwell"].library.titles)}
    told = {}
    for voice in ("self", "practitioner"):
        page = Person(screen, voice).begins(titles["stalking_screen"]).presses("summary").words
        told[voice] = page.partition("What has no answer")[2].partition("If there is danger")[0]
    assert "Threats and violence: 7 questions Over time: 6 questions" in told["self"]
    assert "pressed on your neck" not in told["self"]
    assert "pressed on your neck" in told["practitioner"]


def test_in_a_browser_the_stalking_screen_offers_to_stop_after_twelve_questions_and_help_for_own_behaviour(
    tmp_path: Path,
) -> None:
    with served(create_app(Settings())) as site, browser(tmp_path / "profile") as context:
        page = context.pages[0]
        page.goto(site)
        heading = page.get_by_role("heading", level=1)
        page.get_by_role("link", name="I am worried about my own behaviour").click()
        expect(heading).to_have_text("If you are worried about your own behaviour")
        expect(page.get_by_role("link", name="respect.org.uk")).to_be_visible()
        expect(page.locator("input")).to_have_count(0)
        page.goto(site)
        page.get_by_text("What is happening to you").click()
        door = page.locator("details[open]")
        door.get_by_label("It is happening to me").check()
        door.get_by_role("button", name="Begin").click()
        questions = 0
        skip = page.get_by_role("button", name="I don't know", exact=True)
        on = page.get_by_role("button", name=re.compile("(Continue with|Go on to) the questions"))  # only to be read
        more = page.get_by_role("button", name="Go on with more questions")
        expect(on.or_(skip)).to_be_visible()
        while not more.is_visible():
            words = heading.inner_text()
            questions += skip.is_visible()
            on.or_(skip).click()
            expect(heading).to_have_text(re.compile(rf"^(?!{re.escape(words)}$)."))
            expect(on.or_(skip).or_(more)).to_be_visible()
        assert questions <= 12
        more.click()
        expect(page.locator(".progress")).to_contain_text("More question 1 of at most")
        page.get_by_role("button", name="Back", exact=True).click()
        expect(heading).to_have_text("This is enough for now")
        page.get_by_role("button", name="Go to the summary").click()
        expect(heading).to_have_text("Your summary")
        expect(page.locator(".now").first).to_have_text("Open now")


def test_in_the_terminal_too_the_short_path_comes_first_and_says_when_it_is_enough() -> None:
    typed = "2\n1\n!\n"
    result = CliRunner().invoke(main, ["ask", str(SHORT / "path"), "--on", "2026-11-23"], input=typed)
    assert result.exit_code == 0, result.output
    order = ["Is a zebra kicking you now?", "What do you wish for?", "They are enough for a summary", "Has it stripes?"]
    places = [result.output.index(words) for words in order]
    assert places == sorted(places)


def test_a_practitioner_sees_which_questions_are_on_the_short_path(tmp_path: Path) -> None:
    app = desk_site(tmp_path, questionnaires=SHORT)
    worker = Worker(app).looks("/cases/").unlocks().begins(questionnaire="path").looks("/cases/2026-1/s/first")
    app.extensions["askwell_desk"].lock()
    stripes, danger = worker.words.partition("Is a zebra kicking you now?")[::2]
    assert "Short path" in danger
    assert "Short path" not in stripes


def test_who_is_told_to_call_can_do_it_with_one_press_and_to_go_on_stands_behind_it() -> None:
    somebody = Person(create_app(Settings(offered=("stalking_screen",), now=Clock()))).begins().answers("yes")
    assert somebody.heading == "Call 999 now"
    call = '<a class="button" href="tel:999">Call 999</a>'
    assert somebody.page.index(call) < somebody.page.index('<button class="second" name="do" value="go_on">')
    assert call in somebody.presses("go_on").presses("summary").page.partition("In short")[0]
    assert call in somebody.looks("/help-now").page


def test_what_stops_somebody_but_is_no_emergency_has_nothing_to_call() -> None:
    somebody = Person(small_site()).begins().answers("yes")
    assert somebody.heading == "Step away from the zebra"
    assert "tel:999" not in somebody.page
    assert '<button class="main" name="do" value="go_on">' in somebody.page


@pytest.mark.parametrize(
    ("heading", "offered"),
    [
        ("Call 999 now", True),
        ("Ffoniwch 999", True),
        ("In danger: 999.", True),
        ("Call 0800 999 5428", False),
        ("Call 0345-999-123", False),
        ("Text 9990 or 01999", False),
        ("Call 020 7946 0999", False),
        ("Since 1999", False),
    ],
)
def test_only_the_emergency_number_itself_makes_a_button_that_calls_it(heading: str, offered: bool) -> None:
    assert says_999(heading) is offered
