"""`askwell form`: a questionnaire on paper."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.opening import FOLDER_OR_FILE, open_or_end
from engine.cli.writing import write
from engine.format.atoms import VOICES


@click.command()
@click.argument("path", required=False, type=FOLDER_OR_FILE)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF.")
@click.option("--voice", type=click.Choice(VOICES), help="For whom; the questionnaire's first voice unless set.")
@click.option("--log", is_flag=True, help="A blank log of what happened, instead of a questionnaire.")
def form(path: Path | None, output: Path, voice: str | None, log: bool) -> None:
    """Print a questionnaire as a blank form: boxes to tick, the way through in words, a sheet to score by hand,
    and the services with the dates on which their numbers were checked.

    \b
    Examples:
        askwell form questionnaires/first_contact -o form.pdf
        askwell form questionnaires/stalking_screen --voice practitioner -o form.pdf
        askwell form --log -o log.pdf
    """
    from webui.paper import form_page, lay_out, log_page
    from webui.pdf import NoPdf

    if log == (path is not None):
        raise click.UsageError("Name a questionnaire, or ask for a blank log with --log.")
    page, hint = "", ""
    if path is None:
        page = log_page()
    else:
        from engine.workshop.paper import paper

        opened = open_or_end(path)
        voices = opened.instrument.questionnaire.voices
        if voice is not None and voice not in voices:
            raise click.UsageError(f"This questionnaire has the voices {', '.join(voices)}.")
        made = paper(opened.instrument, opened.directory, voice or voices[0])
        page = form_page(made)
        hint = "" if made.sheet.by_hand else ". Some of it cannot be scored by hand; the form says which"
    try:
        made_pdf = lay_out(page)
    except NoPdf:
        raise click.ClickException("The PDF could not be made. Nothing was written.") from None
    write(output, made_pdf)
    click.echo(f"{output}: written{hint}")
