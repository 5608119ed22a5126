"""Opening hours: when somebody answers. Hours that are not verified say nothing, neither open nor closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from types import MappingProxyType
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

from engine.format.evidence import Evidenced
from engine.format.tongue import ENGLISH, Tongue

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEK: tuple[Weekday, ...] = get_args(Weekday)
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "always": "Day and night, every day",
        "run": "{days}, {times}",
        "days": "{first} to {last}",
        "span": "{opens} to {closes}",
        "and": "{before} and {after}",
        "midday": "midday",
        "midnight": "midnight",
    }
)
Span = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"),
]


class Hours(Evidenced):
    """When a service answers, in the time of the UK. A day that is not named is a closed one."""

    always: bool = Field(default=False, strict=True)
    """Day and night, every day."""
    week: dict[Weekday, tuple[Span, ...]] = Field(default_factory=dict)
    """By day, from when to when, as in 09:30-16:00. Bank holidays are not known here."""

    @field_validator("week")
    @classmethod
    def _in_order(cls, week: dict[Weekday, tuple[str, ...]]) -> dict[Weekday, tuple[str, ...]]:
        for spans in week.values():
            times = [time for span in spans for time in span.split("-")]
            if any(before >= after for before, after in pairwise(times)):
                words = ", ".join(spans)
                raise PydanticCustomError("hours-shape", "'{words}' does not run from early to late.", {"words": words})
        return week

    @model_validator(mode="after")
    def _one_of_two(self) -> Hours:
        if self.always == any(self.week.values()):
            raise PydanticCustomError("hours-shape", "Hours are either `always: true` or a `week` with an open day.")
        return self


def is_open(hours: Hours | None, moment: datetime) -> bool | None:
    """Say whether somebody answers at this moment of UK time; None if that is not known for sure."""
    if hours is None or not hours.verified:
        return None
    now = f"{moment:%H:%M}"
    return hours.always or any(span[:5] <= now < span[6:] for span in hours.week.get(WEEK[moment.weekday()], ()))


def in_words(hours: Hours | None, tongue: Tongue = ENGLISH) -> str | None:
    """Return the opening hours as they are printed; None if they must not be.

    Days next to each other with the same hours are said together: "Monday to Friday, 9am to 5pm".
    """
    if hours is None or not hours.verified:
        return None
    if hours.always:
        return _say(tongue, "always")
    runs: list[tuple[list[int], tuple[str, ...]]] = []
    for place, day in enumerate(WEEK):
        spans = hours.week.get(day, ())
        if runs and runs[-1][1] == spans:
            runs[-1][0].append(place)
        else:
            runs.append(([place], spans))
    return "; ".join(_run(days, spans, tongue) for days, spans in runs if spans)


def _run(days: list[int], spans: tuple[str, ...], tongue: Tongue) -> str:
    first, last = tongue.weekday(days[0]), tongue.weekday(days[-1])
    named = first if len(days) == 1 else _say(tongue, "days", first=first, last=last)
    said = [_span(span, tongue) for span in spans]
    times = said[0]
    for one in said[1:]:
        times = _say(tongue, "and", before=times, after=one)
    return _say(tongue, "run", days=named, times=times)


def _span(span: str, tongue: Tongue) -> str:
    opens, closes = (_time(clock, tongue) for clock in span.split("-"))
    return _say(tongue, "span", opens=opens, closes=closes)


def _time(clock: str, tongue: Tongue) -> str:
    if clock in ("00:00", "12:00", "24:00"):
        return _say(tongue, "midday" if clock == "12:00" else "midnight")
    return tongue.clock(int(clock[:2]), int(clock[3:]))


def _say(tongue: Tongue, key: str, **parts: str) -> str:
    return tongue.says(f"hours.{key}", SENTENCES[key]).format(**parts)
