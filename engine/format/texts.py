"""The texts of a questionnaire or a directory, each with the place by which its translation is known."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from engine.format.atoms import Text
from engine.format.directory import Directory
from engine.format.instrument import Instrument
from engine.format.retell import Tell, retell, retell_directory

BUILT_IN = "built_in."
Texts = Mapping[str, str]
"""Words by their place; a place of words for one voice ends with it: `items.who.ask.self`."""


def texts_of(instrument: Instrument) -> Texts:
    """Return the author's words, in the order of the file; not the engine's own."""
    found, tell = _collector()
    retell(instrument, tell)
    return MappingProxyType({place: words for place, words in found.items() if not place.startswith(BUILT_IN)})


def texts_of_directory(directory: Directory) -> Texts:
    """Return the words of a directory that may be printed."""
    found, tell = _collector()
    retell_directory(directory, tell)
    return MappingProxyType(found)


def with_words(words: Mapping[str, str]) -> Tell:
    """Return what puts these words in their places, and leaves every other text as it is."""

    def tell(place: str, text: Text) -> Text:
        return Text(tuple((voice, words.get(at(place, voice), told)) for voice, told in text.by_voice))

    return tell


def at(place: str, voice: str) -> str:
    """Return the place of a text's words for a voice, or of those for every other voice (`default`)."""
    return place if voice == "default" else f"{place}.{voice}"


def _collector() -> tuple[dict[str, str], Tell]:
    found: dict[str, str] = {}

    def tell(place: str, text: Text) -> Text:
        for voice, words in text.by_voice:
            found.setdefault(at(place, voice), words)
        return text

    return found, tell
