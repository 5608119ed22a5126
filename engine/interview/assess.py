"""Assess a record: scores with bounds, outcomes at least and at most, alerts, plan and signposts. A pure function.

Nothing is guessed: what was not answered, in whichever of the four ways, leaves every value of the item possible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.format.instrument import Instrument, Score
from engine.interview.assessment import Assessment, Decided, OutcomeRange, ScoreRange
from engine.interview.encode import Values
from engine.interview.ready import CONSTANTS, Ready, levels, ready, three
from engine.interview.record import Judgement, NonAnswer, Record
from engine.interview.second_reading import second_reading
from engine.interview.split import narrowed
from engine.program import names
from engine.program.compiler import Program
from engine.program.lines import TruthLine
from engine.program.names import Target

Found = tuple[bool, Decided]  # whether an outcome's ends are exact, and what found them
BOUNDS: Found = (True, "bounds")


def assess(instrument: Instrument, record: Record, *, exact: bool = False, work: int | None = None) -> Assessment:
    """Return everything that follows from the record.

    The record must be of this instrument (`engine.interview.reading.read` sees to that). With `exact`, outcomes that
    bounds leave inexact are decided by a solver (the extra `exact`), as far as its `work` for one question goes.
    """
    made = ready(instrument)
    values = made.encoder.encode(record)
    out, found = _run(made, values)
    if exact and not all(certain for certain, _ in found.values()):
        out = _decide(made, record, values, out, found, work=work)
    places = made.layout
    shown: dict[str, bool | None] = dict.fromkeys(places.always_shown, True)
    for name, must, may in places.gated:
        shown[name] = True if out[must] else None if out[may] else False
    outcomes = {
        name: _outcome(name, out[computed], out[acting], record.judgements.get(name), found.get(name, BOUNDS))
        for name, computed, acting in places.outcomes
    }
    alerts, actions, signposts = made.alerts.read(out), made.actions.read(out), made.signposts.read(out)
    assessment = Assessment(
        shown,
        _scores(instrument, record, made, out, shown),
        outcomes,
        tuple(alerts),
        {},
        tuple(actions),
        tuple([place for place, shown, _ in places.signposts if out[shown]]),
        alerts | actions | signposts,
    )
    return assessment if made.compiled.by_rule is None else second_reading(made, record, assessment)


def _run(made: Ready, values: Values) -> tuple[Sequence[Any], dict[str, Found]]:
    """Run the whole program; where running through two-way items leaves fewer levels, run it again with those."""
    out = made.run(values)
    if not made.compiled.two_way:
        return out, {}
    found: dict[str, Found] = {}
    again, hidden = False, {name for name, _, may in made.layout.gated if not out[may]}
    for name, computed, _ in made.layout.outcomes:
        if name in made.compiled.two_way:
            mask, exact = narrowed(made.compiled, name, values, out[computed], hidden)
            found[name] = exact, "split"
            if mask != out[computed]:
                values[names.known(name)], again = mask, True
    return (made.run(values) if again else out), found


def _decide(
    made: Ready, record: Record, values: Values, out: Sequence[Any], found: dict[str, Found], *, work: int | None
) -> Sequence[Any]:
    """Let a solver decide the outcomes that are not exact; where that leaves fewer levels, run again with those."""
    try:
        from engine.interview.decide import Decider  # noqa: PLC0415  the solver is loaded only when asked for
    except ModuleNotFoundError as missing:
        raise ModuleNotFoundError("exact answers need a solver: pip install 'askwell[exact]'") from missing
    decider, again = Decider(made.compiled.instrument, record, values, work=work), False
    for name, computed, _ in made.layout.outcomes:
        if not found.get(name, BOUNDS)[0]:
            mask, exact = decider.levels(name, out[computed])
            found[name] = exact, "solved" if exact else "not_decided"
            if mask != out[computed]:
                values[names.known(name)], again = mask, True
    return made.run(values) if again else out


def _scores(
    instrument: Instrument, record: Record, made: Ready, out: Sequence[Any], shown: Mapping[str, bool | None]
) -> dict[str, ScoreRange]:
    scores = {name: ScoreRange(name, *places.read(out)) for name, places in made.layout.scores}
    if len(scores) < len(instrument.scores):
        texts = (score for score in instrument.scores.values() if score.value is None)
        scores |= {score.id: _profile(instrument, score, record, shown) for score in texts}
    return scores


def _outcome(name: str, computed: int, acting: int, judged: Judgement | None, found: Found) -> OutcomeRange:
    applies = True if not acting & 1 else None if acting & ~1 else False
    exact, decided = found
    return OutcomeRange(name, levels(acting), levels(computed), applies, exact, judged, decided=decided)


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
    whole, shown = made.compiled.whole, dict[str, bool | None]()
    results = tuple(
        dict.fromkeys(n for one in whole.applies.values() for n in (one.must, one.may) if n not in CONSTANTS)
    )
    program = made.compiled.program(results)
    found = dict(zip(results, _ask(made, record, program), strict=True)) | CONSTANTS
    for name, line in whole.applies.items():
        shown[name] = three(found[line.must], found[line.may])
    return shown


def _ask(made: Ready, record: Record, program: Program) -> tuple[Any, ...]:
    values = made.encoder.encode(record)
    wanted = [outcome for outcome in made.compiled.two_way if names.known(outcome) in program.arguments]
    if wanted:
        _run(made, values)
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
