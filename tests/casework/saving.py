"""Save a case again and again until killed, telling of each save once it is done."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from engine.casework.case_file import CaseFile
from engine.casework.sqlite_store import unlock
from tests.casework.people import PASSPHRASE

AS_LONG_AS_A_NOTE_MAY_BE = "and more " * 100


def noted(file: CaseFile, note: str) -> CaseFile:
    return file.model_copy(update={"record": file.record.model_copy(update={"notes": {"threats": note}})})


def save_until_killed(path: Path, told: Connection) -> None:
    """The first thing told is what was there."""
    store = unlock(path, PASSPHRASE)
    file = store.open("2026-0117")
    while True:
        told.send_bytes(str(file.revision).encode())
        file = store.save(noted(file, f"{file.revision + 1} {AS_LONG_AS_A_NOTE_MAY_BE}"))
