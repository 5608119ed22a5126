"""Score a file of records into a file of results, in bounded memory, on one machine.

Results stand in the order of the records. A record that is refused goes to another file with its line and every reason,
and is counted: none is dropped silently.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from engine.cohort.flat import Given
from engine.cohort.scorer import Scorer
from engine.cohort.sheet import UnusableFile
from engine.cohort.sinks import SINKS, open_rejects, open_sink
from engine.cohort.sources import SOURCES, open_source
from engine.cohort.workers import scored_by_workers, scored_here
from engine.format.instrument import Instrument


@dataclass(frozen=True, slots=True)
class Done:
    """How a run went: how many records were scored, how many were refused, and where those are listed."""

    scored: int
    refused: int
    rejects: Path


@dataclass(frozen=True, slots=True)
class Task:
    """A file of records of one questionnaire, and where its results go.

    `jobs` is the number of processes. `rejects` is the file for what is refused; beside the results unless it is set.
    """

    instrument: Instrument
    records: Path
    output: Path
    rejects: Path | None = None
    jobs: int = 1
    given: Given = field(default_factory=Given)

    def __post_init__(self) -> None:
        """Refuse what cannot be: raises UnusableFile."""
        for path, suffixes in ((self.records, SOURCES), (self.output, SINKS)):
            if path.suffix.lower() not in suffixes:
                raise UnusableFile(f"{path} ends in none of {', '.join(suffixes)}.")
        paths = [self.records.resolve(), self.output.resolve(), self.place_of_rejects.resolve()]
        if len(set(paths)) < len(paths):
            raise UnusableFile("The records, the results and the rejects need a file each.")

    @property
    def place_of_rejects(self) -> Path:
        """Where what is refused is listed."""
        return self.rejects or self.output.with_name(f"{self.output.stem}.rejects.csv")


class Run:
    """One task under way; `length` is what `progress` adds up to."""

    def __init__(self, task: Task) -> None:
        """Open the records, and look at their columns; raises UnusableFile."""
        self.task, self.scorer = task, Scorer(task.instrument, task.given)
        self.source = open_source(task.instrument, task.records)
        self.length = self.source.length
        self.scorer.sheet(pa.RecordBatch.from_pylist([], self.source.schema))  # columns that are wrong are told now

    def score(self, progress: Callable[[int], None]) -> Done:
        """Score every record; `progress` hears after each block how much further it is."""
        task, scored, refused = self.task, 0, 0
        with (
            open_sink(task.output, self.scorer.schema) as sink,
            open_rejects(task.place_of_rejects) as rejects,
            closing(self.source.blocks()) as blocks,
        ):
            done = (
                scored_here(self.scorer, blocks)
                if task.jobs == 1
                else scored_by_workers(task.instrument, task.given, blocks, task.jobs)
            )
            with closing(done):
                for batches, bad, size in done:
                    for batch in batches:
                        sink.write(batch)
                        scored += batch.num_rows
                    for refusal in bad:
                        rejects.write(refusal)
                    refused += len(bad)
                    progress(size)
        return Done(scored, refused, task.place_of_rejects)
