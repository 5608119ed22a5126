"""What the cases of a questionnaire leave out, in words for `askwell cases`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from textwrap import fill
from time import monotonic

import click

from engine.cli.opening import Opened, open_or_end
from engine.format.directory import Directory
from engine.format.instrument import Instrument
from engine.problem import InvalidQuestionnaire
from engine.workshop.case_file import Person, load_cases
from engine.workshop.coverage import coverage

WIDTH = 100


def persons_or_end(path: Path) -> tuple[Opened, tuple[Person, ...]]:
    """Return a questionnaire and its cases (none without a file); show the problems and end with 1 if there are any."""
    opened, file = open_or_end(path), path.with_name("cases.yaml")
    try:
        return opened, load_cases(opened.instrument, file) if file.is_file() else ()
    except InvalidQuestionnaire as invalid:
        click.echo(invalid.render(), err=True)
        raise click.exceptions.Exit(1) from None


def opening(path: Path) -> tuple[Instrument, tuple[Person, ...], Directory | None]:
    """Return a questionnaire, its cases and its directory, for a process of its own."""
    opened, persons = persons_or_end(path)
    return opened.instrument, persons, opened.directory


def show_mutants(path: Path, jobs: int) -> bool:
    """Print every change that nobody notices, as it is found, and the score; return whether there is none."""
    from engine.workshop.mutate.score import tries

    begun = monotonic()
    many, tried = tries(partial(opening, path), jobs=jobs)
    click.echo(f"{path}: {many} changes, one at a time. Nobody notices:")
    unnoticed = 0
    for place, one in enumerate(tried, start=1):
        if not one.noticed:
            unnoticed += 1
            click.echo(f"  {one.owner}: {one.words}")
        if place % 100 == 0:
            click.echo(f"  {place} of {many} tried", err=True)
    share = 100 * (many - unnoticed) / many if many else 100
    click.echo(f"{many - unnoticed} of {many} noticed ({share:.1f} %), in {(monotonic() - begun) / 60:.1f} minutes")
    return unnoticed == 0


def show_suggestions(path: Path) -> None:
    """Print new cases, each as soon as it is found; what nobody was found for goes to the error output."""
    opened, persons = persons_or_end(path)
    try:
        from engine.workshop.suggest import suggestions
    except ModuleNotFoundError:
        raise click.UsageError("To suggest cases needs a solver: pip install 'askwell[exact]'") from None
    for one in suggestions(opened.instrument, persons, opened.directory):
        click.echo(f"\n{one.case}" if one.case else f"nobody was found: {one.name}", nl=not one.case, err=not one.case)


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
