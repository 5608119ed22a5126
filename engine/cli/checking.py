"""`askwell check` and `askwell cases`: is a questionnaire in order, and does it tell its test persons what it must?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from engine.cli.opening import FOLDER_OR_FILE, Opened, directories_beside, files_of, open_file
from engine.format.directory import overdue
from engine.format.load import check_dates
from engine.format.load_directory import load_directory
from engine.problem import InvalidQuestionnaire
from engine.workshop.cases import run_cases


@click.command()
@click.argument("paths", nargs=-1, required=True, type=FOLDER_OR_FILE)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day for which dates are checked; today unless set.")
def check(paths: tuple[Path, ...], on: object) -> None:
    """Check questionnaires, and the directories of services beside them. All problems of a file are shown at once.

    A review that is overdue is a warning and no problem. Ends with 1 where there is a problem.

    \b
    Examples:
        askwell check questionnaires
        askwell check questionnaires/stalking_screen
        askwell check draft.yaml
    """
    today = on.date() if hasattr(on, "date") else date.today()  # noqa: DTZ011  the operator's own day
    files = [file for path in paths for file in files_of(path)]
    problems = sum(_checked_directory(file, today) for file in dict.fromkeys(_directories(files)))
    problems += sum(_checked(file, today) for file in files)
    if problems:
        raise click.exceptions.Exit(1)


def _directories(files: list[Path]) -> list[Path]:
    return [directory for file in files for directory in directories_beside(file)]


def _checked_directory(path: Path, today: date) -> int:
    try:
        directory = load_directory(path)
    except InvalidQuestionnaire as invalid:
        click.echo(invalid.render())
        return len(invalid.problems)
    late = overdue(directory, today)
    click.echo(f"{path}: {len(directory.services)} services, no problems, {len(late)} facts due to be checked again")
    return 0


def _checked(path: Path, today: date) -> int:
    try:
        opened = open_file(path)
    except InvalidQuestionnaire as invalid:
        click.echo(invalid.render())
        click.echo(f"{path}: {_counted(len(invalid.problems), 'problem')}")
        return len(invalid.problems)
    one = opened.instrument
    for warning in check_dates(one, today):
        click.echo(warning.render(path.read_text(encoding="utf-8")))
    asked = sum(item.kind != "note" for item in one.items.values()) - 1
    click.echo(f"{path}: {asked} items, {len(one.outcomes)} outcomes, {len(one.plan)} actions, no problems")
    return 0


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


@click.command()
@click.argument("paths", nargs=-1, required=True, type=FOLDER_OR_FILE)
@click.option("--coverage", is_flag=True, help="List what no case touches, instead of trying the cases.")
def cases(paths: tuple[Path, ...], coverage: bool) -> None:
    """Try the test persons of cases.yaml: does each hear what the file expects? Ends with 1 where one does not.

    With --coverage it lists the items and options that no case gives, and the levels, alerts, actions and services that
    no case expects.

    \b
    Examples:
        askwell cases questionnaires
        askwell cases questionnaires/stalking_screen
        askwell cases questionnaires/stalking_screen --coverage
    """
    files = [file for path in paths for file in files_of(path)]
    if coverage:
        from engine.cli.covering import show_coverage

        for file in files:
            show_coverage(file)
        return
    failed = sum(_tried(file) for file in files)
    if failed:
        raise click.exceptions.Exit(1)


def _tried(path: Path) -> int:
    file = path.with_name("cases.yaml")
    try:
        opened: Opened = open_file(path)
        if not file.is_file():
            click.echo(f"{path}: there are no cases beside it ({file.name})")
            return 0
        results = run_cases(opened.instrument, file, opened.directory)
    except InvalidQuestionnaire as invalid:
        click.echo(invalid.render())
        return len(invalid.problems)
    failed = 0
    for result in results:
        failed += bool(result.failures)
        click.echo(f"{'FAIL' if result.failures else 'ok  '}  {result.name}")
        for failure in result.failures:
            click.echo(f"      {file}:{result.place.line}: {failure}")
    click.echo(f"{file}: {_counted(len(results), 'case')}, {failed} failed")
    return failed
