"""The languages that a questionnaire promises beside its own: there, finished, with the same parts and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.format.po import read_po
from engine.format.texts import texts_of
from engine.format.translation import told_in
from engine.interview.own_words import catalogue_in
from engine.problem import Problem
from engine.workshop.check.finding import Finding
from engine.workshop.check.subject import Subject

UNFINISHED = frozenset({"missing-translation", "outdated-translation", "fuzzy-translation"})
DIFFERENT = frozenset({"parts-differ", "number-differs", "address-differs"})
MOST_NAMED = 3


def translations(subject: Subject) -> Iterator[Finding]:
    """Find promised languages without a catalogue, with texts unfinished, or with other parts, numbers or addresses."""
    for place, language in enumerate(subject.instrument.questionnaire.translations):
        file = catalogue_in(subject.folder / "locale", language, "messages")
        where = subject.tree.at(["translations", place]).place
        if not file.is_file():
            name = file.relative_to(subject.folder).as_posix()
            remedy = (
                f"Begin it with `askwell translate extract {subject.folder} {language}`, or take the language away."
            )
            yield Finding("translation-missing", where, f"There is no catalogue for '{language}': {name}.", remedy)
            continue
        problems = _problems(subject, file)
        status = f"See them all: `askwell translate status {subject.folder} {language} --all`."
        unfinished = [one for one in problems if one.kind in UNFINISHED]
        if unfinished:
            what = f"'{language}' is not finished, texts: {len(unfinished)}. {_first(unfinished)}."
            yield Finding("translation-unfinished", where, what, status)
        different = [one for one in problems if one.kind not in UNFINISHED]
        if different:
            what = f"'{language}' differs in more than words, texts: {len(different)}. {_first(different)}."
            yield Finding("translation-differs", where, what, status)


def _problems(subject: Subject, file: Path) -> list[Problem]:
    catalogue, problems = read_po(file.read_bytes(), str(file))
    _, found = told_in(texts_of(subject.instrument), catalogue)
    return [*problems, *(one for one in found if one.kind in UNFINISHED | DIFFERENT)]


def _first(problems: Sequence[Problem]) -> str:
    """Name the first few by what they say, with their lines in the catalogue."""
    told = [f"Line {one.place.line} ({one.message.rstrip('.')})" for one in problems[:MOST_NAMED]]
    return "; ".join(told) + ("; and more" if len(problems) > MOST_NAMED else "")
