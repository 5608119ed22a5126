"""Turn a page into a PDF in a process of its own: whatever the page does to that process, the site goes on.

A few workers are kept warm. One that hangs, dies or has served for long is replaced; whoever waited for a failed one
gets `NoPdf` and keeps the page.
"""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from contextlib import suppress
from multiprocessing import Pipe
from pathlib import Path

from webui.settings import Settings

WORKER = Path(__file__).with_name("pdf_worker.py")
MOST_PAGES = 100  # then a fresh process takes over
START_SECONDS = 30  # for a slow machine that has just been switched on
READY = b"ready"


class NoPdf(Exception):
    """There is no PDF this time; the page on the screen still says everything."""


class Worker:
    """One process, and our end of the connection to it."""

    def __init__(self, seconds: int) -> None:
        """Start the process; it warms up by itself. It is given no environment, which may hold keys."""
        self._line, theirs = Pipe()
        command = [sys.executable, "-I", str(WORKER), str(seconds)]
        self._process = subprocess.Popen(  # noqa: S603  # our own file, no words of anybody's
            command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={}, cwd="/"
        )
        theirs.close()
        self.served = 0
        self._ready = False

    def wait_until_ready(self) -> None:
        """Wait for the process to say that it has started; `NoPdf` if it does not. No page's time runs meanwhile."""
        try:
            self._ready = self._ready or (self._line.poll(START_SECONDS) and self._line.recv_bytes() == READY)
        except (EOFError, OSError) as lost:
            raise NoPdf from lost
        if not self._ready:
            raise NoPdf

    def lay_out(self, css: str, page: str, seconds: float) -> bytes:
        """Return the PDF, or nothing if the page cannot be laid out; `NoPdf` if the worker is lost."""
        watch = threading.Timer(seconds, self._process.kill)
        watch.start()
        try:
            self._line.send_bytes(css.encode())
            self._line.send_bytes(page.encode())
            self.served += 1
            return self._line.recv_bytes()
        except (EOFError, OSError) as lost:
            raise NoPdf from lost
        finally:
            watch.cancel()

    def stop(self) -> None:
        """End the process."""
        self._line.close()
        self._process.kill()
        self._process.wait()


class Press:
    """A small pool of workers with a short queue before it. It starts them when they are first needed."""

    def __init__(self, settings: Settings) -> None:
        """Take how many workers there are, how many may wait for one, and what a page may cost."""
        self._settings = settings
        self._room = threading.BoundedSemaphore(settings.pdf_workers + settings.pdf_waiting)
        # There are as many places as workers may be. One stays in the pool whatever becomes of its worker.
        self._idle: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        for _ in range(settings.pdf_workers):
            self._idle.put(None)

    def warm_up(self) -> None:
        """Start the workers before anybody needs them."""
        places = [self._idle.get() for _ in range(self._settings.pdf_workers)]
        for worker in places:
            self._idle.put(worker or self._start())

    def lay_out(self, css: str, page: str) -> bytes:
        """Return the page as a PDF, or raise `NoPdf`: too large, too busy, too slow, or not possible."""
        if len(page.encode()) > self._settings.pdf_largest_page or not self._room.acquire(blocking=False):
            raise NoPdf
        try:
            return self._lay_out(css, page)
        finally:
            self._room.release()

    def _lay_out(self, css: str, page: str) -> bytes:
        try:
            worker = self._idle.get(timeout=self._settings.pdf_seconds)
        except queue.Empty as busy:
            raise NoPdf from busy
        fit = False
        try:
            worker = worker or self._start()
            if worker is None:
                raise NoPdf
            worker.wait_until_ready()
            pdf = worker.lay_out(css, page, self._settings.pdf_seconds)
            fit = bool(pdf) and worker.served < MOST_PAGES
        finally:
            self._idle.put(worker if fit else self._replace(worker))
        if not pdf:
            raise NoPdf
        return pdf

    def _replace(self, worker: Worker | None) -> Worker | None:
        if worker is not None:
            worker.stop()
        return self._start()

    def _start(self) -> Worker | None:
        try:
            return Worker(self._settings.pdf_seconds)
        except OSError:  # the machine has no room for a process just now
            return None

    def close(self) -> None:
        """End every idle worker; one that is at work ends by itself when its connection does."""
        places: list[Worker | None] = []
        with suppress(queue.Empty):
            while True:
                places.append(self._idle.get_nowait())
        for worker in places:
            if worker is not None:
                worker.stop()
            self._idle.put(None)
