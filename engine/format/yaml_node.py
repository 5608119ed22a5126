"""The tree of a YAML file: plain values that know the exact place they come from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

from engine.format.yaml_places import origins
from engine.problem import Place

Scalar = str | int | Decimal | bool | None
Style = Literal["", "'", '"', "|", ">", "{", "["]


@dataclass(frozen=True)
class Source:
    """A file's name and its text."""

    file: str
    text: str

    @cached_property
    def starts(self) -> list[int]:
        """Where each line starts."""
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def place(self, start: int, end: int) -> Place:
        """Return the place of these characters, cut at the end of the line on which they start."""
        start = min(start, len(self.text))
        line = bisect_right(self.starts, start)
        line_end = self.text.find("\n", start)
        stop = len(self.text) if line_end < 0 else line_end
        column = start - self.starts[line - 1] + 1
        return Place(self.file, line, column, max(1, min(end, stop) - start))


_NO_ENTRIES: Mapping[str, tuple[Node, Node]] = MappingProxyType({})


@dataclass(slots=True, eq=False, init=False)
class Node:
    """A scalar, a list or a map, from `start` to `end` in its source. Nothing ever changes one.

    `style` is the quote or block sign of a scalar ("" for a plain one), `[` for a list, `{` for a map. `entries` holds
    the nodes of key and value by the key's text.
    """

    source: Source
    start: int
    end: int
    style: Style
    value: Scalar
    items: tuple[Node, ...]
    entries: Mapping[str, tuple[Node, Node]]

    def __init__(  # noqa: PLR0917  made in the order of the fields, as a dataclass is
        self,
        source: Source,
        start: int,
        end: int,
        style: Style,
        value: Scalar = None,
        items: tuple[Node, ...] = (),
        entries: Mapping[str, tuple[Node, Node]] = _NO_ENTRIES,
    ) -> None:
        # written out: of a frozen one the making takes five times as long, and a file has thousands
        self.source, self.start, self.end, self.style = source, start, end, style
        self.value, self.items, self.entries = value, items, entries

    @property
    def is_map(self) -> bool:
        """Whether this is a map."""
        return self.style == "{"

    @property
    def is_list(self) -> bool:
        """Whether this is a list."""
        return self.style == "["

    @property
    def is_scalar(self) -> bool:
        """Whether this is a single value."""
        return self.style not in ("{", "[")

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was written here."""
        return self.value is None and self.style == "" and self.start == self.end

    @property
    def place(self) -> Place:
        """Where this stands: a scalar as far as its line goes, a map at its first key, a list at its first sign."""
        if self.entries:
            return next(iter(self.entries.values()))[0].place
        if self.style in ("{", "[", "|", ">"):
            return self.source.place(self.start, self.start + 1)
        return self.source.place(self.start, self.end)

    def place_at(self, offset: int, length: int = 1) -> Place:
        """Return the place in the file of these characters of a scalar's value."""
        if not isinstance(self.value, str) or not self.value:
            return self.place
        where = origins(self.source.text, self.start, self.end, self.style, self.value)
        if where is None:
            return self.place
        if offset >= len(where):
            return self.source.place(where[-1][1], where[-1][1] + 1)
        last = min(offset + max(length, 1), len(where)) - 1
        return self.source.place(where[max(offset, 0)][0], where[last][1])

    def data(self) -> Any:
        """Return what was written as plain values."""
        if self.style == "{":
            return {key: node.data() for key, (_, node) in self.entries.items()}
        if self.style == "[":
            return [node.data() for node in self.items]
        return self.value

    def get(self, key: str) -> Node | None:
        """Return the value of a key of this map."""
        entry = self.entries.get(key)
        return entry[1] if entry else None

    def at(self, path: Iterable[str | int]) -> Node:
        """Return the node at a path, or the last one on the way that exists."""
        node = self
        for part in path:
            below = node.child(part)
            if below is None:
                break
            node = below
        return node

    def key_at(self, path: Iterable[str | int]) -> Node:
        """Return the node of the last key on a path, or what stands there if that is no key."""
        node, found = self, self
        for part in path:
            below = node.child(part)
            if below is None:
                break
            found = node.entries[part][0] if isinstance(part, str) else below
            node = below
        return found

    def child(self, part: str | int) -> Node | None:
        """Return what stands at this key or, counted from 0, at this place of the list."""
        if isinstance(part, str):
            return self.get(part)
        return self.items[part] if 0 <= part < len(self.items) else None

    def walk(self) -> Iterator[Node]:
        """Yield this node and every value below it, in the order of the file."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            if node.entries:
                waiting += [value for _, value in node.entries.values()][::-1]
            elif node.items:
                waiting += reversed(node.items)
