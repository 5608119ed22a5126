"""What the preview shows: the questionnaire as it stands on the disk, and what is wrong with it, never a traceback."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from time import monotonic, sleep

from engine.format.directory import Directory
from engine.format.instrument import Instrument
from engine.format.load_directory import load_directory
from engine.interview.opening import open_questionnaire
from engine.problem import InvalidQuestionnaire, Problem
from engine.workshop.case_file import Person, load_cases
from engine.workshop.cases import CaseResult, run_cases
from engine.workshop.check.finding import Finding
from engine.workshop.check.run import ScoreEnds, score_ends, subject_of
from engine.workshop.check.run import check as find

LOOK_EVERY = 0.15  # seconds, while somebody waits for a change
WAIT_AT_MOST = 10.0

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The files at one moment, and everything that follows from them, worked out when it is first asked for."""

    file: Path
    today: date
    stamp: Stamp
    instrument: Instrument | None = None
    directory: Directory | None = None
    problems: tuple[Problem, ...] = ()
    sources: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """A word for this moment, the same for the same files."""
        return f"{hash(self.stamp) & 0xFFFFFFFF:08x}"

    @property
    def cases_file(self) -> Path:
        return self.file.with_name("cases.yaml")

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What `askwell check --fast` finds; proofs are for the command line."""
        if self.instrument is None:
            return ()
        return find(subject_of(self.instrument, self.file, self.today, self.directory, solver=False))

    @cached_property
    def score_ends(self) -> tuple[ScoreEnds, ...]:
        if self.instrument is None:
            return ()
        return tuple(score_ends(subject_of(self.instrument, self.file, self.today, self.directory, solver=False)))

    @cached_property
    def cases(self) -> tuple[tuple[Person, ...], tuple[CaseResult, ...], tuple[Problem, ...]]:
        """The test persons, what became of each, and the problems of their file."""
        if self.instrument is None or not self.cases_file.is_file():
            return (), (), ()
        try:
            persons = load_cases(self.instrument, self.cases_file)
            return persons, run_cases(self.instrument, self.cases_file, self.directory), ()
        except InvalidQuestionnaire as invalid:
            return (), (), invalid.problems


class Watched:
    """One questionnaire that somebody is writing."""

    def __init__(self, file: Path, today: Callable[[], date]) -> None:
        """Take the file; it is read when it is first looked at."""
        self._file, self._today = file, today
        self._lock = threading.Lock()
        self._last: Snapshot | None = None

    def now(self) -> Snapshot:
        """Return the newest snapshot."""
        with self._lock:
            stamp = self._stamp()
            if self._last is None or self._last.stamp != stamp:
                self._last = self._read(stamp)
            return self._last

    def wait(self, name: str) -> str:
        """Return the name of the newest snapshot: as soon as it is another one, or after a while."""
        until = monotonic() + WAIT_AT_MOST
        while (now := self.now().name) == name and monotonic() < until:
            sleep(LOOK_EVERY)
        return now

    def _stamp(self) -> Stamp:
        found = []
        for file in (self._file, self._file.with_name("cases.yaml"), *self._directories().values()):
            try:
                about = file.stat()
            except OSError:
                continue
            found.append((str(file), about.st_mtime_ns, about.st_size))
        return tuple(found)

    def _directories(self) -> dict[str, Path]:
        return {file.stem: file for file in sorted((self._file.parent.parent / "directory").glob("*.yaml"))}

    def _directory_named(self) -> str:
        try:
            found = re.search(rb"^directory: *([a-z0-9_]+)", self._file.read_bytes(), re.MULTILINE)
        except OSError:
            return ""
        return found[1].decode() if found else ""

    def _read(self, stamp: Stamp) -> Snapshot:
        path = self._file.parent if self._file.name == "questionnaire.yaml" else self._file
        try:
            # Its directory is looked up in the text, so that the questionnaire need not be opened twice at each save.
            guess = self._directories().get(self._directory_named())
            directory = load_directory(guess) if guess is not None else None
            instrument = open_questionnaire(path, directory)
            if directory is not None and instrument.questionnaire.directory != directory.id:
                instrument, directory = open_questionnaire(path), None
        except InvalidQuestionnaire as invalid:
            return Snapshot(self._file, self._today(), stamp, problems=invalid.problems, sources=invalid.sources)
        return Snapshot(self._file, self._today(), stamp, instrument, directory)
