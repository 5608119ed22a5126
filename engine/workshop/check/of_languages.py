"""The languages that a questionnaire promises beside its own."""

from __future__ import annotations

from collections.abc import Iterator

from engine.workshop.check.finding import Finding
from engine.workshop.check.subject import Subject

CATALOGUE = ("LC_MESSAGES", "messages.po")


def missing_translations(subject: Subject) -> Iterator[Finding]:
    """Find languages that are promised and have no catalogue beside the questionnaire."""
    promised = subject.instrument.questionnaire.translations
    for place, language in enumerate(promised):
        file = subject.folder.joinpath("locale", language, *CATALOGUE)
        if not file.is_file():
            yield Finding(
                "translation-missing",
                subject.tree.at(["translations", place]).place,
                f"There is no catalogue for '{language}': {'/'.join(('locale', language, *CATALOGUE))}.",
                "Have it translated, or take the language away.",
            )
