"""Pack a questionnaire for somebody else: its file, translations, cases, services, and what was proved, in one zip.

The same content gives the same bytes: names in order, one date for all, nothing compressed.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from engine.format.instrument import Instrument
from engine.format.load import FILE

MANIFEST = "manifest.json"
PROOFS = "proofs.json"
FORMAT = 1
THE_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold
A_FILE = 0o100644 << 16


def contents(instrument: Instrument, file: Path, directory: Path | None) -> dict[str, bytes]:
    """Return what belongs to a questionnaire, by its name in the pack. `directory` is the file of services it names."""
    name = instrument.id
    found = {f"{name}/{FILE}": file.read_bytes()}
    cases = file.with_name("cases.yaml")
    if file.name == FILE and cases.is_file():
        found[f"{name}/{cases.name}"] = cases.read_bytes()
    if file.name == FILE:
        found |= _translations(file.parent, name)
    if directory is not None:
        found[f"directory/{directory.name}"] = directory.read_bytes()
        found |= _translations(directory.parent, "directory")
    return found


def _translations(folder: Path, name: str) -> dict[str, bytes]:
    files = sorted(folder.glob("locale/*/LC_MESSAGES/*.po"))
    return {f"{name}/{file.relative_to(folder).as_posix()}": file.read_bytes() for file in files}


def pack(instrument: Instrument, files: Mapping[str, bytes], proofs: Iterable[Mapping[str, Any]] | None) -> bytes:
    """Return the zip. `proofs` are what each promise came out as, without times; None if nothing was asked."""
    inside = dict(files)
    if proofs is not None:
        inside[PROOFS] = _json(list(proofs))
    inside[MANIFEST] = _json(
        {
            "askwell_pack": FORMAT,
            "id": instrument.id,
            "version": instrument.version,
            "content_hash": instrument.content_hash,
            "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(inside.items())},
        }
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(inside.items()):
            entry = zipfile.ZipInfo(name, THE_DATE)
            entry.create_system, entry.external_attr = 3, A_FILE  # the same on every system
            archive.writestr(entry, content)
    return made.getvalue()


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True) + "\n").encode()
