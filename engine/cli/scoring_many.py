"""`askwell score` of a file of many records. Loaded only then, like the packages it needs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from engine.cli.opening import open_or_end

MISSING = "Many records at once need packages that are not installed: pip install 'askwell[batch]'"


def score_many(
    path: Path,
    records: Path,
    *,
    output: Path | None,
    rejects: Path | None,
    jobs: int | None,
    on: datetime | None,
    voice: str | None,
) -> None:
    """Score the records, show how far it is, and tell what came of it."""
    try:
        from engine.cohort.batch import Run, Task
        from engine.cohort.flat import Given
        from engine.cohort.sheet import UnusableFile
    except ModuleNotFoundError as missing:
        if str(missing.name).split(".")[0] in ("numpy", "pyarrow"):
            raise click.ClickException(MISSING) from None
        raise
    if output is None:
        raise click.UsageError("Say where the results go: -o results.parquet, .csv or .jsonl.")
    instrument = open_or_end(path).instrument
    voices = instrument.questionnaire.voices
    if voice is not None and voice not in voices:
        raise click.UsageError(f"This questionnaire has the voices {', '.join(voices)}.")
    given = Given(on.date() if on else None, voice)
    try:
        run = Run(Task(instrument, records, output, rejects, jobs or 1, given))
        with _progress(run.length) as further:
            done = run.score(further)
    except UnusableFile as mistake:
        raise click.ClickException(str(mistake)) from None
    refused = f"{done.refused:,} refused: {done.rejects}" if done.refused else "none refused"
    click.echo(f"{output}: {done.scored:,} record{'' if done.scored == 1 else 's'} scored, {refused}")
    if done.refused:
        raise click.exceptions.Exit(1)


@contextmanager
def _progress(length: int) -> Iterator[Callable[[int], None]]:
    """Show a bar where somebody is there to see it."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length, label="Scoring", file=sys.stderr) as bar:
        yield bar.update
