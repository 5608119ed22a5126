"""The draft of an instrument: what resolving has found out so far, and every problem on the way.

The one thing in this package that changes while it is used. It lives as long as `resolve` runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.format import items, model
from engine.format.directory import Directory
from engine.format.instrument import Option
from engine.format.yaml_node import Node
from engine.language.parse import Parsed, parse
from engine.language.read import Reading, read_number, read_truth
from engine.language.reads import reads
from engine.language.scope import Members, Name, Scope
from engine.language.terms import ALWAYS, Constant, Number, Truth
from engine.problem import Place, Problem, did_you_mean

# Nobody mends more at once, and a file made to have very many must not take long.
MOST_PROBLEMS = 500


@dataclass(frozen=True, slots=True)
class Use:
    """One expression and the items, scores and outcomes it reads; `mentions` says where in its text."""

    node: Node
    reads: frozenset[str]
    mentions: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """One item as written: its model, its node, its section and, if it has any, its options with their nodes."""

    part: items.ItemPart
    node: Node
    section: items.Section
    section_node: Node
    options: tuple[Option, ...] = ()
    option_parts: Mapping[str, items.Option] = field(default_factory=dict)
    option_nodes: Mapping[str, Node] = field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """What is known so far."""

    questionnaire: model.Questionnaire
    root: Node
    directory: Directory | None
    problems: list[Problem] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    items: dict[str, Written] = field(default_factory=dict)
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, Name] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    printed: dict[str, Name] = field(default_factory=dict)
    uses: dict[str, list[Use]] = field(default_factory=dict)
    calculations: dict[str, Parsed] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)  # of calculations without a slip, good for good

    def report(self, kind: str, place: Place, message: str, remedy: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(kind, place, message, remedy))

    def unknown(self, what: str, node: Node, known: Iterable[str], else_remedy: str = "") -> None:
        """Note that a name is not among those it should be one of; a map of these may hold words to show with them."""
        words = known if isinstance(known, Mapping) else dict.fromkeys(known, "")
        known = {name: word if isinstance(word, str) else "" for name, word in words.items()}
        remedy = did_you_mean(str(node.value), known) if len(self.problems) < MOST_PROBLEMS else ""
        remedy = remedy or else_remedy or _list(known)
        article = "an" if what[0] in "aeiou" else "a"
        self.report(f"unknown-{what.replace(' ', '-')}", node.place, f"'{node.value}' is not {article} {what}.", remedy)

    def part(self, *path: str | int) -> Node:
        """Return the node at a path that the model says exists."""
        return self.root.at(path)

    def truth(self, node: Node | None, scope: Scope, key: str, *owners: str) -> Truth:
        """Read a condition, which `owners` depend on; nothing written means always."""
        if node is None or not isinstance(node.value, str) or len(self.problems) >= MOST_PROBLEMS:
            return ALWAYS
        reading = read_truth(node.value, scope)
        self._note(node, reading, key, owners)
        return reading.term if reading.term is not None else ALWAYS  # type: ignore[return-value]

    def number(self, node: Node, scope: Scope, key: str, *owners: str) -> Number:
        """Read a calculation, which `owners` depend on."""
        text = str(node.value)
        reading = self.readings.get(text) or read_number(self.parsed(text), scope)
        self._note(node, reading, key, owners)
        return reading.term if reading.term is not None else Constant(0)  # type: ignore[return-value, arg-type]

    def parsed(self, text: str) -> Parsed:
        """Return a calculation parsed: what is read more than once is parsed once."""
        if text not in self.calculations:
            self.calculations[text] = parse(text)
        return self.calculations[text]

    def _note(self, node: Node, reading: Reading, key: str, owners: Iterable[str]) -> None:
        self.written[key] = " ".join(str(node.value).split())
        for slip in reading.slips:
            self.report(slip.kind, node.place_at(slip.start, slip.length), slip.message, slip.remedy)
        use = Use(node, self.read_by(reading), tuple(reading.mentions))
        for owner in owners:
            self.uses.setdefault(owner, []).append(use)

    def read_by(self, reading: Reading) -> frozenset[str]:
        """Return what an expression reads; where it could not be understood, what it mentions."""
        if reading.term is not None:
            return reads(reading.term)
        return frozenset(member for name, _ in reading.mentions for member in self.members(name))

    def owner(self, kind: str, name: str) -> str:
        """Return the name under which the uses of a score or outcome are kept: its own, unless it is taken."""
        own = self.places.get(name) == self.root.key_at([kind, name]).place
        return name if own else f"{kind} {name}"

    def members(self, name: str) -> tuple[str, ...]:
        """Return the items a group stands for, or the name itself."""
        known = self.names.get(name)
        return known.meaning.members if known and isinstance(known.meaning, Members) else (name,)


def _list(known: Iterable[str]) -> str:
    words = sorted(known)
    if not words:
        return "There are none yet."
    if len(words) == 1:
        return f"There is only {words[0]}."
    return f"There are {', '.join(words[:12])}{' and more' if len(words) > 12 else ''}."
