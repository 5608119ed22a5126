"""Which translations may be shown: those of the words as they are now, finished, with the same numbers and parts.

A translation that may not be shown is told with its place, and the language is not offered: half a page in another
language helps nobody, and an outdated one may say what is no longer so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.format.po import Catalogue, Entry
from engine.format.texts import Texts
from engine.problem import Place, Problem

TRANSLATION_KINDS = {
    "missing-translation": "Every text has a translation.",
    "outdated-translation": "A translation is of the words as they are now.",
    "fuzzy-translation": "A translation that is marked as fuzzy is looked at and finished.",
    "parts-differ": "A translation has the same parts in braces, percent signs and tags.",
    "number-differs": "A translation has the same phone numbers and figures.",
    "address-differs": "A translation has the same web and e-mail addresses.",
    "leftover-translation": "A translation belongs to a text that is there.",
}
WARNINGS = frozenset({"leftover-translation"})
_PARTS = re.compile(r"%\(\w+\)s|%%|\{[^{}]*\}|<[^<>]*>|[{}%]")
_NUMBER = re.compile(r"\d(?:[ \d]*\d)?", re.ASCII)
_ADDRESS = re.compile(
    r"[\w.-]+@[\w.-]+\w|(?:[\w-]+\.)+(?:uk|org|com|net|info|wales|cymru|scot|london)\b(?:/[\w/.-]*\w)?", re.ASCII
)
LONGEST_QUOTE = 60  # characters of a text, in a message about it
FIGURES = 2  # a number of one figure may be written as a word


def told_in(texts: Texts, catalogue: Catalogue) -> tuple[dict[str, str], list[Problem]]:
    """Return the translations that may be shown, by their places, and what is wrong with the others."""
    good: dict[str, str] = {}
    problems: list[Problem] = []
    for key, words in texts.items():
        entry = catalogue.entries.get(key, Entry(key, words))
        wrong = list(_wrong(entry, words, catalogue.file))
        problems += wrong
        if not wrong:
            good[key] = entry.words
    for key, entry in catalogue.entries.items():
        if key not in texts:
            message = f"There is no text '{key}' any more."
            place = Place(catalogue.file, entry.line, 1)
            problems.append(
                Problem("leftover-translation", place, message, "`askwell translate update` puts it aside.")
            )
    return good, problems


def _wrong(entry: Entry, words: str, file: str) -> Iterator[Problem]:
    place = Place(file, entry.said_on, 1)
    if not entry.words.strip():
        yield Problem(
            "missing-translation", place, f"'{entry.key}' has no translation: {_short(words)}", "Translate it."
        )
    elif entry.source != words:
        message = f"'{entry.key}' was translated from other words; they are now: {_short(words)}"
        yield Problem("outdated-translation", place, message, "Run `askwell translate update`, then look at it again.")
    elif entry.fuzzy:
        message = f"'{entry.key}' is marked as fuzzy: {_short(words)}"
        yield Problem("fuzzy-translation", place, message, "Look at it, correct it, and take the mark away.")
    else:
        yield from _differences(entry, place)


def _differences(entry: Entry, place: Place) -> Iterator[Problem]:
    before, now = sorted(_PARTS.findall(entry.source)), sorted(_PARTS.findall(entry.words))
    if before != now:
        message = f"'{entry.key}' has {_listed(now)} where the original has {_listed(before)}."
        yield Problem("parts-differ", place, message, "Write these parts exactly as they are in the original.")
    kinds = (("number-differs", numbers), ("address-differs", addresses))
    for kind, found in kinds:
        old, new = found(entry.source), found(entry.words)
        if old != new:
            message = (
                f"'{entry.key}' has {_listed(sorted(new - old))} where the original has {_listed(sorted(old - new))}."
            )
            yield Problem(kind, place, message, "Write it in figures, exactly as it is in the original.")


def numbers(words: str) -> frozenset[str]:
    """Return the numbers of two figures and more; blanks inside are kept, for a phone number is read in groups.

    >>> sorted(numbers("Call 999, or 0808 802 0300 from 9 to 5"))
    ['0808 802 0300', '999']
    """
    return frozenset(one for one in _NUMBER.findall(words) if sum(char.isdigit() for char in one) >= FIGURES)


def addresses(words: str) -> frozenset[str]:
    """Return the web and e-mail addresses."""
    return frozenset(_ADDRESS.findall(words))


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …"


def _listed(parts: list[str]) -> str:
    return ", ".join(f"'{part}'" for part in parts) or "nothing"
