"""The journey in the browser's cookie: opened at the beginning of a request, sealed anew at its end."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Response, g, make_response, redirect, request
from werkzeug.http import parse_cookie

from engine.interview.walk import Walk, walk
from webui.journey import Journey, from_content, settled, to_content
from webui.library import Title
from webui.sealed import NAME, forget, give
from webui.site import site
from webui.tongue import speak

# Room that answers may not take, so that somebody whose cookie is full can still move about and see the summary.
KEPT_FREE = 400


@dataclass(frozen=True, slots=True)
class Here:
    """Which questionnaire, how far, and the way from there. `packed` is the journey as it was sealed, if still so.

    Nothing of this outlives the request that brought it.
    """

    title: Title
    journey: Journey
    way: Walk
    packed: bytes


def here() -> Here | None:
    """Return what the cookie of this request holds; None if there is none, or none that can be used any more."""
    if "here" not in g:
        g.here = _opened()
    found: Here | None = g.here
    return found


def _opened() -> Here | None:
    at, sealed = site(), parse_cookie(request.environ).get(NAME, "")
    titles = at.library.titles
    opened = at.seal.open_any(sealed, [title.instrument for title in titles], at.settings.now()) if sealed else None
    if opened is None:
        return None
    place, content, begun, packed = opened
    title = titles[place]
    journey = from_content(title.instrument, content, begun)
    if journey is None:
        return None
    way = walk(title.instrument, journey.record)
    there = settled(journey, way)
    return Here(title.speaking(journey.language), there, way, packed if there is journey else b"")


def choose_language() -> None:
    """Find out in which language this request is answered.

    Where somebody has begun, their journey says it; before that, a cookie that holds nothing else. Only where nobody
    has chosen, the browser may, among the languages that are complete. What practitioners keep is in English.
    """
    if not {"cases", "files"}.isdisjoint(request.blueprints):
        return
    now = here()
    if now is not None:
        speak(now.title.language, now.title.languages)
        return
    offered = site().library.languages
    kept = site().seal.open(request.cookies.get(NAME, ""), None, site().settings.now())
    if kept:
        g.only_language = True
    chosen = kept[0]["language"] if kept else request.accept_languages.best_match(offered)
    speak(chosen if chosen in offered else offered[0], offered)


def keep_language(response: Response, language: str) -> Response:
    """Return the response with nothing but a language in the cookie."""
    now = site().settings.now()
    give(response, site().seal.close({"language": language}, int(now.timestamp()), None, now))
    return response


def keep(response: Response, title: Title, journey: Journey, free: int = 0) -> Response:
    """Return the response with the journey in its cookie; TooLarge if there is no room for it."""
    at = site()
    sealed = at.seal.close(to_content(journey), journey.begun, title.instrument, at.settings.now(), free)
    give(response, sealed)
    return response


def shown(response: Response, now: Here) -> Response:
    """Return the response to somebody who only looked, with the same journey in its cookie, sealed anew."""
    if now.packed and not now.journey.notice:
        at = site()
        give(response, at.seal.again(now.packed, now.title.instrument, at.settings.now()))
        return response
    return keep(response, now.title, replace(now.journey, notice=""))


def without_cookie(response: Response) -> Response:
    """Return the response taking the cookie back, if there is one: what it held is over. A mere language may stay."""
    if NAME in request.cookies and "only_language" not in g:
        forget(response)
    return response


def to(place: str) -> Response:
    """Return the way to a page of ours, to be opened afresh."""
    return make_response(redirect(place, 303))
