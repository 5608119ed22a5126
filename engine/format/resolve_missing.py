"""What a published instrument says of missing answers: pools spelt out, and answers that stand in for none."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from engine.format import items, model
from engine.format.draft import Draft, Written
from engine.format.instrument import MissingRule
from engine.format.yaml_node import Node

Blank = str | Decimal | tuple[str, ...]


def missing_rule(
    draft: Draft, rule: model.Missing | None, node: Node, owner: str, levels: tuple[str, ...] = ()
) -> MissingRule | None:
    """Return the rule with its pool as items. `levels` are those of the outcome it belongs to."""
    if rule is None:
        return None
    pool = _pool(draft, rule, node.at(["of"]), owner)
    if not pool and not rule.of:
        message = "No item is read here, so none can be missing."
        draft.report("empty-pool", node.place, message, "Name the items in `of`, or delete the rule.")
    elif rule.at_most > len(pool):
        message = f"The pool has {_many(len(pool))}, so never more than {rule.at_most} are missing."
        draft.report("at-most-pool", node.at(["at_most"]).place, message, "Write a smaller number.")
    below = None
    if rule.below is not None:
        if rule.below in levels:
            below = 1 + levels.index(rule.below)
        elif levels:
            draft.unknown("level", node.at(["below"]), levels)
        else:
            message = "Only an outcome has levels to withhold."
            draft.report("below-without-levels", node.key_at(["below"]).place, message, "Delete this line.")
    return MissingRule(rule.at_most, rule.then, pool, below, rule.sources)


def _pool(draft: Draft, rule: model.Missing, node: Node, owner: str) -> tuple[str, ...]:
    if not rule.of:
        return _read_by(draft, owner)
    pool: dict[str, None] = {}
    for name, place in zip(rule.of, node.items, strict=True):
        members = draft.groups.get(name, (name,))
        if name not in draft.groups and (name not in draft.items or draft.items[name].part.type == "note"):
            draft.unknown("item", place, (*draft.items, *draft.groups))
            continue
        pool.update(dict.fromkeys(members))
    return tuple(pool)


def _read_by(draft: Draft, owner: str) -> tuple[str, ...]:
    """Every item that a score, outcome or alert reads, through scores and outcomes too, in page order."""
    seen: set[str] = set()
    waiting = [read for use in draft.uses.get(owner, ()) for read in use.reads]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            if name not in draft.items:
                waiting.extend(read for use in draft.uses.get(name, ()) for read in use.reads)
    return tuple(name for name in draft.items if name in seen)


def blank_of(draft: Draft, written: Written) -> Blank | None:
    """Return the answer that stands in for none: the item's own, or the section's where it has none."""
    part = written.part
    if not isinstance(part, items.ScoredPart):
        return None
    if part.blank is not None:
        return _checked(draft, written, part.blank, written.node.at(["blank"]))
    if written.section.blank is not None:
        return _checked(draft, written, written.section.blank, written.section_node.at(["blank"]))
    return None


def _checked(draft: Draft, written: Written, blank: Blank, node: Node) -> Blank:
    part = written.part
    answer = (blank,) if isinstance(part, items.TickAll) and isinstance(blank, str) else blank
    fault = _fault(written, answer)
    if fault:
        message = f"This is not an answer to '{part.id}': {fault}."
        draft.report("wrong-blank", node.place, message, "Write an answer that could be given.")
    return answer


def _fault(written: Written, answer: Blank) -> str:
    """Say why this cannot be the answer to the item, if it cannot."""
    part = written.part
    options = [option.id for option in written.options]
    if isinstance(part, items.NumberItem):
        if not isinstance(answer, Decimal):
            return "a number is needed"
        low, high = part.min, part.max
        outside = (low is not None and answer < low) or (high is not None and answer > high)
        return "it lies outside its bounds" if outside or answer != round(answer, part.decimals) else ""
    if isinstance(part, items.TickAll):
        chosen = answer if isinstance(answer, tuple) else ()
        alone = [option.id for option in written.options if option.on_its_own and option.id in chosen]
        if not chosen or not set(chosen) <= set(options):
            return _needs(options)
        return f"'{alone[0]}' stands on its own" if alone and len(chosen) > 1 else ""
    return "" if answer in options else _needs(options)


def _needs(options: Iterable[str]) -> str:
    return f"its options are {', '.join(options)}"


def _many(count: int) -> str:
    return "one item" if count == 1 else f"{count} items"
