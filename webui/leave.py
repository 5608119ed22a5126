"""The way out: two steps, each of which forgets everything, so that Back shows nothing even without a script.

The first reply is a blank page that moves on at once; the second leads to the exit site. One step would let the browser
keep the question for its Back button.
"""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template

from webui.sealed import forget
from webui.site import site

exits = Blueprint("exits", __name__)


@exits.post("/leave")
def leave() -> Response:
    """Forget everything, show nothing, and move on."""
    return forgetting(make_response(render_template("left.html")))


@exits.get("/out")
def out() -> Response:
    """Go to the exit site."""
    return forgetting(make_response(redirect(site().settings.exit_to, 303)))


def forgetting(response: Response) -> Response:
    """Make the browser forget what it holds of this site."""
    forget(response)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
