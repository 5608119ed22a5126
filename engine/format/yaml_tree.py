"""Strict YAML: a file's text goes in, a tree whose every value knows its place comes out, with every problem found.

Only the plain part of YAML is allowed: no anchors, aliases or tags, no key twice, one document, words as keys. The
events of libyaml are read one by one, so nothing grows beyond what is written and depth is counted before it is built.
PyYAML's own parser is never used: it stumbles over a question mark before a comma, and a file must mean one thing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from engine.format.yaml_node import Node, Scalar, Source, Style
from engine.format.yaml_scalars import NotANumber, TooLarge, resolve
from engine.format.yaml_slips import explain
from engine.problem import Place, Problem

LARGEST_FILE = 1 << 20
DEEPEST = 40
MOST_UNSAFE = 20

# Controls, soft hyphen, direction marks and overrides, zero-width characters, line separators, tags. The two joiners
# are needed after letters of Arabic and Indic scripts, and only there.
UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0e"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]|(?<![\u0600-\u0fff])[\u200c\u200d]|\r(?!\n)"
)
_HASHED = re.compile(r"#\w\S*")
# any of these letters, wherever it stands: a look that is quick, since most files have none
SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0e"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def read(text: str, file: str, begins: str = "askwell: 1") -> tuple[Node | None, list[Problem]]:
    """Read the text of a file; the tree is None where there is nothing to go on with. `begins` is how such a file
    begins, which is told where it is empty.
    """
    text = text.removeprefix("\ufeff")
    source = Source(file, text)
    if len(text) > LARGEST_FILE or len(text.encode(errors="replace")) > LARGEST_FILE:
        message = "The file is larger than 1 MiB."
        return None, [Problem("too-large", source.place(0, 1), message, "Divide it into several questionnaires.")]
    suspect = SUSPECT.search(text) is not None
    problems = list(_unsafe_text(source)) if suspect else []
    builder = _Builder(source, problems)
    try:
        for event in iter(yaml.CLoader(UNSAFE.sub("?", text) if suspect else text).get_event, None):
            builder.take(event)
            if builder.stopped:
                return None, problems
    except yaml.YAMLError as error:
        return None, [*problems, explain(source, error)]
    if builder.root is None:
        problems.append(Problem("empty-file", source.place(0, 1), "The file is empty.", f"Begin with `{begins}`."))
    return builder.root, problems


def _unsafe_text(source: Source) -> Iterator[Problem]:
    for count, match in enumerate(UNSAFE.finditer(source.text)):
        if count == MOST_UNSAFE:
            return
        yield _unsafe(match[0], source.place(match.start(), match.end()))


def _unsafe(char: str, place: Place) -> Problem:
    name = unicodedata.name(char, "a control character").lower()
    message = f"Here stands a character that cannot be seen (U+{ord(char):04X}, {name})."
    return Problem("unsafe-text", place, message, "Delete it and type the words again; copied text often brings it.")


@dataclass(slots=True)
class _Open:
    """A list or map that is not closed yet."""

    start: int
    style: Style
    items: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[Node, Node]] = field(default_factory=dict)
    key: Node | None = None


class _Builder:
    """Turns events into nodes; the only thing here that changes, and it is gone when the file is read."""

    def __init__(self, source: Source, problems: list[Problem]) -> None:
        self.source = source
        self.problems = problems
        self.open: list[_Open] = []
        self.root: Node | None = None
        self.documents = 0
        self.stopped = False

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self.add(self.scalar(event))
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self.begin(event, "{" if kind is yaml.MappingStartEvent else "[")
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            done = self.open.pop()
            end = event.end_mark.index
            self.add(Node(self.source, done.start, end, done.style, None, tuple(done.items), done.entries))
        elif kind is yaml.AliasEvent:
            remedy = f"Write the whole thing again, or, if these are words, put them in quotes: '*{event.anchor}'."
            self.report(
                "alias", event, "An alias (*) stands for something written elsewhere; this is not allowed.", remedy
            )
            self.add(Node(self.source, event.start_mark.index, event.end_mark.index, ""))
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                remedy = "Delete the line `---`, or move what follows to another file."
                self.report("several-documents", event, "A second document begins here.", remedy)
                self.stopped = True

    def begin(self, event: Any, style: Style) -> None:
        self.decorations(event)
        if len(self.open) >= DEEPEST:
            self.report("too-deep", event, f"Things are nested more than {DEEPEST} deep.", "Nothing here needs that.")
            self.stopped = True
        self.open.append(_Open(event.start_mark.index, style))

    def scalar(self, event: Any) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        style: Style = event.style or ""
        if event.anchor is not None or event.tag is not None:
            self.decorations(event)
            return Node(self.source, start, end, "'", event.value)
        value: Scalar = event.value
        if event.value and not event.value.isascii():
            value = unicodedata.normalize("NFC", event.value)
        if not style and not (self.open and self.open[-1].style == "{" and self.open[-1].key is None):
            value = self.resolved(event)
            if self.source.text.startswith(" #", end) and isinstance(value, str):
                self.words_lost(end + 1)
        node = Node(self.source, start, end, style, value)
        if style == '"' and (match := UNSAFE.search(event.value)):
            self.problems.append(_unsafe(match[0], node.place_at(match.start())))
        return node

    def words_lost(self, start: int) -> None:
        """Report what YAML takes for a comment, if it is hardly meant as one: no space follows the sign."""
        word = _HASHED.match(self.source.text, start)
        if word is not None:
            message = f"'{word[0]}' is taken for a comment, so it is left out with all that follows on this line."
            remedy = "Put the whole value in quotes; or put a space after the #, if it is a comment."
            self.problems.append(Problem("words-lost", self.source.place(*word.span()), message, remedy))

    def resolved(self, event: Any) -> Scalar:
        try:
            value = resolve(event.value)
        except NotANumber:
            self.report("not-finite", event, f"`{event.value}` is not a number to reckon with.", "Write a number.")
        except TooLarge:
            message = "This number has more digits than any answer or score can need."
            self.report("number-too-large", event, message, "Put it in quotes if these are words.")
        else:
            return unicodedata.normalize("NFC", value) if isinstance(value, str) and not value.isascii() else value
        return 0

    def add(self, node: Node) -> None:
        if not self.open:
            self.root = node if self.root is None else self.root
            return
        around = self.open[-1]
        if around.style == "[":
            around.items.append(node)
        elif around.key is None:
            around.key = self.as_key(node)
        else:
            self.add_entry(around, around.key, node)
            around.key = None

    def as_key(self, node: Node) -> Node:
        if node.is_scalar and node.value != "":
            return node
        message = (
            "Before the colon stands a list or map, or nothing." if node.style != "" else "Before the colon is nothing."
        )
        remedy = "Write a word there. Words that begin with { or [ go in quotes."
        self.problems.append(Problem("key-not-a-word", self.source.place(node.start, node.start + 1), message, remedy))
        return Node(self.source, node.start, node.start + 1, "{")

    def add_entry(self, around: _Open, key: Node, value: Node) -> None:
        if not isinstance(key.value, str):
            return
        if key.value in around.entries:
            line = around.entries[key.value][0].place.line
            message = f"'{key.value}' stands here twice; the first is on line {line}."
            self.problems.append(Problem("duplicate-key", key.place, message, "Keep one of them."))
            return
        around.entries[key.value] = (key, value)

    def decorations(self, event: Any) -> None:
        """Report an anchor or a tag."""
        if event.anchor is None and event.tag is None:
            return
        start = event.start_mark.index
        word = (re.compile(r"\S+").match(self.source.text, start) or [""])[0]
        place = self.source.place(start, start + max(1, len(word)))
        if event.anchor is not None:
            remedy = "Delete it, or, if these are words, put them in quotes."
            self.problems.append(Problem("alias", place, f"'{word}' is an anchor (&); these are not allowed.", remedy))
        else:
            remedy = "Delete it, or, if these are words, put them in quotes."
            self.problems.append(Problem("tag", place, f"'{word}' is a tag (!); these are not allowed.", remedy))

    def report(self, kind: str, event: Any, message: str, remedy: str) -> None:
        place = self.source.place(event.start_mark.index, event.end_mark.index)
        self.problems.append(Problem(kind, place, message, remedy))
