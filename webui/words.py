"""The site's own words that are chosen by a rule. All others stand in the templates."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from webui.tongue import _, mark

TITLE = mark("Questions")  # of every page, so that a history tells nothing
VOICES: Mapping[str, str] = MappingProxyType(
    {
        "self": mark("It is happening to me"),
        "supporter": mark("It is happening to someone I know"),
        "practitioner": mark("I am asking somebody in my work"),
    }
)
# What can be said instead of an answer. All three mean that nothing is known, and are kept apart.
NON_ANSWERS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "self": (("dont_know", mark("I don't know")), ("declined", mark("I'd rather not say"))),
        "supporter": (("dont_know", mark("I don't know")), ("declined", mark("I'd rather not say"))),
        "practitioner": (
            ("dont_know", mark("They don't know")),
            ("declined", mark("They'd rather not say")),
            ("not_asked", mark("Not asked")),
        ),
    }
)
NO_ROOM = mark(
    "There is no room to keep this as well. Nothing you said before is lost. You can write less, or go on without it."
)
NO_MORE = mark("The list is full. What is in it is kept.")
NO_PDF = mark(
    "The file could not be made this time. Everything it would say is on this page, and you can print the page."
)
CHOOSE_VOICE = mark("Choose who this is about.")
# By whether a service answers at this moment, and whether it always does. Bank holidays are not known.
OPEN_NOW: Mapping[tuple[bool, bool], str] = MappingProxyType(
    {
        (True, True): mark("Open now"),
        (True, False): mark("Open now, unless it is a bank holiday"),
        (False, False): mark("Closed now"),
    }
)
SECONDS_A_QUESTION = 20


def about_how_long(questions: int) -> str:
    """Return a time that most people will not exceed, roughly.

    >>> about_how_long(3), about_how_long(20), about_how_long(40)
    ('a few minutes', 'up to 10 minutes', 'up to 15 minutes')
    """
    minutes = questions * SECONDS_A_QUESTION / 60
    return _("a few minutes") if minutes <= 4 else _("up to {count} minutes", count=5 * -(-int(minutes) // 5))
