"""Break the program in small ways, one at a time, and see whether a test notices: `python -m tests.mutants`.

Each fault is put into a copy, and tests are run against the copy until one fails: for a fault in the compiler the tests
of the laws, for a guard of the public pages that is taken away the one test that guards are said to stand on. The
program as it is comes first, and must pass. Words given on the command line choose faults by
their package and by what they are called.
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
from dataclasses import dataclass
from pathlib import Path

from tests.faults import FAULTS, Fault
from tests.guards import GUARDS

ROOT = Path(__file__).parent.parent
COPIED = ("engine", "webui", "questionnaires", "tests")
LAWS = ("test_columns.py", "test_certificates.py", "test_laws.py")  # the quickest first


@dataclass(frozen=True, slots=True)
class Trial:
    """A fault in a package, and the tests of which one must notice it."""

    package: str
    fault: Fault
    tests: tuple[str, ...]


TRIALS = (
    *(Trial("engine", fault, LAWS) for fault in FAULTS),
    *(Trial("webui", guard.fault, (guard.test,)) for guard in GUARDS),
)


def main(words: list[str]) -> int:
    """Report every fault as caught or not; return 1 if one survives, 2 if the program itself fails."""
    chosen = [trial for trial in TRIALS if all(word in f"{trial.package} {trial.fault.name}" for word in words)]
    started = time.monotonic()
    tests = tuple(dict.fromkeys(test for trial in chosen for test in trial.tests))
    if broken := broken_test(None, tests):
        print(f"The program as it is fails: {broken}")
        return 2
    print(f"The program as it is passes ({time.monotonic() - started:.0f} s). Now with a fault:", flush=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        caught = sum(pool.map(is_caught, chosen))
    print(f"{caught} of {len(chosen)} faults caught in {(time.monotonic() - started) / 60:.1f} minutes.")
    return 0 if caught == len(chosen) else 1


def is_caught(trial: Trial) -> bool:
    started = time.monotonic()
    test = broken_test(trial, trial.tests)
    spent, name = f"{time.monotonic() - started:4.0f} s", trial.fault.name
    print(f"caught   {spent}  {name}: {test}" if test else f"SURVIVED {spent}  {name}", flush=True)
    return test is not None


def broken_test(trial: Trial | None, tests: tuple[str, ...]) -> str | None:
    """Name the first of the tests that fails for a copy of the program with this fault."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for package in COPIED:
            shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        if trial is not None:
            trial.fault.put_into(copy / trial.package)
        options = ("-x", "-q", "-p", "no:cacheprovider", "--tb=no")
        command = [sys.executable, "-m", "pytest", *options, *(f"tests/{test}" for test in tests)]
        environment = {**os.environ, "ASKWELL_PROFILE": "mutants", "PYTHONDONTWRITEBYTECODE": "1"}
        run = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    if run.returncode == 0:
        return None
    failed = re.search(r"^(?:FAILED|ERROR) tests/test_\w+\.py::(\w+)", run.stdout, flags=re.MULTILINE)
    if run.returncode != 1 or failed is None:
        raise RuntimeError(f"the tests did not run:\n{run.stdout}\n{run.stderr}")
    return failed[1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
