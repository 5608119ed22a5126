"""`askwell purge`: destroy the cases whose day has passed, from a timer, without a passphrase."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def purge(file: Path) -> None:
    """Destroy the cases of a store whose day to be deleted has passed. Nothing is read, and no passphrase is needed.

    \b
    Example, once a day from a timer:
        askwell purge ~/cases.db
    """
    from engine.casework.sqlite_store import purge_file
    from engine.casework.store import StoreTrouble

    try:
        gone = purge_file(file, datetime.now(UTC).date())
    except StoreTrouble as trouble:
        raise click.ClickException(str(trouble)) from None
    click.echo(f"{file}: {gone} {'case' if gone == 1 else 'cases'} destroyed")
