"""Open a pack that came from somebody else. Nothing in it is trusted: what does not belong is refused, in words."""

from __future__ import annotations

import hashlib
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from engine.workshop.pack import FORMAT, MANIFEST

LARGEST_PACK = 20 * 1024 * 1024
LARGEST_FILE = 5 * 1024 * 1024
MOST_FILES = 200
_WORD = r"[a-z][a-z0-9_]{0,63}"
_TRANSLATION = r"locale/[a-zA-Z]{2,3}(-[a-zA-Z]{2,4})?/LC_MESSAGES/[a-z_]+\.po"
_BELONGS = re.compile(
    rf"manifest\.json|proofs\.json|(?!directory/){_WORD}/(questionnaire\.yaml|cases\.yaml|{_TRANSLATION})"
    rf"|directory/({_WORD}\.yaml|{_TRANSLATION})"
)
_READ_AT_ONCE = 64 * 1024


class InvalidPack(ValueError):
    """A file that is no pack, or not one that can be trusted; the message says why, for whoever serves it."""


def unpack(pack: Path) -> tuple[str, Mapping[str, bytes]]:
    """Return the id of the questionnaire in a pack, and the files in it by name. Raises InvalidPack."""
    try:
        if pack.stat().st_size > LARGEST_PACK:
            raise InvalidPack(f"It is larger than {LARGEST_PACK // 2**20} MB.")
        with zipfile.ZipFile(pack) as archive:
            files = _files(archive)
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError) as error:
        if isinstance(error, InvalidPack):
            raise
        raise InvalidPack("It cannot be read as a zip file.") from error
    return _checked(files), files


def _files(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES:
        raise InvalidPack(f"It holds more than {MOST_FILES} files.")
    files: dict[str, bytes] = {}
    room = LARGEST_PACK
    for entry in entries:
        shown = _shown(entry.filename)
        if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
            raise InvalidPack(f"{shown} is a link or no file at all.")
        if not _BELONGS.fullmatch(entry.filename):
            raise InvalidPack(f"{shown} does not belong into a pack.")
        if entry.filename in files:
            raise InvalidPack(f"{shown} is in it twice.")
        if entry.flag_bits & 1:
            raise InvalidPack(f"{shown} is locked with a password.")
        files[entry.filename] = _content(archive, entry, min(room, LARGEST_FILE))
        room -= len(files[entry.filename])
    return files


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    """Read a file, whatever it says of its size, and stop where it becomes too large."""
    parts, size = [], 0
    with archive.open(entry) as file:
        while part := file.read(_READ_AT_ONCE):
            size += len(part)
            if size > room:
                raise InvalidPack(f"{_shown(entry.filename)} is too large when it is unpacked.")
            parts.append(part)
    return b"".join(parts)


def _checked(files: Mapping[str, bytes]) -> str:
    """Return the id, once everything is what the manifest says."""
    try:
        manifest = json.loads(files[MANIFEST])
        version, name, listed = manifest["askwell_pack"], manifest["id"], manifest["files"]
        hashes = {str(file): str(one) for file, one in listed.items()}
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
        raise InvalidPack(f"{MANIFEST} is missing, or does not say what is in it.") from None
    if version != FORMAT:
        raise InvalidPack("It is of another version of packs.")
    if f"{name}/questionnaire.yaml" not in files:
        raise InvalidPack("The questionnaire that it names is not in it.")
    for file in sorted({*files, *hashes} - {MANIFEST}):
        if file not in files:
            raise InvalidPack(f"{_shown(file)} is missing.")
        if file.split("/")[0] not in (name, "directory", "proofs.json"):
            raise InvalidPack(f"{_shown(file)} belongs to another questionnaire.")
        if hashlib.sha256(files[file]).hexdigest() != hashes.get(file):
            raise InvalidPack(f"{_shown(file)} was changed after it was packed.")
    return str(name)


def _shown(name: str) -> str:
    return f"'{name[:80]}'" if name.isprintable() else "A name with unseen characters"
