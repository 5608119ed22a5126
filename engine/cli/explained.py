"""An explanation as plain text, for a terminal: who reads it knows the questionnaire, so levels stand as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import fill

from engine.format.instrument import Instrument
from engine.interview.explain import Explanation, Reasons
from engine.interview.next_best import NextQuestion, Prospect
from engine.interview.open_questions import OpenQuestion
from engine.interview.record import Answer, NonAnswer, Record
from engine.interview.since import Log, Since
from engine.interview.wording import Speech, answer_words, level_words, speech_of
from engine.interview.would_change import Change, WouldChange

WIDTH = 100
MOST_CHANGES = 4  # of each direction; all of them are in the JSON


def explained_text(instrument: Instrument, record: Record, found: Explanation) -> str:
    """Return why the record gives what it gives, what is open, what to ask next, and what would change it."""
    return "\n".join(_Page(instrument, record).explained(found))


def since_text(instrument: Instrument, record: Record, changed: Since) -> str:
    """Return what changed since an older record."""
    return "\n".join(_Page(instrument, record).since(changed))


class _Page:
    """Words one record's explanation, in the record's voice."""

    def __init__(self, instrument: Instrument, record: Record) -> None:
        self.instrument, self.record, self.voice = instrument, record, record.voice
        self.speech = speech_of(instrument, record.voice)

    def explained(self, found: Explanation) -> Iterator[str]:
        changes = {one.outcome: one for one in found.would_change}
        yield from _heading("Outcomes")
        for name, one in found.outcomes.items():
            reading = found.assessment.outcomes[name]
            if not reading.possible:
                yield f"* {self.title(name)}: does not apply"
                continue
            yield f"* {self.title(name)}: {self.levels(name, reading.possible)}"
            yield from self.reasons(one.at_least, "At least this because of")
            if reading.at_most is not None and reading.at_most + 1 < len(self.instrument.outcomes[name].levels):
                yield from self.reasons(one.at_most, "No higher because of")
            if name in changes:
                yield from self.changes(changes[name])
        alerts = {one.id: one.title for one in self.instrument.alerts.values()}
        plan = {one.id: one.title or one.text for one in self.instrument.plan}
        for heading, titles, reasons in (("Alerts", alerts, found.alerts), ("Plan", plan, found.plan)):
            if reasons:
                yield from _heading(heading)
            for name, why in reasons.items():
                careful = " (to be careful: what it hangs on is open)" if name in found.assessment.unsure else ""
                yield _indented(f"* {titles[name].says(self.voice)}{careful}", 0)
                yield from self.reasons(why, "Because of")
        yield from self.open(found)
        yield from self.next(found.next)

    def title(self, outcome: str) -> str:
        return self.instrument.outcomes[outcome].title.says(self.voice)

    def question(self, item: str) -> str:
        return self.instrument.items[item].ask.says(self.voice)

    def levels(self, outcome: str, places: tuple[int, ...]) -> str:
        one = self.instrument.outcomes[outcome]
        return level_words(one, places, Speech("practitioner", self.speech.tongue)) if places else "does not apply"

    def answer(self, item: str, answer: Answer | NonAnswer | None) -> str:
        if answer is None:
            return self.speech.say("open")
        if answer == ():
            return "nothing ticked"
        return answer_words(self.instrument, item, answer, self.speech).replace("\n", "; ")

    def reasons(self, reasons: Reasons, lead: str) -> Iterator[str]:
        for place, items in enumerate(reasons):
            said = "; ".join(f"{self.question(item)} {self.answer(item, self.record.answers[item])}" for item in items)
            yield _indented(f"{'or' if place else lead}: {said}")

    def changes(self, changes: WouldChange) -> Iterator[str]:
        for lead, each in (("Would go up with", changes.up), ("Would go down with", changes.down)):
            for change in each[:MOST_CHANGES]:
                yield _indented(f"{lead}: {self.change(changes.outcome, change)}")
            if len(each) > MOST_CHANGES:
                yield _indented(f"… and {len(each) - MOST_CHANGES} more ways")

    def change(self, outcome: str, change: Change) -> str:
        said = "; ".join(f"{self.question(item)} {self.answer(item, one)}" for item, one in change.answers.items())
        return f"{said} → {self.levels(outcome, change.left)}"

    def open(self, found: Explanation) -> Iterator[str]:
        yield from _heading("Open questions that can still change an outcome")
        kinds = {
            "Not reached": found.open.not_reached,
            "Not asked": found.open.not_asked,
            "Don't know": found.open.dont_know,
            "Preferred not to say": found.open.declined,
            "Answered in part": found.open.partly,
        }
        if not any(kinds.values()):
            yield "None: what was not answered changes nothing."
        for title, questions in kinds.items():
            if questions:
                yield f"{title}:"
                yield from (_indented(f"* {self.open_question(one)}") for one in questions)

    def open_question(self, one: OpenQuestion) -> str:
        can = "can change" if one.certain else "may change"
        return f"{self.question(one.item)} ({can}: {self.titles(one.outcomes)})"

    def titles(self, outcomes: Iterable[str]) -> str:
        return ", ".join(self.title(outcome) for outcome in outcomes)

    def next(self, questions: tuple[NextQuestion, ...]) -> Iterator[str]:
        if questions:
            yield from _heading("Ask next")
        for place, one in enumerate(questions, start=1):
            settles = f" It could settle: {self.titles(one.could_settle)}." if one.could_settle else ""
            yield _indented(f"{place}. {self.question(one.item)}{settles}", 0)
            yield from (_indented(f"{self.answer(one.item, each.answer)}: {self.left(each)}") for each in one.prospects)

    def left(self, prospect: Prospect) -> str:
        return "; ".join(f"{self.title(name)} {self.levels(name, left)}" for name, left in prospect.left.items())

    def since(self, changed: Since) -> Iterator[str]:
        yield from _heading(f"Since last time, {changed.days} days ago")
        for outcome in changed.outcomes:
            before, now = (self.levels(outcome.outcome, one.possible) for one in (outcome.before, outcome.now))
            yield _indented(f"* {self.title(outcome.outcome)}: {before} → {now}", 0)
        alerts = self.instrument.alerts
        yield from (f"* Raised now: {alerts[name].title.says(self.voice)}" for name in changed.alerts_raised)
        yield from (f"* No longer raised: {alerts[name].title.says(self.voice)}" for name in changed.alerts_gone)
        for one in changed.answers:
            said = f"{self.answer(one.item, one.before)} → {self.answer(one.item, one.now)}"
            yield _indented(f"* {self.question(one.item)} {said}", 0)
        if not (changed.answers or changed.outcomes or changed.alerts_raised or changed.alerts_gone):
            yield "Nothing was said otherwise."
        for log in changed.logs:
            yield from self.log(log)

    def log(self, log: Log) -> Iterator[str]:
        more = ", and there may be more" if log.may_be_more else ""
        yield _indented(f"* {self.question(log.item)} {log.incidents} listed{more}", 0)
        if log.days_since_last is not None:
            yield _indented(f"Days since the last: {_between(*log.days_since_last)}")
        for week in log.weeks:
            days = f"{self.speech.tongue.day(week.first)} to {self.speech.tongue.day(week.last)}"
            yield _indented(f"{days}: {_between(week.at_least, week.at_most)}")


def _between(least: int, most: int) -> str:
    return str(least) if least == most else f"{least} to {most}"


def _heading(words: str) -> Iterator[str]:
    yield from ("", words, "-" * len(words))


def _indented(words: str, by: int = 4) -> str:
    return fill(words, WIDTH, initial_indent=" " * by, subsequent_indent=" " * (by + 2))
