"""`askwell translate`: PO files for translators, kept in step with the words, and how far they are."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import click

from engine.cli.opening import files_of, open_file
from engine.format.po import Catalogue, po_text
from engine.format.tongue import PSEUDO, Tongue
from engine.interview.own_words import read_catalogue, words_in
from engine.problem import InvalidQuestionnaire
from engine.workshop.translate.renew import renewed
from engine.workshop.translate.sources import Source, of_directory, of_engine, of_questionnaire
from engine.workshop.translate.status import Status, status_of

MOST_SHOWN = 20
WHAT = click.argument("what", nargs=-1, metavar="[PATH] [LANGUAGE]")
OWN = click.option("--own", is_flag=True, help="askwell's own words instead: those of the engine and of the site.")


@click.group()
def translate() -> None:
    """Make, renew and weigh translations: PO files, for Poedit, Weblate and the like.

    PATH is a questionnaire, a folder of them, or a directory of services.

    \b
    Examples:
        askwell translate extract questionnaires/stalking_screen cy
        askwell translate update questionnaires/stalking_screen
        askwell translate status questionnaires/stalking_screen
    """


@translate.command()
@WHAT
@OWN
def extract(what: tuple[str, ...], own: bool) -> None:
    """Write a PO file with everything that is to be translated into LANGUAGE; without one, a template (POT).

    \b
    Examples:
        askwell translate extract questionnaires/stalking_screen cy
        askwell translate extract questionnaires/directory/uk.yaml cy
        askwell translate extract questionnaires/stalking_screen
    """
    path, language = _path_and_language(what, own=own)
    for source in _sources(path):
        file = source.locale / f"{source.name}.pot" if language is None else source.file(_tag(language))
        if language is not None and file.exists():
            raise click.UsageError(f"{file} is there already. Renew it with `askwell translate update`.")
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(source, Catalogue(str(file)), file, language or "")


@translate.command()
@WHAT
@OWN
def update(what: tuple[str, ...], own: bool) -> None:
    """Bring PO files in step with the words as they are now; without LANGUAGE, those of every language.

    A translation of words that have changed stays and is marked as fuzzy; what is no longer needed is put aside.

    \b
    Example:
        askwell translate update questionnaires/stalking_screen cy
    """
    path, language = _path_and_language(what, own=own)
    for source in _sources(path):
        for one in [_tag(language)] if language else source.languages():
            file = source.file(one)
            if not file.exists():
                click.echo(f"{file}: not there; make it with `askwell translate extract`", err=True)
                continue
            before, problems = read_catalogue(file)
            if problems:
                text = file.read_text(encoding="utf-8", errors="replace")
                click.echo(InvalidQuestionnaire(problems, {str(file): text}).render(), err=True)
                raise click.exceptions.Exit(1)
            _write(source, before, file, one)


@translate.command()
@WHAT
@OWN
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--all", "everything", is_flag=True, help="Every problem, not only the first of each language.")
def status(what: tuple[str, ...], own: bool, as_json: bool, everything: bool) -> None:
    """Say how far each language is, and what keeps it from being offered. Ends with 1 where something does.

    A language is offered only when every text is translated from the words as they are now.

    \b
    Examples:
        askwell translate status questionnaires/stalking_screen
        askwell translate status questionnaires/stalking_screen cy --all
        askwell translate status --own
    """
    found = []
    path, language = _path_and_language(what, own=own)
    for source in _sources(path):
        for one in [_tag(language)] if language else source.languages():
            told = words_in(source.texts, source.file(one), one)
            found.append((source, status_of(one, source.texts, told, source.flagged)))
    if as_json:
        click.echo(json.dumps([_as_data(*one) for one in found], indent=2, ensure_ascii=False))
    for source, one_status in [] if as_json else found:
        _show(source, one_status, sys.maxsize if everything else MOST_SHOWN)
    if not all(one_status.complete for _, one_status in found):
        raise click.exceptions.Exit(1)


def _path_and_language(what: tuple[str, ...], *, own: bool) -> tuple[Path | None, str | None]:
    if not own and not what:
        raise click.UsageError("Name a questionnaire or a directory, or ask for --own words.")
    path, *rest = [None, *what] if own else what
    if path is not None and not Path(path).exists():
        raise click.UsageError(f"There is no {path}. Name a questionnaire or a directory, or ask for --own words.")
    if len(rest) > 1:
        raise click.UsageError(f"Name one language, not {' and '.join(map(str, rest))}.")
    return Path(path) if path else None, rest[0] if rest else None


def _sources(path: Path | None) -> list[Source]:
    if path is None:
        # the site knows its own templates; it is loaded only here
        from webui.site_words import of_site

        return [of_engine(), of_site()]
    try:
        if path.is_file() and path.parent.name == "directory":
            return [of_directory(path)]
        opened = [open_file(file) for file in files_of(path)]
        today = date.today()  # noqa: DTZ011  # the translator's own day
        return [of_questionnaire(one.instrument, one.path.parent, today) for one in opened]
    except InvalidQuestionnaire as invalid:
        click.echo(invalid.render(), err=True)
        raise click.exceptions.Exit(1) from None


def _tag(language: str) -> str:
    if language in PSEUDO:
        return language
    if Tongue(language).own_name == language:
        raise click.UsageError(f"'{language}' is no language that is known here. Welsh is cy, Polish pl, Urdu ur.")
    return language


def _write(source: Source, before: Catalogue, file: Path, language: str) -> None:
    after = renewed(source.texts, source.about, before, language, source.title)
    file.write_text(po_text(after), encoding="utf-8")
    done = sum(bool(entry.words) and not entry.fuzzy for entry in after.entries.values())
    click.echo(f"{file}: {len(after.entries)} texts, {done} translated, {len(after.obsolete)} put aside")


def _show(source: Source, one: Status, most: int) -> None:
    state = "complete" if one.complete else "not offered"
    draft = f"; a draft: {one.draft}" if one.draft else ""
    click.echo(f"{source.title}, {one.language}: {one.done} of {one.texts} texts, {state}{draft}")
    for kind, count in sorted(one.counts.items()):
        click.echo(f"  {count:5} {kind}")
    if one.red_flags:
        click.echo(f"  red-flag questions without it: {', '.join(one.red_flags)}")
    for problem in one.problems[:most]:
        click.echo(f"  {problem.place.file}:{problem.place.line}: {problem.kind}: {problem.message} {problem.remedy}")
    if len(one.problems) > most:
        click.echo(f"  … and {len(one.problems) - most} more (--all shows them)")


def _as_data(source: Source, one: Status) -> dict[str, object]:
    return {
        "source": source.title,
        "language": one.language,
        "texts": one.texts,
        "translated": one.done,
        "complete": one.complete,
        "draft": one.draft,
        "counts": one.counts,
        "red_flags_missing": list(one.red_flags),
        "problems": [
            {"file": p.place.file, "line": p.place.line, "kind": p.kind, "message": p.message, "remedy": p.remedy}
            for p in one.problems
        ],
    }
