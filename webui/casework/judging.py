"""Judgement: an assessor's own level beside the computed one. Up with a reason; down with a second person too."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from engine.casework.case import Case, Judged
from engine.casework.store import StoreTrouble
from engine.format.instrument import Outcome
from engine.interview.assess import assess
from engine.interview.reading import InvalidRecord, check_judgements, read, to_json
from engine.interview.record import Judgement
from engine.interview.wording import level_words, speech_of
from webui.casework.opened import Opened, keep, opened
from webui.site import site

judging = Blueprint("judging", __name__)
Page = str | tuple[str, int] | Response


@dataclass(frozen=True, slots=True)
class Line:
    """One outcome that may be judged: what the answers give, what was judged, what stands in the boxes."""

    outcome: Outcome
    computed: str
    judged: Judgement | None
    level: str
    reason: str
    second: str
    wrong: str


@judging.get("/<reference>/judgement")
def show(reference: str) -> Page:
    """Show every outcome that may be judged."""
    return _page(opened(reference), {})


@judging.post("/<reference>/judgement")
def send(reference: str) -> Page:
    """Keep one judgement, or take it back."""
    one = opened(reference)
    do, _, name = request.form.get("do", "").partition(":")
    if name not in one.instrument.outcomes or do not in ("judge", "back"):
        return redirect(f"{one.at}/judgement", 303)
    try:
        case = _judged(one, name) if do == "judge" else _taken_back(one, name)
        keep(one, case, request.form.get("revision", ""))
    except InvalidRecord as invalid:
        return _page(one, {name: " ".join(message.text for message in invalid.messages)}), 422
    except StoreTrouble as trouble:
        return _page(one, {name: str(trouble)}), 409
    return redirect(f"{one.at}/judgement#o-{name}", 303)


def _judged(one: Opened, name: str) -> Case:
    """Raises InvalidRecord: what may not be judged so is not kept."""
    typed = {key: request.form.get(f"{key}-{name}", "").strip() for key in ("level", "reason", "second_person")}
    whole = to_json(one.record)
    whole["judgements"] = {**whole["judgements"], name: {key: value for key, value in typed.items() if value}}
    record = read(one.instrument, whole)
    wrong = tuple(
        message
        for message in check_judgements(one.instrument, record, assess(one.instrument, record))
        if message.field == f"judgements.{name}"
    )
    if wrong:
        raise InvalidRecord(wrong)
    return replace(one.case, record=record, judged=(*one.case.judged, _entry(one, name, record.judgements[name])))


def _taken_back(one: Opened, name: str) -> Case:
    left = {key: judged for key, judged in one.record.judgements.items() if key != name}
    record = replace(one.record, judgements=left)
    return replace(one.case, record=record, judged=(*one.case.judged, _entry(one, name, None)))


def _entry(one: Opened, name: str, judged: Judgement | None) -> Judged:
    return Judged(
        at=site().settings.now(),
        outcome=name,
        level=judged.level if judged else "",
        computed=_computed(one, one.instrument.outcomes[name]),
        reason=judged.reason if judged else "",
        second_person=(judged.second_person or "") if judged else "",
        by=one.case.by,
    )


def _computed(one: Opened, outcome: Outcome) -> str:
    computed = assess(one.instrument, one.record).outcomes[outcome.id].computed
    if outcome.by_judgement:
        return "decided by judgement"
    return level_words(outcome, computed, speech_of(one.instrument, one.voice)) if computed else "does not apply"


def _page(one: Opened, wrong: dict[str, str]) -> str:
    lines = []
    for outcome in one.instrument.outcomes.values():
        if not (outcome.by_judgement or outcome.may_raise or outcome.may_lower):
            continue
        judged, mistake = one.record.judgements.get(outcome.id), wrong.get(outcome.id, "")
        boxes = ("", "", "")
        if mistake:
            keys = ("level", "reason", "second_person")
            boxes = tuple(request.form.get(f"{key}-{outcome.id}", "") for key in keys)  # type: ignore[assignment]
        elif judged:
            boxes = (judged.level, judged.reason, judged.second_person or "")
        lines.append(Line(outcome, _computed(one, outcome), judged, *boxes, mistake))
    titles = {outcome.id: outcome.title.says(one.voice) for outcome in one.instrument.outcomes.values()}
    return render_template("desk/judgement.html", one=one, case=one.case, lines=lines, titles=titles, wrong=wrong)
