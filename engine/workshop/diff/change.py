"""One change, and all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.interview.record import Record

Way = Literal["up", "down", "appears", "disappears"]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was added, removed or changed; before and after in words, empty where there is none.

    `part` is a heading: phone numbers, items, outcomes, …; `name` whose it is: "who.options.partner".
    """

    part: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody is told differently of one thing, or that nobody is (`somebody` False), or not decided (None).

    `before` and `after` are in words; `case` is the person as an entry for cases.yaml of the new version.
    """

    kind: str
    name: str
    way: Way
    somebody: bool | None
    before: str = ""
    after: str = ""
    record: Record | None = None
    case: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything between two versions. `titles` say which versions."""

    titles: tuple[str, str]
    changes: tuple[Change, ...]
    told: tuple[Told, ...]

    @property
    def by_part(self) -> Mapping[str, tuple[Change, ...]]:
        """The changes under their headings."""
        found: dict[str, tuple[Change, ...]] = {}
        for one in self.changes:
            found[one.part] = (*found.get(one.part, ()), one)
        return found
