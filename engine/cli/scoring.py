"""`askwell score`: one record in, its assessment out, both as JSON; or a file of many, and a file of results."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import IO, Any

import click
from jsonschema import Draft202012Validator

from engine.cli.opening import FOLDER_OR_FILE, open_or_end
from engine.format.atoms import VOICES
from engine.format.instrument import Instrument
from engine.interview.assess import assess, holds
from engine.interview.assessment import Assessment, OutcomeRange, ScoreRange
from engine.interview.explain import because
from engine.interview.reading import InvalidRecord, check_judgements, read
from engine.interview.record import Record
from engine.interview.record_schema import response_schema
from engine.program.names import Target

MANY = (".jsonl", ".csv", ".parquet")


@click.command()
@click.argument("path", type=FOLDER_OR_FILE)
@click.argument("records", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option(
    "--exact", is_flag=True, help="Of one: let a solver decide what bounds leave inexact (the extra `exact`)."
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Of many: where results go.")
@click.option("--rejects", type=click.Path(path_type=Path, dir_okay=False), help="Of many: where refusals are listed.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Of many: so many processes; 1 unless set.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Of many: the assessment day, if no column says it.")
@click.option("--voice", type=click.Choice(VOICES), help="Of many: the voice, if no column says it.")
def score(path: Path, records: str, *, exact: bool, **many: Any) -> None:
    """Assess one record (a JSON file, or - for the standard input) and write the assessment as JSON; or assess a
    file of many (.jsonl, .csv or .parquet) into another.

    Every record is checked first. One that is refused is never dropped silently: of one, every reason is told; of
    many, refusals are listed with line and reason in a file of their own (OUTPUT.rejects.csv) and counted. Ends with 1
    where a record is refused.

    In CSV and Parquet each item has its column: option ids, numbers, dates; ticked options as a|b, or a list; the log
    of a repeat as JSON; dont_know, declined, not_asked; an empty cell was not reached. Columns id, date, voice and
    judgements may stand beside. JSON Lines, or a column "record", hold whole records as JSON.

    \b
    Examples:
        askwell score questionnaires/stalking_screen record.json
        cat record.json | askwell score questionnaires/stalking_screen -
        askwell score questionnaires/stalking_screen record.json --exact
        askwell score questionnaires/stalking_screen people.csv -o results.csv --on 2026-11-23
        askwell score questionnaires/stalking_screen people.parquet -o results.parquet --jobs 4
    """
    if Path(records).suffix.lower() in MANY:
        from engine.cli.scoring_many import score_many

        if exact:
            raise click.UsageError("--exact goes with one record: it takes up to seconds for each.")
        score_many(path, Path(records), **many)
        return
    named = [name for name, value in many.items() if value is not None]
    if named:
        raise click.UsageError(f"--{named[0]} goes with many records: a file ending in {', '.join(MANY)}.")
    with click.open_file(records, encoding="utf-8") as file:
        _score_one(path, file, exact=exact)


def _score_one(path: Path, record: IO[str], *, exact: bool) -> None:
    instrument = open_or_end(path).instrument
    said = _read(instrument, record)
    try:
        assessment = assess(instrument, said, exact=exact)
    except ModuleNotFoundError as missing:
        raise click.ClickException(str(missing)) from missing
    refused = check_judgements(instrument, said, assessment)
    if refused:
        _end(InvalidRecord(refused))
    click.echo(json.dumps(as_json(instrument, said, assessment), indent=2, ensure_ascii=False))


def _read(instrument: Instrument, file: IO[str]) -> Record:
    try:
        data = json.loads(file.read(), parse_float=Decimal)
    except json.JSONDecodeError as mistake:
        click.echo(f"{file.name}:{mistake.lineno}:{mistake.colno}: this is not JSON: {mistake.msg}", err=True)
        raise click.exceptions.Exit(1) from None
    try:
        said = read(instrument, data)
    except InvalidRecord as invalid:
        _end(invalid)
        raise
    # what `read` accepts the published schema accepts too; a difference is a fault of ours and must not pass unseen
    Draft202012Validator(response_schema(instrument)).validate(data)
    return said


def _end(invalid: InvalidRecord) -> None:
    for message in invalid.messages:
        click.echo(f"{message.field}: {message.text}" if message.field else message.text, err=True)
    raise click.exceptions.Exit(1)


def as_json(instrument: Instrument, record: Record, assessment: Assessment) -> dict[str, Any]:
    """Return the assessment as plain data: bounds, levels, what is printed, each with the answers that force it."""

    def reasons(target: Target) -> list[str]:
        return list(because(instrument, record, target))

    def why(target: Target) -> list[str] | None:
        """A level that only the solver finds certain has no reason here: a reason is one that bounds can follow."""
        return reasons(target) if holds(instrument, record, target) else None

    return {
        "questionnaire": instrument.id,
        "version": instrument.version,
        "content_hash": instrument.content_hash,
        "date": record.on.isoformat(),
        "scores": {name: _score(one) for name, one in assessment.scores.items()},
        "outcomes": {
            name: _outcome(instrument, one) | {"because": why(_reached(instrument, one))}
            for name, one in assessment.outcomes.items()
        },
        "alerts": [
            {"id": name, "sure": name not in assessment.unsure, "because": reasons(("alert", name))}
            for name in assessment.alerts
        ],
        "plan": [
            {"id": name, "sure": name not in assessment.unsure, "because": reasons(("action", name))}
            for name in assessment.plan
        ],
        "signposts": [
            {
                "service": instrument.signposts[place].service,
                "sure": f"signpost:{place}" not in assessment.unsure,
                "because": reasons(("signpost", str(place))),
            }
            for place in assessment.signposts
        ],
        "exact": assessment.exact,
    }


def _reached(instrument: Instrument, one: OutcomeRange) -> Target:
    levels = instrument.outcomes[one.id].levels
    return ("outcome", one.id, levels[one.at_least or 0].id)


def number(value: Fraction | None) -> int | float | str | None:
    """Return a number as JSON: whole, with its decimals where they end, else as a fraction such as "7/3"."""
    if value is None:
        return None
    if value.denominator == 1:
        return value.numerator
    ends = all(value.denominator % prime or prime in (2, 5) for prime in range(2, value.denominator + 1))
    return float(value) if ends else str(value)


def _score(one: ScoreRange) -> dict[str, Any]:
    found: dict[str, Any] = {
        "lowest": number(one.lowest),
        "highest": number(one.highest),
        "has_value": one.present,
    }
    if one.profile is not None:
        found = {"profile": one.profile}
    if one.by_rule_state != "no_rule":
        found["by_rule"] = {"value": number(one.by_rule), "state": one.by_rule_state, "missing": one.by_rule_missing}
    return found


def _outcome(instrument: Instrument, one: OutcomeRange) -> dict[str, Any]:
    levels = [level.id for level in instrument.outcomes[one.id].levels]
    found: dict[str, Any] = {
        "at_least": None if one.at_least is None else levels[one.at_least],
        "at_most": None if one.at_most is None else levels[one.at_most],
        "settled": one.settled,
        "possible": [levels[place] for place in one.possible],
        "applies": one.applies,
        "exact": one.exact,
        "decided": one.decided,
    }
    if one.judged is not None:
        found["computed"] = [levels[place] for place in one.computed]
        found["judged"] = {"level": one.judged.level, "reason": one.judged.reason}
        if one.judged.second_person is not None:
            found["judged"]["second_person"] = one.judged.second_person
    if one.by_rule_state != "no_rule":
        level = None if one.by_rule is None else levels[one.by_rule]
        found["by_rule"] = {"level": level, "state": one.by_rule_state, "missing": one.by_rule_missing}
    return found
