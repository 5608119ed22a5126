"""Where cases are kept: a small interface. Whoever needs accounts or a server's database implements the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from engine.casework.case_file import CaseFile


class StoreTrouble(Exception):
    """The store cannot do what was asked, in words for the practitioner; what it held before it still holds."""


class ChangedMeanwhile(StoreTrouble):
    """Somebody else saved this case since it was opened: another window, most often one's own."""


class NoSuchCase(StoreTrouble):
    """There is no case of this reference: it was never there, or it was purged."""


class Taken(StoreTrouble):
    """There is a case of this reference already."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One case in the list."""

    reference: str
    questionnaire: str
    changed: datetime
    delete_after: date
    revision: int


class Store(Protocol):
    """Keeps case files. Every method may raise StoreTrouble; what was returned from `save` is never lost."""

    def cases(self, words: str = "") -> tuple[Entry, ...]:
        """Return the cases whose reference holds these words, those changed last first."""

    def open(self, reference: str) -> CaseFile:
        """Return a case, or raise NoSuchCase."""

    def add(self, file: CaseFile) -> CaseFile:
        """Keep a new case, and return it as it is kept; Taken if there is one of its reference."""

    def save(self, file: CaseFile) -> CaseFile:
        """Keep a case that was opened, and return it with its new revision.

        ChangedMeanwhile if it has been saved since by somebody else; nothing is then changed.
        """

    def purge(self, reference: str) -> None:
        """Destroy a case for good, together with its key."""

    def purge_due(self, today: date) -> int:
        """Destroy every case whose day to be deleted has passed; return how many."""

    def close(self) -> None:
        """Close the store: nothing of it can be read any more without its passphrase."""
