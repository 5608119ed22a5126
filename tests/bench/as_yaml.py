"""The made-up questionnaires as askwell files, their records as askwell records, and assessments as plain results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from engine.format.instrument import Instrument
from engine.interview.assessment import Assessment
from engine.interview.record import Answer, Record, start
from tests.bench.workload import Answers, Condition, Item, Questionnaire, Result, Said

TODAY = date(2026, 11, 23)
TYPES = {"answer": "pick_one", "choice": "pick_one", "ticks": "tick_all", "number": "number"}
HEAD = """\
askwell: 1
id: made_up
version: 1.0.0
title: Made up
caution: Made up, to measure with.
review: {last: 2026-11-23, due: 2027-11-23}
sections:"""


def as_yaml(made: Questionnaire) -> str:
    """Return a questionnaire as an author would write it."""
    return "\n".join([HEAD, *_sections(made), *_results(made)]) + "\n"


def _sections(made: Questionnaire) -> Iterator[str]:
    numbers = {item["id"] for item in made["items"] if item["kind"] == "number"}
    for section in range(3):
        yield from (f"  - id: part{section}", f"    title: Part {section}", "    items:")
        for item in made["items"]:
            if item["section"] == section:
                yield from _item(item, numbers)


def _item(item: Item, numbers: set[str]) -> Iterator[str]:
    yield f"      - id: {item['id']}"
    yield f'        ask: "{item["label"]}"'
    yield f"        type: {TYPES[item['kind']]}"
    if item["kind"] == "number":
        steps = ", ".join(f"({least}, {points})" for least, points in item["points"])
        yield from ("        min: 0", "        max: 100", f'        points: "steps({item["id"]}, 0, {steps})"')
    else:
        yield "        options:"
        for option, points in item["points"]:
            yield f"          {option}: {{label: {option.capitalize()}, points: {points}}}"
    if item["when"] is not None:
        yield f'        applies_if: "{_text(item["when"], numbers)}"'


def _text(when: Condition, numbers: set[str]) -> str:
    if "parts" in when:
        return (
            "(" + {"all": " and ", "any": " or "}[when["op"]].join(_text(one, numbers) for one in when["parts"]) + ")"
        )
    item, value = when["item"], when["value"]
    if when["op"] == "contains":
        return f"{value} in {item}"
    return f"{item} {when['op'] if item in numbers else {'==': 'is', '!=': 'is not'}[when['op']]} {value}"


def _results(made: Questionnaire) -> Iterator[str]:
    numbers = {item["id"] for item in made["items"] if item["kind"] == "number"}
    yield "scores:"
    yield from (f"  subtotal{one}: {{title: Part {one}, value: sum(part{one})}}" for one in range(3))
    yield '  total: {title: Total, value: "subtotal0 + subtotal1 + subtotal2"}'
    yield "outcomes:"
    yield from _outcome("band", [f"total >= {least}" for least in made["bands"]])
    for place, flag in enumerate(made["flags"]):
        yield from _outcome(f"flag{place}", [_text(flag["when"], numbers)])
    lifts = [
        [f"flag{place} is flag{place}_1" for place, flag in enumerate(made["flags"]) if flag["least"] >= level]
        for level in (1, 2, 3)
    ]
    yield from _outcome("final", [" or ".join([f"band >= band_{n}", *lift]) for n, lift in enumerate(lifts, 1)])


def _outcome(name: str, conditions: list[str]) -> Iterator[str]:
    yield from (f"  {name}:", f"    title: {name.capitalize()}", "    levels:")
    yield f"      - {{id: {name}_0, title: First}}"
    for level, when in enumerate(conditions, 1):
        yield f'      - {{id: {name}_{level}, title: Level {level}, when: "{when}"}}'


def as_record(instrument: Instrument, answers: Answers) -> Record:
    """Return a record with these answers."""
    said = {item: as_answer(one) for item, one in answers.items()}
    return replace(start(instrument, "self", TODAY), answers=said)


def as_answer(said: Said) -> Answer:
    """Return one answer as a record holds it."""
    if isinstance(said, list):
        return tuple(said)
    return Decimal(said) if isinstance(said, int) else said


def settled(found: Assessment) -> Result | None:
    """Return an assessment as a plain result; None while anything is open."""
    scores = [found.scores[name] for name in ("total", "subtotal0", "subtotal1", "subtotal2")]
    outcomes = [found.outcomes[name] for name in ("band", "flag0", "flag1", "flag2", "final")]
    applies = [one for name, one in found.applies.items() if name != "voice"]
    closed = all(one.lowest == one.highest for one in scores) and all(one.settled for one in outcomes)
    if None in applies or not closed:
        return None
    return (
        sum(map(bool, applies)),
        *(int(one.lowest or 0) for one in scores),
        *(one.at_least or 0 for one in outcomes),
    )
