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
    Speech,
    answer_words,
    by_rule_words,
    judgement_words,
    level_words,
    number_words,
    score_words,
    sentences,
)


def findings(instrument: Instrument, record: Record, assessment: Assessment, speech: Speech) -> tuple[Finding, ...]:
    """Return every outcome that applies or may apply."""
    # A judgement that is not allowed, or no longer so since an answer changed, must not hide the computed level.
    refused = {message.field for message in check_judgements(instrument, record, assessment)}
    readings = {
        name: reading._replace(judged=None) if f"judgements.{name}" in refused else reading
        for name, reading in assessment.outcomes.items()
    }
    why = Why(instrument, record)
    return tuple(
        _finding(why, assessment, outcome, readings[outcome.id], speech)
        for outcome in instrument.outcomes.values()
        if _is_said(outcome, readings[outcome.id], speech)
    )


def scores(instrument: Instrument, assessment: Assessment, speech: Speech) -> tuple[ScoreLine, ...]:
    """Return the scores, and beside them what the published rules say of scores and alerts."""
    lines = []
    for score in instrument.scores.values():
        reading = assessment.scores[score.id]
        given = number_words(reading.by_rule) if reading.by_rule is not None else None
        rule = by_rule_words(given, reading.by_rule_missing, speech) if reading.by_rule_state != "no_rule" else ""
        lines.append(ScoreLine(score.title.says(speech.voice), score_words(reading, speech), rule))
    for name, by_rule in assessment.alerts_by_rule.items():
        value = speech.say("raised_yes" if name in assessment.alerts else "raised_no")
        rule = speech.say({True: "raised_by_rule", False: "not_raised_by_rule", None: "open_by_rule"}[by_rule])
        lines.append(ScoreLine(instrument.alerts[name].title.says(speech.voice), value, rule))
    return tuple(lines)


def said(instrument: Instrument, record: Record, items: tuple[str, ...], speech: Speech) -> tuple[Said, ...]:
    """Return what was said to these items, or that there is no answer yet."""
    return tuple(
        Said(
            instrument.items[item].ask.says(speech.voice),
            answer_words(instrument, item, record.answers[item], speech)
            if item in record.answers
            else speech.say("open"),
        )
        for item in items
    )


def _is_said(outcome: Outcome, reading: OutcomeRange, speech: Speech) -> bool:
    if not reading.possible:
        return False
    # Nobody but an assessor can fill in an assessor's level.
    return not outcome.by_judgement or reading.judged is not None or speech.expert


def _finding(why: Why, assessment: Assessment, outcome: Outcome, reading: OutcomeRange, speech: Speech) -> Finding:
    instrument, record = why.instrument, why.record
    printed = _printed(outcome, reading)
    unjudged = outcome.by_judgement and reading.judged is None
    lowest, highest = outcome.levels[reading.computed[0]], outcome.levels[reading.possible[-1]]
    floor = ("outcome", outcome.id, lowest.id)
    reasons = why.because(("computed", outcome.id, lowest.id)) if reading.computed[0] > 0 else ()
    ceiling = why.because(("at_most", outcome.id, highest.id)) if speech.expert else ()
    return Finding(
        id=outcome.id,
        title=outcome.title.says(speech.voice),
        level=speech.say("not_judged") if unjudged else level_words(outcome, printed, speech),
        text=_meaning(outcome, reading, printed, speech, silent=bool(unsure_about(instrument, record, floor))),
        settled=reading.settled,
        because=said(instrument, record, reasons, speech),
        lead=lead(speech, unsure=False),
        behind=behind(
            instrument,
            assessment,
            f"{outcome.id}.{lowest.id}",
            (*outcome.sources, *lowest.sources),
            speech,
            no_higher=said(instrument, record, ceiling, speech),
        ),
        judged=judgement_words(outcome, reading, speech),
        by_rule=_by_rule(outcome, reading, speech),
    )


def _printed(outcome: Outcome, reading: OutcomeRange) -> tuple[int, ...]:
    """The levels that are printed. A judgement below the computed level changes these and nothing else."""
    if reading.judged is None:
        return reading.possible
    judged = outcome.bit(reading.judged.level) - 1
    return (judged,) if outcome.by_judgement or judged < reading.computed[0] else reading.possible


def _meaning(outcome: Outcome, reading: OutcomeRange, printed: tuple[int, ...], speech: Speech, *, silent: bool) -> str:
    """What the level means; `silent` if questions that matter to it have no answer."""
    parts = [speech.say("may_not_apply")] if reading.applies is None else []
    floor, is_open = printed[0], len(printed) > 1
    own = outcome.levels[floor].text
    if own is not None and (floor > 0 or not is_open):
        parts.append(own.says(speech.voice))
    if outcome.by_judgement and reading.judged is None:
        return sentences(parts)
    if is_open and not silent:
        parts.append(speech.say("left_open"))
    elif is_open:
        parts.append(speech.say("could_be_higher" if floor > 0 else "missing_matters"))
    elif floor == 0:
        parts.append(speech.say("not_a_promise"))
    return sentences(parts)


def _by_rule(outcome: Outcome, reading: OutcomeRange, speech: Speech) -> str:
    if reading.by_rule_state == "no_rule" or not speech.expert:
        return ""
    level = outcome.levels[reading.by_rule].title.says(speech.voice) if reading.by_rule is not None else None
    return by_rule_words(level, reading.by_rule_missing, speech)
