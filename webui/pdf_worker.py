"""Lay out one page after another, alone in a process that may not use much and may not fetch anything.

`webui.pdf` starts this file as a script, with its end of a connection as standard input. It sends a stylesheet and a
page; the answer is the PDF, or nothing. The process ends when the connection does.
"""

from __future__ import annotations

import logging
import resource
import sys
import tempfile
from multiprocessing.connection import Connection
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

MEMORY = 768 * 1024 * 1024
OPEN_FILES = 64


class NothingIsFetched(URLFetcher):  # type: ignore[misc]  # it ships no types
    """Refuse every address, whatever it names: the page brings all it needs."""

    def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002  # the signature is WeasyPrint's
        raise ValueError("Nothing is fetched.")


def lay_out(css: str, page: str) -> bytes:
    """Return the page as a tagged PDF."""
    fonts = FontConfiguration()
    fetcher = NothingIsFetched()
    sheet = CSS(string=css, url_fetcher=fetcher, font_config=fonts)
    document = HTML(string=page, url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1")
    return pdf


def confine() -> None:
    """Let this process use little memory, few files and no disk, and leave no core behind."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))


def allow_more_time(seconds: int) -> None:
    """Let this process compute for so many seconds more; the system ends it after that."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def serve(line: Connection, seconds: int) -> None:
    """Say that the work can begin, then answer for as long as anybody asks."""
    line.send_bytes(b"ready")
    while True:
        try:
            css, page = line.recv_bytes(), line.recv_bytes()
        except EOFError:
            return
        allow_more_time(seconds)
        line.send_bytes(attempt(css.decode(), page.decode()))


def attempt(css: str, page: str) -> bytes:
    """Return the PDF, or nothing: what went wrong is not told further, for it may be in a person's words."""
    try:
        return lay_out(css, page)
    except Exception:  # noqa: BLE001  # whatever it was, the answer is the same
        return b""


def main() -> None:
    """Warm up, lock the doors, and wait for work."""
    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    lay_out("body { font-family: sans-serif }", "<html lang=en><title>Notes</title><h1>Warm</h1><p><b>up</b>")
    tempfile.gettempdir()  # WeasyPrint asks for it where a sheet names a font; finding it out writes a file
    confine()
    serve(Connection(0), seconds=int(sys.argv[1]))


if __name__ == "__main__":
    main()
