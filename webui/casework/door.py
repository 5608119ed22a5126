"""In and out: unlock, the list of cases, a new case, a case from a file, lock."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Blueprint, g, make_response, redirect, render_template, request
from pydantic import ValidationError
from werkzeug.wrappers import Response

from engine.casework.case import KEEP, begin
from engine.casework.case_file import InvalidCaseFile, written
from engine.casework.passphrase import WeakPassphrase, WrongPassphrase
from engine.casework.sealed_file import seal, unseal
from engine.casework.store import StoreTrouble
from webui.casework.desk import PRACTICE, desk
from webui.casework.opened import opened, title_of
from webui.casework.watch import COOKIE, store
from webui.site import site

door = Blueprint("door", __name__)
REFERENCE = "Take letters, digits, points and hyphens, at most 40, such as 2026-0117. Not a name."
OUR_PAGE = re.compile(r"/cases/[\w./-]*", re.ASCII)
NOT_PRACTICE = f"References that begin with “{PRACTICE}” are for practice."
Page = str | tuple[str, int] | Response


@door.get("/")
def show() -> Page:
    """The list of cases, or the page to unlock them."""
    return _unlock_page() if g.store is None else _list_page()


@door.post("/unlock")
def unlock_here() -> Page:
    """Unlock the cases for this browser."""
    passphrase = request.form.get("passphrase", "")
    if desk().is_new and passphrase != request.form.get("again", ""):
        return _unlock_page("The two passphrases are not the same."), 422
    try:
        shown = desk().unlock(passphrase)
    except (WrongPassphrase, WeakPassphrase, StoreTrouble) as wrong:
        return _unlock_page(str(wrong)), 422
    response = redirect("/cases/", 303)
    response.set_cookie(COOKIE, shown, secure=True, httponly=True, samesite="Strict", path="/")
    return response


@door.post("/lock")
def lock() -> Page:
    """Lock the cases."""
    desk().lock()
    response = redirect("/cases/", 303)
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="Strict", path="/")
    return response


@door.get("/away")
def away() -> Page:
    """Show nothing: the call dropped, and whoever looks at this screen learns nothing."""
    return render_template("desk/away.html")


@door.get("/token")
def token() -> Page:
    """Tell our script, after the cases were unlocked again, what its forms have to show."""
    return make_response({"token": desk().token})


@door.post("/look")
def look() -> Page:
    """Turn the live side, or the keys, on or off."""
    if "live" in request.form:
        desk().shows_live = request.form["live"] == "on"
    if "keys" in request.form:
        desk().takes_keys = request.form["keys"] == "on"
    back = request.form.get("back", "")
    return redirect(back if OUR_PAGE.fullmatch(back) else "/cases/", 303)


@door.post("/new")
def new() -> Page:
    """Begin a case."""
    reference, title = request.form.get("reference", "").strip(), title_of(request.form.get("questionnaire", ""))
    if title is None:
        return _list_page("Choose a questionnaire."), 422
    if reference.startswith(PRACTICE):
        return _list_page(NOT_PRACTICE), 422
    try:
        case = begin(title.instrument, reference, site().settings.now(), site().today())
        store().add(written(case))
    except ValidationError:
        return _list_page(REFERENCE), 422
    except StoreTrouble as wrong:
        return _list_page(str(wrong)), 422
    return redirect(f"/cases/{reference}/gate", 303)


@door.post("/file")
def from_file() -> Page:
    """Take a case from a case file."""
    sent = request.files.get("file")
    try:
        file = unseal(sent.read() if sent else b"", request.form.get("passphrase", ""))
        if file.reference.startswith(PRACTICE):
            raise InvalidCaseFile(NOT_PRACTICE)
        store().add(file)
    except (InvalidCaseFile, WrongPassphrase, StoreTrouble) as wrong:
        return _list_page(str(wrong)), 422
    return redirect(f"/cases/{file.reference}/gate", 303)


@door.post("/<reference>/file")
def to_file(reference: str) -> Page:
    """Hand out the case, sealed with a passphrase of its own."""
    one = opened(reference)
    try:
        content = seal(written(one.case), request.form.get("passphrase", ""), desk().cost)
    except WeakPassphrase as weak:
        return render_template("desk/trouble.html", words=str(weak)), 422
    response = make_response(content)
    response.mimetype = "application/octet-stream"
    response.headers["Content-Disposition"] = 'attachment; filename="notes.askwell"'
    return response


@door.post("/<reference>/purge")
def purge(reference: str) -> Page:
    """Destroy one case, once its reference was typed as a sign that this is meant."""
    if request.form.get("typed", "").strip().casefold() != reference.casefold():
        return _list_page(f"Type {reference} to destroy this case. Nothing was destroyed."), 422
    store().purge(reference)
    return redirect("/cases/", 303)


@door.post("/purge")
def purge_due() -> Page:
    """Destroy every case whose day has passed."""
    store().purge_due(site().today())
    return redirect("/cases/", 303)


def _unlock_page(wrong: str = "") -> str:
    return render_template("desk/unlock.html", new=desk().is_new, wrong=wrong, idle_for=_words(desk().idle))


def _list_page(wrong: str = "") -> str:
    words = request.args.get("words", "")
    entries, today = store().cases(words), site().today()
    return render_template(
        "desk/list.html",
        entries=entries,
        words=words,
        wrong=wrong,
        today=today,
        due=sum(entry.delete_after < today for entry in entries),
        titles=[one.instrument for one in site().library.titles],
        keep=KEEP.days,
        form=request.form,
    )


def _words(time: timedelta) -> str:
    return f"{int(time.total_seconds() // 60)} minutes"
