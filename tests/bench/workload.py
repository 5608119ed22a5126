"""Made-up questionnaires and records, the same for everyone, and the plain meaning of both.

Items are asked in order. One is shown if it has no condition or its condition is true; what was said to one that is not
shown counts as missing; every comparison with a missing answer is false. The total adds the points of the items that
are shown and answered: missing counts as nothing, which is how the peers read it. There are a subtotal for each
section, four bands by the total, and three flags, each of which lifts the band to a level at least.

Standard library only: the peers' own processes import this.
"""

from __future__ import annotations

import operator
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NotRequired, TypedDict

SIZES = (12, 40, 200, 1000)
SECTIONS = BANDS = 3  # three sections; three bands above the first
ANSWERED = 0.92

Said = str | int | list[str]
Answers = Mapping[str, Said]


class Condition(TypedDict):
    """`all` and `any` have parts; `contains` (of ticked options) and comparisons have an item and a value."""

    op: str
    parts: NotRequired[list[Condition]]
    item: NotRequired[str]
    value: NotRequired[str | int]


class Item(TypedDict):
    """`kind` is answer (yes, no, unknown), choice, ticks or number. `points` are (option, points); for a number
    (from, points), the last that is reached.
    """

    id: str
    section: int
    kind: str
    label: str
    when: Condition | None
    points: list[tuple[Any, int]]


class Flag(TypedDict):
    """While `when` is true, the band is `least` or higher."""

    when: Condition
    least: int


class Questionnaire(TypedDict):
    """`bands` are the totals from which the second, third and fourth band count."""

    items: list[Item]
    flags: list[Flag]
    bands: list[int]


Result = tuple[int, ...]
"""Items shown, total, three subtotals, band, three flags (0 or 1), band after the flags."""
TOTAL, FLAGS, FINAL = 1, slice(6, 9), 9

COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "contains": operator.contains,
}


def questionnaire(size: int) -> Questionnaire:
    """Return the questionnaire of this size, always the same."""
    dice = random.Random(20261123 + size)
    items: list[Item] = []
    for place in range(size):
        items.append(_item(dice, place, size, items))
    both = [{"op": "all", "parts": [_condition(dice, items, 2), _condition(dice, items, 2)]} for _ in range(3)]
    flags: list[Flag] = [{"when": when, "least": least} for when, least in zip(both, (2, 3, 1), strict=True)]  # type: ignore[typeddict-item]
    made: Questionnaire = {"items": items, "flags": flags, "bands": [0, 0, 0]}
    totals = sorted(result(made, one)[TOTAL] for one in records(made, 200, complete=True, seed=0))
    made["bands"] = [totals[int(len(totals) * share)] for share in (0.3, 0.6, 0.85)]
    return made


def _item(dice: random.Random, place: int, size: int, before: list[Item]) -> Item:
    kind = dice.choices(["answer", "choice", "ticks", "number"], [45, 25, 15, 15])[0]
    points: list[tuple[Any, int]]
    if kind == "answer":
        points = [("yes", dice.randint(0, 2)), ("no", dice.randint(3, 10)), ("unknown", dice.randint(1, 6))]
    elif kind == "number":
        points = list(zip(sorted(dice.sample(range(15, 90), 2)), (dice.randint(1, 4), dice.randint(5, 9)), strict=True))
    else:
        points = [(f"c{i}", dice.randint(0, 8 if kind == "choice" else 4)) for i in range(dice.randint(3, 6))]
    when = None
    if place >= 2 and dice.random() < 0.42:
        # Two thirds of the conditions are about what was asked shortly before, the others about anything before.
        when = _condition(dice, before[-20:] if dice.random() < 0.67 else before, 3)
    label = f"Question {place}: is control {place} in place?"
    return {
        "id": f"q{place}",
        "section": place * 3 // size,
        "kind": kind,
        "label": label,
        "when": when,
        "points": points,
    }


def _condition(dice: random.Random, items: Sequence[Item], depth: int) -> Condition:
    if depth > 1 and dice.random() >= 0.35:
        parts = [_condition(dice, items, depth - 1) for _ in range(dice.choice([2, 2, 3]))]
        return {"op": dice.choice(["all", "any"]), "parts": parts}
    item = dice.choice(items)
    options = [option for option, _ in item["points"]]
    match item["kind"]:
        case "answer":
            among = options if dice.random() < 0.4 else options[:2]
            return {"op": dice.choice(["==", "==", "!="]), "item": item["id"], "value": dice.choice(among)}
        case "choice":
            return {"op": dice.choice(["==", "!=", "!="]), "item": item["id"], "value": dice.choice(options)}
        case "ticks":
            return {"op": "contains", "item": item["id"], "value": dice.choice(options)}
        case _:
            return {"op": dice.choice(["<", "<=", ">", ">="]), "item": item["id"], "value": dice.randint(20, 80)}


def records(made: Questionnaire, count: int, *, complete: bool, seed: int = 1) -> list[dict[str, Said]]:
    """Return random records, some with answers to items that are not shown; unless complete, 92 % is answered."""
    dice = random.Random(f"{seed} {complete} {len(made['items'])}")
    return [
        {item["id"]: _answer(dice, item) for item in made["items"] if complete or dice.random() < ANSWERED}
        for _ in range(count)
    ]


def _answer(dice: random.Random, item: Item) -> Said:
    options = [option for option, _ in item["points"]]
    match item["kind"]:
        case "answer":
            return dice.choices(["yes", "no", "unknown"], [50, 35, 15])[0]
        case "choice":
            return str(dice.choice(options))
        case "ticks":
            return [option for option in options if dice.random() < 0.35] or options[:1]
        case _:
            return dice.randint(0, 100)


def holds(when: Condition, known: Answers) -> bool:
    """Return whether a condition is true of these answers."""
    if "parts" in when:
        return (all if when["op"] == "all" else any)(holds(part, known) for part in when["parts"])
    said = known.get(when["item"])
    return said is not None and COMPARE[when["op"]](said, when["value"])


def points(item: Item, said: Said) -> int:
    """Return the points of an answer."""
    if item["kind"] == "number":
        return ([0] + [points for least, points in item["points"] if said >= least])[-1]
    ticked = said if isinstance(said, list) else [said]
    return sum(points for option, points in item["points"] if option in ticked)


def shown_and_known(made: Questionnaire, answers: Answers) -> tuple[int, dict[str, Said]]:
    """Return how many items are shown, and the answers to these."""
    shown, known = 0, dict[str, Said]()
    for item in made["items"]:
        if item["when"] is None or holds(item["when"], known):
            shown += 1
            if item["id"] in answers:
                known[item["id"]] = answers[item["id"]]
    return shown, known


def finished(made: Questionnaire, shown: int, subtotals: Sequence[int], flags: Sequence[object]) -> Result:
    """Return the result from its parts."""
    total = sum(subtotals)
    band = sum(total >= least for least in made["bands"])
    lifted = [flag["least"] for flag, up in zip(made["flags"], flags, strict=True) if up]
    return (shown, total, *subtotals, band, *(int(bool(up)) for up in flags), max([band, *lifted]))


def result(made: Questionnaire, answers: Answers) -> Result:
    """Return what a record comes to: slowly, by walking through the questionnaire as written."""
    shown, known = shown_and_known(made, answers)
    subtotals = [0] * SECTIONS
    for item in made["items"]:
        if item["id"] in known:
            subtotals[item["section"]] += points(item, known[item["id"]])
    return finished(made, shown, subtotals, [holds(flag["when"], known) for flag in made["flags"]])


def items_in(when: Condition) -> Iterator[str]:
    """Yield the items that a condition is about."""
    if "parts" in when:
        for part in when["parts"]:
            yield from items_in(part)
    else:
        yield when["item"]
