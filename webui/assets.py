"""The stylesheets and the script: read once, named by what is in them, kept by browsers for good.

They are the same for everybody and say nothing of anybody, so they are the only thing here that may be cached.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, request

from webui.site import site

FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
_FOR_GOOD = "public, max-age=31536000, immutable"

files = Blueprint("files", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, and the same file compressed."""

    url: str
    kind: str
    text: str
    packed: bytes


def read_assets() -> dict[str, Asset]:
    """Return every stylesheet and script by its name; `site.css` is the screen and the paper of a page in one."""
    found = {path.name: path.read_text() for path in sorted(FOLDER.iterdir()) if path.suffix in _TYPES}
    found["site.css"] = f"@media screen {{\n{found['app.css']}}}\n@media print {{\n{found['paper.css']}}}\n"
    return {name: _asset(name, text) for name, text in found.items()}


def _asset(name: str, text: str) -> Asset:
    content = text.encode()
    url = f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"
    return Asset(url, _TYPES[Path(name).suffix], text, gzip.compress(content, mtime=0))


@files.get("/static/<name>")
def asset(name: str) -> Response:
    """Hand out one file."""
    one = site().assets.get(name) or abort(404)
    packed = bool(request.accept_encodings["gzip"])
    response = Response(one.packed if packed else one.text, content_type=one.kind)
    response.headers["Cache-Control"] = _FOR_GOOD
    response.headers["Vary"] = "Accept-Encoding"
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    return response
