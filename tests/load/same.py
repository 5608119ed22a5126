"""The question page that is compared, as a plain template takes it: words that were worked out before.

What stands in the template is written there, what a questionnaire or a person says is put in and escaped, and options
and buttons are drawn in a loop, as anybody would write it who knows the question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from tests import served
from webui.cookie import Here, here
from webui.sealed import NAME
from webui.site import Site
from webui.words import NON_ANSWERS

QUESTIONNAIRE, QUESTION = "stalking_screen", "pressed on your neck"  # yes or no, with a hint, in the midst of the way


def past_some_questions(person: served.Person) -> served.Person:
    """Return the person at that question, after they passed those before it."""
    titles = [title.instrument.id for title in site_of(person).library.titles]
    return person.begins(titles.index(QUESTIONNAIRE)).passes_on_to(QUESTION)


def site_of(person: served.Person) -> Site:
    """Return the site that this person visits."""
    return cast("Site", person.client.application.extensions["askwell"])


def held(person: served.Person) -> Here:
    """Return what the cookie of a person holds."""
    with person.client.application.test_request_context("/", headers={"Cookie": f"{NAME}={person.cookie}"}):
        now = here()
        assert now is not None
        return now


@dataclass(frozen=True)
class Moving:
    """What of a page is another for each person and moment."""

    token: str
    left: str
    place: str
    total: str


def moving(page: str) -> Moving:
    """Return what stands in this page of it."""
    patterns = (r'name="token" value="([^"]+)"', r'data-left="(\d+)"', r"Question (\d+) of", r"of at most (\d+)<")
    return Moving(*(found[1] for pattern in patterns if (found := re.search(pattern, page))))


def words_of(page: str, person: served.Person) -> dict[str, object]:
    """Return what a plain template needs to draw this page of this person once more."""
    now, site = held(person), site_of(person)
    instrument, voice = now.title.instrument, now.journey.record.voice
    item = instrument.items[now.journey.at]
    section = next(one for one in instrument.sections if item.id in one.items)
    return {
        **vars(moving(page)),
        "language": now.title.language,
        "styles": site.assets["site.css"].url,
        "script": site.assets["app.js"].url,
        "exit_to": site.settings.exit_to,
        "idle": int(site.settings.idle.total_seconds()),
        "section": section.title.says(voice),
        "item": item.id,
        "ask": item.ask.says(voice),
        "hint": item.hint.says(voice) if item.hint else "",
        "why": item.why.says(voice) if item.why else "",
        "options": [{"id": option.id, "label": option.label.says(voice)} for option in item.options],
        "answer": "",
        "non_answers": NON_ANSWERS[voice],
    }


def squeezed(page: str) -> str:
    """Return a page without the space that a browser does not show."""
    return re.sub(r"\s*([<>])\s*", r"\1", " ".join(page.split()))
