"""The `askwell` command: check, try, ask, score and explain questionnaires, and serve the site.

Exit codes: 0 all is well, 1 something was found (problems in a file, a case that fails, a record that is refused),
2 the command was not used as it is meant to be.
"""

from __future__ import annotations

from errno import EPIPE
from importlib import import_module
from typing import Any

import click

# Where each command lives, and what the list of commands says of it: a command is loaded when it is used, so that
# `askwell --help` answers at once.
COMMANDS = {
    "ask": ("asking:ask", "Ask a questionnaire in the terminal, then print the summary."),
    "cases": ("trying:cases", "Try the test persons of cases.yaml."),
    "check": ("checking:check", "Check questionnaires and directories: problems and findings."),
    "diff": ("comparing:diff", "Compare two versions: what changed, and for whom."),
    "explain": ("explaining:explain_record", "Say why a record gives what it gives, and what is open."),
    "form": ("printing:form", "Print a blank form, with a sheet to score by hand."),
    "new": ("beginning:new", "Begin a questionnaire: a small one that works and explains itself."),
    "pack": ("packing:pack", "Pack a questionnaire into one file, to be handed over."),
    "preview": ("previewing:preview", "See a questionnaire in a browser as you write it."),
    "prove": ("proving:prove", "Prove every promise of a questionnaire, for everybody there can be."),
    "purge": ("purging:purge", "Destroy the cases whose day has passed."),
    "schema": ("serving:schema", "Write the format as JSON Schema, for editors."),
    "score": ("scoring:score", "Assess one record, or a file of many."),
    "serve": ("serving:serve", "Serve the site."),
    "translate": ("translating:translate", "Make, renew and weigh translations (PO files)."),
}


class Commands(click.Group):
    """A group that loads a command when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # as above
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(f"engine.cli.{module}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a file or a disk that fails it ends it in words, and a reader that went away without any."""
        try:
            return super().invoke(ctx)
        except OSError as failed:
            if failed.errno == EPIPE or not failed.strerror:
                raise
            what = f"{failed.filename} cannot be used" if failed.filename else "This cannot be done"
            raise click.ClickException(f"{what}: {failed.strerror}.") from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # as above
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in sorted(COMMANDS.items())])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="askwell", message="%(prog)s %(version)s")
def main() -> None:
    """Questionnaires about stalking risk: asked kindly, scored with honest bounds, explained in words.

    \b
    Begin with:
        askwell check questionnaires           is every file in order?
        askwell ask questionnaires/stalking_screen
        askwell serve                          the site, on this machine only
    """
