"""Put every promise of a questionnaire to proof, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from time import monotonic

from engine.format.directory import Directory
from engine.format.instrument import Guarantee, Instrument
from engine.interview.assess import applies
from engine.interview.ready import ready
from engine.interview.record import Record, start
from engine.interview.summarise import summarise
from engine.workshop.prove import built_in
from engine.workshop.prove.as_case import as_case, what_comes, what_must_come
from engine.workshop.prove.every_record import EveryRecord
from engine.workshop.prove.leaving_out import lowers, only_left_out, what_matters
from engine.workshop.prove.plain import kept_by_the_least
from engine.workshop.prove.promise import NotAskedOfRecords, Probed, probed, promised
from engine.workshop.prove.proof import Found, Proof, Status
from engine.workshop.prove.rising import never_lowers

SECONDS = 10.0
STATUS: dict[bool | None, Status] = {True: "proved", False: "refuted", None: "not_decided"}


@dataclass(frozen=True, slots=True)
class Task:
    """A promise that waits to be put to proof."""

    id: str
    said: str
    find: Callable[[], Found]
    waived: str = ""
    built_in: bool = False

    def proof(self) -> Proof:
        """Put it to proof."""
        if self.waived:
            return Proof(self.id, self.said, "waived", 0.0, built_in=True, note=self.waived)
        begun = monotonic()
        found = self.find()
        spent = monotonic() - begun
        return Proof(self.id, self.said, STATUS[found.kept], spent, self.built_in, found.note, found.record, found.case)


def prove(
    instrument: Instrument,
    directory: Directory | None = None,
    *,
    seconds: float = SECONDS,
    author_only: bool = False,
) -> tuple[Proof, ...]:
    """Return a proof for every promise, the author's first; `seconds` is what each may take."""
    return tuple(task.proof() for task in tasks(instrument, directory, seconds, author_only=author_only))


def tasks(
    instrument: Instrument, directory: Directory | None, seconds: float = SECONDS, *, author_only: bool = False
) -> Iterator[Task]:
    """Return what is to be proved, the author's promises first."""
    return _Tasks(instrument, directory, seconds).all(author_only=author_only)


class _Tasks:
    def __init__(self, instrument: Instrument, directory: Directory | None, seconds: float) -> None:
        self.instrument, self.directory, self.seconds = instrument, directory, seconds
        printed = built_in.of_print(instrument, directory)
        promises = (*promised(instrument), *printed, *built_in.never_raised(instrument))
        self.probed = {(one.promise.id, one.promise.said): one for one in probed(instrument, promises)}
        self.printed = {one.id: self.probed[one.id, one.said] for one in printed}
        self.never = [self.probed[one.id, one.said] for one in built_in.never_raised(instrument)]

    def all(self, *, author_only: bool) -> Iterator[Task]:
        own = {one.id: self.probed[one.id, one.said] for one in promised(self.instrument)}
        for promise in self.instrument.guarantees:
            if promise.rising is not None and promise.never_lowers is not None:
                said = f"rising {promise.rising}: never lowers {promise.never_lowers}"
                yield Task(promise.id, said, partial(self._rising, promise))
            elif promise.id in own:
                one = own[promise.id]
                yield Task(promise.id, one.promise.said, partial(self._every_record, one))
        if author_only:
            return
        finds: dict[str, Callable[[], Found]] = {
            "everybody_has_a_service": lambda: self._every_record(self.printed["everybody_has_a_service"]),
            "everybody_has_an_emergency_route": lambda: self._every_record(
                self.printed["everybody_has_an_emergency_route"]
            ),
            "every_alert_reaches_the_page": self._alerts,
            "no_level_by_leaving_out": self._only_left_out,
            "leaving_out_lowers_nothing": self._lowered,
            "no_dead_end": self._dead_end,
        }
        for name, find in finds.items():
            waived = getattr(self.instrument.questionnaire.waived, name) or ""
            yield Task(name, built_in.SAID[name], find, waived, built_in=True)

    def _every_record(self, one: Probed) -> Found:
        if kept_by_the_least(one, self.directory):
            return Found(kept=True)
        try:
            verdict = EveryRecord(one, self.directory, self.seconds).verdict()
        except NotAskedOfRecords as cannot:
            return Found(None, str(cannot))
        if verdict.record is None:
            return Found(verdict.kept)
        expected = what_must_come(self.instrument, one.promise.always)
        comment = "" if expected else f"{one.promise.said}; what comes now:"
        expected = expected or what_comes(self.instrument, verdict.record)
        case = as_case(self.instrument, verdict.record, f"Somebody who breaks {one.promise.id}", expected, comment)
        return Found(False, "", verdict.record, case)

    def _rising(self, promise: Guarantee) -> Found:
        rising, outcome = str(promise.rising), str(promise.never_lowers)
        kept, pair = never_lowers(self.instrument, rising, outcome, self.seconds)
        if pair is None:
            return Found(kept)
        before, after = (what_comes(self.instrument, one, (outcome,))[outcome] for one in (pair.before, pair.after))
        case = as_case(
            self.instrument, pair.after, f"Somebody who breaks {promise.id}", {outcome: f"at least {before}"}
        )
        said = _said(pair.before, rising)
        return Found(False, f"with {rising}: {said} it is {before}, with this it is {after}", pair.after, case)

    def _alerts(self) -> Found:
        undecided = []
        for one in self.never:
            verdict = EveryRecord(one, self.directory, self.seconds).verdict()
            if verdict.kept:
                return Found(False, f"nobody can raise the alert '{one.promise.id}'")
            if verdict.record is None:
                undecided.append(one.promise.id)
                continue
            titles = [alert.title for alert in summarise(self.instrument, verdict.record, self.directory).alerts]
            wanted = self.instrument.alerts[one.promise.id].title.says(verdict.record.voice)
            if wanted not in titles:
                return Found(False, f"'{one.promise.id}' is raised, and is not on the page", verdict.record)
        return Found(None, f"not decided: {', '.join(undecided)}") if undecided else Found(kept=True)

    def _only_left_out(self) -> Found:
        undecided = []
        for outcome in self.instrument.outcomes:
            found = only_left_out(self.instrument, outcome, self.seconds)
            if found is not None and found.record is None:
                undecided.append(f"{outcome}: {found.left_out}")
            elif found is not None:
                return Found(False, f"nobody who answers everything reaches {outcome}: {found.left_out}", found.record)
        return Found(None, f"not decided: {', '.join(undecided)}") if undecided else Found(kept=True)

    def _lowered(self) -> Found:
        undecided = []
        for outcome in self.instrument.outcomes:
            for left_out in what_matters(ready(self.instrument).compiled, outcome):
                found = lowers(self.instrument, outcome, left_out, self.seconds)
                if found is not None and found.record is None:
                    undecided.append(f"{left_out} for {outcome}")
                elif found is not None and found.record is not None:
                    case = as_case(
                        self.instrument,
                        found.record,
                        f"Somebody with {left_out}",
                        what_comes(self.instrument, found.record, (outcome,)),
                    )
                    return Found(False, f"without {left_out}, {outcome} is lower", found.record, case)
        return Found(None, f"not decided: {', '.join(undecided)}") if undecided else Found(kept=True)

    def _dead_end(self) -> Found:
        day = self.instrument.questionnaire.review.last
        for voice in self.instrument.questionnaire.voices:
            nobody = start(self.instrument, voice, day)
            shown = applies(self.instrument, nobody)
            asked = (one for one in self.instrument.items.values() if one.id != "voice" and one.kind != "note")
            if not any(shown[one.id] for one in asked):
                return Found(False, f"in the voice '{voice}' nothing is sure to be asked", nobody)
        return self._every_record(self.printed["no_dead_end"])


def _said(record: Record, item: str) -> str:
    said = record.answers[item]
    return ", ".join(said) if isinstance(said, tuple) else str(said)
