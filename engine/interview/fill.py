"""Fill in the arguments of choices, tick lists and numbers from a record's answers: one look-up an item.

The function that does it is written out for each instrument, as its programs are. What was not answered, in whichever
of the four ways, leaves the whole range.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from engine.format.instrument import CHOICES, Item
from engine.interview.record import NonAnswer
from engine.program import names
from engine.program.domain import bounds

FILLED = frozenset({*CHOICES, "tick_all", "number"})
NOTHING_SAID = (None, *NonAnswer)
MOST_KNOWN = 1_000  # ways to tick one list that are remembered: there are few, and they tell nothing of anybody


def chosen(item: Item) -> dict[object, int]:
    """Return the options still possible of a choice, by answer."""
    by_option = {option.id: 2 << place for place, option in enumerate(item.options)}
    return by_option | dict.fromkeys(NOTHING_SAID, item.everything)


class _Ticked(dict[object, tuple[int, int]]):
    """What is surely and what is possibly ticked, by answer."""

    def __init__(self, item: Item) -> None:
        super().__init__(dict.fromkeys(NOTHING_SAID, (0, item.everything)))
        self._bits = {option.id: 2 << place for place, option in enumerate(item.options)}

    def __missing__(self, answer: tuple[str, ...]) -> tuple[int, int]:
        ticked = sum([self._bits[option] for option in answer])
        if len(self) < MOST_KNOWN:
            self[answer] = ticked, ticked
        return ticked, ticked


def _number(item: Item, low: str, high: str) -> list[str]:
    scale, ends = 10**item.decimals, bounds(item)
    exact = "int(said)" if scale == 1 else f"int(said * {scale})"
    return [
        f'said = get("{item.id}")',
        f"if said.__class__ is Decimal: {low} = {high} = {exact}",
        f"else: {low}, {high} = {ends.least}, {ends.greatest}",
    ]


def filler(items: Iterable[tuple[Item, tuple[str, ...]]]) -> Callable[..., list[Any]]:
    """Return the function that fills in the arguments of these items, those of the voice first.

    It takes the voice's mask, and what gives the answer to an item, or None.
    """
    lines, arguments, known = [], [names.mask("voice")], dict[str, Any](Decimal=Decimal)
    tables: dict[tuple[str, ...], str] = {}  # one for all choices with the same options
    for item, own in items:
        if item.kind == "number":
            lines += _number(item, *own)
        else:
            among = item.id if item.kind == "tick_all" else "", *(option.id for option in item.options)
            table = tables.setdefault(among, f"_{item.id}")
            if table not in known:
                known[table] = chosen(item) if item.kind in CHOICES else _Ticked(item)
            lines.append(f'{", ".join(own)} = {table}[get("{item.id}")]')
        arguments += own
    lines.append(f"return [{', '.join(arguments)}]")
    text = f"def fill({arguments[0]}, get):\n    " + "\n    ".join(lines)
    exec(compile(text, "<fill>", "exec"), known)  # noqa: S102  our own lines: of an author's words only checked ids
    function: Callable[..., list[Any]] = known["fill"]
    return function
