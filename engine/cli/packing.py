"""`askwell pack`: hand a questionnaire over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from engine.cli.opening import FOLDER_OR_FILE, Opened, directories_beside, open_or_end
from engine.cli.writing import write
from engine.workshop.pack import contents
from engine.workshop.pack import pack as packed

TIMEOUT = 10.0  # seconds for each promise


@click.command()
@click.argument("path", type=FOLDER_OR_FILE)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The zip; ID.zip unless set.")
@click.option("--no-proofs", is_flag=True, help="Do not prove its promises first.")
def pack(path: Path, output: Path | None, *, no_proofs: bool) -> None:
    """Pack a questionnaire into one file: with its translations, its cases, its services, and what is proved of it.

    The same content gives the same bytes. `askwell serve` serves a folder of packs.

    \b
    Examples:
        askwell pack questionnaires/first_contact
        askwell pack our_draft -o packs/our_draft.zip
    """
    opened = open_or_end(path)
    named = opened.instrument.questionnaire.directory
    directory = next((file for file in directories_beside(opened.path) if file.stem == named), None)
    proofs = None if no_proofs else _proofs(opened)
    files = contents(opened.instrument, opened.path, directory)
    output = output or Path(f"{opened.instrument.id}.zip")
    write(output, packed(opened.instrument, files, proofs))
    one = opened.instrument
    click.echo(f"{output}: {one.id} {one.version}, {len(files)} files, content {one.content_hash[:12]}{_told(proofs)}")


def _proofs(opened: Opened) -> list[dict[str, Any]] | None:
    try:
        from engine.workshop.prove.all_promises import tasks
    except ModuleNotFoundError:
        click.echo("Nothing is proved: the solver is missing (pip install 'askwell[exact]').", err=True)
        return None
    proofs = [task.proof() for task in tasks(opened.instrument, opened.directory, TIMEOUT)]
    return [{"id": one.id, "says": one.said, "status": one.status, "note": one.note} for one in proofs]


def _told(proofs: list[dict[str, Any]] | None) -> str:
    if proofs is None:
        return ", without proofs"
    kept = sum(one["status"] in ("proved", "waived") for one in proofs)
    return f", {kept} of {len(proofs)} promises proved or waived"
