"""A questionnaire in other languages: each complete, or not offered.

The language that a questionnaire is written in is never touched by what is wrong with a translation of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from engine.format.directory import Directory
from engine.format.instrument import Instrument
from engine.format.retell import retell, retell_directory
from engine.format.texts import Texts, texts_of, texts_of_directory, with_words
from engine.interview.own_words import catalogue_in, engine_in, serious, tongue_in, words_in
from engine.interview.ready import run_as
from engine.problem import Problem


@dataclass(frozen=True, slots=True)
class Edition:
    """A questionnaire in one more language, with its directory of services, ready to ask.

    `draft` says what is still to be done before anybody may rely on it: a draft is offered only where the operator
    has asked for it. `problems` are all that is wrong with the translation; with one that is not a mere warning there
    is no instrument.
    """

    language: str
    instrument: Instrument | None
    directory: Directory | None
    draft: str
    problems: tuple[Problem, ...]


def open_edition(folder: Path, instrument: Instrument, directory: Directory | None, language: str) -> Edition:
    """Return the questionnaire of this folder in this language.

    Everything that its pages may say must be translated: its own words, those of the services it points to, which lie
    in the folder `directory` beside its own, and the engine's.
    """
    parts = [engine_in(language), words_in(texts_of(instrument), catalogue_in(folder / "locale", language), language)]
    words = {**parts[0].words, **parts[1].words}
    if directory is not None:
        file = catalogue_in(folder.parent / "directory" / "locale", language, directory.id)
        parts.append(words_in(services_for(instrument, directory), file, language))
        directory = retell_directory(directory, with_words(parts[-1].words))
    draft = next((part.draft for part in parts if part.draft), "")
    problems = tuple(problem for part in parts for problem in part.problems)
    if serious(problems):
        return Edition(language, None, None, draft, problems)
    told = retell(instrument, with_words(words))
    questionnaire = told.questionnaire.model_copy(update={"language": language})
    told = replace(told, questionnaire=questionnaire, tongue=tongue_in(language))
    run_as(told, instrument)
    return Edition(language, told, directory, draft, problems)


def services_for(instrument: Instrument, directory: Directory) -> Texts:
    """Return the words of those services that a questionnaire points to, and of the nations."""
    pointed_to = {f"services.{one.service}" for one in instrument.signposts}
    texts = texts_of_directory(directory)
    return {
        place: words
        for place, words in texts.items()
        if place.startswith("nations.") or ".".join(place.split(".")[:2]) in pointed_to
    }
