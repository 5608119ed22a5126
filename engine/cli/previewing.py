"""`askwell preview`: see a questionnaire as it is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from engine.cli.opening import FOLDER_OR_FILE, files_of
from engine.cli.serving import why_not


@click.command()
@click.argument("path", type=FOLDER_OR_FILE)
@click.option("--port", type=click.IntRange(0, 65535), default=8090, help="The port; 8090 unless set.")
def preview(path: Path, port: int) -> None:
    """See a questionnaire in a browser on this machine, anew each time its file is saved.

    What is wrong with it, with its lines; to click through in every voice; its logic in plain words, to be printed and
    signed off; its cases with what each person is told; and the form on paper.

    \b
    Examples:
        askwell preview questionnaires/stalking_screen
        askwell preview our_draft.yaml --port 9000
    """
    # the site and all that it needs are loaded only when they are wanted
    from webui.preview_serve import serve_preview

    found = files_of(path)
    if len(found) > 1:
        raise click.UsageError(f"There are {len(found)} questionnaires in {path}. Name one of them.")
    try:
        serve_preview(found[0], port, date.today)
    except OSError as mistake:
        raise click.ClickException(f"The preview cannot be shown here: {why_not(mistake)}") from None
