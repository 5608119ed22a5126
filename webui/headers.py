"""What every reply tells the browser, page, error or file: keep nothing, tell nobody, load only from here."""

from __future__ import annotations

from flask import Flask, Response, abort, request

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
OPEN_TO_ALL = "/leave"  # it only forgets; refusing it could do harm


def set_up_headers(app: Flask) -> None:
    """Put the headers on every reply, and refuse what another site makes a browser send."""
    app.after_request(_on_every_reply)
    app.before_request(_only_from_our_own_pages)


def _on_every_reply(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _only_from_our_own_pages() -> None:
    # Browsers that do not send this are covered by the cookie's SameSite and by the token of the journey.
    sent_by = request.headers.get("Sec-Fetch-Site", "same-origin")
    if request.method == "POST" and request.path != OPEN_TO_ALL and sent_by not in ("same-origin", "none"):
        abort(403)
