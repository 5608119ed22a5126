"""A language as the engine speaks it: its own sentences, dates, weekdays and times of day.

What the engine says is written in English; a tongue says it in another language where a translation was loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

PSEUDO = ("en-XA", "ar-XB")  # made up from English, to try a page with long words and from right to left
# English here is that of the UK. A pseudo-language has the dates and the direction of the language it looks like.
_REGIONS = {"en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language by its tag, and the translations of the engine's own sentences by their contexts.

    Its sentences are in English where there is no translation; whether that may be shown is decided before.
    """

    language: str = "en"
    sentences: Mapping[str, str] = field(default_factory=dict)  # a plain one: it travels to other processes

    def says(self, context: str, english: str) -> str:
        """Return one of the engine's own sentences, before its parts are put in."""
        return self.sentences.get(context, english)

    @property
    def rightwards(self) -> bool:
        """Whether it is written from left to right."""
        return self._locale().character_order != "right-to-left"

    @property
    def own_name(self) -> str:
        """What its speakers call it: "English", "Cymraeg"."""
        locale = self._locale()
        if locale.language != self.language.partition("-")[0]:
            return self.language
        if "-" in self.language and self.language not in PSEUDO:
            name = locale.get_display_name(locale) or self.language
        else:
            name = locale.languages[locale.language]
        return f"{name[:1].upper()}{name[1:]}{f' ({self.language})' if self.language in PSEUDO else ''}"

    def day(self, day: date) -> str:
        """Return a day as it is read: "3 November 2026"."""
        return self._date(day, "long")

    def month(self, day: date) -> str:
        """Return the month of a day as it is read: "November 2026"."""
        return self._date(day, "LLLL y")

    def months(self) -> tuple[str, ...]:
        """Return the names of the months."""
        return tuple(self._date(date(2026, month, 1), "LLLL") for month in range(1, 13))

    def weekday(self, place: int) -> str:
        """Return the name of a day of the week; 0 is Monday."""
        return self._date(date(2026, 11, 2 + place), "cccc")

    def clock(self, hours: int, minutes: int) -> str:
        """Return a time of day as it is read: "9am", "10:30"."""
        if self._locale().language == "en":
            past = f":{minutes:02}" if minutes else ""
            return f"{(hours - 1) % 12 + 1}{past}{'am' if hours < 12 else 'pm'}"
        from babel.dates import format_time  # noqa: PLC0415  # takes a while, and a score says no time

        return format_time(time(hours, minutes), "short", locale=self._locale())

    def _date(self, day: date, form: str) -> str:
        from babel.dates import format_date  # noqa: PLC0415  # as above

        return format_date(day, form, locale=self._locale())

    def _locale(self) -> Locale:
        return _locale_of(self.language)


@lru_cache(maxsize=64)
def _locale_of(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  # as above

    for known in (language, language.partition("-")[0]):
        try:
            return Locale.parse(_REGIONS.get(known, known), sep="-" if "-" in known else "_")
        except UnknownLocaleError:
            continue
    return Locale.parse(_REGIONS["en"])


ENGLISH = Tongue()
