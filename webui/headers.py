"""What every reply tells the browser, page, error or file: keep nothing, tell nobody, load only from here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, abort, request

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
}
KEEP_NOTHING = ("Cache-Control", "no-store")
OPEN_TO_ALL = "/leave"  # it only forgets; refusing it could do harm

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def set_up_headers(app: Flask) -> None:
    """Put the headers on every reply, and refuse what another site makes a browser send."""
    app.wsgi_app = _with_headers(app.wsgi_app)  # type: ignore[assignment, method-assign]  # as Flask says to wrap it
    app.before_request(_only_from_our_own_pages)


def _with_headers(app: Wsgi) -> Wsgi:
    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        def begin(status: str, headers: list[tuple[str, str]], *failed: Any) -> Any:
            may_be_kept = any(name == "Cache-Control" for name, _ in headers)
            return start(status, [*headers, *HEADERS.items(), *([] if may_be_kept else [KEEP_NOTHING])], *failed)

        return app(environ, begin)

    return answer


def _only_from_our_own_pages() -> None:
    # Browsers that do not send this are covered by the cookie's SameSite and by the token of the journey.
    if request.method == "POST" and request.path != OPEN_TO_ALL:
        sent_by = request.headers.get("Sec-Fetch-Site", "same-origin")
        if sent_by not in ("same-origin", "none"):
            abort(403)
