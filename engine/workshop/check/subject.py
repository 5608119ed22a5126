"""What is checked: an instrument without problems, where everything stands in its file, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from engine.format.atoms import Text
from engine.format.directory import Directory
from engine.format.instrument import Instrument
from engine.format.resolve import scope_of
from engine.format.resolve_checks import texts
from engine.format.yaml_node import Node
from engine.problem import Place
from engine.workshop.check.conditions import Condition, conditions_of
from engine.workshop.check.decide import Decisions
from engine.workshop.check.knowledge import Knowledge
from engine.workshop.check.questions import questions


@dataclass(frozen=True)
class Subject:
    """One questionnaire under check, on one day. `solver` says whether hard questions may be asked of a solver."""

    instrument: Instrument
    tree: Node
    folder: Path
    today: date
    directory: Directory | None = None
    solver: bool = True

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition as written, with its parts."""
        return conditions_of(self.tree, scope_of(self.instrument.questionnaire, self.tree, self.directory))

    @cached_property
    def decisions(self) -> Decisions:
        """Answers to questions about every record."""
        asked = questions(self.instrument, self.conditions, self.directory)
        return Decisions(self.instrument, Knowledge(self.instrument, asked, self.today), self.solver)

    @cached_property
    def dead(self) -> frozenset[str]:
        """The items that are never asked: what is said of them is a consequence."""
        items = self.instrument.items.values()
        return frozenset(one.id for one in items if self.decisions.can_hold(one.applies_if) is False)

    @cached_property
    def texts(self) -> tuple[tuple[Text, Node, str], ...]:
        """Every text with its node and its key."""
        return tuple(texts(self.instrument.questionnaire, self.tree))

    @cached_property
    def item_nodes(self) -> dict[str, Node]:
        """Each item's node by its id."""
        sections = self.tree.at(["sections"]).items
        return {str(node.at(["id"]).value): node for one in sections for node in one.at(["items"]).items}

    def first_of(self, section: str) -> str:
        """Return the first item of a section."""
        return next(one.items[0] for one in self.instrument.sections if one.id == section)

    def place(self, *path: str | int) -> Place:
        """Return where the key at this path stands."""
        return self.tree.key_at(path).place

    def item_place(self, item: str, *path: str | int) -> Place:
        """Return where an item's id stands, or a key below the item."""
        node = self.item_nodes[item]
        return node.key_at(path).place if path else node.at(["id"]).place

    def option_nodes(self, item: str) -> Iterator[tuple[str, Node]]:
        """Yield the options of an item, each with the node of its name, in its own list or in its option set."""
        node = self.item_nodes[item].at(["options"])
        listed = node if node.is_map else self.tree.at(["option_sets", str(node.value)])
        yield from ((name, key) for name, (key, _) in listed.entries.items())

    def action_place(self, action: str) -> Place:
        """Return where an action's id stands."""
        return next(node for node in self.tree.at(["plan"]).items if node.at(["id"]).value == action).at(["id"]).place
