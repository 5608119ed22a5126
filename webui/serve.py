"""Run the site: say where it is, what can be asked, and what is wrong with what cannot."""

from __future__ import annotations

import socket
import sys
from collections.abc import Collection, Iterator

from flask import Flask
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from engine.format.directory import overdue, unprintable
from engine.format.load import check_dates
from webui import create_app
from webui.configured import from_environment
from webui.logs import write_lines
from webui.settings import InvalidSettings, Settings
from webui.site import Site

THREADS = 8
MOST_SHOWN = 5  # of a directory
# More than the application takes, so that it is the one to refuse; less than what is written to disk on the way.
LARGEST_REQUEST = 256 * 1024


def serve(settings: Settings) -> None:
    """Serve until interrupted. Raises InvalidSettings."""
    write_lines()
    app = create_app(settings)
    site: Site = app.extensions["askwell"]
    for line in report(site):
        print(line, file=sys.stderr)  # noqa: T201  # this is what an operator reads
    with listen(settings) as door:
        site.press.warm_up()
        host, port = door.getsockname()[:2]
        at = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        print(f"Open {at}/", file=sys.stderr)  # noqa: T201
        if settings.cases is not None:
            print(f"Cases: {at}/cases/", file=sys.stderr)  # noqa: T201
        server = make_server(app, door)
        try:
            server.run()
        finally:
            server.close()
            site.press.close()


def listen(settings: Settings) -> socket.socket:
    """Return a socket at the address and port of the settings."""
    family = socket.AF_INET6 if ":" in settings.address else socket.AF_INET
    return socket.create_server((settings.address, settings.port), family=family)


def make_server(app: Flask, door: socket.socket) -> MultiSocketServer | BaseWSGIServer:
    """Return a server for the application at this socket; it keeps no log of requests and does not name itself."""
    return create_server(
        app,
        sockets=[door],
        threads=THREADS,
        ident=None,
        max_request_body_size=LARGEST_REQUEST,
        expose_tracebacks=False,
    )


def report(site: Site) -> Iterator[str]:
    """Say what was loaded and what was not, line by line."""
    today = site.today()
    for title in site.library.titles:
        yield f"Ready: {title.instrument.id} {title.instrument.version}"
        for problem in check_dates(title.instrument, today):
            yield f"  {problem.message} {problem.remedy}".rstrip()
    directories = {one.directory.id: one.directory for one in site.library.titles if one.directory is not None}
    for name, directory in directories.items():
        late = [f"{one.service}: {one.field}" for one in overdue(directory, today)]
        if late:
            yield f"Directory {name}: printed, but due to be checked again: {_some(late)}"
        if silent := unprintable(directory):
            yield f"Directory {name}: nobody is pointed to these until a contact is checked: {_some(silent)}"
    yield from site.library.withheld
    for broken in site.library.broken:
        yield f"Not served: {broken.path}\n\n{broken.problems}"
    if not site.library.titles:
        yield f"There is nothing to ask in {site.settings.questionnaires}. The page with emergency numbers is served."


def _some(what: Collection[str]) -> str:
    """Return the first of a long list, and where the rest of it stands: what comes after it must still be seen."""
    shown = list(what)[:MOST_SHOWN]
    more = len(what) - len(shown)
    return "; ".join(shown) + (f" and {more} more (askwell check --notes lists them)" if more else "")


def main() -> None:
    """Serve with the settings of the environment."""
    try:
        serve(from_environment())
    except InvalidSettings as mistake:
        sys.exit(str(mistake))


if __name__ == "__main__":
    main()
