"""Every fixed sentence of the summary, and how answers, dates, numbers and levels are said. English, in one place.

The words of a questionnaire come from its author; only what stands here is the engine's own. None of it reassures:
an outcome at its first level says that the answers did not show more, never that there is nothing to fear.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import assert_never

from engine.format.atoms import Text
from engine.format.instrument import Instrument, Item, Outcome
from engine.interview.assessment import OutcomeRange, ScoreRange
from engine.interview.record import Answer, Days, Entries, NonAnswer, Words

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def _text(default: str, **by_voice: str) -> Text:
    return Text((("default", default), *by_voice.items()))


SENTENCES: Mapping[str, Text] = MappingProxyType(
    {
        "open": _text("Not answered yet", self="You did not get to this"),
        "not_asked": _text("Not asked", self="You were not asked this"),
        "dont_know": _text("Not known", self="You do not know"),
        "declined": _text("Preferred not to say", self="You would rather not say"),
        "asked": _text("Asked"),
        "volunteered": _text("Said without being asked"),
        "records": _text("From records"),
        "observed": _text("Observed"),
        "nothing_listed": _text("Nothing to add"),
        "nothing_known": _text("Nothing more is known of this one"),
        "may_be_more": _text("There may be more."),
        "at_least": _text("At least: {level}"),
        "between": _text("Between {lowest} and {highest}"),
        "not_settled": _text("Not settled: too little was answered", self="Too little was answered to say"),
        "not_judged": _text("Not judged yet"),
        "could_be_higher": _text("It could be higher: questions that matter to it have no answer."),
        "missing_matters": _text("Questions that matter to this have no answer. That is never a sign of less concern."),
        "left_open": _text(
            "What was answered cannot settle this further. That is never a sign of less concern.",
            self="What you told us cannot settle this further. That is never a sign of less concern.",
        ),
        "may_not_apply": _text("This may not apply: it depends on questions without an answer."),
        "not_a_promise": _text(
            "This goes only by the answers given. It does not rule anything out, and the person's own fear counts.",
            self="This goes only by your answers. It does not mean that nothing will happen. You know your situation "
            "best: if you are worried, talk to a specialist service.",
        ),
        "raised": _text(
            "Raised by the assessor to: {level}. By the answers alone: {computed}. Reason: {reason}",
            self="The person who went through this with you put this higher, at: {level}. "
            "By the answers alone: {computed}.",
        ),
        "lowered": _text(
            "Lowered by the assessor to: {level}, agreed by {second}. "
            "By the answers alone: {computed}. Reason: {reason}",
            self="The person who went through this with you put this lower, at: {level}. "
            "By the answers alone: {computed}.",
        ),
        "judged": _text(
            "The assessor's judgement: {level}. By the answers alone: {computed}. Reason: {reason}",
            self="The person who went through this with you put this at: {level}. By the answers alone: {computed}.",
        ),
        "decided": _text(
            "The assessor's judgement. Reason: {reason}",
            self="This is the judgement of the person who went through this with you.",
        ),
        "given_by_rule": _text("By its rule for missing answers: {value} ({missing} missing)"),
        "withheld_by_rule": _text("By its rule for missing answers: not given ({missing} missing)"),
        "no_value": _text("No value"),
        "or_no_value": _text("{value}, or no value"),
        "raised_yes": _text("Raised"),
        "raised_no": _text("Not raised"),
        "raised_by_rule": _text("By its rule for missing answers: raised"),
        "not_raised_by_rule": _text("By its rule for missing answers: not raised"),
        "open_by_rule": _text("By its rule for missing answers: not given"),
        "on_bill_yes": _text("A call may show on the phone bill."),
        "on_bill_no": _text("A call does not show on the bill, but it does in the phone's list of calls."),
        "checked": _text("Checked {when}"),
        "because": _text("Because of these answers:", self="Because you told us:", supporter="Because you told us:"),
        "because_open": _text("This stands here because these questions have no answer yet:"),
        "phone": _text("Phone"),
        "text": _text("Text"),
        "email": _text("E-mail"),
        "web": _text("Website"),
        "textphone": _text("Textphone"),
        "app": _text("App"),
        "and": _text("{before} and {last}"),
    }
)


def say(key: str, voice: str, **parts: str) -> str:
    """Return one of the fixed sentences, with its parts put in."""
    return SENTENCES[key].says(voice).format(**parts)


def answer_words(instrument: Instrument, item_id: str, answer: Answer | NonAnswer, voice: str) -> str:
    """Return what was said to this item, in words."""
    return _said(instrument.items[item_id], answer, voice)


def _said(item: Item, answer: Answer | NonAnswer, voice: str) -> str:
    match answer:
        case NonAnswer():
            return say(answer.value, voice)
        case str():
            return _label(item, answer, voice)
        case tuple():
            return "; ".join(_label(item, option, voice) for option in answer)
        case Decimal():
            unit = f" {item.unit.says(voice)}" if item.unit else ""
            return f"{number_words(Fraction(answer))}{unit}"
        case Days():
            return days_words(answer)
        case Words():
            return answer.text
        case Entries():
            return _entries(item, answer, voice)
        case _:
            assert_never(answer)


def _label(item: Item, option: str, voice: str) -> str:
    return item.options[item.bit(option) - 1].label.says(voice)


def _entries(item: Item, answer: Entries, voice: str) -> str:
    lines = []
    for entry in answer.entries:
        known = [
            _said(field, entry[field.id], voice)
            for field in item.fields
            if field.id in entry and not isinstance(entry[field.id], NonAnswer)
        ]
        lines.append(", ".join(known) or say("nothing_known", voice))
    if not answer.closed:
        lines.append(say("may_be_more", voice))
    return "\n".join(lines) or say("nothing_listed", voice)


def days_words(days: Days) -> str:
    """Return a date as far as it is known: "3 November 2026", "November 2026", "2026"."""
    first, last = days.first, days.last
    if first == last:
        return day_words(first)
    if (first.year, first.month, first.day, last.month, last.day) == (last.year, 1, 1, 12, 31):
        return str(first.year)
    if (first.year, first.month, first.day) == (last.year, last.month, 1) and last.day == monthrange(
        last.year, last.month
    )[1]:
        return f"{MONTHS[first.month - 1]} {first.year}"
    return f"between {day_words(first)} and {day_words(last)}"


def day_words(day: date) -> str:
    """Return a day as it is read: "3 November 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def checked_words(checked: str | None) -> str:
    """Return when a fact was checked ("2026-10-07", "2026-10", "2026") in words; nothing if that is not known."""
    if checked is None:
        return ""
    year, *rest = checked.split("-")
    day = [str(int(rest[1]))] if len(rest) == 2 else []
    month = [MONTHS[int(rest[0]) - 1]] if rest else []
    return " ".join([*day, *month, year])


def number_words(value: Fraction) -> str:
    """Return a number as it is read: exact where it has an end, else to two places, halves away from nought.

    >>> number_words(Fraction(5, 2)), number_words(Fraction(10, 3))
    ('2.5', '3.33')
    """
    ends = value.denominator
    for prime in (2, 5):
        while ends % prime == 0:
            ends //= prime
    if ends == 1:
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return f"{exact.normalize():f}"
    hundredths = (2 * 100 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    sign = "-" if value < 0 else ""
    return f"{sign}{hundredths // 100}.{hundredths % 100:02d}"


def score_words(score: ScoreRange, voice: str) -> str:
    """Return a score or its bounds."""
    if score.profile is not None:
        return score.profile
    if score.lowest is None or score.highest is None or score.present is False:
        return say("no_value", voice)
    lowest, highest = number_words(score.lowest), number_words(score.highest)
    value = lowest if lowest == highest else say("between", voice, lowest=lowest, highest=highest)
    return value if score.present else say("or_no_value", voice, value=value)


def level_words(outcome: Outcome, possible: tuple[int, ...], voice: str) -> str:
    """Return a level, or the levels still possible. Without a floor above the first level nothing is said of a ceiling,
    except to a practitioner: "at most" alone would reassure.
    """
    titles = [level.title.says(voice) for level in outcome.levels]
    lowest, highest = possible[0], possible[-1]
    if lowest == highest:
        return titles[lowest]
    if voice == "practitioner" and (lowest, highest) != (0, len(titles) - 1):
        return say("between", voice, lowest=titles[lowest], highest=titles[highest])
    return say("at_least", voice, level=titles[lowest]) if lowest > 0 else say("not_settled", voice)


def judgement_words(outcome: Outcome, reading: OutcomeRange, voice: str) -> str:
    """Return how an assessor's level stands beside the computed one; nothing where nobody judged."""
    judged = reading.judged
    if judged is None:
        return ""
    if outcome.by_judgement:
        return say("decided", voice, reason=judged.reason)
    place, computed = outcome.bit(judged.level) - 1, reading.computed
    key = "raised" if place > computed[0] else "lowered" if place < computed[0] else "judged"
    parts = {"level": outcome.levels[place].title.says(voice), "computed": level_words(outcome, computed, voice)}
    return say(key, voice, **parts, reason=judged.reason, second=judged.second_person or "")


def by_rule_words(value: str | None, missing: int, voice: str) -> str:
    """Return the second reading, by a rule for missing answers; `value` is None where the rule gives none."""
    if value is None:
        return say("withheld_by_rule", voice, missing=str(missing))
    return say("given_by_rule", voice, value=value, missing=str(missing))


def listed(names: list[str], voice: str) -> str:
    """Return names as they are read: "England, Wales and Scotland"."""
    if len(names) < 2:
        return "".join(names)
    return say("and", voice, before=", ".join(names[:-1]), last=names[-1])


def sentences(parts: list[str]) -> str:
    """Return several sentences as one text; one alone stays as its author wrote it."""
    kept = [part.strip() for part in parts if part.strip()]
    if len(kept) < 2:
        return "".join(kept)
    return " ".join(part if part[-1] in ".!?…:" else f"{part}." for part in kept)
