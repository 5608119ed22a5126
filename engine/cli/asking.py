"""`askwell ask`: walk a questionnaire in the terminal and print the summary. Nothing is kept."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from engine.cli.opening import FOLDER_OR_FILE, open_or_end
from engine.cli.plain import summary_text
from engine.format.atoms import VOICES
from engine.format.instrument import Instrument, Item
from engine.interview.answers import InvalidRecord, read_answer
from engine.interview.assess import assess
from engine.interview.record import Answer, Entries, NonAnswer, Record, start
from engine.interview.summarise import summarise
from engine.interview.walk import Walk, walk

ENOUGH = "These were the most important questions. They are enough for a summary: type ! for it, or go on.\n"
NON_ANSWERS = {"?": NonAnswer.DONT_KNOW, "-": NonAnswer.DECLINED, ".": NonAnswer.NOT_ASKED}
KEYS = "?  don't know     -  rather not say     .  not asked     <  back     !  that is enough"


class _Back(Exception):
    """The person wants to go back one question."""


class _Enough(Exception):
    """The person has said enough."""


@click.command()
@click.argument("path", type=FOLDER_OR_FILE)
@click.option("--voice", type=click.Choice(VOICES), help="Who answers; the questionnaire's first voice unless set.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the assessment; today unless set.")
def ask(path: Path, voice: str | None, on: datetime | None) -> None:
    """Ask a questionnaire in the terminal, then print the summary. Nothing is kept.

    Type the number of an option (several, with spaces, where several may be true), a number, a date as in
    2026-11-03, 2026-11 or 2026, or words.

    \b
    Examples:
        askwell ask questionnaires/stalking_screen
        askwell ask questionnaires/stalking_screen --voice practitioner
    """
    opened = open_or_end(path)
    instrument, voices = opened.instrument, opened.instrument.questionnaire.voices
    if voice is not None and voice not in voices:
        raise click.UsageError(f"This questionnaire has the voices {', '.join(voices)}.")
    today = on.date() if on else date.today()  # noqa: DTZ011  the person's own day
    record = _walked(instrument, start(instrument, voice or voices[0], today))
    click.echo(summary_text(summarise(instrument, record, opened.directory)))


def _walked(instrument: Instrument, record: Record) -> Record:
    click.echo(f"{instrument.questionnaire.title.says(record.voice)}\n\n{KEYS}\n")
    behind: list[str] = []
    told: set[str] = set()
    while (name := _next(way := walk(instrument, record), behind)) is not None:
        if way.short and way.asked[way.short] == name:
            click.secho(ENOUGH, bold=True)
        try:
            record = record.saying(name, _answer(instrument.items[name], record))
        except _Enough:
            break
        except _Back:
            if behind:
                record = record.without(behind.pop())
            continue
        behind.append(name)
        _tell_alerts(instrument, record, told)
    return record


def _next(way: Walk, behind: list[str]) -> str | None:
    # a list that was left open stays open, but is not put twice
    waiting = {step.item for step in way.steps if step.state == "open"} - set(behind)
    return next((name for name in way.asked if name in waiting), None)


def _tell_alerts(instrument: Instrument, record: Record, told: set[str]) -> None:
    assessment = assess(instrument, record)
    for name in assessment.alerts:
        if name not in assessment.unsure and name not in told:
            alert = instrument.alerts[name]
            click.secho(f"\n  {alert.title.says(record.voice)}", bold=True)
            click.echo(f"  {alert.text.says(record.voice)}\n")
            told.add(name)


def _answer(item: Item, record: Record) -> Answer | NonAnswer:
    click.secho(item.ask.says(record.voice), bold=True)
    if item.hint is not None:
        click.echo(f"  {item.hint.says(record.voice)}")
    return _entries(item, record) if item.kind == "repeat" else _one(item, record)


def _one(item: Item, record: Record) -> Answer | NonAnswer:
    for place, option in enumerate(item.options, start=1):
        click.echo(f"  {place}  {option.label.says(record.voice)}")
    while True:
        typed = _typed()
        if typed in NON_ANSWERS:
            return NON_ANSWERS[typed]
        try:
            return read_answer(item, _as_data(item, typed), record.on, item.id)
        except InvalidRecord as invalid:
            click.echo("\n".join(f"  {message.text}" for message in invalid.messages))
        except (ValueError, IndexError, InvalidOperation):
            click.echo(f"  That is none of the answers. {KEYS}")


def _typed() -> str:
    typed: str = click.prompt("", prompt_suffix="> ", default="", show_default=False).strip()
    if typed == "<":
        raise _Back
    if typed == "!":
        raise _Enough
    return typed


def _as_data(item: Item, typed: str) -> object:
    """Return what was typed as the JSON of an answer; raises ValueError, IndexError, InvalidOperation."""
    match item.kind:
        case "yes_no" | "pick_one":
            return _option(item, typed)
        case "tick_all":
            return [_option(item, word) for word in typed.replace(",", " ").split()]
        case "number":
            return Decimal(typed)
        case "text":
            return {"text": typed}
        case _:
            return typed


def _option(item: Item, typed: str) -> str:
    place = int(typed)
    if place < 1:
        raise IndexError(typed)
    return item.options[place - 1].id


def _entries(item: Item, record: Record) -> Answer | NonAnswer:
    """Ask for one entry after another; nothing typed closes the list."""
    listed: list[dict[str, Answer]] = []
    while len(listed) < item.at_most:
        click.echo(f"  {len(listed)} listed.  a  add one     Enter  that is all     {KEYS}")
        typed = _typed()
        if typed in NON_ANSWERS and not listed:
            return NON_ANSWERS[typed]
        if typed != "a":
            return Entries(tuple(listed), closed=typed == "")
        said = {field.id: _answer(field, record) for field in item.fields}
        listed.append({name: one for name, one in said.items() if not isinstance(one, NonAnswer)})
    return Entries(tuple(listed), closed=True)
