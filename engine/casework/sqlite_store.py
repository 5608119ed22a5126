"""The store on one machine: one SQLite file, which only its owner may read, with everything in it encrypted here.

Each case has a key of its own, wrapped by the key of the passphrase. In the clear stand only an id (made of the
reference with the key, so that it tells nothing without it), how often a case was saved, and the day after which it is
to be deleted. A case is purged by writing over its wrapped key; a copy of the file that was made before keeps its own.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from engine.casework.case_file import CaseFile, read_text, to_text
from engine.casework.passphrase import Cost, Lock, WrongPassphrase, key_for, new_lock
from engine.casework.store import ChangedMeanwhile, Entry, NoSuchCase, StoreTrouble, Taken

FORMAT = 1
_NONCE = 12
_KEY = 32
_WAIT = 5  # seconds for another process that is writing
_TABLES = """
CREATE TABLE lock (format INTEGER, power INTEGER, salt BLOB, check_ BLOB);
CREATE TABLE cases (
    id TEXT PRIMARY KEY, revision INTEGER NOT NULL, delete_after TEXT NOT NULL,
    wrapped_key BLOB NOT NULL, label BLOB NOT NULL, content BLOB NOT NULL
);
"""
_TROUBLE = {
    sqlite3.SQLITE_FULL: "The disk is full. Make room and save again; what was saved before is kept.",
    sqlite3.SQLITE_BUSY: "The store is in use by another program. Wait a moment and save again.",
    sqlite3.SQLITE_READONLY: "The store may not be written to. What it holds can be read.",
    sqlite3.SQLITE_NOTADB: "This file is not a store of cases.",
    sqlite3.SQLITE_CORRUPT: "The store is damaged. Take a copy of the file before anything else.",
    sqlite3.SQLITE_CANTOPEN: "The store cannot be opened: look at the folder and at who may use it.",
    sqlite3.SQLITE_IOERR: "The disk did not take this. It may be full or failing; what was saved before is kept.",
}


def create(path: Path, passphrase: str, cost: Cost | None = None) -> SqliteStore:
    """Return a new store in this file, which must not exist; WeakPassphrase if the passphrase is too short."""
    lock, key = new_lock(passphrase, cost or Cost())
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise StoreTrouble(f"There is a file {path.name} already.") from None
    except OSError as mistake:
        raise StoreTrouble(f"No store can be made in this place: {mistake.strerror}.") from None
    try:
        with _opening(path) as database:
            database.executescript(f"BEGIN IMMEDIATE;{_TABLES}")
            row = (FORMAT, lock.power, lock.salt, lock.check)
            database.execute("INSERT INTO lock VALUES (?, ?, ?, ?)", row)
            database.execute("COMMIT")
    except StoreTrouble:
        path.unlink()  # an empty file would stand in the way of the next attempt
        raise
    return SqliteStore(database, key)


def unlock(path: Path, passphrase: str) -> SqliteStore:
    """Return the store in this file; WrongPassphrase or StoreTrouble, in words."""
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise StoreTrouble(f"Others on this machine may read {path.name}. Take that right away: chmod 600.")
    except OSError:
        raise StoreTrouble(f"There is no store {path.name} here.") from None
    with _opening(path) as database:
        found = database.execute("SELECT format, power, salt, check_ FROM lock").fetchone()
        if found is None or found[0] != FORMAT:
            raise StoreTrouble("This store is of another format. A newer askwell opens it; nothing was changed.")
        try:
            key = key_for(Lock(*found[1:]), passphrase)
        except WrongPassphrase:
            raise
        except (TypeError, ValueError):  # no lock of ours
            raise StoreTrouble(_TROUBLE[sqlite3.SQLITE_CORRUPT]) from None
    return SqliteStore(database, key)


class SqliteStore:
    """An unlocked store; see `engine.casework.store.Store`. It may be used by several threads."""

    def __init__(self, database: sqlite3.Connection, key: bytes) -> None:
        """Take the connection, and the key that wraps the keys of the cases."""
        self._database, self._cipher = database, AESGCM(key)
        self._index = hmac.digest(key, b"askwell index", "sha256")
        self._one_at_a_time = threading.Lock()

    def cases(self, words: str = "") -> tuple[Entry, ...]:
        """Return the cases whose reference holds these words, those changed last first."""
        with self._reading() as database:
            rows = database.execute("SELECT id, revision, wrapped_key, label FROM cases").fetchall()
            found = [self._entry(*row) for row in rows]
        wanted = words.casefold().strip()
        found = [entry for entry in found if wanted in entry.reference.casefold()]
        return tuple(sorted(found, key=lambda entry: entry.changed, reverse=True))

    def open(self, reference: str) -> CaseFile:
        """Return a case, or raise NoSuchCase."""
        name = self._id(reference)
        with self._reading() as database:
            row = database.execute("SELECT revision, wrapped_key, content FROM cases WHERE id = ?", (name,)).fetchone()
            revision, wrapped, content = row or _missing(reference)
            return read_text(_decrypt(self._unwrapped(name, wrapped), content, f"content {name} {revision}"))

    def add(self, file: CaseFile) -> CaseFile:
        """Keep a new case, and return it as it is kept; Taken if there is one of its reference."""
        name, key, kept = self._id(file.reference), secrets.token_bytes(_KEY), file.model_copy(update={"revision": 1})
        wrapped = _encrypt(self._cipher, key, f"key {name}")
        with self._writing() as database:
            if database.execute("SELECT 1 FROM cases WHERE id = ?", (name,)).fetchone():
                raise Taken(f"There is a case {file.reference} already.")
            row = (name, 1, _day(kept), wrapped, *_closed(AESGCM(key), kept, name))
            database.execute("INSERT INTO cases VALUES (?, ?, ?, ?, ?, ?)", row)
        return kept

    def save(self, file: CaseFile) -> CaseFile:
        """Keep a case that was opened, and return it with its new revision; ChangedMeanwhile if it is not the newest.

        When this returns, the disk has it.
        """
        name, kept = self._id(file.reference), file.model_copy(update={"revision": file.revision + 1})
        with self._writing() as database:
            row = database.execute("SELECT revision, wrapped_key FROM cases WHERE id = ?", (name,)).fetchone()
            revision, wrapped = row or _missing(file.reference)
            if revision != file.revision:
                raise ChangedMeanwhile(
                    "This case was changed in another window since this page was opened. Nothing of this was saved. "
                    "Open the case again, and enter it once more."
                )
            closed = _closed(self._unwrapped(name, wrapped), kept, name)
            row = (kept.revision, _day(kept), *closed, name)
            database.execute(
                "UPDATE cases SET revision = ?, delete_after = ?, label = ?, content = ? WHERE id = ?", row
            )
        return kept

    def purge(self, reference: str) -> None:
        """Destroy a case for good, together with its key."""
        name = self._id(reference)
        with self._writing() as database:
            if _destroy(database, [name]) == 0:
                _missing(reference)

    def purge_due(self, today: date) -> int:
        """Destroy every case whose day to be deleted has passed; return how many."""
        with self._writing() as database:
            return _purge_due(database, today)

    def close(self) -> None:
        """Close the file. The key is gone with this object."""
        with self._one_at_a_time:
            self._database.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._one_at_a_time, _in_words():
            yield self._database

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._one_at_a_time, _in_words():
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise

    def _id(self, reference: str) -> str:
        return hmac.digest(self._index, reference.casefold().encode(), "sha256").hex()[:32]

    def _entry(self, name: str, revision: int, wrapped: bytes, label: bytes) -> Entry:
        said = json.loads(_decrypt(self._unwrapped(name, wrapped), label, f"label {name} {revision}"))
        changed, delete_after = datetime.fromisoformat(said["changed"]), date.fromisoformat(said["delete_after"])
        return Entry(said["reference"], said["questionnaire"], changed, delete_after, revision)

    def _unwrapped(self, name: str, wrapped: bytes) -> AESGCM:
        return AESGCM(_decrypted(self._cipher, wrapped, f"key {name}"))


def purge_file(path: Path, today: date) -> int:
    """Destroy every case of this file whose day has passed; return how many. Takes no passphrase: nothing is read."""
    with _in_words():
        database = _connect(path)
        try:
            database.execute("BEGIN IMMEDIATE")
            gone = _purge_due(database, today)
            database.execute("COMMIT")
        finally:
            database.close()
    return gone


def _purge_due(database: sqlite3.Connection, today: date) -> int:
    due = [row[0] for row in database.execute("SELECT id FROM cases WHERE delete_after < ?", (today.isoformat(),))]
    return _destroy(database, due)


def _destroy(database: sqlite3.Connection, names: list[str]) -> int:
    """Write over the keys, then take the rows away; `secure_delete` writes noughts over what they held."""
    gone = 0
    for name in names:
        database.execute("UPDATE cases SET wrapped_key = zeroblob(length(wrapped_key)) WHERE id = ?", (name,))
        gone += database.execute("DELETE FROM cases WHERE id = ?", (name,)).rowcount
    return gone


def _missing(reference: str) -> NoReturn:
    raise NoSuchCase(f"There is no case {reference} here.")


def _connect(path: Path) -> sqlite3.Connection:
    """No transaction begins by itself; a commit returns when the disk has it; what is deleted is written over."""
    database = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
    for setting in ("journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON", "temp_store = MEMORY"):
        database.execute(f"PRAGMA {setting}")
    return database


@contextmanager
def _opening(path: Path) -> Iterator[sqlite3.Connection]:
    """Connect, and stay connected unless something goes wrong."""
    with _in_words():
        database = _connect(path)
        try:
            yield database
        except BaseException:
            database.close()
            raise


@contextmanager
def _in_words() -> Iterator[None]:
    """Say in words what SQLite could not do."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise StoreTrouble("The store is locked. Unlock it with its passphrase.") from None
    except sqlite3.DatabaseError as mistake:
        code = getattr(mistake, "sqlite_errorcode", 0) & 0xFF  # the kind of trouble, without its variety
        raise StoreTrouble(_TROUBLE.get(code, "The store cannot be used. What was saved before is kept.")) from None
    except InvalidTag:
        raise StoreTrouble(_TROUBLE[sqlite3.SQLITE_CORRUPT]) from None


def _closed(cipher: AESGCM, file: CaseFile, name: str) -> tuple[bytes, bytes]:
    """The label, which is all that a list needs, and the whole; both bound to the case and to its revision."""
    label = {
        "reference": file.reference,
        "questionnaire": file.record.questionnaire,
        "changed": file.changed.isoformat(),
        "delete_after": _day(file),
    }
    parts = (json.dumps(label), f"label {name} {file.revision}"), (to_text(file), f"content {name} {file.revision}")
    sealed = [_encrypt(cipher, text.encode(), bound) for text, bound in parts]
    return sealed[0], sealed[1]


def _day(file: CaseFile) -> str:
    return file.delete_after.isoformat()


def _encrypt(cipher: AESGCM, plain: bytes, bound: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + cipher.encrypt(nonce, plain, bound.encode())


def _decrypted(cipher: AESGCM, sealed: bytes, bound: str) -> bytes:
    return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound.encode())


def _decrypt(cipher: AESGCM, sealed: bytes, bound: str) -> str:
    return _decrypted(cipher, sealed, bound).decode()
