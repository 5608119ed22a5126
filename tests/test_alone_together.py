"""A page is drawn once for everybody, and still each person gets the page that they would get alone."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from engine.interview.ready import ready
from engine.interview.record import Answer, NonAnswer, start
from engine.interview.walk import walk
from tests.people import random_record
from tests.served import Person, small_site
from webui.forms import question_form
from webui.journey import Journey
from webui.question import question_page
from webui.stencil import cut, hole
from webui.tongue import speak

LANGUAGES = ("en", "ar-XB", "en-XA")
VOICES = ("self", "practitioner")
PAGES = 20
FIELD = re.compile(r'<(?:input type="(text|radio|checkbox)"|textarea)[^>]* name="([^"]+)"(?: value="([^"]*)")?')
BUTTON = re.compile(r'<button[^>]* name="do" value="([^"]+)"')
WRITTEN = ("3", "11", "2026", "March", "", 'A <zebra> & "stripes"')


@dataclass(frozen=True)
class Somebody:
    """Answers in a voice and a language, pressing and writing at random, but the same again when asked again."""

    voice: str
    language: str
    seed: int

    def pages(self, site: Flask) -> Iterator[str]:
        """Each page that this person gets; their own token, which is another each time, is written as a word."""
        dice, person = random.Random(self.seed), Person(site, self.voice)
        person.client.post("/language", data={"language": self.language, "to": "/"})
        person.opens()
        for _ in range(PAGES):
            yield person.page.replace(token_of(person), "OWN TOKEN")
            do, typed = presses(person.page, dice)
            person.presses(do, **typed)


def token_of(person: Person) -> str:
    """The token of a person, as it stands in the sealed cookie."""
    site = person.client.application.extensions["askwell"]
    content, _ = site.seal.open(person.cookie, site.library.titles[0].instrument, site.settings.now())
    return str(content["token"])


def presses(page: str, dice: random.Random) -> tuple[str, dict[str, str | list[str]]]:
    """Fill in some of a page; go on more often than back, so that what was answered is seen again."""
    typed: dict[str, str | list[str]] = {}
    for kind, name, value in FIELD.findall(page):
        box = name.replace("-", "_")
        if kind not in ("radio", "checkbox"):
            typed[box] = dice.choice(WRITTEN)
        elif dice.random() < 0.6:
            typed[box] = [*typed.get(box, ()), value]
    buttons = [one for one in BUTTON.findall(page) if one != "forget"]
    onward = [one for one in buttons if one in ("answer", "add", "all", "go_on", "dont_know")]
    return dice.choice(onward if onward and dice.random() < 0.7 else buttons), typed


@pytest.fixture(scope="module")
def theme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("theme") / "theme.toml"
    file.write_text('[light]\ndeep = "#5b2a86"\n')
    return file


def test_each_of_many_people_gets_the_pages_that_they_would_get_alone(theme: Path) -> None:
    def made(theme: Path | None) -> Flask:
        return small_site(theme=theme, drafts=LANGUAGES[1:])

    looks = product((None, theme), VOICES, LANGUAGES[:2], range(2))
    people = [(theme, Somebody(voice, language, seed)) for seed, (theme, voice, language, _) in enumerate(looks)]
    alone = [list(person.pages(made(theme))) for theme, person in people]
    shared = {one: made(one) for one in (None, theme)}
    in_turns = zip(*(person.pages(shared[theme]) for theme, person in people), strict=True)
    assert [list(pages) for pages in zip(*in_turns, strict=True)] == alone
    shared = {one: made(one) for one in (None, theme)}
    with ThreadPoolExecutor(len(people)) as pool:
        at_once = pool.map(lambda one: list(one[1].pages(shared[one[0]])), people)
        assert list(at_once) == alone
    seen = "".join(page for pages in alone for page in pages)
    for own in (" checked", 'aria-pressed="true"', 'value="2026"', "A &lt;zebra&gt; &amp;", "OWN TOKEN"):
        assert own in seen


@pytest.fixture(scope="module")
def site() -> Flask:
    return small_site(drafts=LANGUAGES[1:])


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("seed", range(20))
def test_a_page_with_its_holes_filled_is_the_page_drawn_for_this_person(site: Flask, seed: int, voice: str) -> None:
    title = site.extensions["askwell"].library.titles[0].speaking(LANGUAGES[seed % 3])
    dice, begun = random.Random(seed), int(site.extensions["askwell"].settings.now().timestamp())
    record = replace(random_record(title.instrument, dice, 0.7), voice=voice)
    way = walk(title.instrument, record)
    with site.test_request_context("/q"):
        speak(title.language, title.languages)
        for item in way.asked:
            journey = Journey(record, begun, item, "OWN TOKEN", changing=dice.random() < 0.2)
            drawn = question_page(title.instrument, journey, way, question_form(journey, title.instrument.items[item]))
            assert question_page(title.instrument, journey, way) == drawn


def test_what_fills_a_hole_is_escaped_and_what_does_not_is_nothing() -> None:
    stencil = cut(f'<p title="{hole("a")}">{hole("b")}{hole("c")}</p>')
    assert stencil.filled({"a": '"', "b": "<b>"}) == '<p title="&#34;">&lt;b&gt;</p>'
    assert stencil.filled({"a": hole("b"), "b": "words"}) == f'<p title="{hole("b")}">words</p>'
    assert cut("<p>the same for everybody</p>").filled({"a": "words"}) == "<p>the same for everybody</p>"


def test_two_people_on_either_side_of_midnight_are_each_assessed_on_their_own_day(site: Flask) -> None:
    instrument = site.extensions["askwell"].library.titles[0].instrument
    encoder = ready(instrument).encoder
    before, after = (start(instrument, "self", date(2026, 11, day)) for day in (23, 24))

    class ReadInTheMidst(dict[str, Answer | NonAnswer]):
        """Answers while which are looked up, another person's are read, as they are where many are served at once."""

        def get(self, name: str, default: Any = None) -> Any:
            encoder.listed(after)
            return super().get(name, default)

    assert encoder.listed(replace(before, answers=ReadInTheMidst())) == encoder.listed(before) != encoder.listed(after)
