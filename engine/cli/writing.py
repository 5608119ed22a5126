"""Write what a command makes to where its user wants it."""

from __future__ import annotations

from pathlib import Path

import click


def write(output: Path, content: bytes | str) -> None:
    """Write a file, in a folder that is made where it is not there; end the command where that cannot be done."""
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(content if isinstance(content, bytes) else content.encode())
    except OSError as mistake:
        raise click.ClickException(f"{output} cannot be written: {mistake.strerror}.") from None
