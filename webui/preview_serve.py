"""Run the preview on this machine, for this machine only."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from webui.preview import AT, Switch, create_preview
from webui.settings import Settings

THREADS = 16  # each open page waits for a change on one of them
ADDRESS = "127.0.0.1"


def serve_preview(file: Path, port: int, today: Callable[[], date]) -> None:
    """Serve until interrupted; OSError if the port is taken."""
    app = Switch(create_preview(file, today), Settings())
    with listen_here(port) as door:
        click.echo(f"Open http://{ADDRESS}:{door.getsockname()[1]}{AT}/   (stop with Ctrl-C)", err=True)
        server = make_server(app, door)
        try:
            server.run()
        finally:
            server.close()
            app.close()


def listen_here(port: int) -> socket.socket:
    """Return a socket that only this machine can reach."""
    return socket.create_server((ADDRESS, port))


def make_server(app: Switch, door: socket.socket) -> MultiSocketServer | BaseWSGIServer:
    """Return a server for the preview at this socket."""
    return create_server(app, sockets=[door], threads=THREADS, ident=None, expose_tracebacks=False)
