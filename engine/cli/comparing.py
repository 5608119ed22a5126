"""`askwell diff`: what changed between two versions of a questionnaire, and who would be told something different."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from engine.cli.opening import FOLDER_OR_FILE, Opened, open_or_end
from engine.cli.writing import write
from engine.interview.reading import to_json
from engine.workshop.diff.change import Difference, Told


@click.command()
@click.argument("old", type=FOLDER_OR_FILE)
@click.argument("new", type=FOLDER_OR_FILE)
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page for a review meeting.")
@click.option("--json", "as_data", is_flag=True, help="As JSON, for other programs.")
@click.option(
    "--timeout", type=click.FloatRange(0.1, 3600), default=5.0, help="Seconds for each question; 5 unless set."
)
def diff(old: Path, new: Path, html: Path | None, as_data: bool, timeout: float) -> None:
    """Say what changed from an OLD version of a questionnaire to a NEW one, and who would be told something different.

    First the ways to reach services, then each part of the file, before and after. Then for each outcome somebody whose
    level goes up and somebody whose level goes down, and for each alert, step and service somebody to whom it appears
    or disappears: as a case for cases.yaml, or a proof that there is nobody who answers everything. Ends with 1 where
    anything changed, and with 2 where the solver is missing (pip install 'askwell[exact]').

    \b
    Examples:
        askwell diff last_year/stalking_screen questionnaires/stalking_screen
        askwell diff old.yaml new.yaml --html review.html
    """
    try:
        from engine.workshop.diff.told import told
    except ModuleNotFoundError:
        raise click.UsageError("To compare needs a solver: pip install 'askwell[exact]'") from None
    from engine.workshop.diff.on_a_page import as_page
    from engine.workshop.diff.words import changes

    one, other = open_or_end(old), open_or_end(new)
    changed = tuple(changes(one.instrument, other.instrument, one.directory, other.directory))
    found = Difference((_title(one), _title(other)), changed, tuple(told(one.instrument, other.instrument, timeout)))
    if html is not None:
        write(html, as_page(found))
        click.echo(f"{html}: written")
    elif as_data:
        click.echo(json.dumps(as_json(found), indent=2, ensure_ascii=False))
    else:
        click.echo(_text(found))
    if found.changes or any(each.somebody is not False for each in found.told):
        raise click.exceptions.Exit(1)


def _title(opened: Opened) -> str:
    return f"{opened.instrument.id} {opened.instrument.version} ({opened.instrument.content_hash[:8]})"


def _text(found: Difference) -> str:
    from engine.workshop.diff.on_a_page import in_words

    lines = [f"From {found.titles[0]} to {found.titles[1]}"]
    for part, changed in found.by_part.items():
        lines += ["", part]
        for one in changed:
            lines += [f"  {one.name}", f"    - {one.before}" if one.before else "    (added)"]
            lines.append(f"    + {one.after}" if one.after else "    (removed)")
    lines += ["", "Who would be told something different"]
    for each in found.told:
        lines.append(f"  {in_words(each)}")
        lines += [f"      {line}" for line in each.case.splitlines()]
    return "\n".join(lines)


def as_json(found: Difference) -> dict[str, Any]:
    """Return a difference as plain data."""

    def of(one: Told) -> dict[str, Any]:
        person = to_json(one.record) if one.record is not None else None
        return asdict(one) | {"record": person}

    return {
        "versions": list(found.titles),
        "changes": [asdict(one) for one in found.changes],
        "told": [of(one) for one in found.told],
    }
