"""Before every page of a case: is this machine asking, is the desk unlocked, is this our own form?

And after what went wrong: the words for it, on a page or for the script.
"""

from __future__ import annotations

import hmac
from ipaddress import ip_address

from flask import Blueprint, Response, abort, g, jsonify, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as Reply

from engine.casework.case_file import InvalidCaseFile
from engine.casework.store import ChangedMeanwhile, NoSuchCase, Store, StoreTrouble
from webui.casework.desk import PRACTICE, desk

COOKIE = "__Host-w"
OPEN = frozenset({"cases.door.show", "cases.door.unlock_here", "cases.door.away"})  # pages that show nothing of anybody
LARGEST_FORM = 240 * 1024
LOCKED = "The cases are locked. Unlock them in another tab; what stands here is then saved."


def watch(part: Blueprint) -> None:
    """Watch over all pages of this part."""
    part.before_request(_watched)
    part.context_processor(lambda: {"desk": desk()})
    part.register_error_handler(StoreTrouble, trouble)
    part.register_error_handler(InvalidCaseFile, trouble)


def store() -> Store:
    """Return the unlocked store of this request."""
    found: Store = g.store
    return found


def wants_json() -> bool:
    """Whether our script asks, rather than a person's browser."""
    return request.accept_mimetypes.best == "application/json"


def _watched() -> Reply | tuple[Response, int] | None:
    request.max_content_length = request.max_form_memory_size = LARGEST_FORM
    if not ip_address(request.remote_addr or "0.0.0.0").is_loopback:  # noqa: S104  # nobody's address
        abort(404)
    g.store = desk().store_for(request.cookies.get(COOKIE, ""))
    if g.store is not None and (request.view_args or {}).get("reference", "").startswith(PRACTICE):
        g.store = desk().practice
    if request.endpoint in OPEN:
        return None
    if g.store is None:
        if wants_json():
            return jsonify(words=LOCKED, locked=True), 401
        if request.method == "POST":
            return make_response(render_template("desk/locked.html"), 401)
        return redirect("/cases/", 303)
    if request.method == "POST" and not _is_ours():
        return (jsonify(words=LOCKED, locked=True), 401) if wants_json() else abort(400)
    return None


def _is_ours() -> bool:
    return hmac.compare_digest(request.form.get("token", "").encode(), desk().token.encode())


def trouble(wrong: Exception) -> tuple[Response | str, int]:
    """Say what the store, or a file, could not do."""
    code = 409 if isinstance(wrong, ChangedMeanwhile) else 404 if isinstance(wrong, NoSuchCase) else 422
    if wants_json():
        return jsonify(words=str(wrong), locked=False), code
    return render_template("desk/trouble.html", words=str(wrong)), code
