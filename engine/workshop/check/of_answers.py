"""How answers are asked for: tick lists, options that say 'not sure', means of what cannot be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from engine.format.instrument import Item
from engine.language.reads import every_part
from engine.language.terms import Constant, Mean, Number, OrElse, Table
from engine.program.domain import bounds
from engine.workshop.check.finding import Finding
from engine.workshop.check.subject import Subject

_UNSURE = re.compile(
    r"(i('?m| am) |i )?(not (really |quite )?sure|unsure|don['’]?t know|do not know|(would |'d )?(rather|prefer) not"
    r"( to)?( say| answer)?|can['’]?t say|no idea|unknown|don['’]?t remember)\b.{0,12}",
    re.IGNORECASE,
)
_UNSURE_IDS = frozenset({"not_sure", "unsure", "do_not_know", "dontknow", "unknown", "prefer_not_to_say", "no_answer"})


def tick_lists(subject: Subject) -> Iterator[Finding]:
    """Find tick lists without an option of its own for none of these."""
    for item in subject.instrument.items.values():
        if item.kind == "tick_all" and not any(option.on_its_own for option in item.options):
            yield Finding(
                "tick-list-without-none",
                subject.item_place(item.id, "options"),
                f"'{item.id}' has no option for none of these.",
                "Add `none_of_these: {label: None of these, on_its_own: true}`.",
            )


def unsure_options(subject: Subject) -> Iterator[Finding]:
    """Find options that say what every question offers anyway."""
    for item in subject.instrument.items.values():
        if not any(option.on_its_own or option.label for option in item.options) or item.id not in subject.item_nodes:
            continue
        nodes = dict(subject.option_nodes(item.id))
        for option in item.options:
            words = [words for _, words in option.label.by_voice]
            if option.id in nodes and (
                option.id in _UNSURE_IDS or any(_UNSURE.fullmatch(one.strip(" .!")) for one in words)
            ):
                yield Finding(
                    "not-sure-option",
                    nodes[option.id].place,
                    f"'{option.id}' of '{item.id}' is an answer that says 'not sure'.",
                    "Take it away: 'I don't know' and 'I'd rather not say' stand beside every question.",
                )


def unlike_means(subject: Subject) -> Iterator[Finding]:
    """Find means over items that can give unlike many points."""
    one = subject.instrument
    for score in one.scores.values():
        means = [part for part in every_part(score.value) if isinstance(part, Mean)] if score.value else []
        pools = [_mosts(mean.parts) for mean in means]
        if score.missing is not None and score.missing.then == "average":
            pools.append([_most_of(one.items[name]) for name in score.missing.pool])
        for mosts in pools:
            known = {most for most in mosts if most is not None}
            if len(known) > 1:
                key = "missing" if not means else "value"
                yield Finding(
                    "mean-of-unlike",
                    subject.place("scores", score.id, key),
                    f"'{score.id}' takes a mean over items whose most points are from {min(known)} to {max(known)}.",
                    "Give them the same most points, or add them up.",
                )
                break


def _mosts(parts: tuple[Number, ...]) -> list[Fraction | None]:
    return [_most(part) for part in parts]


def _most(number: Number) -> Fraction | None:
    inner = number.number if isinstance(number, OrElse) else number
    if isinstance(inner, Constant):
        return inner.value
    if isinstance(inner, Table):
        return max((value for value in inner.highest if value is not None), default=None)
    return None


def _most_of(item: Item) -> Fraction | None:
    if item.points is not None:
        return _most(item.points)
    if item.kind == "number" and item.high is not None:
        ends = bounds(item)
        return Fraction(ends.greatest, ends.denominator)
    return None
