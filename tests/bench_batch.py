"""A million records of the stalking screen, Parquet to Parquet: how long, and in how much memory.

Run it with `python -m tests.bench_batch [ROWS]`.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from engine.format.instrument import Instrument
from engine.format.load import load
from tests.flat_rows import text_table
from tests.people import random_record

SCREEN = Path(__file__).parent.parent / "questionnaires" / "stalking_screen"
DISTINCT, ROWS = 20_000, 1_000_000


def run(rows: int = ROWS) -> list[dict[str, Any]]:
    """Return a row for each number of processes: seconds, records a second, and the most memory in MB.

    Memory is the peak of the command and of its largest worker, and of all of them together if every process were at
    its peak at once.
    """
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records.parquet"
        write_records(load(SCREEN), records, rows)
        return [_measured(records, rows, jobs) for jobs in (1, 2)]


def write_records(instrument: Instrument, path: Path, rows: int) -> None:
    """Write so many records, one to nine tenths answered: as many distinct ones as are quick to draw, repeated."""
    random = Random(20)
    drawn = [random_record(instrument, random, random.uniform(0.1, 0.9)) for _ in range(min(DISTINCT, rows))]
    table = text_table(instrument, drawn)
    table = table.cast(pa.schema([(name, pa.dictionary(pa.int32(), pa.string())) for name in table.column_names]))
    with pq.ParquetWriter(path, table.schema) as writer:
        for left in range(rows, 0, -len(drawn)):
            writer.write_table(table.slice(0, left))


def _measured(records: Path, rows: int, jobs: int) -> dict[str, Any]:
    output = records.with_name(f"results{jobs}.parquet")
    command = [sys.executable, "-m", "tests.bench_batch", "--score", str(records), str(output), str(jobs)]
    begin = time.perf_counter()
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    seconds = time.perf_counter() - begin
    own, worker = (int(one) / 1024 for one in told)
    return {
        "what": f"{rows:,} records of the stalking screen, Parquet to Parquet, {jobs} jobs",
        "seconds": round(seconds, 1),
        "records_per_second": round(rows / seconds),
        "peak_mb": round(max(own, worker)),
        "peak_mb_together": round(own + jobs * worker),
    }


def _score(records: str, output: str, jobs: str) -> None:
    from engine.cohort.batch import Run, Task

    Run(Task(load(SCREEN), Path(records), Path(output), jobs=int(jobs))).score(lambda _: None)
    peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(*peaks)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--score"]:
        _score(*islice(sys.argv, 2, 5))
    else:
        for row in run(int(sys.argv[1]) if sys.argv[1:] else ROWS):
            print(row)
