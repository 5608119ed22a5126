"""Over time: begin a new assessment, and see what changed since the one before."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from engine.casework.compare import compare
from engine.casework.reassess import reassess
from engine.casework.referral import since_last
from engine.casework.store import StoreTrouble
from engine.interview.since import Log, Week, logs
from webui.casework.opened import keep, opened
from webui.site import site

again = Blueprint("again", __name__)
Page = str | tuple[str, int] | Response
WIDTH, HEIGHT, FOOT = 560, 120, 40  # of the drawing, in its own units


@dataclass(frozen=True, slots=True)
class Bar:
    """One week in the drawing: the incidents that certainly lie in it, and those that may."""

    week: Week
    left: float
    wide: float
    sure: float
    maybe: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A list of incidents by week, the oldest at the left, and the same in words."""

    title: str
    since_last: str
    complete: bool
    bars: tuple[Bar, ...]
    most: int
    said: str


@again.get("/<reference>/over-time")
def show(reference: str) -> Page:
    """Show what changed, the outcomes of every assessment, and the incidents by week."""
    one = opened(reference)
    charts = [
        chart(log, one.instrument.items[log.item].ask.says(one.voice)) for log in logs(one.instrument, one.record)
    ]
    return render_template(
        "desk/over_time.html",
        one=one,
        case=one.case,
        found=compare(one.instrument, one.case),
        charts=charts,
        today=site().today(),
        size=(WIDTH, HEIGHT, FOOT),
    )


@again.post("/<reference>/again")
def begin(reference: str) -> Page:
    """Begin a new assessment today: answers are carried forward until they are confirmed."""
    one, today = opened(reference), site().today()
    if today <= one.record.on:
        raise StoreTrouble(
            f"This case was assessed on {one.record.on} already. A new assessment begins on a later day."
        )
    keep(one, reassess(one.instrument, one.case, today), request.form.get("revision", ""))
    return redirect(f"{one.at}/gate", 303)


def chart(log: Log, title: str) -> Chart:
    """Return the drawing of a list of incidents."""
    weeks = tuple(reversed(log.weeks))
    most = max((week.at_most for week in weeks), default=0)
    wide, high = WIDTH / max(len(weeks), 1), HEIGHT / max(most, 1)
    bars = tuple(
        Bar(week, place * wide, wide * 0.8, week.at_least * high, week.at_most * high)
        for place, week in enumerate(weeks)
    )
    said = "; ".join(f"week to {week.last}: {amount(week)}" for week in weeks if week.at_most)
    return Chart(title, since_last(log), not log.may_be_more, bars, most, said or "No incident has a date.")


def amount(week: Week) -> str:
    """Return how many incidents lie in a week, in words."""
    return str(week.at_most) if week.at_least == week.at_most else f"{week.at_least} to {week.at_most}"
