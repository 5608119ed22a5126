"""A store that forgets everything with the process: for practice, where nobody's words are kept."""

from __future__ import annotations

import threading
from datetime import date

from engine.casework.case_file import CaseFile
from engine.casework.store import ChangedMeanwhile, Entry, NoSuchCase, Taken


class MemoryStore:
    """See `engine.casework.store.Store`."""

    def __init__(self) -> None:
        """Begin empty."""
        self._files: dict[str, CaseFile] = {}
        self._one_at_a_time = threading.Lock()

    def cases(self, words: str = "") -> tuple[Entry, ...]:
        """Return the cases whose reference holds these words, those changed last first."""
        with self._one_at_a_time:
            found = [file for name, file in self._files.items() if words.casefold().strip() in name]
        found.sort(key=lambda file: file.changed, reverse=True)
        return tuple(
            Entry(file.reference, file.record.questionnaire, file.changed, file.delete_after, file.revision)
            for file in found
        )

    def open(self, reference: str) -> CaseFile:
        """Return a case, or raise NoSuchCase."""
        found = self._files.get(reference.casefold())
        if found is None:
            raise NoSuchCase(f"There is no case {reference} here.")
        return found

    def add(self, file: CaseFile) -> CaseFile:
        """Keep a new case, and return it as it is kept; Taken if there is one of its reference."""
        with self._one_at_a_time:
            if file.reference.casefold() in self._files:
                raise Taken(f"There is a case {file.reference} already.")
            return self._keep(file.model_copy(update={"revision": 1}))

    def save(self, file: CaseFile) -> CaseFile:
        """Keep a case that was opened, and return it with its new revision; ChangedMeanwhile if it is stale."""
        with self._one_at_a_time:
            if self.open(file.reference).revision != file.revision:
                raise ChangedMeanwhile(
                    "This case was changed in another window since this page was opened. Open it again."
                )
            return self._keep(file.model_copy(update={"revision": file.revision + 1}))

    def purge(self, reference: str) -> None:
        """Forget a case."""
        with self._one_at_a_time:
            self.open(reference)
            del self._files[reference.casefold()]

    def purge_due(self, today: date) -> int:
        """Forget every case whose day has passed; return how many."""
        with self._one_at_a_time:
            due = [name for name, file in self._files.items() if file.delete_after < today]
            for name in due:
                del self._files[name]
        return len(due)

    def close(self) -> None:
        """Forget everything."""
        with self._one_at_a_time:
            self._files.clear()

    def _keep(self, file: CaseFile) -> CaseFile:
        self._files[file.reference.casefold()] = file
        return file
