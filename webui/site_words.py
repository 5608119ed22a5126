"""The site's own words, as they stand in its templates and modules, and their translations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.extract import extract

from engine.format.texts import Texts
from engine.workshop.translate.sources import Source

HERE = Path(__file__).parent
LOCALE = HERE / "locale"
MARKS = {"_": None, "mark": None, "gettext": None, "pgettext": ((1, "c"), 2)}
OPTIONS = {"encoding": "utf-8", "trimmed": "true", "newstyle_gettext": "true"}


@cache
def site_words() -> Texts:
    """Return every word that is marked for translation: by its context where it has one, else by itself."""
    return dict(_marked())


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
