"""A key does not stay in memory for longer than it is used, whether or not anybody asks."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.casework.people import PASSPHRASE, QUICK
from tests.served import Clock
from webui.casework.desk import Desk


def test_a_key_that_nobody_uses_is_forgotten_though_nobody_asks(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "cases.db", timedelta(seconds=0.05), Clock())
    desk.cost = QUICK
    desk.unlock(PASSPHRASE)
    while desk._store is not None and desk._clock is not None:
        desk._clock.join()
    assert desk._store is None
