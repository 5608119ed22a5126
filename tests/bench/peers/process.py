"""Talk to a peer in its own process: one command a line, one line of JSON for each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.bench.peers.install import PLACE, Installed
from tests.bench.rounds import Failed

HERE = Path(__file__).parent


class Process:
    """A running peer. Every failure of its is a Failed with a reason, and the end of it."""

    def __init__(self, peer: Installed, module: str, arguments: list[str], *, limit: float) -> None:
        """Start it; it says null once it is ready."""
        if peer.missing:
            raise Failed(peer.missing)
        self.limit, self.late, self.failed = limit, False, ""
        command, environment = _command(peer, module)
        self.said = tempfile.TemporaryFile("w+")  # noqa: SIM115  closed on leaving, like the process
        try:
            self.running = subprocess.Popen(
                [*command, *arguments],
                env={**os.environ, **environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self.said,  # a file: a pipe that nobody reads may fill up
                text=True,
            )
        except OSError:
            self.said.close()
            raise Failed(f"{command[0]} cannot be run") from None
        self._answer()

    def ask(self, *command: object) -> Any:
        """Return the answer to a command."""
        assert self.running.stdin is not None
        try:
            print(*command, file=self.running.stdin, flush=True)
        except (OSError, ValueError):
            raise Failed(self._why()) from None
        return self._answer()

    def _answer(self) -> Any:
        assert self.running.stdout is not None
        timer = threading.Timer(self.limit, self._too_late)
        timer.start()
        try:
            line = self.running.stdout.readline()
        finally:
            timer.cancel()
        try:
            return json.loads(line)
        except ValueError:
            raise Failed(self._why()) from None

    def _too_late(self) -> None:
        self.late = True
        self.running.kill()

    def _why(self) -> str:
        """End it, and return what went wrong, now as later."""
        if not self.said.closed:
            self.said.seek(0)
            lines = [line.strip() for line in self.said if "Error" in line] or ["stopped without a word"]
            self.failed = f"took longer than {self.limit:.0f} s" if self.late else lines[0][:120]
            self.close()
        return self.failed

    def close(self) -> None:
        """End it."""
        self.running.kill()
        self.running.wait()
        for pipe in (self.running.stdout, self.running.stdin, self.said):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class Remote:
    """What one peer does with one kind of work, timed by itself."""

    def __init__(self, process: Process, kind: str) -> None:
        """Nothing is asked yet."""
        self.process, self.kind = process, kind

    def warm(self, budget: float) -> None:
        """Let it warm up."""
        self.process.ask("warm", self.kind, budget)

    def round(self) -> float:
        """Return the seconds of one call."""
        return float(self.process.ask("round", self.kind))


def _command(peer: Installed, module: str) -> tuple[list[str], Mapping[str, str]]:
    if peer.language == "node":
        return ["node", str(HERE / "host.js")], {"NODE_PATH": str((peer.place / "node_modules").absolute())}
    python = str(PLACE / "bin" / "python") if PLACE.exists() else sys.executable
    return [python, "-W", "ignore", "-m", module], {"PYTHONPATH": str(peer.place.absolute())}
