"""`askwell check`: every problem of a file, and where there is none, every finding."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click

from engine.cli.opening import FOLDER_OR_FILE, directories_beside, directories_in, files_of, open_file
from engine.format.instrument import Instrument
from engine.format.load_directory import load_directory
from engine.problem import InvalidQuestionnaire
from engine.workshop.check.report import Checked, as_annotations, as_data, counts_of, in_words
from engine.workshop.check.run import check as find
from engine.workshop.check.run import check_directory, score_ends, subject_of


@click.command()
@click.argument("paths", nargs=-1, required=True, type=FOLDER_OR_FILE)
@click.option("--strict", is_flag=True, help="End with 1 on warnings too, as before a release.")
@click.option("--fast", is_flag=True, help="Without proofs and without a solver; what that leaves open is not decided.")
@click.option("--notes", is_flag=True, help="Show notes, too; they are only counted otherwise.")
@click.option("--scores", is_flag=True, help="Show the lowest and the highest that each score can be.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
@click.option("--annotations", "annotated", is_flag=True, help="As lines that GitHub shows beside the changed files.")
@click.option(
    "--today", "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day for which dates are checked; today unless set."
)
def check(
    paths: tuple[Path, ...],
    *,
    strict: bool,
    fast: bool,
    notes: bool,
    scores: bool,
    as_json: bool,
    annotated: bool,
    today: datetime | None,
) -> None:
    """Check questionnaires, and the directories of services beside them.

    A problem is a mistake: the file cannot be used. All problems of a file are shown at once. A file without problems
    is looked at for findings, each with its place, why it matters and what to do: errors (almost surely a slip, such as
    a level that no answers give), warnings (a decision is wanted) and notes. docs/findings.md lists them all.

    Guarantees are put to proof, which can take a minute; --fast leaves that out.

    Ends with 1 on problems and errors; with --strict on warnings too.

    \b
    Examples:
        askwell check questionnaires
        askwell check --fast questionnaires/stalking_screen --scores --notes
        askwell check --strict --today 2027-06-01 questionnaires
        askwell check --annotations questionnaires
        askwell check questionnaires/directory
        askwell check --json draft.yaml
    """
    day = today.date() if today else date.today()  # noqa: DTZ011  the operator's own day
    files = dict.fromkeys(file for path in paths if not directories_in(path) for file in files_of(path))
    named = [file for path in paths for file in directories_in(path)]
    directories = dict.fromkeys([*named, *(one for file in files for one in directories_beside(file))])
    checked = [_directory(file, day) for file in directories]
    checked += [_questionnaire(file, day, solver=not fast, scores=scores) for file in files]
    if as_json:
        click.echo(json.dumps(as_data(checked), indent=2, ensure_ascii=False))
    elif annotated:
        click.echo(as_annotations(checked, notes=notes), nl=False)
    else:
        click.echo(in_words(checked, notes=notes), nl=False)
    counts = counts_of(checked)
    if counts["problem"] or counts["error"] or (strict and counts["warning"]):
        raise click.exceptions.Exit(1)


def _directory(file: Path, today: date) -> Checked:
    try:
        directory = load_directory(file)
    except InvalidQuestionnaire as invalid:
        return _with_problems(file, invalid)
    many = len(directory.services)
    found = check_directory(directory, file, today)
    return Checked(file, _source(file), f"{many} service{'' if many == 1 else 's'}", findings=found)


def _questionnaire(file: Path, today: date, *, solver: bool, scores: bool) -> Checked:
    try:
        opened = open_file(file)
    except InvalidQuestionnaire as invalid:
        return _with_problems(file, invalid)
    subject = subject_of(opened.instrument, file, today, opened.directory, solver=solver)
    found = find(subject)
    ends = tuple(score_ends(subject)) if scores else ()
    return Checked(file, _source(file), _about(opened.instrument), findings=found, scores=ends)


def _with_problems(file: Path, invalid: InvalidQuestionnaire) -> Checked:
    if all(problem.place.file != str(file) for problem in invalid.problems):
        return Checked(file, "", "not checked, because its directory has problems")  # which are told there
    return Checked(file, invalid.sources.get(str(file), ""), "not usable", problems=invalid.problems)


def _source(file: Path) -> str:
    return file.read_text(encoding="utf-8-sig")


def _about(one: Instrument) -> str:
    asked = sum(item.kind != "note" for item in one.items.values()) - 1
    parts = ((asked, "item"), (len(one.outcomes), "outcome"), (len(one.plan), "action"))
    return ", ".join(f"{many} {what}{'' if many == 1 else 's'}" for many, what in parts)
