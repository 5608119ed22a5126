"""Run an outcome's program for each value of its two-way items, and unite the results.

The items are taken in page order as long as the runs number at most `RUNS`: a prefix, not whatever still fits, else an
answer could push an item out and widen a range.
"""

from __future__ import annotations

from collections.abc import Container
from itertools import product

from engine.format.instrument import Instrument
from engine.interview.encode import Values, without_points
from engine.program import names
from engine.program.compiler import Compiled
from engine.program.two_way import RUNS


def narrowed(
    compiled: Compiled, outcome_id: str, values: Values, plain: int, hidden: Container[str]
) -> tuple[int, bool]:
    """Return the levels possible over all values of the two-way items, and whether at least and at most are exact.

    `plain` are the levels that one run on the whole ranges leaves: once all of these are reached no run adds any.
    `hidden` are the items that are certainly not shown: what was answered to them matters no more.
    """
    if plain.bit_count() == 1:
        return plain, True  # the bounds meet: there is nothing left to narrow
    choices: list[list[dict[str, int]]] = []
    runs, whole = 1, True
    beyond = (name for name in compiled.beyond[outcome_id] if name not in hidden)
    exact = all(_no_open_points(compiled.instrument, name, values) for name in beyond)
    for item in compiled.two_way[outcome_id]:
        if item.name in hidden or not item.is_open(values):
            continue
        if not item.can_split:
            exact = False
            continue
        found = list(item.each(values))
        whole = whole and runs * len(found) <= RUNS
        if not whole:
            break
        runs *= len(found)
        choices.append(found)
    return (_united(compiled, outcome_id, values, choices, plain) if choices else plain), exact and whole


def _united(
    compiled: Compiled, outcome_id: str, values: Values, choices: list[list[dict[str, int]]], plain: int
) -> int:
    program = compiled.program((compiled.whole.outcomes[outcome_id].computed,))
    places = program.places
    # of each value only the arguments that this program has, at their places
    moves = [[[(places[n], v) for n, v in value.items() if n in places] for value in choice] for choice in choices]
    arguments = [values[name] for name in program.arguments]
    mask, picks, run = 0, product(*moves), program.run
    while mask != plain and (pick := next(picks, None)) is not None:
        for move in pick:
            for place, value in move:
                arguments[place] = value
        mask |= run(*arguments)[0]
    return mask


def _no_open_points(instrument: Instrument, name: str, values: Values) -> bool:
    return not int(values[names.mask(name)]) & without_points(instrument.items[name])
