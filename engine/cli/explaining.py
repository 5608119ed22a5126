"""`askwell explain`: why a record gives what it gives, what is open, what to ask next, and what would change it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any

import click

from engine.cli.explained import explained_text, since_text
from engine.cli.opening import FOLDER_OR_FILE, open_or_end
from engine.cli.scoring import _read as read_or_end
from engine.format.instrument import Instrument
from engine.interview.answers import answer_to_json
from engine.interview.explain import Explanation, Reasons, explain
from engine.interview.next_best import NextQuestion
from engine.interview.open_questions import OpenQuestion
from engine.interview.record import Answer, NonAnswer
from engine.interview.since import Log, Since, since
from engine.interview.would_change import Change, WouldChange


@click.command(name="explain")
@click.argument("path", type=FOLDER_OR_FILE)
@click.argument("record", type=click.File(encoding="utf-8"))
@click.option("--since", "older", type=click.File(encoding="utf-8"), help="An older record of the same person.")
@click.option("--json", "as_data", is_flag=True, help="As JSON, for other programs.")
def explain_record(path: Any, record: IO[str], older: IO[str] | None, as_data: bool) -> None:
    """Say why one RECORD (a JSON file, or - for the standard input) gives what it gives.

    For each outcome, alert and action the answers that are enough by themselves; the questions that can still change
    an outcome, by why they have no answer; the best questions to ask next, and what their answers could settle; which
    other answers would move an outcome. With --since, what changed from an older record. Ends with 1 where a record is
    refused, with every reason.

    \b
    Examples:
        askwell explain questionnaires/stalking_screen record.json
        askwell explain questionnaires/stalking_screen today.json --since in_march.json
        cat record.json | askwell explain questionnaires/stalking_screen - --json
    """
    instrument = open_or_end(path).instrument
    said = read_or_end(instrument, record)
    found, changed = explain(instrument, said), None
    if older is not None:
        before = read_or_end(instrument, older)
        if before.on > said.on:
            raise click.UsageError(f"The record of --since is of {before.on}, after the other: {said.on}.")
        changed = since(instrument, before, said)
    if as_data:
        data = as_json(instrument, found) | ({"since": since_json(instrument, changed)} if changed else {})
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
        return
    click.echo(explained_text(instrument, said, found))
    if changed is not None:
        click.echo(since_text(instrument, said, changed))


def as_json(instrument: Instrument, found: Explanation) -> dict[str, Any]:
    """Return an explanation as plain data."""

    def levels(outcome: str, places: tuple[int, ...]) -> list[str]:
        return [instrument.outcomes[outcome].levels[place].id for place in places]

    def change(outcome: str, one: Change) -> dict[str, Any]:
        return {"answers": _answers(one.answers), "left": levels(outcome, one.left)}

    def moves(one: WouldChange) -> dict[str, Any]:
        return {
            "up": [change(one.outcome, each) for each in one.up],
            "down": [change(one.outcome, each) for each in one.down],
            "all_tried": one.all_tried,
        }

    def asked(one: NextQuestion) -> dict[str, Any]:
        return {
            "item": one.item,
            "state": one.state,
            "applies": one.applies,
            "levels_left": round(float(one.levels_left), 3),
            "could_settle": list(one.could_settle),
            "certain": one.certain,
            "answers": [
                {"answer": _answer(each.answer), "left": {name: levels(name, left) for name, left in each.left.items()}}
                for each in one.prospects
            ],
        }

    return {
        "questionnaire": instrument.id,
        "version": instrument.version,
        "content_hash": instrument.content_hash,
        "outcomes": {
            name: {
                "possible": levels(name, found.assessment.outcomes[name].possible),
                "exact": found.assessment.outcomes[name].exact,
                "at_least_because": _reasons(one.at_least),
                "at_most_because": _reasons(one.at_most),
            }
            for name, one in found.outcomes.items()
        },
        "alerts": {name: _reasons(one) for name, one in found.alerts.items()},
        "plan": {name: _reasons(one) for name, one in found.plan.items()},
        "open": {kind: [_open(one) for one in getattr(found.open, kind)] for kind in KINDS},
        "next": [asked(one) for one in found.next],
        "would_change": {one.outcome: moves(one) for one in found.would_change},
    }


KINDS = ("not_reached", "not_asked", "dont_know", "declined", "partly")


def _reasons(reasons: Reasons) -> list[list[str]]:
    return [list(one) for one in reasons]


def _open(one: OpenQuestion) -> dict[str, Any]:
    return {"item": one.item, "outcomes": list(one.outcomes), "certain": one.certain}


def _answers(answers: Mapping[str, Answer]) -> dict[str, object]:
    return {item: _answer(one) for item, one in answers.items()}


def _answer(one: Answer | NonAnswer | None) -> object:
    return None if one is None else answer_to_json(one)


def since_json(instrument: Instrument, changed: Since) -> dict[str, Any]:
    """Return what changed as plain data."""

    def levels(outcome: str, places: tuple[int, ...]) -> list[str]:
        return [instrument.outcomes[outcome].levels[place].id for place in places]

    def log(one: Log) -> dict[str, Any]:
        last = one.days_since_last
        return {
            "incidents": one.incidents,
            "may_be_more": one.may_be_more,
            "days_since_last": None if last is None else {"at_least": last[0], "at_most": last[1]},
            "weeks": [
                {
                    "from": week.first.isoformat(),
                    "to": week.last.isoformat(),
                    "at_least": week.at_least,
                    "at_most": week.at_most,
                }
                for week in one.weeks
            ],
        }

    return {
        "days": changed.days,
        "answers": {one.item: {"before": _answer(one.before), "now": _answer(one.now)} for one in changed.answers},
        "outcomes": {
            one.outcome: {
                "before": levels(one.outcome, one.before.possible),
                "now": levels(one.outcome, one.now.possible),
                "up": one.up,
                "down": one.down,
            }
            for one in changed.outcomes
        },
        "alerts_raised": list(changed.alerts_raised),
        "alerts_gone": list(changed.alerts_gone),
        "logs": {one.item: log(one) for one in changed.logs},
    }
