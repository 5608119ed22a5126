"""What is shown when something goes wrong: nothing of the person, nothing of the topic."""

from __future__ import annotations

from flask import Flask, render_template
from werkzeug.exceptions import HTTPException

from webui.tongue import mark

WORDS = {
    400: (mark("This page is out of date"), mark("What you just sent could not be used. Nothing else was changed.")),
    403: (
        mark("This was not sent from here"),
        mark("What was sent did not come from one of our own pages, so it was not used."),
    ),
    404: (mark("There is nothing here"), mark("The address may be wrong, or the page may have been moved.")),
    405: (mark("There is nothing here"), mark("The address may be wrong, or the page may have been moved.")),
    413: (
        mark("That was too much at once"),
        mark("What you just sent is longer than can be taken. What you said before is kept."),
    ),
    500: (
        mark("Something went wrong on our side"),
        mark("It is not your fault. Your last answer may not have been kept."),
    ),
}


def set_up_errors(app: Flask) -> None:
    """Answer every error with a page of ours."""
    app.register_error_handler(HTTPException, _page)


def _page(error: HTTPException) -> tuple[str, int] | HTTPException:
    code = error.code or 500
    if code < 400:
        return error  # a redirect of the router
    heading, text = WORDS.get(code, WORDS[500] if code >= 500 else WORDS[400])
    return render_template("error.html", heading=heading, text=text), code
