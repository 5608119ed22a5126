"""In which language the pages of this request speak, and the site's own words in it.

`webui.cookie` finds out which it is before a page is made.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import g, has_request_context
from jinja2 import Environment

from engine.format.tongue import ENGLISH, Tongue
from engine.interview.own_words import tongue_in
from webui.site_words import site_words_in


def tongue() -> Tongue:
    """Return the language of this request."""
    found: Tongue = g.get("tongue", ENGLISH) if has_request_context() else ENGLISH
    return found


def speak(language: str, offered: Sequence[str]) -> None:
    """Let the pages of this request speak one of the languages that they are offered in."""
    g.tongue, g.languages = tongue_in(language), offered


def languages() -> Sequence[Tongue]:
    """Return the languages that this page can be had in."""
    return [tongue_in(language) for language in g.get("languages", ())]


def _(words: str, **parts: object) -> str:
    """Return words of the site's own in the language of this request, with their parts put in."""
    told = _words(words)
    return told.format(**parts) if parts else told


def mark(words: str) -> str:
    """Mark words that are translated where they are used."""
    return words


def set_up_tongue(templates: Environment) -> None:
    """Let templates speak the language of the request, or English where there is none."""
    templates.add_extension("jinja2.ext.i18n")
    templates.policies["ext.i18n.trimmed"] = True
    templates.install_gettext_callables(_words, _plural, newstyle=True)  # type: ignore[attr-defined]
    templates.globals.update(tongue=tongue, languages=languages)


def _words(words: str) -> str:
    return site_words_in(tongue().language).get(words, words)


def _plural(one: str, many: str, number: int) -> str:
    return _words(one if number == 1 else many)
