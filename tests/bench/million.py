"""A million records of the stalking screen, Parquet to Parquet: how long, and in how much memory."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq

from engine.format.instrument import Instrument
from engine.format.load import load
from tests.bench.measure import grid
from tests.flat_rows import text_table
from tests.people import random_record

SCREEN = Path(__file__).parents[2] / "questionnaires" / "stalking_screen"
DISTINCT, ROWS = 10_000, 1_000_000
EVERY = 0.05  # seconds between two looks at the memory
WHAT = """\
`askwell score` on {rows:,} records, one to nine tenths answered ({distinct:,} different ones). Memory is the most that
the command and its processes held together at one time, each shared page counted once, looked at every {every:.0f} ms.
The aim is 600 MB."""


def text(rows: int = ROWS) -> str:
    """Measure with one process and with two, and return the table."""
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records.parquet"
        write_records(load(SCREEN), records, rows)
        found = [_measured(records, jobs) for jobs in (1, 2)]
    lines = [
        ["seconds", *(f"{seconds:.0f}" for seconds, _, _ in found)],
        ["seconds of processor time, all processes together", *(f"{work:.0f}" for _, work, _ in found)],
        ["records in a second of it", *(f"{rows / work:,.0f}" for _, work, _ in found)],
        ["memory at its peak, MB", *(f"{most / 1e6:,.0f}" for _, _, most in found)],
    ]
    what = WHAT.format(rows=rows, distinct=min(DISTINCT, rows), every=EVERY * 1000)
    return f"{what}\n\n{grid(['', '`--jobs 1`', '`--jobs 2`'], lines)}"


def write_records(instrument: Instrument, path: Path, rows: int) -> None:
    """Write so many records: as many distinct ones as are quick to draw, always the same, repeated."""
    random = Random(20)
    drawn = [random_record(instrument, random, random.uniform(0.1, 0.9)) for _ in range(min(DISTINCT, rows))]
    table = text_table(instrument, drawn)
    table = table.cast(pa.schema([(name, pa.dictionary(pa.int32(), pa.string())) for name in table.column_names]))
    with pq.ParquetWriter(path, table.schema) as writer:
        for left in range(rows, 0, -len(drawn)):
            writer.write_table(table.slice(0, left))


def _measured(records: Path, jobs: int) -> tuple[float, float, int]:
    """Score the records; return the seconds, those of processor time, and the bytes held at the peak."""
    output = records.with_name(f"results{jobs}.parquet")
    words = ["score", str(SCREEN), str(records), "-o", str(output), "--jobs", str(jobs)]
    begin, worked, most = time.perf_counter(), _worked(), 0
    command = [sys.executable, "-c", "from engine.cli import main; main()", *words]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, sum(map(_held, _family(process.pid))))
            time.sleep(EVERY)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return time.perf_counter() - begin, _worked() - worked, most


def _worked() -> float:
    """Return the processor time of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _family(pid: int) -> list[int]:
    """Return a process and all that it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:  # it has just ended
        children = []
    return [pid, *(one for child in children for one in _family(int(child)))]


def _held(pid: int) -> int:
    """Return the bytes a process holds, of shared pages its share."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
