"""What the cases of a questionnaire leave out, in words for `askwell cases`."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill

import click

from engine.cli.opening import Opened, open_or_end
from engine.problem import InvalidQuestionnaire
from engine.workshop.case_file import Person, read_cases
from engine.workshop.coverage import coverage

WIDTH = 100


def persons_or_end(path: Path) -> tuple[Opened, tuple[Person, ...]]:
    """Return a questionnaire and its cases (none without a file); show the problems and end with 1 if there are any."""
    opened, file = open_or_end(path), path.with_name("cases.yaml")
    try:
        text = file.read_text(encoding="utf-8") if file.is_file() else "[]"
        return opened, read_cases(opened.instrument, text, str(file))
    except InvalidQuestionnaire as invalid:
        click.echo(invalid.render(), err=True)
        raise click.exceptions.Exit(1) from None


def show_coverage(path: Path) -> None:
    """Print what no case touches."""
    opened, persons = persons_or_end(path)
    found = coverage(opened.instrument, persons)
    click.echo(f"{path.with_name('cases.yaml')}: {len(persons)} cases")
    for kind, names in found.untouched.items():
        many = found.there_are[kind]
        click.echo(f"  {kind:<9} {many - len(names)} of {many}")
        if names:
            click.echo(fill(f"not: {', '.join(names)}", WIDTH, initial_indent=" " * 4, subsequent_indent=" " * 9))
