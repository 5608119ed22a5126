"""`askwell serve` and `askwell schema`: the site for people, the format for other programs."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from errno import EADDRINUSE
from pathlib import Path

import click

from engine.cli.writing import write
from engine.format.schema import json_schema


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; otherwise the screen.")
@click.option("--case-file", is_flag=True, help="The format of practitioners' case files instead.")
def schema(output: Path | None, case_file: bool) -> None:
    """Write the format of questionnaires, or of case files, as JSON Schema, for editors and other programs.

    \b
    Examples:
        askwell schema -o questionnaires/questionnaire.schema.json
        askwell schema --case-file
    """
    from engine.casework.case_file import json_schema as case_schema

    text = json.dumps(case_schema() if case_file else json_schema(), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        write(output, text)
        click.echo(f"{output}: written")


@click.command()
@click.option("--address", help="Where to listen; 127.0.0.1 unless set: this machine only.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; 8080 unless set.")
@click.option(
    "--config", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A file of settings, in TOML."
)
@click.argument("questionnaires", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
def serve(address: str | None, port: int | None, config: Path | None, questionnaires: Path | None) -> None:
    """Serve the site. Questionnaires with problems are listed here and not served; the others are.

    Nothing that is answered is stored. Settings come from a file and from the environment, as docs/running.md says:
    `exit = "https://…"` in the file is ASKWELL_EXIT in the environment.

    QUESTIONNAIRES is a folder of questionnaires, or of packs (ID.zip), or of both.

    \b
    Examples:
        askwell serve
        askwell serve --port 9000 our_questionnaires
        askwell serve --config /etc/askwell.toml
    """
    # the site and all that it needs are loaded only when they are wanted
    from webui.configured import from_environment
    from webui.serve import serve as serve_site
    from webui.settings import InvalidSettings

    if questionnaires is not None and (questionnaires / "questionnaire.yaml").is_file():
        folder = shlex.quote(str(questionnaires.absolute().parent))
        raise click.UsageError(
            f"{questionnaires} is one questionnaire. Name the folder it lies in: askwell serve {folder}"
        )
    try:
        standard = from_environment(file=config)
        settings = replace(
            standard,
            address=address or standard.address,
            port=standard.port if port is None else port,
            questionnaires=questionnaires or standard.questionnaires,
        )
        serve_site(settings)
    except InvalidSettings as mistake:
        raise click.UsageError(str(mistake)) from None
    except OSError as mistake:
        raise click.ClickException(f"The site cannot be served here: {why_not(mistake)}") from None


def why_not(mistake: OSError) -> str:
    """Return why nothing can be served at an address, and what to do where that is known."""
    if mistake.errno == EADDRINUSE:
        return "this port is taken, perhaps by one that still runs. Stop that one, or choose another port with --port."
    return f"{mistake.strerror}."
