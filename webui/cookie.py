"""The journey in the browser's cookie: opened at the beginning of a request, sealed anew at its end."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, make_response, redirect, request

from webui.journey import Journey, from_content, settled, to_content
from webui.library import Title
from webui.sealed import NAME, forget, give
from webui.site import site

# Room that answers may not take, so that somebody whose cookie is full can still move about and see the summary.
KEPT_FREE = 400


@dataclass(frozen=True, slots=True)
class Here:
    """Which questionnaire, and how far."""

    title: Title
    journey: Journey


def here() -> Here | None:
    """Return what the cookie of this request holds; None if there is none, or none that can be used any more."""
    sealed = request.cookies.get(NAME, "")
    for title in site().library.titles if sealed else ():
        opened = site().seal.open(sealed, title.instrument, site().settings.now())
        journey = from_content(title.instrument, *opened) if opened else None
        if journey is not None:
            return Here(title, settled(title.instrument, journey))
    return None


def keep(response: Response, title: Title, journey: Journey, free: int = 0) -> Response:
    """Return the response with the journey in its cookie; TooLarge if there is no room for it."""
    content, now = to_content(journey), site().settings.now()
    give(response, site().seal.close(content, journey.begun, title.instrument, now, free))
    return response


def without_cookie(response: Response) -> Response:
    """Return the response taking the cookie back, if there is one: what it held is over."""
    if NAME in request.cookies:
        forget(response)
    return response


def to(place: str) -> Response:
    """Return the way to a page of ours, to be opened afresh."""
    return make_response(redirect(place, 303))
