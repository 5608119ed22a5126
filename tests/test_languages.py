"""The site in other languages: offered when complete, changed on any page, with every answer kept."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from engine.format.translation import WARNINGS
from engine.interview.own_words import engine_in
from tests.browsing import browser
from tests.served import Person, served, small_site
from tests.test_translate import SMALL, fill
from webui import Settings, create_app
from webui.serve import report
from webui.site_words import site_in

ARABIC, LONG = "ar-XB", "en-XA"
# What stays as it is in every language: names of services, addresses, what a language calls itself, a key, a file.
KEPT = re.compile(
    r"\b[0-9a-f]{64}\b|\b[0-9a-f]{12}\b|Zebra emergency line|Zebra weather|https?://\S+|[\w.-]+\.(?:org|example|uk|pdf)\S*"
    r"|English( \(en-XA\))?|\(ar-XB\)"
)


@pytest.fixture(scope="module")
def site() -> Iterator[Flask]:
    app = small_site(drafts=(LONG, ARABIC), pdf_workers=1)
    yield app
    app.extensions["askwell"].press.close()


def speak(person: Person, language: str, at: str = "/q") -> Person:
    person._take(person.client.post("/language", data={"language": language, "to": at}))
    return person


def seen(page: str) -> str:
    """Everything on a page that a person may read or hear."""
    labels = re.findall(r'(?:aria-label|data-[12])="([^"]*)"', page)
    text = re.sub(r"<code>.*?</code>|<script.*?</script>|<[^>]*>", " ", page, flags=re.DOTALL)
    return KEPT.sub(" ", " ".join([text, *labels]))


def test_a_language_is_offered_by_its_own_name_and_only_where_there_is_one(site: Flask) -> None:
    page = Person(site).looks("/").page
    names = re.findall(r'<button[^>]*lang="([^"]*)" dir="([^"]*)"[^>]*>([^<]*)</button>', page)
    assert names == [("en", "ltr", "English"), (LONG, "ltr", "English (en-XA)"), (ARABIC, "rtl", "العربية (ar-XB)")]
    assert 'class="languages"' not in Person(small_site()).looks("/").page


def test_the_language_is_kept_from_the_first_page_on(site: Flask) -> None:
    person = speak(Person(site), ARABIC, "/")
    for place in ("/", "/help-now", "/safety", "/own"):
        assert '<html lang="ar-XB" dir="rtl">' in person.looks(place).page
    person.opens()
    assert '<html lang="ar-XB" dir="rtl">' in person.looks("/q").page
    assert '<html lang="ar-XB" dir="rtl">' in person.looks("/nowhere").page


def test_changing_the_language_keeps_every_answer_and_the_place(site: Flask) -> None:
    person = Person(site).begins().answers("yes").presses("go_on").answers("no")
    english = person.heading
    assert speak(person, LONG).heading.startswith("[")
    assert speak(person, "en").heading == english
    check = speak(person.presses("check"), ARABIC)
    assert "زهس" in check.page  # yes
    assert "نو" in check.page  # no
    assert speak(check, "en").words.count("Yes") == 1


def test_no_word_of_a_page_is_forgotten(site: Flask) -> None:
    person = speak(Person(site), ARABIC, "/")
    pages = {place: person.looks(place).page for place in ("/", "/help-now", "/safety", "/own", "/q", "/nowhere")}
    pages["before"] = person.opens().page
    pages["question"] = person.presses("go_on").page
    pages["error"] = person.presses("answer").page
    pages["stop"] = person.answers("yes").page
    person.presses("go_on")
    for step in range(20):
        pages[f"step {step}"] = person.page
        person.presses("go_on" if 'value="go_on"' in person.page else "dont_know")
    for place in ("check", "summary", "keep", "aloud", "print", "plain"):
        pages[place] = person.presses(place).page
    person.voice = "practitioner"
    person.client.delete_cookie("__Host-s")
    pages["practitioner"] = speak(person, ARABIC, "/").opens().presses("summary").page
    left = {place: re.findall(r"[A-Za-z]{2,}", seen(page)) for place, page in pages.items()}
    assert {place: words for place, words in left.items() if words} == {}


def test_nobody_is_given_a_language_that_is_not_offered(site: Flask) -> None:
    person = Person(site).begins()
    for language in ("cy", "xx", "../en", ""):
        assert '<html lang="en" dir="ltr">' in speak(person, language).page
    assert speak(person, ARABIC, "https://elsewhere.example/").last.headers["Location"] == "/"


def test_only_where_nobody_has_chosen_the_browser_may(site: Flask) -> None:
    wish = {"Accept-Language": "fr, ar-XB;q=0.9, en;q=0.1"}
    person = Person(site)
    assert 'lang="ar-XB" dir="rtl">' in person.client.get("/", headers=wish).text
    speak(person, "en", "/")
    assert '<html lang="en" dir="ltr">' in person.client.get("/", headers=wish).text
    assert '<html lang="en" dir="ltr">' in Person(small_site()).client.get("/", headers=wish).text


def test_leaving_forgets_the_language_too(site: Flask) -> None:
    person = speak(Person(site), ARABIC, "/")
    assert person.cookie
    person.client.post("/leave")
    assert not person.cookie


def test_the_file_is_in_the_language_and_numbers_run_from_left_to_right(site: Flask) -> None:
    person = speak(Person(site).begins().answers("yes"), ARABIC)
    with pikepdf.open(io.BytesIO(person.client.get("/notes.pdf").data)) as document:
        assert document.Root.Lang == ARABIC
    page = person.presses("go_on").presses("summary").page
    assert re.findall(r'<a href="tel:(\d+)"[^>]*><bdi dir="ltr">([\d ]+)</bdi>', page)
    assert all(a == b.replace(" ", "") for a, b in re.findall(r'href="tel:(\d+)"[^>]*><bdi dir="ltr">([\d ]+)<', page))


def library(tmp_path: Path) -> Path:
    folder = tmp_path / "pets"
    folder.mkdir()
    (folder / "questionnaire.yaml").write_text(SMALL)
    fill(folder)
    return tmp_path


def test_a_draft_is_offered_only_where_the_operator_has_asked_for_it(tmp_path: Path) -> None:
    folder = library(tmp_path)
    without = create_app(Settings(questionnaires=folder))
    assert "pets in cy is a draft" in "\n".join(report(without.extensions["askwell"]))
    assert "Cymraeg" not in Person(without).looks("/").page
    welsh = create_app(Settings(questionnaires=folder, drafts=("cy",)))
    assert "Welsh: Is this dog dangerous?" in speak(Person(welsh), "cy", "/").page


def test_what_is_wrong_with_a_translation_never_takes_the_original_away(tmp_path: Path) -> None:
    folder = library(tmp_path)
    file = folder / "pets" / "locale" / "cy" / "LC_MESSAGES" / "messages.po"
    for content in (b"\xff\x00", b"garbage", file.read_bytes().replace(b"Welsh: Call 999", b"Welsh: Call 99")):
        file.write_bytes(content)
        app = create_app(Settings(questionnaires=folder, drafts=("cy",)))
        told = "\n".join(report(app.extensions["askwell"]))
        assert "Ready: pets" in told
        assert re.search(r"pets in cy is not offered: \S+messages\.po:\d+: ", told)
        page = Person(app).looks("/").page
        assert "Is this dog dangerous?" in page
        assert "Cymraeg" not in page


def test_the_own_words_in_welsh_are_marked_as_a_draft_and_no_number_or_part_of_them_is_wrong() -> None:
    # words that are new wait for their translation, and the language with them: `askwell translate status --own`
    for told in (engine_in("cy"), site_in("cy")):
        assert {one.kind for one in told.problems} <= {"missing-translation", "outdated-translation"} | WARNINGS
        assert told.draft == "machine-assisted, needs a Welsh-speaking specialist"


@pytest.fixture(scope="module")
def narrow(site: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, str]]:
    profile = tmp_path_factory.mktemp("profile")
    with served(site) as address, browser(profile, viewport={"width": 320, "height": 640}) as context:
        yield context.pages[0], address


@pytest.mark.parametrize("language", [ARABIC, LONG])
def test_a_journey_on_a_narrow_screen_in_a_browser(narrow: tuple[Page, str], language: str) -> None:
    page, site = narrow
    page.context.clear_cookies()
    page.goto(site)
    places = page.evaluate("history.length")
    page.locator(f'button[name=language][value="{language}"]').click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    fits(page)
    page.locator("details.door summary").first.click() if page.locator("details.door").count() else None
    page.locator('input[name=voice][value="self"]').first.check()
    with page.expect_navigation(url="**/q"):
        page.locator(".door button.main").first.click()
    for button in ("go_on", "dont_know", "check", "summary", "keep", "aloud"):
        with page.expect_navigation():
            page.locator(f'#main button[value="{button}"]').first.click()
        expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == ARABIC else "ltr")
        fits(page)
    assert page.evaluate("history.length") == places
    page.locator('button[name=language][value="en"]').click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
