"""The options of each item, with sets looked up, and what the item then means in a condition."""

from __future__ import annotations

import keyword
from collections.abc import Iterable
from dataclasses import replace

from engine.format import items
from engine.format.atoms import Text
from engine.format.draft import Draft, Written
from engine.format.instrument import Option
from engine.format.yaml_node import Node
from engine.language.scope import Choice, Entries, Meaning, Moment, Name, Numeric, Ticks, Words

NON_ANSWERS = frozenset({"dont_know", "declined", "not_asked"})
YES_NO = (Option("yes", Text((("default", "Yes"),))), Option("no", Text((("default", "No"),))))


def plain(text: Text) -> str:
    """Return the words for an author: the first that were written."""
    return text.by_voice[0][1]


def with_options(draft: Draft, written: Written) -> Written:
    """Return the item with its options, where it has any."""
    part = written.part
    if isinstance(part, items.YesNo):
        return replace(written, options=YES_NO)
    if isinstance(part, items.PickOne | items.TickAll):
        found, nodes = options_at(draft, part.options, written.node.at(["options"]))
        if isinstance(part, items.PickOne) and isinstance(part.options, dict):
            _none_on_its_own(draft, found, nodes)
        return replace(written, options=made(found), option_parts=found, option_nodes=nodes)
    return written


def options_at(
    draft: Draft, options: items.Options | str, node: Node, *, again: bool = False
) -> tuple[dict[str, items.Option], dict[str, Node]]:
    """Return the options written here, or those of the set named here; problems are told the first time only."""
    if isinstance(options, dict):
        if not again:
            check_ids(draft, node)
        return options, {key: node.at([key]) for key in options}
    sets = draft.questionnaire.option_sets
    if options not in sets:
        if not again:
            draft.unknown("option set", node, sets)
        return {}, {}
    return sets[options], {key: draft.part("option_sets", options, key) for key in sets[options]}


def check_ids(draft: Draft, node: Node) -> None:
    """Refuse options whose names are words of the language or non-answers."""
    for key, _ in node.entries.values():
        if keyword.iskeyword(str(key.value)):
            message = f"'{key.value}' is a word of the language and cannot be an option."
            draft.report("reserved-id", key.place, message, "Choose another id; the label stays as it is.")
        elif key.value in NON_ANSWERS:
            message = f"'{key.value}' is not an option: every question can be left with this non-answer."
            draft.report("reserved-id", key.place, message, "Take it away.")


def made(options: dict[str, items.Option]) -> tuple[Option, ...]:
    """Return the options as the instrument has them."""
    return tuple(
        Option(name, option.label, option.hint, option.on_its_own, option.code) for name, option in options.items()
    )


def _none_on_its_own(draft: Draft, options: dict[str, items.Option], nodes: dict[str, Node]) -> None:
    for name, option in options.items():
        if option.on_its_own:
            place = nodes[name].key_at(["on_its_own"]).place
            message = "In a pick_one item every option stands on its own."
            draft.report("on-its-own", place, message, "Take this away; it belongs to tick lists.")


def meaning_of(draft: Draft, written: Written) -> Meaning:
    """Return what the item means in a condition."""
    part = written.part
    absent = part.applies_if is not None or written.section.applies_if is not None
    names = tuple(option.id for option in written.options)
    labels = tuple(plain(option.label) for option in written.options)
    match part:
        case items.YesNo():
            return Choice(names, labels, option_set="yes_no", yes_no=True, may_be_absent=absent)
        case items.PickOne():
            shared = part.options if isinstance(part.options, str) else f"options of {part.id}"
            return Choice(names, labels, ordered=part.ordered, option_set=shared, may_be_absent=absent)
        case items.TickAll():
            alone = frozenset(option.id for option in written.options if option.on_its_own)
            return Ticks(names, labels, alone, may_be_absent=absent)
        case items.NumberItem():
            return Numeric(bounded=part.min is not None and part.max is not None, may_be_absent=absent)
        case items.DateItem():
            return Moment(may_be_absent=absent)
        case items.TextItem() | items.Note():
            return Words()
        case items.Repeat():
            return Entries({name.id: name for name in _fields(draft, part, written.node)})


def _fields(draft: Draft, repeat: items.Repeat, node: Node) -> Iterable[Name]:
    for index, field in enumerate(repeat.items):
        below = node.at(["items", index])
        where = f"field '{field.id}' of '{repeat.id}', line {below.at(['id']).place.line}"
        yield Name(field.id, _field_meaning(draft, repeat, field, below), where)


def _field_meaning(draft: Draft, repeat: items.Repeat, field: items.FieldPart, node: Node) -> Meaning:
    match field:
        case items.YesNoField():
            return Choice(("yes", "no"), ("Yes", "No"), option_set="yes_no", yes_no=True)
        case items.PickOneField():
            options, _ = options_at(draft, field.options, node.at(["options"]))
            labels = tuple(plain(option.label) for option in options.values())
            shared = field.options if isinstance(field.options, str) else f"options of {repeat.id}.{field.id}"
            return Choice(tuple(options), labels, ordered=field.ordered, option_set=shared)
        case items.NumberField():
            return Numeric()
        case items.DateField():
            return Moment()
        case items.TextField():
            return Words()
