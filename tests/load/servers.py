"""The site as an operator runs it, and beside it what the same server does with next to nothing to do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

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


def plain(page: Path) -> Flask:
    """Return an application with an empty page, and one that hands a page of ours to Jinja as it stands."""
    app = Flask(__name__)
    text = page.read_text(encoding="utf-8")
    same = app.jinja_env.from_string("{% raw %}" + text + "{% endraw %}")

    @app.get("/empty")
    def empty() -> str:
        return ""

    @app.get("/same")
    def as_it_stands() -> str:
        return same.render()

    return app


def main() -> None:
    """Serve the plain application."""
    with listen(Settings(port=0)) as door:
        print(f"Open http://127.0.0.1:{door.getsockname()[1]}/", file=sys.stderr, flush=True)
        make_server(plain(Path(sys.argv[1])), door).run()


if __name__ == "__main__":
    main()
