"""Assess a record: scores with bounds, outcomes at least and at most, alerts, plan and signposts. A pure function.

Nothing is guessed: what was not answered, in whichever of the four ways, leaves every value of the item possible.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.format.instrument import Instrument, Outcome, Score
from engine.interview.assessment import Assessment, OutcomeRange, ScoreRange
from engine.interview.encode import Values
from engine.interview.ready import CONSTANTS, Ready, Results, levels, ready
from engine.interview.record import NonAnswer, Record
from engine.interview.second_reading import second_reading
from engine.interview.split import narrowed
from engine.program import names
from engine.program.compiler import Program
from engine.program.lines import TruthLine
from engine.program.names import Target


def assess(instrument: Instrument, record: Record) -> Assessment:
    """Return everything that follows from the record.

    The record must be of this instrument (`engine.interview.reading.read` sees to that).
    """
    made = ready(instrument)
    whole = made.compiled.whole
    values = _values(made, record, made.compiled.main)
    exact = {name: narrow(made, name, values) for name in made.compiled.two_way}
    program = made.compiled.main
    out = Results(made.positions, program.run(*[values[name] for name in program.arguments]))
    shown = _applies(made, out)
    scores = {name: ScoreRange(name, *out.ends(line)) for name, line in whole.scores.items()}
    for score in instrument.scores.values():
        if score.value is None:
            scores[score.id] = _profile(instrument, score, record, shown)
    outcomes = {
        name: _outcome(outcome, out, record, made, exact.get(name, True))
        for name, outcome in instrument.outcomes.items()
    }
    sure: dict[str, bool] = {}
    alerts = _printed(((a.id, a.id, whole.alerts[a.id], a.if_unsure) for a in instrument.alerts.values()), out, sure)
    plan = tuple(action.id for action in instrument.plan if out[whole.actions[action.id][1]])
    for name in plan:
        sure[name] = bool(out[whole.actions[name][0].must])
    posts = enumerate(zip(instrument.signposts, whole.signposts, strict=True))
    signposts = _printed(((i, f"signpost:{i}", line, s.if_unsure) for i, (s, line) in posts), out, sure)
    assessment = Assessment(shown, scores, outcomes, alerts, {}, plan, signposts, sure)
    return assessment if made.compiled.by_rule is None else second_reading(made, record, assessment)


def _printed(things: Any, out: Results, sure: dict[str, bool]) -> tuple[Any, ...]:
    kept = []
    for key, name, line, if_unsure in things:
        must = out[line.must]
        if must or (if_unsure and out[line.may]):
            kept.append(key)
            sure[name] = bool(must)
    return tuple(kept)


def _applies(made: Ready, out: Results) -> dict[str, bool | None]:
    applies = dict(made.open_applies)
    for name, must, may in made.gated:
        applies[name] = True if out[must] else None if out[may] else False
    return applies


def _values(made: Ready, record: Record, program: Program) -> Values:
    values = made.encoder.encode(record)
    if any(name not in values for name in program.arguments):
        values |= made.encoder.flags(record, made.compiled.whole)
    return values


def narrow(made: Ready, outcome: str, values: Values) -> bool:
    """Put what running through the two-way items leaves of an outcome into the values; return whether it is exact."""
    mask, exact = narrowed(made.compiled, outcome, values)
    values[names.known(outcome)] = mask
    return exact


def _outcome(outcome: Outcome, out: Results, record: Record, made: Ready, exact: bool) -> OutcomeRange:
    lines = made.compiled.whole.outcomes[outcome.id]
    acting, computed = out[lines.acting], out[lines.computed]
    applies = True if not acting & 1 else None if acting & ~1 else False
    judged = record.judgements.get(outcome.id)
    return OutcomeRange(outcome.id, levels(acting), levels(computed), applies, exact, judged)


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
    if not made.gated:
        return made.open_applies
    results = tuple(dict.fromkeys(name for _, *both in made.gated for name in both if name not in CONSTANTS))
    program = made.compiled.program(results)
    values = _values(made, record, program)
    for outcome in made.compiled.two_way:
        if names.known(outcome) in program.arguments:
            narrow(made, outcome, values)
    run = program.run(*[values[name] for name in program.arguments])
    return _applies(made, Results({name: place for place, name in enumerate(results)}, run))


def holds(instrument: Instrument, record: Record, target: Target) -> bool:
    """Whether the record forces the target.

    ("outcome", id, level): it applies and is at least this level; ("alert" | "action", id), ("signpost", place): its
    condition must hold; ("applies", item): the item is shown.
    """
    made = ready(instrument)
    program = made.compiled.question(target[:2])
    values = _values(made, record, program)
    for outcome in made.compiled.two_way:
        if names.known(outcome) in program.arguments:
            narrow(made, outcome, values)
    result = program.run(*[values[name] for name in program.arguments])[0]
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
