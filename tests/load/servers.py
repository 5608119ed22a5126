"""The site as an operator runs it, and beside it what the same server does with next to nothing to do."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, render_template

from webui.headers import set_up_headers
from webui.serve import listen, make_server
from webui.settings import Settings

OPEN = re.compile(r"^Open http://127\.0\.0\.1:(\d+)/")


@contextmanager
def running(module: str, *words: str, **environment: str) -> Iterator[tuple[int, int]]:
    """Run a module that says where it can be opened; yields its port and process, and ends it."""
    given = {**os.environ, "ASKWELL_PORT": "0", **environment}
    command = [sys.executable, "-m", module, *words]
    with subprocess.Popen(command, env=given, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            port = next(int(found[1]) for line in process.stderr if (found := OPEN.match(line)))
            # whatever is written later is read and dropped: a full pipe would make the server wait
            threading.Thread(target=process.stderr.read, daemon=True).start()
            yield port, process.pid
        finally:
            process.terminate()


def memory(pid: int) -> float:
    """Return the memory (MB) that a process has in use."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def plain(words: Mapping[str, object]) -> Flask:
    """Return an application with an empty page, and one with a plain template for these words.

    Its replies have the headers of the site: a server writes and a client reads these, whatever made the page.
    """
    app = Flask(__name__, static_folder=None)
    set_up_headers(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.get("/empty")
    def empty() -> str:
        return ""

    @app.get("/same")
    def same() -> str:
        return render_template("same.html", **words)

    return app


def main() -> None:
    """Serve the plain application."""
    with listen(Settings(port=0)) as door:
        print(f"Open http://127.0.0.1:{door.getsockname()[1]}/", file=sys.stderr, flush=True)
        make_server(plain(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))), door).run()


if __name__ == "__main__":
    main()
