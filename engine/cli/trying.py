"""`askwell cases`: does a questionnaire tell its test persons what it must?"""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.opening import FOLDER_OR_FILE, Opened, files_of, open_file
from engine.problem import InvalidQuestionnaire
from engine.workshop.cases import run_cases


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


@click.command()
@click.argument("paths", nargs=-1, required=True, type=FOLDER_OR_FILE)
@click.option("--coverage", is_flag=True, help="List what no case touches, instead of trying the cases.")
@click.option("--suggest", is_flag=True, help="Write new cases for what no case touches, cut-offs first.")
@click.option("--mutate", is_flag=True, help="Change one thing at a time: what does no case and no guarantee notice?")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, help="With --mutate: processes to use; 1 unless set.")
def cases(paths: tuple[Path, ...], *, coverage: bool, suggest: bool, mutate: bool, jobs: int) -> None:
    """Try the test persons of cases.yaml: does each hear what the file expects? Ends with 1 where one does not.

    With --coverage it lists the items and options that no case gives, and the levels, alerts, actions and services that
    no case expects. With --mutate each number of points, cut-off, condition and operator is changed, one at a time; the
    changes that no case and no guarantee notices are listed, with a score. That takes minutes. With --suggest a solver
    looks for a smallest person for each cut-off that no case reaches or just misses, and for everything that no case
    touches, and writes them as cases: read each, and give it the name of somebody you know of.

    \b
    Examples:
        askwell cases questionnaires
        askwell cases questionnaires/stalking_screen
        askwell cases questionnaires/stalking_screen --coverage
        askwell cases questionnaires/stalking_screen --suggest >> questionnaires/stalking_screen/cases.yaml
        askwell cases questionnaires/stalking_screen --mutate --jobs 2
    """
    files = [file for path in paths for file in files_of(path)]
    if suggest:
        from engine.cli.covering import show_suggestions

        for file in files:
            show_suggestions(file)
        return
    if mutate:
        from engine.cli.covering import show_mutants

        noticed = [show_mutants(file, jobs) for file in files]
        raise click.exceptions.Exit(0 if all(noticed) else 1)
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
