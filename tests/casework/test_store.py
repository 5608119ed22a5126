"""The store keeps what it said it kept, shows nothing without its passphrase, and says in words what it cannot do."""

from __future__ import annotations

import contextlib
import multiprocessing
import random
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.casework.case_file import CaseFile, written
from engine.casework.memory_store import MemoryStore
from engine.casework.passphrase import WeakPassphrase, WrongPassphrase
from engine.casework.sqlite_store import SqliteStore, create, unlock
from engine.casework.store import ChangedMeanwhile, NoSuchCase, Store, StoreTrouble, Taken
from engine.cli import main
from tests.casework.people import NOW, PASSPHRASE, QUICK, a_case
from tests.casework.saving import noted, save_until_killed

KILLS = 100


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cases.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    made = create(path, PASSPHRASE, QUICK)
    yield made
    made.close()


@pytest.fixture(params=["on the disk", "in memory"])
def any_store(request: pytest.FixtureRequest, path: Path) -> Iterator[Store]:
    made: Store = create(path, PASSPHRASE, QUICK) if request.param == "on the disk" else MemoryStore()
    yield made
    made.close()


def case_file(reference: str = "2026-0117", **parts: object) -> CaseFile:
    return written(a_case(reference=reference)).model_copy(update=parts)


def test_what_was_saved_is_there_when_the_store_is_unlocked_again(store: Store, path: Path) -> None:
    kept = store.save(noted(store.add(case_file()), "More was said."))
    store.close()
    again = unlock(path, PASSPHRASE)
    assert again.open("2026-0117") == kept
    assert kept.revision == 2
    again.close()


def test_the_list_shows_what_was_changed_last_first_and_is_searched_by_reference(any_store: Store) -> None:
    for days, name in enumerate(("2026-1", "2026-2", "2025-2")):
        any_store.add(case_file(name, changed=NOW + timedelta(days=days)))
    assert [entry.reference for entry in any_store.cases()] == ["2025-2", "2026-2", "2026-1"]
    assert [entry.reference for entry in any_store.cases("-2 ")] == ["2025-2", "2026-2"]
    assert any_store.cases("nothing") == ()
    assert (any_store.cases()[0].questionnaire, any_store.cases()[0].revision) == ("screen", 1)


def test_a_reference_names_one_case_however_it_is_written(any_store: Store) -> None:
    any_store.add(case_file("Case-A"))
    with pytest.raises(Taken, match="case-a already"):
        any_store.add(case_file("case-a"))
    assert any_store.open("CASE-A").reference == "Case-A"
    for missing in (lambda: any_store.open("B"), lambda: any_store.purge("B"), lambda: any_store.save(case_file("B"))):
        with pytest.raises(NoSuchCase, match="no case B"):
            missing()


def test_of_two_windows_the_second_is_told_and_loses_nothing(any_store: Store) -> None:
    opened = any_store.add(case_file())
    first = any_store.save(noted(opened, "first"))
    with pytest.raises(ChangedMeanwhile, match="another window"):
        any_store.save(noted(opened, "second"))
    assert any_store.open("2026-0117") == first


def test_the_file_shows_nothing_without_the_passphrase_and_to_nobody_else(store: Store, path: Path) -> None:
    store.add(case_file())
    content = path.read_bytes()
    for words in (b"2026-0117", b"screen", b"ex_partner", b"Ms A.", b"01632"):
        assert words not in content
    assert [one.name for one in path.parent.iterdir()] == ["cases.db"]
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("passphrase", ["", "kettle orbit plum"])
def test_a_wrong_passphrase_opens_nothing(store: Store, path: Path, passphrase: str) -> None:
    with pytest.raises(WrongPassphrase):
        unlock(path, passphrase)


def test_a_store_that_cannot_be_used_says_why(store: Store, path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble, match="a file cases"):
        create(path, PASSPHRASE, QUICK)
    with pytest.raises(WeakPassphrase):
        create(tmp_path / "new.db", "short", QUICK)
    with pytest.raises(StoreTrouble, match="No store can be made"):
        create(tmp_path / "nowhere" / "new.db", PASSPHRASE, QUICK)
    with pytest.raises(StoreTrouble, match="no store other"):
        unlock(tmp_path / "other.db", PASSPHRASE)
    path.chmod(0o644)
    with pytest.raises(StoreTrouble, match="chmod 600"):
        unlock(path, PASSPHRASE)
    (tmp_path / "letter.db").write_text("Dear all, " * 100)
    (tmp_path / "letter.db").chmod(0o600)
    with pytest.raises(StoreTrouble, match="not a store"):
        unlock(tmp_path / "letter.db", PASSPHRASE)
    store.close()
    with pytest.raises(StoreTrouble, match="locked"):
        store.cases()


@pytest.mark.parametrize("damage", ["power = 40", "power = NULL", "salt = x'00'", "check_ = NULL"])
def test_a_damaged_lock_is_told_from_a_wrong_passphrase(store: Store, path: Path, damage: str) -> None:
    with sqlite3.connect(path) as database:
        database.execute(f"UPDATE lock SET {damage}")
    with pytest.raises(StoreTrouble, match="damaged"):
        unlock(path, PASSPHRASE)


def test_a_store_of_another_format_is_left_alone(store: Store, path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("UPDATE lock SET format = 2")
    with pytest.raises(StoreTrouble, match="another format"):
        unlock(path, PASSPHRASE)


def test_content_put_in_another_case_or_altered_does_not_open(store: Store, path: Path) -> None:
    store.add(case_file("one"))
    store.add(case_file("two"))
    with sqlite3.connect(path) as database:
        database.execute("UPDATE cases SET content = (SELECT max(content) FROM cases)")
    # one of the two has its own content still
    opened = {reference: outcome(store, reference) for reference in ("one", "two")}
    assert sorted(opened.values()) == ["The store is damaged. Take a copy of the file before anything else.", "opened"]


def outcome(store: Store, reference: str) -> str:
    try:
        store.open(reference)
    except StoreTrouble as trouble:
        return str(trouble)
    return "opened"


def test_a_case_is_purged_by_itself_or_when_its_day_has_passed(any_store: Store) -> None:
    any_store.add(case_file("one"))
    any_store.add(case_file("two", delete_after=date(2026, 12, 31)))
    any_store.purge("one")
    assert any_store.purge_due(date(2026, 12, 31)) == 0
    assert any_store.purge_due(date(2027, 1, 1)) == 1
    assert any_store.cases() == ()


def test_a_purged_case_leaves_nothing_behind(store: Store, path: Path) -> None:
    store.add(case_file("one"))
    store.add(case_file("two", delete_after=date(2026, 12, 31)))
    with sqlite3.connect(path) as database:
        keys = {row[0] for row in database.execute("SELECT wrapped_key FROM cases")}
    store.purge("one")
    store.purge_due(date(2027, 1, 1))
    assert all(key not in path.read_bytes() for key in keys)


def test_a_timer_destroys_what_is_due_without_the_passphrase(store: Store, path: Path, tmp_path: Path) -> None:
    store.add(case_file("one", delete_after=date(2020, 1, 1)))
    store.add(case_file("two", delete_after=date(2999, 1, 1)))
    store.close()
    assert CliRunner().invoke(main, ["purge", str(path)]).output == f"{path}: 1 case destroyed\n"
    again = unlock(path, PASSPHRASE)
    assert [entry.reference for entry in again.cases()] == ["two"]
    again.close()
    (tmp_path / "letter").write_text("Dear all, " * 100)
    refused = CliRunner().invoke(main, ["purge", str(tmp_path / "letter")])
    assert (refused.exit_code, "not a store" in refused.output) == (1, True)


def test_when_the_disk_is_full_nothing_is_lost_and_it_is_said(store: Store, path: Path) -> None:
    kept = store.add(case_file())
    more = noted(kept, "x" * 2000).model_copy(update={"earlier": (kept.record,) * 200})
    with room_for(path.stat().st_size), pytest.raises(StoreTrouble, match="full"):
        store.save(more)
    assert store.open("2026-0117") == kept
    assert store.save(more).revision == 2


def test_a_store_that_could_not_be_made_does_not_stand_in_the_way_of_the_next(path: Path) -> None:
    with room_for(0), pytest.raises(StoreTrouble, match="disk"):
        create(path, PASSPHRASE, QUICK)
    create(path, PASSPHRASE, QUICK).close()


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond this: what the system then answers is what a full disk answers."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_killed_in_mid_save_a_hundred_times_it_has_kept_all_that_it_said_it_kept(store: Store, path: Path) -> None:
    kept = store.add(case_file()).revision
    chance = random.Random(20261125)
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.casework.saving"])
    for _ in range(KILLS):
        told, theirs = processes.Pipe(duplex=False)
        child = processes.Process(target=save_until_killed, args=(path, theirs))
        child.start()
        theirs.close()
        last = int(told.recv_bytes())
        assert last == kept
        child.join(chance.uniform(0, 0.02))
        child.kill()
        with contextlib.suppress(EOFError):
            while True:
                last = int(told.recv_bytes())
        child.join()
        file = store.open("2026-0117")
        # the last save may have reached the disk without having been told any more
        assert file.revision in (last, last + 1)
        assert file.revision == 1 or file.record.notes["threats"].startswith(f"{file.revision} ")
        assert [entry.revision for entry in store.cases()] == [file.revision]
        kept = file.revision
    assert kept > 1
