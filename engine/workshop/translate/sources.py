"""What can be translated: a questionnaire, a directory of services, the engine's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from engine.format.instrument import Instrument
from engine.format.load_directory import load_directory
from engine.format.texts import Texts, texts_of, texts_of_directory
from engine.interview.own_words import LOCALE, catalogue_in, own_words
from engine.interview.red_flags import red_flags
from engine.workshop.translate.about import About, about_questionnaire, about_words, items_at


@dataclass(frozen=True, slots=True)
class Source:
    """Texts to be translated, and where their catalogues lie: `locale`/LANGUAGE/LC_MESSAGES/`name`.po.

    `wanted` are the languages that the file itself names; `flagged` the red-flag items that a text belongs to.
    """

    title: str
    texts: Texts
    about: About
    locale: Path
    name: str = "messages"
    wanted: tuple[str, ...] = ()
    flagged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def file(self, language: str) -> Path:
        """Return where the translations into a language lie."""
        return catalogue_in(self.locale, language, self.name)

    def languages(self) -> list[str]:
        """Return the languages that are named or for which there is a file."""
        there = [path.parent.parent.name for path in self.locale.glob(f"*/LC_MESSAGES/{self.name}.po")]
        return sorted({*self.wanted, *there})


def of_questionnaire(instrument: Instrument, folder: Path, on: date) -> Source:
    """Return the texts of a questionnaire; `on` is the day with which red flags are looked for."""
    flags = red_flags(instrument, on)
    texts = texts_of(instrument)
    flagged = {place: tuple(item for item in items_at(instrument, place) if item in flags) for place in texts}
    return Source(
        f"{instrument.id} {instrument.version}",
        texts,
        about_questionnaire(instrument, flags),
        folder / "locale",
        wanted=instrument.questionnaire.translations,
        flagged={place: items for place, items in flagged.items() if items},
    )


def of_directory(file: Path) -> Source:
    """Return the texts of a directory of services; InvalidQuestionnaire if it has problems."""
    directory = load_directory(file)
    texts = texts_of_directory(directory)
    return Source(f"directory {directory.id}", texts, about_words(texts), file.parent / "locale", directory.id)


def of_engine() -> Source:
    """Return the engine's own words."""
    texts = own_words()
    return Source("askwell", texts, about_words(texts), LOCALE)
