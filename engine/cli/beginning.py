"""`askwell new`: begin a questionnaire."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from engine.format.directory import Directory
from engine.format.load_directory import load_directory
from engine.format.schema import FILE
from engine.problem import InvalidQuestionnaire
from engine.workshop.begin import begin, emergency_in, refused

ABOUT = {
    "questionnaire.yaml": "the questionnaire, with comments that explain the format",
    "cases.yaml": "four test persons, and what they must be told",
    "services.yaml": "whom to call; add your services",
    FILE: "lets your editor complete and explain words",
}


@click.command()
@click.argument("name", metavar="ID")
@click.option(
    "--in", "folder", type=click.Path(path_type=Path, file_okay=False), default=".", help="Where; here unless set."
)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the first review; today unless set.")
def new(name: str, folder: Path, on: object) -> None:
    """Begin a questionnaire: a small one that works, with comments that teach the format.

    ID is its name in small letters, as in home_safety. Nothing that is there already is changed.

    \b
    Examples:
        askwell new home_safety
        askwell new home_safety --in our_questionnaires
    """
    why_not = refused(name)
    if why_not:
        raise click.UsageError(f"'{name}' cannot be the name. {why_not}")
    if (folder / name).exists():
        raise click.UsageError(f"{folder / name} is there already. Nothing was changed.")
    today = on.date() if hasattr(on, "date") else date.today()  # noqa: DTZ011  the author's own day
    path = shlex.quote(str(folder / name))
    written = begin(name, path, today, emergency_in(_directories(folder)))
    for place, text in written.items():
        _write(folder / place, text)
    click.echo(f"\nNext:\n    askwell check {path}\n    askwell preview {path}\n    askwell cases {path}")


def _directories(folder: Path) -> Iterator[Directory]:
    for file in sorted((folder / "directory").glob("*.yaml")):
        try:
            yield load_directory(file)
        except InvalidQuestionnaire as invalid:
            click.echo(invalid.render(), err=True)
            raise click.ClickException(f"{file} has problems. Mend them first. Nothing was changed.") from None


def _write(file: Path, text: str) -> None:
    """Write a file, never over another one."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as new_file:
            new_file.write(text)
    except FileExistsError:
        if file.name != FILE:
            raise click.ClickException(f"{file} is there already. It was not changed.") from None
        same = file.is_file() and file.read_text(encoding="utf-8") == text
        about = "as it was" if same else f"of another version; renew it with askwell schema -o {shlex.quote(str(file))}"
        click.echo(f"{file}: there already, {about}")
    except OSError as mistake:
        raise click.ClickException(f"{file} cannot be written: {mistake.strerror}.") from None
    else:
        click.echo(f"{file}: {ABOUT[file.name]}")
