"""What stands out, and for practitioners the scores: every reading with its bounds, an assessor's level beside its own.

Nothing here reassures. While an outcome is open only its floor is said, and its first level always comes with the
sentence that the answers may not tell everything.
"""

from __future__ import annotations

from engine.format.instrument import Instrument, Outcome
from engine.interview.assessment import Assessment, OutcomeRange
from engine.interview.behind import behind, lead
from engine.interview.explain import unsure_about
from engine.interview.reading import check_judgements
from engine.interview.reasons import Why
from engine.interview.record import Record
from engine.interview.summary import Finding, Said, ScoreLine
from engine.interview.wording import (
    answer_words,
    by_rule_words,
    judgement_words,
    level_words,
    number_words,
    say,
    score_words,
    sentences,
)


def findings(instrument: Instrument, record: Record, assessment: Assessment, voice: str) -> tuple[Finding, ...]:
    """Return every outcome that applies or may apply."""
    # A judgement that is not allowed, or no longer so since an answer changed, must not hide the computed level.
    refused = {message.field for message in check_judgements(instrument, record, assessment)}
    readings = {
        name: reading._replace(judged=None) if f"judgements.{name}" in refused else reading
        for name, reading in assessment.outcomes.items()
    }
    why = Why(instrument, record)
    return tuple(
        _finding(why, assessment, outcome, readings[outcome.id], voice)
        for outcome in instrument.outcomes.values()
        if _is_said(outcome, readings[outcome.id], voice)
    )


def scores(instrument: Instrument, assessment: Assessment, voice: str) -> tuple[ScoreLine, ...]:
    """Return the scores, and beside them what the published rules say of scores and alerts."""
    lines = []
    for score in instrument.scores.values():
        reading = assessment.scores[score.id]
        given = number_words(reading.by_rule) if reading.by_rule is not None else None
        rule = by_rule_words(given, reading.by_rule_missing, voice) if reading.by_rule_state != "no_rule" else ""
        lines.append(ScoreLine(score.title.says(voice), score_words(reading, voice), rule))
    for name, by_rule in assessment.alerts_by_rule.items():
        value = say("raised_yes" if name in assessment.alerts else "raised_no", voice)
        rule = say({True: "raised_by_rule", False: "not_raised_by_rule", None: "open_by_rule"}[by_rule], voice)
        lines.append(ScoreLine(instrument.alerts[name].title.says(voice), value, rule))
    return tuple(lines)


def said(instrument: Instrument, record: Record, items: tuple[str, ...], voice: str) -> tuple[Said, ...]:
    """Return what was said to these items, or that there is no answer yet."""
    return tuple(
        Said(
            instrument.items[item].ask.says(voice),
            answer_words(instrument, item, record.answers[item], voice)
            if item in record.answers
            else say("open", voice),
        )
        for item in items
    )


def _is_said(outcome: Outcome, reading: OutcomeRange, voice: str) -> bool:
    if not reading.possible:
        return False
    # Nobody but an assessor can fill in an assessor's level.
    return not outcome.by_judgement or reading.judged is not None or voice == "practitioner"


def _finding(why: Why, assessment: Assessment, outcome: Outcome, reading: OutcomeRange, voice: str) -> Finding:
    instrument, record = why.instrument, why.record
    printed = _printed(outcome, reading)
    unjudged = outcome.by_judgement and reading.judged is None
    lowest, highest = outcome.levels[reading.computed[0]], outcome.levels[reading.possible[-1]]
    floor = ("outcome", outcome.id, lowest.id)
    reasons = why.because(("computed", outcome.id, lowest.id)) if reading.computed[0] > 0 else ()
    ceiling = why.because(("at_most", outcome.id, highest.id)) if voice == "practitioner" else ()
    return Finding(
        id=outcome.id,
        title=outcome.title.says(voice),
        level=say("not_judged", voice) if unjudged else level_words(outcome, printed, voice),
        text=_meaning(outcome, reading, printed, voice, silent=bool(unsure_about(instrument, record, floor))),
        settled=reading.settled,
        because=said(instrument, record, reasons, voice),
        lead=lead(voice, unsure=False),
        behind=behind(
            instrument,
            assessment,
            f"{outcome.id}.{lowest.id}",
            (*outcome.sources, *lowest.sources),
            voice,
            no_higher=said(instrument, record, ceiling, voice),
        ),
        judged=judgement_words(outcome, reading, voice),
        by_rule=_by_rule(outcome, reading, voice),
    )


def _printed(outcome: Outcome, reading: OutcomeRange) -> tuple[int, ...]:
    """The levels that are printed. A judgement below the computed level changes these and nothing else."""
    if reading.judged is None:
        return reading.possible
    judged = outcome.bit(reading.judged.level) - 1
    return (judged,) if outcome.by_judgement or judged < reading.computed[0] else reading.possible


def _meaning(outcome: Outcome, reading: OutcomeRange, printed: tuple[int, ...], voice: str, *, silent: bool) -> str:
    """What the level means; `silent` if questions that matter to it have no answer."""
    parts = [say("may_not_apply", voice)] if reading.applies is None else []
    floor, is_open = printed[0], len(printed) > 1
    own = outcome.levels[floor].text
    if own is not None and (floor > 0 or not is_open):
        parts.append(own.says(voice))
    if outcome.by_judgement and reading.judged is None:
        return sentences(parts)
    if is_open and not silent:
        parts.append(say("left_open", voice))
    elif is_open:
        parts.append(say("could_be_higher" if floor > 0 else "missing_matters", voice))
    elif floor == 0:
        parts.append(say("not_a_promise", voice))
    return sentences(parts)


def _by_rule(outcome: Outcome, reading: OutcomeRange, voice: str) -> str:
    if reading.by_rule_state == "no_rule" or voice != "practitioner":
        return ""
    level = outcome.levels[reading.by_rule].title.says(voice) if reading.by_rule is not None else None
    return by_rule_words(level, reading.by_rule_missing, voice)
