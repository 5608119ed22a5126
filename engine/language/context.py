"""What reading an expression carries along: the names, the way back to the text, and the slips found so far."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from engine.language.names import unknown_name
from engine.language.parse import Parsed
from engine.language.scope import Choice, Entries, Meaning, Members, Name, Scope, Slip
from engine.language.terms import Number, Truth
from engine.language.tokens import STAND_IN


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that is typed: a plain number, or the day number of a date."""

    term: Number
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of one node.

    Conditions contain numbers and numbers contain conditions: `truth_of` and `quantity_of` tie the two together.
    `standing_for` says which member a group's name means at the moment.
    """

    scope: Scope
    parsed: Parsed
    truth_of: Callable[[ast.expr, Context, bool], Truth | None]
    quantity_of: Callable[[ast.expr, Context], Quantity | None]
    slips: list[Slip] = field(default_factory=list)
    mentions: list[tuple[str, int]] = field(default_factory=list)
    standing_for: Mapping[str, str] = field(default_factory=dict)

    def truth(self, node: ast.expr, *, holds: bool = True) -> Truth | None:
        """Read a condition, or its opposite; None after a slip."""
        return self.truth_of(node, self, holds)

    def quantity(self, node: ast.expr) -> Quantity | None:
        """Read a number or a date; None after a slip."""
        return self.quantity_of(node, self)

    def number(self, node: ast.expr) -> Number | None:
        """Read a number; a date is a slip."""
        quantity = self.quantity(node)
        if quantity and quantity.is_date:
            written = self.written(node)
            message = f"'{written}' is a date, but a number is needed."
            self.slip("not-a-number", node, message, f"Write 'days_since({written})' for the days from then to today.")
            return None
        return quantity.term if quantity else None

    def slip(self, kind: str, node: ast.expr, message: str, remedy: str = "") -> None:
        """Note a mistake that lies in this node."""
        self.slip_at(kind, self.parsed.span(node), message, remedy)

    def slip_at(self, kind: str, span: tuple[int, int], message: str, remedy: str = "") -> None:
        """Note a mistake at a start and a length; the same one at the same place is noted once."""
        if all((slip.kind, slip.start) != (kind, span[0]) for slip in self.slips):
            self.slips.append(Slip(kind, *span, message, remedy))

    def written(self, node: ast.expr) -> str:
        return self.parsed.written(node)

    def word(self, node: ast.expr) -> str:
        """Return the name's text, or nothing if the node is not a name."""
        if not isinstance(node, ast.Name):
            return ""
        return node.id if node.id != STAND_IN else self.parsed.token(node).text

    def named(self, node: ast.expr) -> Name | None:
        """Return what a name stands for if it is known; never a slip."""
        word = self.word(node)
        return self.scope.names.get(self.standing_for.get(word, word)) if word else None

    def meaning(self, node: ast.expr) -> Meaning | None:
        name = self.named(node)
        return name.meaning if name else None

    def mention(self, name: Name, node: ast.expr) -> None:
        """Note that the expression depends on this name."""
        self.mentions.append((name.id, self.parsed.span(node)[0]))

    def look_up(self, node: ast.expr) -> Name | None:
        """Return what a name stands for and note that it is mentioned; a slip if it is unknown."""
        name = self.named(node)
        if name:
            self.mention(name, node)
            return name
        word = self.word(node)
        kind, message, remedy = unknown_name(self.standing_for.get(word, word), self.scope)
        self.slip(kind, node, message, remedy)
        return None

    def members(self, node: ast.expr, group: Members) -> tuple[Name, ...]:
        """Return a group's members that may be used here, mentioning them; a slip for each that may not."""
        found = [
            replace(self, standing_for={**self.standing_for, self.word(node): member}).look_up(node)
            for member in group.members
        ]
        return tuple(name for name in found if name)

    def entry_of(self, repeat: Name, entries: Entries) -> Context:
        """Return the surroundings inside one entry of a repeat: its own fields, and nothing else."""
        reason = f"Inside one entry of '{repeat.id}' only the entry's own fields and today can be used."
        outside = dict.fromkeys({*self.scope.names, *self.scope.forbidden_because} - set(entries.fields), reason)
        inside = Scope(names=entries.fields, forbidden_because=outside)
        return replace(self, scope=inside, mentions=[], standing_for={})


def all_options(choice: Choice) -> int:
    """Return the mask of every option, without *not shown*."""
    return (1 << (len(choice.options) + 1)) - 2
