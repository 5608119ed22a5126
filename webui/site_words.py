"""The site's own words, as they stand in its templates and modules, and their translations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from babel.messages.extract import extract

from engine.format.texts import Texts
from engine.format.tongue import ENGLISH
from engine.interview.own_words import Told, catalogue_in, serious, words_in
from engine.workshop.translate.sources import Source

HERE = Path(__file__).parent
LOCALE = HERE / "locale"
MARKS = {"_": None, "mark": None, "gettext": None, "pgettext": ((1, "c"), 2)}
OPTIONS = {"encoding": "utf-8", "trimmed": "true", "newstyle_gettext": "true"}


@cache
def site_words() -> Texts:
    """Return every word that is marked for translation: by its context where it has one, else by itself."""
    return dict(_marked())


@cache
def site_in(language: str) -> Told:
    """Return the site's own words in this language, what makes them a draft, and every problem."""
    return words_in(site_words(), catalogue_in(LOCALE, language), language)


@cache
def site_words_in(language: str) -> Mapping[str, str]:
    """Return the site's own words in this language; none where they are not complete, so that all stay in English."""
    told = site_in(language)
    return {} if language == ENGLISH.language or serious(told.problems) else told.words


def of_site() -> Source:
    """Return the site's own words, for its translators."""
    return Source("askwell site", site_words(), lambda _: ("A word of the site.",), LOCALE)


def _marked() -> Iterator[tuple[str, str]]:
    for path in [*sorted(HERE.glob("templates/*.html")), *sorted(HERE.glob("*.py"))]:
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        with path.open("rb") as file:
            for _, words, _, context in extract(method, file, MARKS, options=OPTIONS):
                if isinstance(words, str):
                    yield context or words, words
