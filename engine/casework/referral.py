"""Write what leaves a case: the referral for the next service, and the caller's plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date

from engine.casework.case import Case, Gate, Judged
from engine.casework.leaving import (
    NEXT_SERVICES,
    NO_BASIS,
    NOT_A_DASH,
    ONE_MOMENT,
    CallerPlan,
    Fact,
    Incident,
    Referral,
    Timeline,
)
from engine.format.directory import Directory
from engine.format.instrument import Instrument, Item
from engine.interview.record import Answer, Days, Entries, NonAnswer
from engine.interview.since import Log, logs
from engine.interview.summarise import summarise
from engine.interview.summary import Summary, Told
from engine.interview.wording import Speech, answer_words, days_words, speech_of

YES_NO = {"yes": "Yes", "no": "No", "unsure": "Not sure", None: "Not asked"}
CONSENT = {
    "given": "Given",
    "limited": "Given, with limits",
    "refused": "Refused",
    "not_asked": "Not asked",
    None: "Not asked",
}
INTERPRETER = {
    "not_needed": "Not needed",
    "needed": "Needed: a professional one, never family or friends",
    "professional": "A professional one takes part",
    None: "Not asked",
}
NOT_SAID = "Not known"


def referral(
    instrument: Instrument,
    case: Case,
    directory: Directory | None,
    written: date,
    pathway: str = "",
) -> Referral:
    """Return the referral that the case's draft begins, on the day it is written.

    `pathway` says how one is made here, in the organisation's words, where the draft has none of its own.
    """
    draft = case.draft
    summary = summarise(instrument, case.record, directory)
    speech = speech_of(instrument, case.record.voice)
    return Referral(
        to=NEXT_SERVICES[draft.to],
        title=summary.title,
        reference=case.reference,
        on=case.record.on,
        written=written,
        by=case.by,
        hold="" if case.gate.may_share else NO_BASIS,
        marked=(NOT_A_DASH, ONE_MOMENT),
        pathway=pathway if draft.pathway is None else draft.pathway,
        reason=draft.reason,
        contact=_contact(case.gate),
        sharing=_sharing(case.gate),
        alerts=summary.alerts,
        findings=summary.findings,
        judged=tuple(_judgement(instrument, one, speech) for one in case.judged if one.outcome in instrument.outcomes),
        timelines=tuple(_timelines(instrument, case, speech)),
        told=_told(instrument, case, summary, speech),
        unanswered=summary.unanswered,
        set_aside=tuple(
            Fact(f"{one.name} (version {one.version})", f"{_plain(one.said)}. {one.why}") for one in case.set_aside
        ),
        basis=(
            Fact("Questionnaire", f"{instrument.id} {instrument.version}"),
            Fact("SHA-256 of its file", instrument.content_hash),
            *(Fact("Part of the answers was given to", f"version {one.version}") for one in case.migrations),
        ),
        sources=summary.sources,
    )


def caller_plan(instrument: Instrument, case: Case, directory: Directory | None) -> CallerPlan:
    """Return what the caller gets, in the language of the instrument: the steps and the services, and nothing of how
    anything was weighed.
    """
    # It is the caller who reads it: what is said to practitioners alone does not belong here, nor does what is promised
    # to somebody who answers alone, such as that nobody reads the answers.
    voice = "self" if "self" in instrument.questionnaire.voices else case.record.voice
    summary = summarise(instrument, replace(case.record, voice=voice), directory)
    return CallerPlan(
        title=summary.title,
        voice=summary.voice,
        language=summary.language,
        on=summary.on,
        caution=speech_of(instrument, voice).say("for_the_caller"),
        alerts=tuple(replace(one, because=()) for one in summary.alerts),
        first_steps=tuple(replace(one, because=()) for one in summary.first_steps),
        plan=tuple(
            replace(theme, steps=tuple(replace(one, because=()) for one in theme.steps)) for theme in summary.plan
        ),
        services=summary.services,
        how_to_send=_contact(case.gate)[1:4],
    )


def _contact(gate: Gate) -> tuple[Fact, ...]:
    return (
        Fact("What the person is called", gate.caller or NOT_SAID),
        Fact("Safe number", gate.number or f"{NOT_SAID}. Do not call before it is."),
        Fact("Safe times", gate.times or NOT_SAID),
        Fact("Safe to leave a message", YES_NO[gate.voicemail]),
        Fact("Where the person doing this was", gate.person_doing_this or NOT_SAID),
        Fact("Where the children were", gate.children or NOT_SAID),
        Fact("Language", gate.language or NOT_SAID),
        Fact("Interpreter", _with(INTERPRETER[gate.interpreter], gate.interpreter_name)),
    )


def _sharing(gate: Gate) -> tuple[Fact, ...]:
    basis = (Fact("Lawful basis without consent", gate.basis),) if gate.basis.strip() else ()
    return (Fact("Consent to pass this on", _with(CONSENT[gate.consent], gate.consent_limits)), *basis)


def _judgement(instrument: Instrument, one: Judged, speech: Speech) -> Fact:
    outcome, at = instrument.outcomes[one.outcome], one.at.astimezone(UTC)
    titles = {level.id: level.title.says(speech.voice) for level in outcome.levels}
    judged = titles.get(one.level, one.level) if one.level else "judgement taken back"
    parts = [
        f"{speech.tongue.day(at.date())}, {at:%H:%M} UTC: {judged}. By the answers alone: {one.computed}",
        f"Reason: {one.reason}" if one.reason else "",
        f"Agreed by: {one.second_person}" if one.second_person else "",
        f"Judged by: {one.by}" if one.by else "",
    ]
    return Fact(outcome.title.says(speech.voice), ". ".join(part.rstrip(".") for part in parts if part))


def _with(words: str, more: str) -> str:
    return f"{words}. {more}" if more.strip() else words


def _told(instrument: Instrument, case: Case, summary: Summary, speech: Speech) -> tuple[Told, ...]:
    """What was said, each answer that nobody has confirmed since marked with its day."""
    carried: Mapping[str, str] = {
        instrument.items[item].ask.says(speech.voice): f"carried from {speech.tongue.day(day)}, not confirmed since"
        for item, day in case.carried.items()
        if item in instrument.items
    }
    return tuple(
        replace(
            part,
            said=tuple(
                replace(one, how_known="; ".join(filter(None, (one.how_known, carried.get(one.question, "")))))
                for one in part.said
            ),
        )
        for part in summary.told
    )


def _timelines(instrument: Instrument, case: Case, speech: Speech) -> Iterator[Timeline]:
    for log in logs(instrument, case.record):
        item, listed = instrument.items[log.item], case.record.answers[log.item]
        if not isinstance(listed, Entries) or not listed.entries:
            continue
        dated = next(field for field in item.fields if field.kind == "date")
        ordered = sorted((_first_day(entry.get(dated.id)), place) for place, entry in enumerate(listed.entries))
        yield Timeline(
            item.ask.says(speech.voice),
            tuple(_incident(instrument, item, dated, listed.entries[place], speech) for _, place in ordered),
            not log.may_be_more,
            since_last(log),
        )


def _incident(
    instrument: Instrument, item: Item, dated: Item, entry: Mapping[str, Answer | NonAnswer], speech: Speech
) -> Incident:
    words = []
    for field in item.fields:
        said = entry.get(field.id)
        if field is dated or said is None or isinstance(said, NonAnswer):
            continue
        answer = answer_words(instrument, item.id, Entries(({field.id: said},), closed=True), speech)
        words.append(f"{field.ask.says(speech.voice)} {answer}" if field.kind in ("yes_no", "number") else answer)
    when = entry.get(dated.id)
    day = days_words(when, speech) if isinstance(when, Days) else "Day not known"
    return Incident(day, ". ".join(word.rstrip(".") for word in words) or speech.say("nothing_known"))


def _first_day(said: Answer | NonAnswer | None) -> date:
    """The oldest first, what has no date last."""
    return said.first if isinstance(said, Days) else date.max


def since_last(log: Log) -> str:
    """Return how long ago the last dated incident was, in words."""
    if log.days_since_last is None:
        return "No incident has a date."
    fewest, most = log.days_since_last
    days = f"{fewest}" if fewest == most else f"{fewest} to {most}"
    return f"{days} {'day' if days == '1' else 'days'} since the last incident."


def _plain(said: object) -> str:
    if isinstance(said, list):
        return ", ".join(map(_plain, said))
    if isinstance(said, dict):
        return "; ".join(f"{name}: {_plain(value)}" for name, value in said.items())
    return str(said)
