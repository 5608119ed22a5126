"""The functions of the language: what each gives, how many things it takes, and an example to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.language.scope import Vocabulary
from engine.problem import did_you_mean


@dataclass(frozen=True, slots=True)
class Function:
    """What a function gives, an example, the fewest and the most arguments it takes (None: any number), and the
    further vocabulary it belongs to, if any.
    """

    gives: Literal["number", "date", "condition"]
    example: str
    fewest: int = 1
    most: int | None = 1
    vocabulary: Vocabulary | None = None


FUNCTIONS = {
    "any": Function("condition", "any(stalked_before, kill in threats)", most=None),
    "all": Function("condition", "all(stalked_before, kill in threats)", most=None),
    "applies": Function("condition", "applies(separated_recently)"),
    "answered": Function("condition", "answered(who)", vocabulary="record"),
    "dont_know": Function("condition", "dont_know(who)", vocabulary="record"),
    "declined": Function("condition", "declined(who)", vocabulary="record"),
    "judged": Function("condition", "judged(serious_harm)", vocabulary="record"),
    "shown": Function("condition", "shown(new_passwords)", vocabulary="printed"),
    "signposted": Function("condition", "signposted(paladin)", vocabulary="printed"),
    "raised": Function("condition", "raised(danger_now)", vocabulary="printed"),
    "points": Function("number", "points(threats)"),
    "sum": Function("number", "sum(behaviour, separated_recently)", most=None),
    "count": Function("number", "count(stalked_before, kill in threats)", most=None),
    "mean": Function("number", "mean(behaviour)", most=None),
    "min": Function("number", "min(points(threats), 4)", most=None),
    "max": Function("number", "max(points(threats), points(visits))", most=None),
    "round": Function("number", "round(mean(behaviour))"),
    "floor": Function("number", "floor(mean(behaviour))"),
    "steps": Function("number", "steps(age, 3, (30, 1), (50, 0))", fewest=3, most=None),
    "days_since": Function("number", "days_since(separated_on)"),
    "latest": Function("date", "latest(incidents.on)"),
    "count_signposts": Function("number", "count_signposts() >= 1", 0, 0, vocabulary="printed"),
}

RESERVED_WORDS = frozenset({*FUNCTIONS, "always", "today"})

_ELSEWHERE = {
    "average": "mean", "avg": "mean", "total": "sum", "add": "sum", "len": "count", "number": "count",
    "maximum": "max", "highest": "max", "minimum": "min", "lowest": "min", "int": "floor", "either": "any",
    "some": "any", "every": "all", "both": "all", "today": "days_since", "score": "points", "value": "points",
    "last": "latest",
}  # fmt: skip


def unknown_function(word: str) -> tuple[str, str]:
    """Return the message and the remedy for a function there is not."""
    message = f"There is no function '{word}'."
    if word in ("selected", "contains", "includes", "has"):
        return message, "Write 'option in item' for a tick list."
    nearest = word.lower() if word.lower() in FUNCTIONS else _ELSEWHERE.get(word.lower(), "")
    if nearest:
        return message, f"Write '{nearest}', as in '{FUNCTIONS[nearest].example}'."
    return message, did_you_mean(word, tuple(FUNCTIONS))


def takes(word: str) -> str:
    """Return in words how many things a function takes, with an example.

    >>> takes("points")
    "'points' takes one thing, as in 'points(threats)'."
    """
    function = FUNCTIONS[word]
    many = {(1, 1): "one thing", (0, 0): "nothing", (3, None): "a number, a first value and pairs"}
    amount = many.get((function.fewest, function.most), "one thing or more")
    return f"'{word}' takes {amount}, as in '{function.example}'."
