"""`askwell prove`: is every promise of a questionnaire kept by everybody there can be?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.cli.opening import FOLDER_OR_FILE, open_or_end
from engine.interview.reading import to_json

if TYPE_CHECKING:
    from engine.workshop.prove.proof import Proof

WORDS = {"proved": "proved", "refuted": "REFUTED", "not_decided": "not decided", "waived": "waived"}


@click.command()
@click.argument("path", type=FOLDER_OR_FILE)
@click.option("--json", "as_data", is_flag=True, help="As JSON, for other programs.")
@click.option(
    "--timeout", type=click.FloatRange(0.1, 3600), default=10.0, help="Seconds for each promise; 10 unless set."
)
@click.option("--only", metavar="ID", help="One promise alone.")
def prove(path: Path, as_data: bool, timeout: float, only: str | None) -> None:
    """Prove every promise of a questionnaire for everybody there can be, whatever they answer or leave out.

    Each promise is proved; or refuted, with a smallest person who breaks it as a case for cases.yaml; or not decided
    within the time there is. Besides the file's own guarantees there are some that every questionnaire makes, unless
    the file says under `waived` why it need not. Ends with 1 unless every promise is proved or waived, and with 2
    where the solver is missing (pip install 'askwell[exact]').

    \b
    Examples:
        askwell prove questionnaires/stalking_screen
        askwell prove questionnaires/stalking_screen --only someone_to_call
        askwell prove our_draft.yaml --timeout 60 --json
    """
    proofs = list(_told(path, timeout, only, quiet=as_data))
    if only is not None and not proofs:
        raise click.UsageError(f"There is no promise called '{only}'.")
    if as_data:
        click.echo(json.dumps([as_json(one) for one in proofs], indent=2, ensure_ascii=False))
    else:
        click.echo(in_all(proofs))
    if any(one.status in ("refuted", "not_decided") for one in proofs):
        raise click.exceptions.Exit(1)


def _told(path: Path, timeout: float, only: str | None, *, quiet: bool) -> Iterator[Proof]:
    """Prove one after the other, and say each as soon as it is known."""
    try:
        from engine.workshop.prove.all_promises import tasks
    except ModuleNotFoundError:
        raise click.UsageError("Proofs need a solver: pip install 'askwell[exact]'") from None
    opened = open_or_end(path)
    for task in tasks(opened.instrument, opened.directory, timeout):
        if only in (None, task.id):
            proof = task.proof()
            click.echo(in_words(proof), err=quiet)
            yield proof


def in_words(proof: Proof) -> str:
    """Return one line, and below it what there is to see."""
    mark = "built in: " if proof.built_in else ""
    lines = [f"{WORDS[proof.status]:<12}{proof.seconds:6.2f} s  {proof.id}"]
    if proof.status != "proved":
        lines.append(f"{'':22}{mark}{proof.said}")
        lines += [f"{'':22}{proof.note}"] if proof.note else []
    if proof.status == "refuted" and proof.built_in:
        lines.append(f"{'':22}If that is meant, say why in the file: waived: {{{proof.id}: …}}")
    if proof.case:
        lines += ["", *proof.case.splitlines(), ""]
    return "\n".join(lines)


def in_all(proofs: list[Proof]) -> str:
    """Return how many came out how, and how long it took."""
    counted = [(word, sum(one.status == status for one in proofs)) for status, word in WORDS.items()]
    spent = sum(one.seconds for one in proofs)
    return f"{', '.join(f'{many} {word.lower()}' for word, many in counted if many)}, in {spent:.1f} s"


def as_json(proof: Proof) -> dict[str, Any]:
    """Return a proof as plain data."""
    return {
        "id": proof.id,
        "says": proof.said,
        "built_in": proof.built_in,
        "status": proof.status,
        "seconds": round(proof.seconds, 3),
        "note": proof.note,
        "record": to_json(proof.record) if proof.record is not None else None,
        "case": proof.case,
    }
