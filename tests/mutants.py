"""Break the compiler in small ways, one at a time, and see whether the laws notice: `python -m tests.mutants`.

Each fault is put into a copy of the engine, and the tests of the laws are run against the copy until one fails. The
engine as it is comes first, and must pass. Words given on the command line choose faults by what they are called.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults import FAULTS, Fault

ROOT = Path(__file__).parent.parent
LAWS = ("tests/test_laws.py", "tests/test_columns.py")


def main(words: list[str]) -> int:
    """Report every fault as caught or not; return 1 if one survives, 2 if the engine itself fails."""
    chosen = [fault for fault in FAULTS if all(word in fault.name for word in words)]
    started = time.monotonic()
    if not passes(None):
        print("The laws do not hold for the engine as it is.")
        return 2
    print(f"The laws hold for the engine as it is ({time.monotonic() - started:.0f} s). Now with a fault:", flush=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        survivors = [fault for fault, alive in pool.map(tried, chosen) if alive]
    minutes = (time.monotonic() - started) / 60
    print(f"{len(chosen) - len(survivors)} of {len(chosen)} faults caught in {minutes:.1f} minutes.")
    return 1 if survivors else 0


def tried(fault: Fault) -> tuple[Fault, bool]:
    started = time.monotonic()
    alive = passes(fault)
    print(f"{'SURVIVED' if alive else 'caught  '} {time.monotonic() - started:4.0f} s  {fault.name}", flush=True)
    return fault, alive


def passes(fault: Fault | None) -> bool:
    """Whether the laws hold for a copy of the engine with this fault."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for package in ("engine", "tests"):
            shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        if fault is not None:
            fault.put_into(copy / "engine")
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *LAWS]
        environment = {**os.environ, "ASKWELL_PROFILE": "mutants", "PYTHONDONTWRITEBYTECODE": "1"}
        run = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
        if run.returncode not in (0, 1):
            raise RuntimeError(f"the tests did not run:\n{run.stdout}\n{run.stderr}")
        return run.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
