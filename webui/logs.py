"""What is written down: one line of JSON for each thing that happened, and never a word that came from a person.

A request is named by the rule of its address, not by the address: that is anybody's text. No line holds an address of
the network, a cookie, a query, a form, or what an exception says.
"""

from __future__ import annotations

import json
import logging
import time
import traceback
from datetime import UTC, datetime
from types import TracebackType

from flask import Flask, Response, g, request

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
ExcInfo = tuple[type, BaseException, TracebackType] | tuple[None, None, None]
log = logging.getLogger("askwell")


class OneLine(logging.Formatter):
    """Writes a record as JSON: when, how bad, what, and the fields that we put in ourselves.

    What a library writes is kept as the text in its own source, without what it puts in.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": record.msg if isinstance(record.msg, str) else type(record.msg).__name__,
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line |= where(record.exc_info)  # type: ignore[arg-type]  # True was replaced when the record was made
        return json.dumps(line, ensure_ascii=False)


def write_lines() -> None:
    """Write every log of this process as such lines, to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    log.setLevel(logging.INFO)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it says of each request that others wait


def set_up_logs(app: Flask) -> None:
    """Write down that a request was answered, and how long that took."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.begun = time.perf_counter()


def _end(response: Response) -> Response:
    fields = {
        "method": request.method if request.method in METHODS else "other",
        "page": request.url_rule.rule if request.url_rule else "unknown",
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.begun) * 1000, 1) if "begun" in g else None,
    }
    log.info("request", extra={"fields": fields})
    return response


def failed(exc_info: ExcInfo) -> None:
    """Write down the kind of an exception and where it happened, never its words: they may be somebody's answers."""
    log.error("failed", extra={"fields": where(exc_info)})


def where(exc_info: ExcInfo) -> dict[str, str]:
    """Return the kind of an exception, and the places it came through, the innermost first."""
    kind, _, trace = exc_info
    frames = reversed(traceback.extract_tb(trace))
    places = " < ".join(f"{frame.name} {frame.filename}:{frame.lineno}" for frame in frames)
    return {"kind": kind.__name__ if kind else "unknown", "where": places}
