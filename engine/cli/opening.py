"""Open the questionnaires that a command names, each with its directory of services."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from engine.format.directory import Directory
from engine.format.instrument import Instrument
from engine.format.load import questionnaires_in
from engine.format.load_directory import load_directory
from engine.interview.opening import open_questionnaire
from engine.problem import InvalidQuestionnaire

_NAMED = re.compile(r"^directory:[ ]*[\"']?([a-z0-9_]+)", re.MULTILINE)
SHIPPED = Path(__file__).parent.parent.parent / "questionnaires"


class FolderOrFile(click.Path):
    """A folder or a file; what is not there may be the id of a questionnaire that is shipped."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; click's own error if there is none."""
        place = Path(value)
        if len(place.parts) == 1 and not place.exists() and (SHIPPED / place / "questionnaire.yaml").is_file():
            value = SHIPPED / place
        return super().convert(value, param, ctx)


FOLDER_OR_FILE = FolderOrFile(path_type=Path, exists=True)


@dataclass(frozen=True, slots=True)
class Opened:
    """A questionnaire and its directory, and the file it came from."""

    path: Path
    instrument: Instrument
    directory: Directory | None


def files_of(path: Path) -> list[Path]:
    """Return the questionnaires in a file or folder, or end the command where there are none."""
    if path.is_file():
        return [path]
    inside = path / "questionnaire.yaml"
    found = [inside] if inside.is_file() else [p if p.is_file() else p / inside.name for p in questionnaires_in(path)]
    if not found:
        raise click.UsageError(f"There is no questionnaire in {path}. A questionnaire is a folder with {inside.name}.")
    return found


def directories_in(path: Path) -> list[Path]:
    """Return the service directories that a path names by itself: a file in a folder `directory`, or the folder."""
    if path.is_dir():
        return sorted(path.glob("*.yaml")) if path.absolute().name == "directory" else []
    return [path] if path.absolute().parent.name == "directory" else []


def directories_beside(path: Path) -> Iterator[Path]:
    """Return the files of service directories that a questionnaire can name: those in the folder `directory` beside
    its own.
    """
    return iter(sorted((path.parent.parent / "directory").glob("*.yaml")))


def open_file(path: Path) -> Opened:
    """Return the questionnaire in this file; raises InvalidQuestionnaire."""
    directories = {file.stem: load_directory(file) for file in directories_beside(path) if file.stem == _names(path)}
    directory = next(iter(directories.values()), None)
    opened = load_named(path, directory)
    wanted = opened.questionnaire.directory
    return Opened(path, opened, directory if wanted == (directory and directory.id) else None)


def _names(path: Path) -> str:
    """Return the directory that a questionnaire names, as far as that can be seen without reading the whole file."""
    try:
        found = _NAMED.search(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return ""  # loading says what is wrong
    return found[1] if found else ""


def load_named(path: Path, directory: Directory | None) -> Instrument:
    """Return the instrument; a questionnaire's own file stands for its folder."""
    return open_questionnaire(path.parent if path.name == "questionnaire.yaml" else path, directory)


def open_or_end(path: Path) -> Opened:
    """Return the one questionnaire at this place; show its problems and end with 1 where it has any."""
    found = files_of(path)
    if len(found) > 1:
        raise click.UsageError(f"There are {len(found)} questionnaires in {path}. Name one of them.")
    try:
        return open_file(found[0])
    except InvalidQuestionnaire as invalid:
        click.echo(invalid.render(), err=True)
        raise click.exceptions.Exit(1) from None
