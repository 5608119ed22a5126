"""The way in: a folder or a file becomes an instrument, or every problem in it."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from engine.format import shape, yaml_tree
from engine.format.directory import Directory
from engine.format.instrument import Instrument
from engine.format.model import Questionnaire
from engine.format.resolve import resolve
from engine.format.text_file import content_of
from engine.problem import InvalidQuestionnaire, Place, Problem

FILE = "questionnaire.yaml"


def load(path: Path, directory: Directory | None = None) -> Instrument:
    """Return the questionnaire in this folder or file, or raise InvalidQuestionnaire with all its problems."""
    file = path / FILE if path.is_dir() else path
    content = content_of(file)
    text = content.decode("utf-8-sig")
    instrument, problems = load_text(text, str(file), hashlib.sha256(content).hexdigest(), directory)
    if instrument is not None and file.name == FILE and instrument.id != file.absolute().parent.name:
        problems = [*problems, _folder(instrument, file)]
    if instrument is None or problems:
        raise InvalidQuestionnaire(problems, {str(file): text})
    return instrument


def load_text(
    text: str, file: str, content_hash: str, directory: Directory | None = None
) -> tuple[Instrument | None, list[Problem]]:
    """Return the instrument in a text and every problem of the text; with a problem it is not to be used."""
    tree, problems = yaml_tree.read(text, file)
    if tree is None:
        return None, problems
    written, misshapen = shape.check(Questionnaire, tree)
    instrument, meant = None, list[Problem]()
    if written is not None:
        instrument, meant = resolve(written, tree, content_hash, directory)
    elif intention := shape.intended(Questionnaire, tree):
        _, meant = resolve(*intention, content_hash, directory)
    # What is wrong already as YAML need not be told again as something else.
    for further in (misshapen, meant):
        told = {(problem.place.line, problem.place.column) for problem in problems}
        problems = [*problems, *(one for one in further if (one.place.line, one.place.column) not in told)]
    return instrument, problems


def _folder(instrument: Instrument, file: Path) -> Problem:
    # The id is looked up again in the text: an instrument no longer knows its places.
    tree, _ = yaml_tree.read(file.read_text(encoding="utf-8-sig"), str(file))
    place = tree.at(["id"]).place if tree is not None else Place(str(file), 1, 1)
    folder = file.absolute().parent.name
    message = f"The id is '{instrument.id}' and the folder '{folder}'."
    return Problem("other-folder", place, message, "Give both the same name.")


def check_dates(instrument: Instrument, today: date) -> list[Problem]:
    """Return a warning for everything whose review is overdue: the whole, and single steps of the plan.

    It needs the date, which loading does not. Nothing is ever taken down for it.
    """
    due = instrument.questionnaire.review.due
    late = []
    if today > due:
        place = Place(f"{instrument.id}/{FILE}", 1, 1)
        message = f"The review of '{instrument.id}' was due on {due:%Y-%m-%d}."
        late.append(Problem("review-overdue", place, message, "Review its content and write the new dates."))
    for action in instrument.plan:
        if action.due is not None and today > action.due:
            message = f"The step '{action.id}' was due to be looked at again on {action.due:%Y-%m-%d}."
            remedy = "Hold it against its sources, and write the new dates."
            late.append(Problem("step-overdue", instrument.places[action.id], message, remedy))
    return late


def questionnaires_in(folder: Path) -> list[Path]:
    """Return the folders in this one that hold a questionnaire, by name."""
    return sorted(file.parent for file in folder.glob(f"*/{FILE}"))
