"""Break the compiler in small ways, one at a time, and see whether the laws notice: `python -m tests.mutants`.

Each fault is put into a copy of the engine, and the tests of the laws are run against the copy until one fails. The
engine as it is comes first, and must pass. Words given on the command line choose faults by what they are called.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults import FAULTS, Fault

ROOT = Path(__file__).parent.parent
LAWS = ("tests/test_columns.py", "tests/test_certificates.py", "tests/test_laws.py")  # the quickest first


def main(words: list[str]) -> int:
    """Report every fault as caught or not; return 1 if one survives, 2 if the engine itself fails."""
    chosen = [fault for fault in FAULTS if all(word in fault.name for word in words)]
    started = time.monotonic()
    if broken := broken_law(None):
        print(f"The engine as it is breaks a law: {broken}")
        return 2
    print(f"The laws hold for the engine as it is ({time.monotonic() - started:.0f} s). Now with a fault:", flush=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        caught = sum(pool.map(is_caught, chosen))
    print(f"{caught} of {len(chosen)} faults caught in {(time.monotonic() - started) / 60:.1f} minutes.")
    return 0 if caught == len(chosen) else 1


def is_caught(fault: Fault) -> bool:
    started = time.monotonic()
    law = broken_law(fault)
    spent = f"{time.monotonic() - started:4.0f} s"
    print(f"caught   {spent}  {fault.name}: {law}" if law else f"SURVIVED {spent}  {fault.name}", flush=True)
    return law is not None


def broken_law(fault: Fault | None) -> str | None:
    """Name the first test that fails for a copy of the engine with this fault."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for package in ("engine", "tests"):
            shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        if fault is not None:
            fault.put_into(copy / "engine")
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--tb=no", *LAWS]
        environment = {**os.environ, "ASKWELL_PROFILE": "mutants", "PYTHONDONTWRITEBYTECODE": "1"}
        run = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    if run.returncode == 0:
        return None
    failed = re.search(r"^FAILED tests/test_\w+\.py::(\w+)", run.stdout, flags=re.MULTILINE)
    if run.returncode != 1 or failed is None:
        raise RuntimeError(f"the tests did not run:\n{run.stdout}\n{run.stderr}")
    return failed[1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
