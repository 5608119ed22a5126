"""A record as a case, ready to paste into cases.yaml."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.format.instrument import Instrument
from engine.interview.answers import answer_to_json
from engine.interview.assess import assess
from engine.interview.record import Record
from engine.language.terms import All, Not, Printed, Test, Truth

Expected = Mapping[str, Any]
_WORDS = {"raised": "alerts", "shown": "plan", "signposted": "signposts"}


def as_case(instrument: Instrument, record: Record, name: str, expected: Expected, comment: str = "") -> str:
    """Return the record as one entry of cases.yaml."""
    lines = [f"- name: {_plain(name)}"]
    if record.voice != instrument.questionnaire.voices[0]:
        lines.append(f"  voice: {record.voice}")
    if record.on != instrument.questionnaire.review.last:
        lines.append(f"  date: {record.on}")
    order = {name: place for place, name in enumerate(instrument.items)}
    said = sorted(record.answers.items(), key=lambda one: order[one[0]])
    lines.append("  answers:" if said else "  answers: {}")
    lines += [f"    {item}: {_plain(answer_to_json(answer))}" for item, answer in said]
    if record.judgements:
        lines.append("  judgements:")
        for outcome, one in record.judgements.items():
            second = {"second_person": one.second_person} if one.second_person else {}
            lines.append(f"    {outcome}: {_plain({'level': one.level, 'reason': one.reason, **second})}")
    lines.append("  expect:")
    if comment:
        lines.append(f"    # {comment}")
    lines += [f"    {key}: {_plain(value)}" for key, value in expected.items()]
    return "\n".join(lines) + "\n"


def _plain(value: object) -> str:
    """A value on one line of YAML; a word that needs no quotes has none."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_plain(one)}" for key, one in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(_plain(one) for one in value) + "]"
        case str():
            # a word that YAML could take for something else is quoted
            safe = re.fullmatch(r"[^\W\d][\w .]*", value) is not None
            return value if safe else json.dumps(value, ensure_ascii=False)
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)


def what_must_come(instrument: Instrument, always: Truth) -> dict[str, Any]:
    """Return a promise as what a case expects, as far as a case can say it."""
    expected: dict[str, Any] = {}
    for kind, key, value in _each(instrument, always):
        if kind == "level":
            expected[key] = value
        else:
            expected.setdefault(kind, {}).setdefault(key, []).append(value)
    return expected


def _each(instrument: Instrument, term: Truth) -> Iterator[tuple[str, str, str]]:
    match term:
        case All(parts):
            for part in parts:
                yield from _each(instrument, part)
        case Printed(word, name):
            yield _WORDS[word], "shows", name
        case Not(Printed(word, name)):
            yield _WORDS[word], "hides", name
        case Test(name, allowed) if name in instrument.outcomes:
            levels = instrument.outcomes[name].levels
            places = [place for place in range(len(levels)) if allowed >> place + 1 & 1]
            if places and places[-1] == len(levels) - 1 and places == list(range(places[0], len(levels))):
                yield "level", name, levels[places[0]].id if len(places) == 1 else f"at least {levels[places[0]].id}"


def what_comes(instrument: Instrument, record: Record, outcomes: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return what a record gives, as a case would expect it: the levels of outcomes."""
    assessment, expected = assess(instrument, record), dict[str, Any]()
    for name in outcomes or instrument.outcomes:
        reading, levels = assessment.outcomes[name], instrument.outcomes[name].levels
        if not reading.possible:
            expected[name] = "not shown"
        elif reading.settled or reading.at_least == reading.at_most:
            expected[name] = levels[reading.possible[0]].id
        else:
            expected[name] = f"{levels[reading.possible[0]].id}..{levels[reading.possible[-1]].id}"
    return expected or {"alerts": list(assessment.alerts)}
