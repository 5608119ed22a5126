"""PO files, the form in which translators' tools keep translations: read strictly, with places, and written.

Babel reads them as well, but guesses: it drops headers that it does not know, takes off the first and last letter of
words without quotes, and joins what stands twice. Words that a frightened person reads are not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from engine.format.yaml_tree import LARGEST_FILE, UNSAFE
from engine.problem import Place, Problem

CATALOGUE_KINDS = {
    "unreadable-file": "The file is there and can be read.",
    "not-utf-8": "A file is written in UTF-8.",
    "too-large": "A file is at most 4 MiB.",
    "unsafe-text": "Words hold no characters that cannot be seen or that turn the direction of reading.",
    "not-a-catalogue": "A line of a PO file is a comment, or a keyword with words in quotes.",
    "said-twice": "A place is translated once.",
}
LARGEST_CATALOGUE = 4 * LARGEST_FILE
MOST_PROBLEMS = 50
_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+)?"((?:[^"\\]|\\.)*)"')
_BEFORE = re.compile(r'#\|\s*(msgid\s+)?"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One translation: the place (`context`) and words it was made from, and its own words (empty: not yet made).

    `notes` are the translator's own comments, `about` what was told to the translator, `before` the words that an older
    translation was made from. `line` is where it begins in its file, `said_on` where its own words do.
    """

    context: str
    source: str
    words: str = ""
    fuzzy: bool = False
    about: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    before: str = ""
    line: int = 1
    said_on: int = 1

    @property
    def key(self) -> str:
        """What it is known by: its place or, without one, the words it was made from."""
        return self.context or self.source


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translations of one file; `obsolete` are those whose place is gone, kept for reuse."""

    file: str
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    comment: tuple[str, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    obsolete: tuple[Entry, ...] = ()

    @property
    def draft(self) -> str:
        """What is still to be done before anybody may rely on it; empty where it is finished."""
        status = self.headers.get("X-Askwell-Status", "")
        return status.partition(":")[2].strip() or status if status.startswith("draft") else ""


def read_po(content: bytes, file: str) -> tuple[Catalogue, list[Problem]]:
    """Return the translations of a file and every problem in it."""
    if len(content) > LARGEST_CATALOGUE:
        remedy = "Divide the questionnaire into several."
        return Catalogue(file), [Problem("too-large", Place(file, 1, 1), "The file is larger than 4 MiB.", remedy)]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = "The file is not written in UTF-8 from here on."
        return Catalogue(file), [Problem("not-utf-8", Place(file, line, 1), message, "Save it again, as UTF-8.")]
    reading = _Reading(file)
    for number, written in enumerate(text.split("\n"), 1):
        reading.take(written.strip(), number)
    reading.close()
    header = next((one for one in reading.found if not one.key), Entry("", ""))
    headers = dict(line.split(": ", 1) for line in header.words.split("\n") if ": " in line)
    catalogue = Catalogue(file, headers, header.notes, reading.entries(), tuple(reading.obsolete))
    return catalogue, reading.problems[:MOST_PROBLEMS]


class _Reading:
    """Reads one line after another; an entry ends where the next begins."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Entry] = []
        self.obsolete: list[Entry] = []
        self.problems: list[Problem] = []
        self.clear()

    def clear(self) -> None:
        self.parts: dict[str, list[str]] = {}
        self.lines: dict[str, int] = {}
        self.comments: list[str] = []
        self.key = ""
        self.is_obsolete = False

    def take(self, line: str, number: int) -> None:
        if line.startswith("#~"):
            if not self.is_obsolete and self.parts:
                self.close()
            self.is_obsolete = True
            line = line[2:].strip()
        if not line or line.startswith("|"):
            return
        if line.startswith("#"):
            if "msgstr" in self.parts:
                self.close()
            self.comments.append(line)
            return
        if found := UNSAFE.search(line):
            message = f"Here stands a character that cannot be seen (U+{ord(found[0]):04X})."
            self.report("unsafe-text", number, message, "Delete it and type the words again.", found.start() + 1)
            return
        match = _LINE.fullmatch(line)
        keyword = match[1] if match else None
        if match is None or (keyword is None and not self.key):
            message = "This is neither a comment nor a keyword with words in quotes."
            self.report("not-a-catalogue", number, message, "Open and save the file in a program for translations.")
            return
        if keyword is not None:
            self.begin(keyword, number)
        self.parts[self.key].append(_plain(match[2]))

    def begin(self, keyword: str, number: int) -> None:
        keyword = "msgstr" if keyword == "msgstr[0]" else keyword
        if keyword in self.parts or (keyword == "msgctxt" and self.parts):
            obsolete = self.is_obsolete
            self.close()
            self.is_obsolete = obsolete
        self.parts[keyword] = []
        self.lines[keyword] = number
        self.key = keyword

    def close(self) -> None:
        if self.parts:
            self.keep()
        self.clear()

    def keep(self) -> None:
        first = min(self.lines.values())
        if not {"msgid", "msgstr"} <= self.parts.keys():
            message = "This translation is not complete: it has a `msgid` and a `msgstr`."
            self.report("not-a-catalogue", first, message, "Open and save the file in a program for translations.")
            return
        said = {name: "".join(words) for name, words in self.parts.items()}
        flags = tuple(flag.strip() for one in self.comments if one.startswith("#,") for flag in one[2:].split(","))
        entry = Entry(
            said.get("msgctxt", ""),
            said["msgid"],
            said["msgstr"],
            fuzzy="fuzzy" in flags,
            about=tuple(note[2:].strip() for note in self.comments if note.startswith("#.")),
            notes=tuple(note[1:].strip() for note in self.comments if not note.startswith(("#.", "#,", "#:", "#|"))),
            flags=tuple(flag for flag in flags if flag != "fuzzy"),
            before="".join(_plain(one[2]) for told in self.comments if (one := _BEFORE.fullmatch(told))),
            line=first,
            said_on=self.lines["msgstr"],
        )
        (self.obsolete if self.is_obsolete else self.found).append(entry)

    def entries(self) -> dict[str, Entry]:
        known: dict[str, Entry] = {}
        for entry in self.found:
            if entry.key in known:
                message = f"'{entry.key}' is translated on line {known[entry.key].line} already."
                self.report("said-twice", entry.line, message, "Take one of them away.")
            elif entry.key:
                known[entry.key] = entry
        return known

    def report(self, kind: str, line: int, message: str, remedy: str, column: int = 1) -> None:
        self.problems.append(Problem(kind, Place(self.file, line, column), message, remedy))


def _plain(quoted: str) -> str:
    return _ESCAPED.sub(lambda one: _ESCAPES.get(one[1], one[1]), quoted)


def po_text(catalogue: Catalogue) -> str:
    """Return the file; `read_po` takes it back."""
    head = "".join(f"{name}: {value}\n" for name, value in catalogue.headers.items())
    first = Entry("", "", head, notes=catalogue.comment)
    kept = [*catalogue.entries.values()]
    blocks = [_block(one) for one in (first, *kept)]
    gone = [_block(replace(one, about=(), flags=())) for one in catalogue.obsolete]
    return "\n".join([*blocks, *("".join(_obsolete(block)) for block in gone)])


def _obsolete(block: str) -> Iterator[str]:
    for line in block.splitlines(keepends=True):
        yield line if line.startswith("#") else f"#~ {line}"


def _block(entry: Entry) -> str:
    flags = [*(["fuzzy"] if entry.fuzzy else []), *entry.flags]
    lines = [
        *(f"# {note}".rstrip() for note in entry.notes),
        *(f"#. {line}" for line in entry.about),
        *([f"#, {', '.join(flags)}"] if flags else []),
        *(f"#| {line}" for line in _said("msgid", entry.before) if entry.before),
        *(_said("msgctxt", entry.context) if entry.context else []),
        *_said("msgid", entry.source),
        *_said("msgstr", entry.words),
    ]
    return "\n".join(lines) + "\n"


def _said(keyword: str, words: str) -> Iterable[str]:
    from babel.messages.pofile import normalize  # noqa: PLC0415  # needed only where a file is written

    return f"{keyword} {normalize(words, width=100)}".split("\n")
