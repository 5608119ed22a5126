"""The engine's own words, for which a language has one catalogue: its sentences, yes and no, who is answering."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from engine.format.opening import SENTENCES as OF_HOURS
from engine.format.po import Catalogue, read_po
from engine.format.pseudo import pseudo
from engine.format.resolve_names import VOICE_LABELS, WHO_ANSWERS
from engine.format.resolve_options import YES_NO
from engine.format.texts import BUILT_IN, Texts, at
from engine.format.tongue import PSEUDO, Tongue
from engine.format.translation import WARNINGS, told_in
from engine.interview.sentences import SENTENCES
from engine.problem import Place, Problem

LOCALE = Path(__file__).parent.parent / "locale"


def own_words() -> Texts:
    """Return the engine's own words in English, by their places."""
    sentences = {
        at(f"sentences.{key}", voice): words for key, text in SENTENCES.items() for voice, words in text.by_voice
    }
    hours = {f"hours.{key}": words for key, words in OF_HOURS.items()}
    answers = {f"{BUILT_IN}{option.id}": option.label.says("default") for option in YES_NO}
    voices = {f"{BUILT_IN}voice.options.{voice}": label for voice, label in VOICE_LABELS.items()}
    return MappingProxyType({**sentences, **hours, **answers, f"{BUILT_IN}voice.ask": WHO_ANSWERS, **voices})


def catalogue_in(folder: Path, language: str, name: str = "messages") -> Path:
    """Return where the translations into a language lie below a folder `locale`."""
    return folder / language / "LC_MESSAGES" / f"{name}.po"


def read_catalogue(file: Path) -> tuple[Catalogue, list[Problem]]:
    """Return the translations in this file and every problem; a file that is not there is a problem too."""
    try:
        return read_po(file.read_bytes(), str(file))
    except OSError as error:
        why = "It is not there." if isinstance(error, FileNotFoundError) else f"{error.strerror}."
        remedy = "`askwell translate extract` makes it."
        problem = Problem("unreadable-file", Place(str(file), 1, 1), f"The file cannot be read. {why}", remedy)
        return Catalogue(str(file)), [problem]


@dataclass(frozen=True, slots=True)
class Told:
    """Words in another language by their places, only those that may be shown; what makes them a draft, or nothing; and
    every problem.
    """

    words: Mapping[str, str]
    draft: str
    problems: tuple[Problem, ...]


def words_in(texts: Texts, file: Path, language: str) -> Told:
    """Return the translations of these texts. A pseudo-language needs no file."""
    if language in PSEUDO:
        made_up = {place: pseudo(words, language) for place, words in texts.items()}
        return Told(made_up, "made up, for trying pages", ())
    catalogue, problems = read_catalogue(file)
    if problems and not catalogue.entries:
        return Told({}, catalogue.draft, tuple(problems))
    words, wrong = told_in(texts, catalogue)
    return Told(words, catalogue.draft, (*problems, *wrong))


@cache
def engine_in(language: str) -> Told:
    """Return the engine's own words in this language."""
    return words_in(own_words(), catalogue_in(LOCALE, language), language)


@cache
def tongue_in(language: str) -> Tongue:
    """Return the language as the engine speaks it; in English where that is not complete."""
    told = engine_in(language)
    return Tongue(language, MappingProxyType({} if serious(told.problems) else dict(told.words)))


def serious(problems: Iterable[Problem]) -> bool:
    """Say whether there is a problem that is more than a warning."""
    return any(problem.kind not in WARNINGS for problem in problems)
