"""The stylesheets, the scripts and a charity's logo: read once, named by what is in them, kept by browsers for good.

They are the same for everybody and say nothing of anybody, so they are the only thing here that may be cached.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, request

from webui.older import with_older_words
from webui.site import site
from webui.theme import read_theme

FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
LOGO = "mark"  # a name that tells nothing, for whatever the charity's logo is called
_FOR_GOOD = "public, max-age=31536000, immutable"

files = Blueprint("files", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, and the same file compressed."""

    url: str
    kind: str
    content: bytes
    packed: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


def read_assets(theme: Path | None = None) -> dict[str, Asset]:
    """Return every stylesheet and script by its name, and the logo if the theme has one, which paints the screen too.

    `site.css` is the screen and the paper of a page in one. Raises InvalidSettings for what is wrong with the theme.
    """
    found = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.iterdir()) if path.suffix in _TYPES}
    own = read_theme(theme, found["app.css"]) if theme is not None else None
    if own is not None:
        found["app.css"] = own.sheet
    found["app.css"] = with_older_words(found["app.css"])
    found["site.css"] = f"@media screen {{\n{found['app.css']}}}\n@media print {{\n{found['paper.css']}}}\n"
    assets = {name: _asset(name, _TYPES[Path(name).suffix], text.encode()) for name, text in found.items()}
    if own is not None and own.logo is not None:
        assets[LOGO] = _asset(LOGO, own.logo.kind, own.logo.content)
    return assets


def _asset(name: str, kind: str, content: bytes) -> Asset:
    url = f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"
    return Asset(url, kind, content, gzip.compress(content, mtime=0))


@files.get("/static/<name>")
def asset(name: str) -> Response:
    """Hand out one file."""
    one = site().assets.get(name) or abort(404)
    packed = bool(request.accept_encodings["gzip"])
    response = Response(one.packed if packed else one.content, content_type=one.kind)
    response.headers["Cache-Control"] = _FOR_GOOD
    response.headers["Vary"] = "Accept-Encoding"
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    return response
