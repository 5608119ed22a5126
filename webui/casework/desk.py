"""The desk of one practitioner: the store while it is unlocked, and who may use it."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

from flask import current_app

from engine.casework.memory_store import MemoryStore
from engine.casework.passphrase import Cost
from engine.casework.sqlite_store import SqliteStore, create, unlock
from engine.casework.store import Store
from engine.workshop.case_file import Person

PRACTICE = "practice-"  # how the references of simulated callers begin


class Desk:
    """One for the application. Locked it holds no key; unlocked it belongs to the browser that unlocked it."""

    def __init__(self, file: Path, idle: timedelta, now: Callable[[], datetime]) -> None:
        """Take the file of the store, and after how long without use it is locked."""
        self.file, self.idle, self._now = file, idle, now
        self.cost = Cost()
        self.shows_live, self.takes_keys = True, True
        self.practice = MemoryStore()
        self.callers: dict[str, Person] = {}
        self._store: SqliteStore | None = None
        self._key_of_browser = ""
        # For as long as the process lives, so that a page that was written on before a lock can still be sent after it.
        self.token = secrets.token_urlsafe(16)
        self._used, self._seen = now(), time.monotonic()
        self._guard = threading.Lock()
        self._clock: threading.Timer | None = None

    @property
    def is_new(self) -> bool:
        """Whether there is no store yet: the first passphrase makes one."""
        return not self.file.exists()

    def unlock(self, passphrase: str) -> str:
        """Unlock or make the store, and return what the browser has to show from now on."""
        with self._guard:
            store = create(self.file, passphrase, self.cost) if self.is_new else unlock(self.file, passphrase)
            self._lock()
            self._store, self._used, self._seen = store, self._now(), time.monotonic()
            self._key_of_browser = secrets.token_urlsafe(32)
            self._wind(self.idle.total_seconds())
            return self._key_of_browser

    def lock(self) -> None:
        """Forget the key."""
        with self._guard:
            self._lock()

    def store_for(self, shown: str) -> Store | None:
        """Return the store for the browser that unlocked it; None while it is locked, or for anybody else."""
        with self._guard:
            if self._store is not None and self._now() - self._used > self.idle:
                self._lock()
            if self._store is None or not hmac.compare_digest(shown.encode(), self._key_of_browser.encode()):
                return None
            self._used, self._seen = self._now(), time.monotonic()
            return self._store

    def _wind(self, seconds: float) -> None:
        """A key that nobody uses does not stay in memory until somebody asks: look again after so many seconds."""
        self._clock = threading.Timer(seconds, self._look)
        self._clock.daemon = True
        self._clock.start()

    def _look(self) -> None:
        with self._guard:
            left = self.idle.total_seconds() - (time.monotonic() - self._seen)
            if self._store is not None and left > 0:
                self._wind(left)
            else:
                self._lock()

    def _lock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
        if self._store is not None:
            self._store.close()
        self._store, self._key_of_browser = None, ""
        self.practice.close()
        self.callers.clear()


def desk() -> Desk:
    """Return the desk of the application that answers this request."""
    return cast("Desk", current_app.extensions["askwell_desk"])
