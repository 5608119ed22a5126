"""How answers, dates, numbers and levels are said, in one voice and one language."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from engine.format.instrument import Instrument, Item, Outcome
from engine.format.tongue import ENGLISH, Tongue
from engine.interview.assessment import OutcomeRange, ScoreRange
from engine.interview.record import Answer, Days, Entries, NonAnswer, Words
from engine.interview.sentences import SENTENCES


@dataclass(frozen=True, slots=True)
class Speech:
    """A voice and a language: whom the words are for."""

    voice: str
    tongue: Tongue = ENGLISH

    @property
    def expert(self) -> bool:
        """Whether they are for a practitioner."""
        return self.voice == "practitioner"

    def say(self, key: str, **parts: str) -> str:
        """Return one of the engine's fixed sentences, with its parts put in."""
        by_voice = dict(SENTENCES[key].by_voice)
        english = SENTENCES[key].says(self.voice)
        context = f"sentences.{key}.{self.voice}" if self.voice in by_voice else f"sentences.{key}"
        return self.tongue.says(context, english).format(**parts)


def speech_of(instrument: Instrument, voice: str) -> Speech:
    """Return how an instrument speaks in one of its voices."""
    return Speech(voice, instrument.tongue)


def answer_words(instrument: Instrument, item_id: str, answer: Answer | NonAnswer, speech: Speech) -> str:
    """Return what was said to this item, in words."""
    return _said(instrument.items[item_id], answer, speech)


def _said(item: Item, answer: Answer | NonAnswer, speech: Speech) -> str:
    match answer:
        case NonAnswer():
            return speech.say(answer.value)
        case str():
            return _label(item, answer, speech)
        case tuple():
            return "; ".join(_label(item, option, speech) for option in answer)
        case Decimal():
            unit = f" {item.unit.says(speech.voice)}" if item.unit else ""
            return f"{number_words(Fraction(answer))}{unit}"
        case Days():
            return days_words(answer, speech)
        case Words():
            return answer.text
        case Entries():
            return _entries(item, answer, speech)
        case _:
            assert_never(answer)


def _label(item: Item, option: str, speech: Speech) -> str:
    return item.options[item.bit(option) - 1].label.says(speech.voice)


def _entries(item: Item, answer: Entries, speech: Speech) -> str:
    lines = []
    for entry in answer.entries:
        known = [
            _said(field, entry[field.id], speech)
            for field in item.fields
            if field.id in entry and not isinstance(entry[field.id], NonAnswer)
        ]
        lines.append(", ".join(known) or speech.say("nothing_known"))
    if not answer.closed:
        lines.append(speech.say("may_be_more"))
    return "\n".join(lines) or speech.say("nothing_listed")


def days_words(days: Days, speech: Speech) -> str:
    """Return a date as far as it is known: "3 November 2026", "November 2026", "2026"."""
    first, last, tongue = days.first, days.last, speech.tongue
    if first == last:
        return tongue.day(first)
    if (first.year, first.month, first.day, last.month, last.day) == (last.year, 1, 1, 12, 31):
        return str(first.year)
    if (first.year, first.month, first.day) == (last.year, last.month, 1) and last.day == monthrange(
        last.year, last.month
    )[1]:
        return tongue.month(first)
    return speech.say("between_days", first=tongue.day(first), last=tongue.day(last))


def checked_words(checked: str | None, speech: Speech) -> str:
    """Return when a fact was checked ("2026-10-07", "2026-10", "2026") in words; nothing if that is not known."""
    if checked is None:
        return ""
    parts = [int(part) for part in checked.split("-")]
    match parts:
        case [year]:
            return str(year)
        case [year, month]:
            return speech.tongue.month(date(year, month, 1))
        case _:
            return speech.tongue.day(date(*parts))


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


def score_words(score: ScoreRange, speech: Speech) -> str:
    """Return a score or its bounds."""
    if score.profile is not None:
        return score.profile
    if score.lowest is None or score.highest is None or score.present is False:
        return speech.say("no_value")
    lowest, highest = number_words(score.lowest), number_words(score.highest)
    value = lowest if lowest == highest else speech.say("between", lowest=lowest, highest=highest)
    return value if score.present else speech.say("or_no_value", value=value)


def level_words(outcome: Outcome, possible: tuple[int, ...], speech: Speech) -> str:
    """Return a level, or the levels still possible. Without a floor above the first level nothing is said of a ceiling,
    except to a practitioner: "at most" alone would reassure.
    """
    titles = [level.title.says(speech.voice) for level in outcome.levels]
    lowest, highest = possible[0], possible[-1]
    if lowest == highest:
        return titles[lowest]
    if speech.expert and (lowest, highest) != (0, len(titles) - 1):
        return speech.say("between", lowest=titles[lowest], highest=titles[highest])
    return speech.say("at_least", level=titles[lowest]) if lowest > 0 else speech.say("not_settled")


def judgement_words(outcome: Outcome, reading: OutcomeRange, speech: Speech) -> str:
    """Return how an assessor's level stands beside the computed one; nothing where nobody judged."""
    judged = reading.judged
    if judged is None:
        return ""
    if outcome.by_judgement:
        return speech.say("decided", reason=judged.reason)
    place, computed = outcome.bit(judged.level) - 1, reading.computed
    key = "raised" if place > computed[0] else "lowered" if place < computed[0] else "judged"
    parts = {
        "level": outcome.levels[place].title.says(speech.voice),
        "computed": level_words(outcome, computed, speech),
    }
    return speech.say(key, **parts, reason=judged.reason, second=judged.second_person or "")


def by_rule_words(value: str | None, missing: int, speech: Speech) -> str:
    """Return the second reading, by a rule for missing answers; `value` is None where the rule gives none."""
    if value is None:
        return speech.say("withheld_by_rule", missing=str(missing))
    return speech.say("given_by_rule", value=value, missing=str(missing))


def listed(names: list[str], speech: Speech) -> str:
    """Return names as they are read: "England, Wales and Scotland"."""
    if len(names) < 2:
        return "".join(names)
    return speech.say("and", before=", ".join(names[:-1]), last=names[-1])


def sentences(parts: list[str]) -> str:
    """Return several sentences as one text; one alone stays as its author wrote it."""
    kept = [part.strip() for part in parts if part.strip()]
    if len(kept) < 2:
        return "".join(kept)
    return " ".join(part if part[-1] in ".!?…:" else f"{part}." for part in kept)
