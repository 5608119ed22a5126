"""Run every check over a questionnaire, or over a directory of services."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engine.format import yaml_tree
from engine.format.directory import Directory
from engine.format.instrument import Instrument
from engine.format.yaml_node import Node
from engine.workshop.check import (
    of_answers,
    of_conditions,
    of_dates,
    of_help,
    of_languages,
    of_levels,
    of_promises,
    of_services,
    of_size,
    of_use,
    of_words,
)
from engine.workshop.check.finding import Finding
from engine.workshop.check.knowledge import Ends
from engine.workshop.check.of_services import DirectorySubject
from engine.workshop.check.subject import Subject

Check = Callable[[Subject], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    of_conditions.items_never_shown,
    of_conditions.constant_conditions,
    of_conditions.not_exhaustive,
    of_levels.levels_reached,
    of_levels.nested_levels,
    of_levels.fragile_levels,
    of_use.unused_items,
    of_use.unused_options,
    of_use.unused_points,
    of_use.points_without_source,
    of_answers.tick_lists,
    of_answers.unsure_options,
    of_answers.unlike_means,
    of_help.actions_never_shown,
    of_help.levels_without_signpost,
    of_help.emergency_route,
    of_promises.promises_kept,
    of_words.long_questions,
    of_words.long_sentences,
    of_words.hard_sections,
    of_words.blaming_words,
    of_words.jargon,
    of_words.promises,
    of_languages.translations,
    of_services.directory_missing,
    of_services.unverified_services,
    of_services.services_elsewhere,
    of_dates.late_reviews,
    of_size.record_fits,
)
DIRECTORY_CHECKS: tuple[Callable[[DirectorySubject], Iterable[Finding]], ...] = (of_services.overdue_facts,)


@dataclass(frozen=True, slots=True)
class ScoreEnds:
    """How far a score runs over every record; None if it never has a value, or is a text."""

    score: str
    ends: Ends | None


def read_tree(file: Path) -> Node:
    """Return where everything stands in a file that was loaded without problems."""
    tree, _ = yaml_tree.read(file.read_text(encoding="utf-8-sig"), str(file))
    if tree is None:
        raise ValueError(f"{file} has been changed since it was loaded")
    return tree


def subject_of(
    instrument: Instrument, file: Path, today: date, directory: Directory | None, *, solver: bool
) -> Subject:
    """Return an instrument ready to be checked, with what its file says."""
    return Subject(instrument, read_tree(file), file.parent, today, directory, solver)


def check(subject: Subject) -> tuple[Finding, ...]:
    """Return every finding about a questionnaire, in the order of its file."""
    found = [finding for one in CHECKS for finding in one(subject)]
    found += _not_decided(subject)
    return in_order(found)


def check_directory(directory: Directory, file: Path, today: date) -> tuple[Finding, ...]:
    """Return every finding about a directory of services, in the order of its file."""
    subject = DirectorySubject(directory, read_tree(file), today)
    return in_order(finding for one in DIRECTORY_CHECKS for finding in one(subject))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order of the file, each once."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda one: (one.place, one.slug)))


def score_ends(subject: Subject) -> Iterator[ScoreEnds]:
    """Yield how far each score runs over every record."""
    for score in subject.instrument.scores.values():
        yield ScoreEnds(score.id, None if score.value is None else subject.decisions.ends(score.id))


def _not_decided(subject: Subject) -> Iterator[Finding]:
    """Say how many questions about every record have no answer, and why."""
    left = subject.decisions.left_open
    if left:
        decisions = subject.decisions
        why = "each took too much work" if decisions.solver else "no solver was asked"
        yield Finding(
            "not-decided",
            subject.place("sections"),
            f"{left} {'question' if left == 1 else 'questions'} about every record: {why}.",
            "Ask the solver: check without --fast, with the extra `exact` installed. Simpler conditions help too.",
        )
