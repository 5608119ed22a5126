"""Read a service directory from its file: the whole Directory, or every problem in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from engine.format import shape, yaml_tree
from engine.format.directory import Directory
from engine.format.text_file import text_of
from engine.format.yaml_node import Node
from engine.problem import InvalidQuestionnaire, Problem, did_you_mean

DIRECTORY_KINDS = {
    "unknown-nation": "The directory has no such nation.",
    "phone-shape": "A number is one that can be dialled in the UK, in quotes.",
    "address-shape": "An e-mail address has an @; a page is written without https://.",
    "hours-shape": "Hours are always, or a week whose times run from early to late.",
    "not-verifiable": "A verified fact has evidence that is enough to print it, and names its source.",
}


def load_directory(path: Path) -> Directory:
    """Return the directory in this file, or raise InvalidQuestionnaire with all its problems."""
    text = text_of(path)
    tree, problems = yaml_tree.read(text, str(path), begins="askwell_directory: 1")
    if tree is not None:
        directory, misshapen = shape.check(Directory, tree)
        problems = [*problems, *misshapen, *_unknown_names(tree)]
        if directory is not None and not problems:
            return directory
    raise InvalidQuestionnaire(problems, {str(path): text})


def _unknown_names(tree: Node) -> Iterator[Problem]:
    """Look for nations and sources that the directory does not list, whatever else is wrong with it."""
    nations, sources = (tuple(tree.at([part]).entries) if tree.get(part) else () for part in ("nations", "sources"))
    services = tree.get("services")
    for node in services.walk() if services else ():
        where = node.get("nations")
        for nation in where.items if where else ():
            yield from _unknown("nation", nation, nations)
        source = node.get("source")
        if source is not None:
            yield from _unknown("source", source, sources)


def _unknown(what: str, node: Node, known: Collection[str]) -> Iterator[Problem]:
    name = node.value
    if isinstance(name, str) and name not in known:
        message = f"The directory has no {what} '{name}'."
        remedy = did_you_mean(name, known) or f"Add it to `{what}s`, or name one that is there."
        yield Problem(f"unknown-{what}", node.place, message, remedy)
