"""A real browser before the real site, and the site that the leave button leads to."""

from __future__ import annotations

import shutil
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import BrowserContext, Error, Page, sync_playwright
from playwright.sync_api import TimeoutError as Late

EXIT_WORDS = "Sunny spells"
# Playwright turns the back-forward cache off, and with it every test of Back would pass for the wrong reason.
WITH_BACK_FORWARD_CACHE = ["--disable-back-forward-cache"]
QUIETLY = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


class ExitSite:
    """Stands in for the site about the weather; remembers what it was told of where people came from."""

    def __init__(self, folder: Path) -> None:
        self.referrers: list[str | None] = []
        referrers = self.referrers

        class Weather(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/weather":
                    referrers.append(self.headers.get("Referer"))
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(f"<title>Weather</title><h1>{EXIT_WORDS}</h1>".encode())

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # http.server's name
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Weather)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(_certificate(folder))
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]


@contextmanager
def exit_site(folder: Path) -> Iterator[ExitSite]:
    site = ExitSite(folder)
    thread = threading.Thread(target=site.server.serve_forever)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        thread.join()
        site.server.server_close()


@contextmanager
def browser(profile: Path, exit_to: ExitSite | None = None, **options: Any) -> Iterator[BrowserContext]:
    """Start Debian's Chromium with a profile on the disk."""
    names = ("www.bbc.co.uk", "*.example")
    mapped = ", ".join(f"MAP {name}:443 127.0.0.1:{exit_to.port}" for name in names) if exit_to else ""
    rules = [f"--host-resolver-rules={mapped}"] if exit_to else []
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=shutil.which("chromium"),
            ignore_default_args=WITH_BACK_FORWARD_CACHE,
            args=[*QUIETLY, *rules],
            ignore_https_errors=True,
            **{"viewport": {"width": 900, "height": 700}, **options},
        )
        context.set_default_timeout(10_000)
        try:
            yield context
        finally:
            context.close()


def back(page: Page) -> None:
    """Press the browser's Back button.

    A page restored from the back-forward cache never tells Playwright; one that was an answer to a form without
    scripts is not shown again at all.
    """
    try:
        page.go_back(timeout=1_200, wait_until="commit")
    except Error as error:
        assert isinstance(error, Late) or "ERR_CACHE_MISS" in error.message  # noqa: PT017


def shown(page: Page) -> str:
    """The whole page, once it stands still."""
    while True:
        try:
            page.wait_for_load_state()
            return page.content()
        except Error as moving:
            assert "navigating" in moving.message  # noqa: PT017


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "www.bbc.co.uk")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    signed = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    file = folder / "exit.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + signed.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    return file
