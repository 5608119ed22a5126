"""A small questionnaire with something of everything, people who answer it, and every way of answering it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from engine.format.instrument import Instrument, Item
from engine.format.load import load, load_text
from engine.format.load_directory import load_directory
from engine.interview.reading import read
from engine.interview.record import Record

HERE = Path(__file__).parent
TODAY = date(2026, 11, 20)
DIRECTORY = load_directory(HERE / "directory.yaml")
SCREEN = load(HERE / "screen.yaml", DIRECTORY)
NON_ANSWERS = ("dont_know", "declined", "not_asked")
# The same examples every time, however busy the machine is.
STEADY = settings(derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow])

Said = dict[str, Any]


def variant(written: str, instead: str) -> Instrument:
    """The questionnaire with one passage written in another way."""
    text = (HERE / "screen.yaml").read_text(encoding="utf-8")
    assert text.count(written) == 1
    instrument, problems = load_text(text.replace(written, instead), "screen.yaml", "0" * 64, DIRECTORY)
    assert instrument is not None
    assert problems == []
    return instrument


def whole(answers: Said, **parts: object) -> Said:
    """The JSON of a record with these answers."""
    return {
        "questionnaire": "screen",
        "version": "1.0.0",
        "voice": "self",
        "date": TODAY.isoformat(),
        "answers": answers,
        **parts,
    }


def person(answers: Said, **parts: object) -> Record:
    return read(SCREEN, whole(answers, **parts))


def judged(level: str, second_person: str | None = None) -> Said:
    whole = {"level": level, "reason": "What she told me"}
    return {"serious_harm": {**whole, "second_person": second_person} if second_person else whole}


def answers() -> st.SearchStrategy[Said]:
    """Answers and non-answers to any of the items, whether or not they are shown."""
    asked = [item for item in SCREEN.items.values() if item.kind != "note" and item.id != "voice"]
    return st.fixed_dictionaries({}, optional={item.id: said(item) for item in asked})


def said(item: Item) -> st.SearchStrategy[Any]:
    return st.one_of(answer(item), st.sampled_from(NON_ANSWERS))


def answer(item: Item) -> st.SearchStrategy[Any]:
    options = [option.id for option in item.options]
    match item.kind:
        case "tick_all":
            together = [option.id for option in item.options if not option.on_its_own]
            alone = [[option] for option in options if option not in together]
            return st.one_of(
                st.lists(st.sampled_from(together), min_size=1, unique=True), *(st.just(one) for one in alone)
            )
        case "number":
            low, high, scale = int(item.low or 0), int(item.high or 0), 10**item.decimals
            return st.integers(low * scale, high * scale).map(lambda whole: whole / scale)
        case "date":
            days = st.dates(item.earliest, TODAY)
            return st.tuples(days, st.sampled_from((10, 7, 4))).map(lambda pair: pair[0].isoformat()[: pair[1]])
        case "text":
            letters = st.characters(exclude_categories=["Cc", "Cs"])
            return (
                st.text(letters, min_size=1, max_size=item.at_most).filter(str.strip).map(lambda text: {"text": text})
            )
        case "repeat":
            entry = st.fixed_dictionaries({}, optional={field.id: said(field) for field in item.fields})
            entries = st.lists(entry, max_size=item.at_most)
            return st.fixed_dictionaries({"entries": entries, "that_is_all": st.booleans()})
        case _:
            return st.sampled_from(options)
