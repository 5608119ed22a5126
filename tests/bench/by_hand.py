"""What somebody would write by hand for one questionnaire: a straight Python function, and one on NumPy columns.

They know no bounds and no ranges, explain nothing, and count a missing answer as nothing: the limit of what can be had.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.bench.workload import Answers, Condition, Item, Questionnaire, Result, Said

Codes = npt.NDArray[np.int16]
Score = Callable[[Callable[[str], Said | None]], Result]
MISSING = -1
CHUNK = 4096  # rows that stay in the processor's cache


def straight(made: Questionnaire) -> Score:
    """Return the function of one record (given by its `get`)."""
    lines = ["def score(get):", "    shown = s0 = s1 = s2 = 0"]
    for item in made["items"]:
        name, pad = item["id"], "    "
        if item["when"] is not None:
            lines += [f"    {name} = None", f"    if {_python(item['when'])}:"]
            pad = "        "
        lines += [f"{pad}shown += 1", f"{pad}{name} = get({name!r})", f"{pad}if {name} is not None:"]
        lines += [f"{pad}    {line}" for line in _points(item)]
    least = made["bands"]
    lines.append("    total = s0 + s1 + s2")
    lines.append(
        f"    band = 3 if total >= {least[2]} else 2 if total >= {least[1]} else 1 if total >= {least[0]} else 0"
    )
    lines.append("    final = band")
    for place, flag in enumerate(made["flags"]):
        lines += [f"    f{place} = 1 if {_python(flag['when'])} else 0"]
        lines += [f"    if f{place} and final < {flag['least']}: final = {flag['least']}"]
    lines.append("    return shown, total, s0, s1, s2, band, f0, f1, f2, final")
    score: Score = _function(lines)
    return score


def _function(lines: list[str]) -> Any:
    names: dict[str, Any] = {}
    exec(compile("\n".join(lines), "<by hand>", "exec"), names)
    return names["score"]


def _python(when: Condition) -> str:
    if "parts" in when:
        return "(" + {"all": " and ", "any": " or "}[when["op"]].join(map(_python, when["parts"])) + ")"
    name, value = when["item"], when["value"]
    if when["op"] == "==":
        return f"{name} == {value!r}"
    test = f"{value!r} in {name}" if when["op"] == "contains" else f"{name} {when['op']} {value!r}"
    return f"({name} is not None and {test})"


def _points(item: Item) -> Iterator[str]:
    name, score = item["id"], f"s{item['section']}"
    if item["kind"] == "number":
        (first, few), (second, many) = item["points"]
        yield f"if {name} >= {second}: {score} += {many}"
        yield f"elif {name} >= {first}: {score} += {few}"
        return
    pad, said = "", name
    if item["kind"] == "ticks":
        yield f"for c in {name}:"
        pad, said = "    ", "c"
    for place, (option, points) in enumerate(item["points"]):
        yield f"{pad}{'elif' if place else 'if'} {said} == {option!r}: {score} += {points}"


def coded(item: Item, said: Said | None) -> int:
    """Return an answer as a number: the place of an option, a bit for each ticked one, or the number itself."""
    if said is None or isinstance(said, int):
        return MISSING if said is None else said
    options = [option for option, _ in item["points"]]
    return sum(1 << options.index(one) for one in said) if isinstance(said, list) else options.index(said)


def columns(made: Questionnaire, people: list[Answers]) -> Codes:
    """Return records as columns of numbers, one row for each item."""
    return np.array([[coded(item, one.get(item["id"])) for one in people] for item in made["items"]], np.int16)


def drawn(made: Questionnaire, rows: int, answered: float) -> Codes:
    """Return so many random records as columns, drawn as `workload.records` draws them, hardly two of them alike."""
    dice = np.random.default_rng(2)
    found = np.empty((len(made["items"]), rows), np.int16)
    for place, item in enumerate(made["items"]):
        options = len(item["points"])
        match item["kind"]:
            case "answer":
                codes = dice.choice(options, rows, p=[0.5, 0.35, 0.15])
            case "choice":
                codes = dice.integers(0, options, rows)
            case "ticks":
                codes = (1 << np.arange(options)) @ (dice.random((options, rows)) < 0.35)
                codes[codes == 0] = 1
            case _:
                codes = dice.integers(0, 101, rows)
        found[place] = np.where(dice.random(rows) < answered, codes, MISSING)
    return found


def on_columns(made: Questionnaire) -> Callable[[Codes], npt.NDArray[np.int32]]:
    """Return the function of columns of numbers; it gives a row of ten numbers for each record."""
    by_id = {item["id"]: item for item in made["items"]}
    lines = ["def score(X, T):", "    shown = np.zeros(X.shape[1], np.int16)"]
    lines += ["    s0 = np.zeros(X.shape[1], np.int32); s1 = s0.copy(); s2 = s0.copy()"]
    for place, item in enumerate(made["items"]):
        name = item["id"]
        if item["when"] is None:
            lines.append(f"    {name} = X[{place}]; shown += 1")
        else:
            lines.append(f"    m = {_numpy(item['when'], by_id)}; shown += m")
            lines.append(f"    {name} = np.where(m, X[{place}], np.int16({MISSING}))")
        lines.append(f"    s{item['section']} += T[{place}][{name}]")
    first, second, third = made["bands"]
    lines.append("    total = s0 + s1 + s2")
    lines.append(f"    band = (total >= {first}).astype(np.int32) + (total >= {second}) + (total >= {third})")
    lines.append("    final = band")
    for place, flag in enumerate(made["flags"]):
        lines.append(f"    f{place} = {_numpy(flag['when'], by_id)}")
        lines.append(f"    final = np.where(f{place}, np.maximum(final, {flag['least']}), final)")
    lines.append("    return np.stack([shown, total, s0, s1, s2, band, f0, f1, f2, final], 1)")
    score = _function(["import numpy as np", *lines])
    tables = [point_table(item) for item in made["items"]]

    def in_chunks(people: Codes) -> npt.NDArray[np.int32]:
        chunks = range(0, people.shape[1], CHUNK)
        return np.concatenate([score(people[:, first : first + CHUNK], tables) for first in chunks])

    return in_chunks


def _numpy(when: Condition, by_id: dict[str, Item]) -> str:
    if "parts" in when:
        return "(" + {"all": " & ", "any": " | "}[when["op"]].join(_numpy(one, by_id) for one in when["parts"]) + ")"
    name, compared, code = test(when, by_id)
    if compared == "bit":
        return f"(({name} >= 0) & (({name} >> {code}) & 1 == 1))"
    return f"({name} == {code})" if compared == "==" else f"(({name} >= 0) & ({name} {compared} {code}))"


def test(when: Condition, by_id: dict[str, Item]) -> tuple[str, str, int]:
    """Return a comparison as item, operator (`bit` for a ticked option) and code."""
    item, value = by_id[when["item"]], when["value"]
    if isinstance(value, int):
        return when["item"], when["op"], value
    place = [option for option, _ in item["points"]].index(value)
    return when["item"], "bit" if when["op"] == "contains" else when["op"], place


def point_table(item: Item) -> npt.NDArray[np.int8]:
    """Return the points of each code; the last of them is reached by -1, missing."""
    marks = [points for _, points in item["points"]]
    if item["kind"] == "number":
        steps = item["points"]
        marks = [([0] + [points for least, points in steps if value >= least])[-1] for value in range(101)]
    elif item["kind"] == "ticks":
        size = range(1 << len(marks))
        marks = [sum(points for bit, points in enumerate(marks) if code >> bit & 1) for code in size]
    return np.array([*marks, 0], np.int8)
