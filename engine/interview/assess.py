"""Assess a record: scores with bounds, outcomes at least and at most, alerts, plan and signposts. A pure function.

Nothing is guessed: what was not answered, in whichever of the four ways, leaves every value of the item possible.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.format.instrument import Instrument, Score
from engine.interview.assessment import Assessment, ScoreRange
from engine.interview.ready import Ready, ready
from engine.interview.record import NonAnswer, Record
from engine.interview.results import BOUNDS, COMPUTED, SHOWN, UNSETTLED, Found, Out
from engine.interview.second_reading import second_reading
from engine.interview.trial import narrow
from engine.program import names
from engine.program.compiler import Program
from engine.program.lines import TruthLine
from engine.program.names import Target


def assess(instrument: Instrument, record: Record, *, exact: bool = False, work: int | None = None) -> Assessment:
    """Return everything that follows from the record.

    The record must be of this instrument (`engine.interview.reading.read` sees to that). With `exact`, outcomes that
    bounds leave inexact are decided by a solver (the extra `exact`), as far as its `work` for one question goes.
    """
    made = ready(instrument)
    values = made.encoder.listed(record)
    out = made.run(*values)
    shown = out[SHOWN]
    found: dict[int, Found] = {}
    if out[UNSETTLED] and _split(made, values, out, shown, found):
        out = made.run(*values)
        shown = out[SHOWN]
    if exact and _decide(made, record, values, out, found, work=work):
        out = made.run(*values)
        shown = out[SHOWN]
    assessment = made.results.read(out, found)
    if len(assessment.scores) < len(instrument.scores):
        scores = {**assessment.scores, **_profiles(instrument, record, shown)}
        assessment = assessment._replace(scores=scores)
    if record.judgements:
        judged = {name: assessment.outcomes[name]._replace(judged=one) for name, one in record.judgements.items()}
        assessment = assessment._replace(outcomes={**assessment.outcomes, **judged})
    return assessment if made.compiled.by_rule is None else second_reading(made, record, assessment)


def _split(made: Ready, values: list[Any], out: Out, shown: Mapping[str, bool | None], found: dict[int, Found]) -> bool:
    """Run through the two-way items of outcomes; say whether that leaves fewer levels of one, and put these in."""
    fewer, open_items, computed = False, None, out[COMPUTED]
    for number, known, splitter in made.split:
        plain = computed[number]
        if plain & plain - 1 == 0:
            continue
        if open_items is None:
            open_items = made.doubtful.open_in(values, shown)
        mask, exact = splitter.narrowed(values, plain, open_items, shown)
        found[number] = exact, "split"
        if mask != plain:
            values[known] = mask
            fewer = True
    return fewer


def _decide(
    made: Ready, record: Record, values: list[Any], out: Out, found: dict[int, Found], *, work: int | None
) -> bool:
    """Let a solver decide the outcomes that are not exact; say whether that leaves fewer levels, and put these in."""
    if all(certain for certain, _ in found.values()):
        return False
    try:
        from engine.interview.decide import Decider  # noqa: PLC0415  the solver is loaded only when asked for
    except ModuleNotFoundError as missing:
        raise ModuleNotFoundError("exact answers need a solver: pip install 'askwell[exact]'") from missing
    fewer, decider = False, Decider(made.compiled.instrument, record, made.encoder.named(values), work=work)
    for number, (name, computed) in enumerate(zip(made.results.outcomes, out[COMPUTED], strict=True)):
        if not found.get(number, BOUNDS)[0]:
            mask, exact = decider.levels(name, computed)
            found[number] = exact, "solved" if exact else "not_decided"
            if mask != computed:
                values[made.encoder.place[names.known(name)]] = mask
                fewer = True
    return fewer


def _profiles(instrument: Instrument, record: Record, shown: Mapping[str, bool | None]) -> dict[str, ScoreRange]:
    texts = (score for score in instrument.scores.values() if score.value is None)
    return {score.id: _profile(instrument, score, record, shown) for score in texts}


def _profile(instrument: Instrument, score: Score, record: Record, shown: Mapping[str, bool | None]) -> ScoreRange:
    """A score that is a text: the codes of the answers, a question mark for each that is open, nothing if not shown."""
    parts = []
    for place, part in enumerate(score.profile):
        if place % 2 == 0 or shown[part] is False:
            parts.append(part if place % 2 == 0 else "")
            continue
        item, answer = instrument.items[part], record.answers.get(part)
        known = isinstance(answer, str) and not isinstance(answer, NonAnswer)
        parts.append((item.options[item.bit(str(answer)) - 1].code or "?") if known else "?")
    return ScoreRange(score.id, None, None, True, profile="".join(parts))


def applies(instrument: Instrument, record: Record) -> Mapping[str, bool | None]:
    """Return of each item whether it is shown; None while that is open. Cheaper than an assessment."""
    made = ready(instrument)
    if made.gates_hang_on_splits:
        return assess(instrument, record).applies
    shown: dict[str, bool | None] = made.run_gates(*made.encoder.listed(record))[SHOWN]
    return shown


def _ask(made: Ready, record: Record, program: Program) -> tuple[Any, ...]:
    values = made.encoder.encode(record)
    wanted = [outcome for outcome in made.compiled.two_way if names.known(outcome) in program.arguments]
    if wanted:
        narrow(made, values)
    return program.of(values)


def holds(instrument: Instrument, record: Record, target: Target) -> bool:
    """Whether the record forces the target.

    ("outcome", id, level): it applies and is at least this level; ("alert" | "action", id), ("signpost", place): its
    condition must hold; ("applies", item): the item is shown.
    """
    made = ready(instrument)
    program = made.compiled.question(target[:2])
    result = _ask(made, record, program)[0]
    if target[0] not in ("outcome", "computed"):
        return bool(result)
    reached = 1 << instrument.outcomes[target[1]].bit(target[2])
    return int(result) & (reached - 1) == 0


def cone(instrument: Instrument, target: Target) -> tuple[str, ...]:
    """Return the items that matter to a target, in page order."""
    made = ready(instrument)
    line = made.compiled.whole.targets[target[:2]]
    may = [one.may for one in _truths(made, target)]
    arguments = made.compiled.program(tuple(dict.fromkeys([line, *may]))).arguments
    named = {argument.split("__")[0] for argument in arguments}
    return tuple(name for name in instrument.items if name in named)


def _truths(made: Ready, target: Target) -> list[TruthLine]:
    whole = made.compiled.whole
    match target[0]:
        case "alert":
            return [whole.alerts[target[1]]]
        case "action":
            return [whole.actions[target[1]][0]]
        case "signpost":
            return [whole.signposts[int(target[1])]]
        case "applies":
            return [whole.applies[target[1]]]
        case _:
            return []
