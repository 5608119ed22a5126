"""The form on paper: the way through it is the engine's way, and the hand-scoring sheet gives the engine's result."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings

from engine.cli.opening import Opened, open_file
from engine.format.instrument import Instrument
from engine.interview.assess import assess
from engine.interview.assessment import Assessment
from engine.interview.record import Record
from engine.workshop.case_file import read_cases
from engine.workshop.paper import Paper, paper
from engine.workshop.paper_names import LETTERS
from engine.workshop.paper_sheet import Result, SheetLine
from tests.generate_records import Case, complete, partial
from tests.generate_terms import Dice
from tests.paper_reader import Filled, Reader
from tests.test_laws import cases

SHIPPED = sorted(Path("questionnaires").glob("*/questionnaire.yaml"))
TIMES = 40


@pytest.fixture(scope="module", params=SHIPPED, ids=lambda path: path.parent.name)
def opened(request: pytest.FixtureRequest) -> Opened:
    return open_file(request.param)


def filled_in(instrument: Instrument, form: Paper, record: Record) -> Reader:
    """The form with the record's answers ticked and written, and the sheet followed."""
    filled: dict[int, Filled] = {}
    for question in (question for section in form.sections for question in section.questions if question.number):
        item, said = instrument.items[question.id], record.answers.get(question.id)
        if isinstance(said, str):
            filled[question.number] = (said.capitalize() if item.kind == "yes_no" else LETTERS[item.bit(said) - 1],)
        elif isinstance(said, tuple):
            filled[question.number] = tuple(LETTERS[item.bit(option) - 1] for option in said)
        elif isinstance(said, Decimal):
            filled[question.number] = Fraction(said)
    return Reader(form, filled)


def check(instrument: Instrument, form: Paper, record: Record, *, whole: bool) -> int:
    """The sheet never says less or more than the engine; of a complete record, the same. Return how often the same."""
    reader, assessment = filled_in(instrument, form, record), assess(instrument, replace(record, judgements={}))
    same = 0
    for question in (question for section in form.sections for question in section.questions if question.number):
        shown, skipped = assessment.applies[question.id], reader.skipped(question.number)
        assert skipped is None or shown is not skipped
        assert skipped is not None or not (whole and question.only_if.by_hand)
    for step in form.sheet.steps:
        same += _line(step, reader, assessment) if isinstance(step, SheetLine) else _result(step, reader, assessment)
    return same


def _line(step: SheetLine, reader: Reader, assessment: Assessment) -> int:
    score, ((low, high), present) = assessment.scores[step.id], reader.line(step.name)
    if score.profile is not None:
        return 0
    assert present is None or score.present is present
    if score.lowest is None or score.highest is None:
        return int(present is False)
    assert low <= score.lowest <= score.highest <= high
    return int((low, high, present) == (score.lowest, score.highest, score.present))


def _result(step: Result, reader: Reader, assessment: Assessment) -> int:
    outcome = assessment.outcomes[step.id]
    possible = {LETTERS[place] for place in outcome.possible} | ({"none"} if outcome.applies is not True else set())
    assert possible <= reader.result(step.name) | {"none"}
    return int(possible == reader.result(step.name))


def test_on_paper_the_test_persons_get_what_the_engine_gives_or_less_is_known(opened: Opened) -> None:
    instrument, file = opened.instrument, opened.path.with_name("cases.yaml")
    forms = {str(voice): paper(instrument, opened.directory, voice) for voice in instrument.questionnaire.voices}
    persons = read_cases(instrument, file.read_text(), str(file))
    same = sum(check(instrument, forms[one.record.voice], one.record, whole=False) for one in persons)
    steps = len(persons) * len(forms[instrument.questionnaire.voices[0]].sheet.steps)
    assert same >= 0.6 * steps, f"{same} of {steps}"


def test_on_paper_a_complete_form_gives_what_the_engine_gives(opened: Opened) -> None:
    instrument = opened.instrument
    dice = Dice(random.Random(5).randint)
    for voice in instrument.questionnaire.voices:
        form = paper(instrument, opened.directory, voice)
        possible = list(by_hand(form).values()).count(True)
        for _ in range(TIMES):
            record = replace(complete(dice, instrument), voice=voice)
            assert check(instrument, form, record, whole=True) >= possible


def by_hand(form: Paper) -> dict[str, bool]:
    """Which lines and results of a sheet need nothing that is beyond paper, directly or through others."""
    found: dict[str, bool] = {}
    for step in form.sheet.steps:
        if isinstance(step, SheetLine):
            words = [addend.words for addend in step.addends]
            clauses = [step.only_if, *(addend.clause for addend in step.addends if addend.clause is not None)]
            able = step.by_hand
        else:
            words, clauses = [], [step.only_if, *(clause for _, _, clause in step.levels)]
            able = not step.by_judgement
        while clauses:
            one = clauses.pop()
            clauses += one.parts
            words.append(one.words)
            able = able and one.by_hand
        beyond = [name for name, is_able in found.items() if not is_able]
        named = [f"{'line' if name[0].isalpha() else 'result'} {name}" for name in beyond]
        points = [f"the points of question {one.number}" for one in form.sheet.points if not one.by_hand]
        unclear = [
            f"question {one.number}"
            for section in form.sections
            for one in section.questions
            if not one.only_if.by_hand
        ]
        found[step.name] = able and not any(
            f"{name} " in f"{text} " for name in (*named, *points, *unclear) for text in words
        )
    return found


@settings(max_examples=200)
@given(cases(lambda dice, drawn: (complete(dice, drawn), partial(dice, drawn))))
def test_on_paper_nobody_gets_what_the_engine_rules_out(case: Case) -> None:
    for place, record in enumerate(case.records):
        form = paper(case.instrument, None, record.voice)
        able = by_hand(form).values()
        whole = place == 0 and all(able)
        assert check(case.instrument, form, record, whole=whole) >= len(able) * whole
