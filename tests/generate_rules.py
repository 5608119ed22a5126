"""Rules for missing answers, blanks and a text score, added to a random instrument."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, TypeVar

from engine.format.instrument import CHOICES, Alert, Instrument, Item, MissingRule, Outcome, Score
from tests.generate_items import WORDS
from tests.generate_terms import Dice

Owner = TypeVar("Owner", Score, Outcome, Alert)


def with_rules(dice: Dice, drawn: Instrument) -> Instrument:
    """The instrument, with published rules for some of its scores, outcomes and alerts."""
    items = {name: _with_blank(dice, item) for name, item in drawn.items.items()}
    pools = [name for name, item in items.items() if item.points is not None]
    if not pools or any(item.kind == "repeat" for item in items.values()):
        return replace(drawn, items=items)

    def earlier(owner: str) -> list[str]:
        return [name for name in pools if name in drawn.order[: drawn.order.index(owner)]]

    scores = {name: _ruled(dice, one, earlier(name)) for name, one in drawn.scores.items()}
    choices = [name for name, item in items.items() if item.kind in CHOICES and name != "voice"]
    if choices:
        scores["profile"] = Score("profile", WORDS, None, profile=("E", dice.one(choices), "/", dice.one(choices), "."))
    return replace(
        drawn,
        items=items,
        scores=scores,
        outcomes={
            name: _ruled(dice, one, earlier(name), levels=len(one.levels)) for name, one in drawn.outcomes.items()
        },
        alerts={name: _ruled(dice, one, pools) for name, one in drawn.alerts.items()},
        order=(*drawn.order, *(name for name in scores if name not in drawn.order)),
    )


def _with_blank(dice: Dice, item: Item) -> Item:
    options = tuple(replace(one, code=one.id.upper() if dice.often(8) else None) for one in item.options)
    if item.kind in CHOICES and item.id != "voice" and dice.often(3):
        return replace(item, options=options, blank=dice.one(options).id)
    if item.kind == "tick_all" and dice.often(3):
        return replace(item, options=options, blank=(dice.one(options).id,))
    if item.kind == "number" and item.low is not None and dice.often(3):
        return replace(item, blank=item.low)
    return replace(item, options=options)


def _ruled(dice: Dice, owner: Owner, pools: list[str], levels: int = 0) -> Owner:
    if not pools or not dice.often(6):
        return owner
    below = dice.whole(1, levels) if levels and dice.often(5) else None
    pool = tuple(dice.some(pools, at_least=1))
    then: Literal["leave_out", "average"] = "average" if dice.often(4) else "leave_out"
    return replace(owner, missing=MissingRule(dice.whole(0, len(pool)), then, pool, below, ()))
