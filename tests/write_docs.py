"""`make docs`: write into docs/ what the commands of the tutorial said, and what the format's models say of each key.

A tutorial is a text with blocks: files to be written, words to be replaced in them, and commands with what they said.
"""

from __future__ import annotations

import contextlib
import re
import shlex
import tempfile
from pathlib import Path

from click.testing import CliRunner

from engine.cli import main
from engine.workshop.reference import reference

DOCS = Path(__file__).parent.parent / "docs"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
KEYS = re.compile(r"(<!-- keys -->\n).*?(<!-- end of keys -->)", re.DOTALL)
SECONDS = re.compile(r" *\d+\.\d+ s\b")


def played(tutorial: str, folder: Path) -> str:
    """Return the tutorial with what each command says when all of it is done in this folder, from top to bottom."""

    def done(block: re.Match[str]) -> str:
        kind, name, text = block[1], block[2], block[3]
        if kind == "yaml" and name:
            (folder / name).write_text(text, encoding="utf-8")
        elif kind == "replace":
            old, new = text.splitlines()
            before = (folder / name).read_text(encoding="utf-8")
            assert f"{old}\n" in before
            (folder / name).write_text(before.replace(f"{old}\n", f"{new}\n"), encoding="utf-8")
        elif kind == "console":
            said = "".join(_said(line) for line in text.splitlines() if line.startswith("$ "))
            return f"```console\n{said}```"
        return block[0]

    with contextlib.chdir(folder):
        return BLOCK.sub(done, tutorial)


def _said(line: str) -> str:
    program, *words = shlex.split(line.removeprefix("$ "))
    assert program == "askwell"
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return f"{line}\n{result.output}"


def without_seconds(text: str) -> str:
    """Return the text without how long things took."""
    return SECONDS.sub(" n s", text)


def with_keys(text: str) -> str:
    """Return the reference with what the models say now."""
    return KEYS.sub(lambda found: found[1] + reference() + found[2], text)


def write() -> None:
    """Bring both pages up to date."""
    tutorial, keys = DOCS / "tutorial.md", DOCS / "format.md"
    before = tutorial.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        now = played(before, Path(folder))
    if without_seconds(before) != without_seconds(now):
        tutorial.write_text(now, encoding="utf-8")
    keys.write_text(with_keys(keys.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()
