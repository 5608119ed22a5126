"""The least that is needed: forget what can be forgotten of some answers that force a target, the least telling first.

Where saying more never undoes what is forced this is what forgetting them one by one, from the end, leaves: each is
needed without those before it in that order and with all after it. It is only found in fewer steps.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Sequence

from engine.interview.forget import Recalled

OFTEN = 32  # tries of some of the items, before all that are left are tried at once


def least(recalled: Recalled, items: Sequence[str]) -> tuple[str, ...]:
    """Return what is left of the items, the most telling first; nothing if they do not force it.

    The many questions are put to one run on the ranges each, while one run shows that it holds; the few answers that
    remain are tried for all that an assessment sees.
    """
    of = recalled.of
    recalled.only(items)
    if (of.narrowing is None or of.narrows) and recalled.shown():
        found = _least(recalled, items, recalled.shown, recalled.not_shown_without)
        if of.narrowing is None and of.monotone:
            return found
        recalled.make_up()
        return _without_spares(recalled, found)
    recalled.make_up()
    if not recalled.forced():
        return ()
    found = _least(recalled, items, recalled.forced, recalled.refuted_without)
    return found if of.monotone else _without_spares(recalled, found)


def _least(
    recalled: Recalled, items: Sequence[str], holds: Callable[[], bool], failing: Callable[[Collection[str]], set[str]]
) -> tuple[str, ...]:
    """Forget what is not needed, in steps that grow while nothing is; where a step fails, what it fails on is sought.

    Where one is needed, the next often are. So from time to time those left are tried at once: those `failing` when
    each alone is forgotten are needed whatever else is.
    """
    left, needed, sure, tries, step = [*items], list[str](), set[str](), 0, 1
    among = 0  # one of so many at the end is known to be needed
    while left:
        if among != 1 and left[-1] not in sure:
            last = _unsure(left[-step:], sure)
            tries, step = tries + 1, len(last)
            recalled.forget(last)
            if holds():
                del left[-step:]
                among -= step if among else 0
                step = max(among // 2, 1) if among else 2 * step
                continue
            recalled.recall(last)
            if step > 1:
                among, step = step, step // 2
                continue
        needed.append(left.pop())
        among, step = 0, 1
        if tries >= OFTEN and recalled.of.monotone:
            sure |= failing([item for item in left if item not in sure])
            tries = 0
    return tuple(reversed(needed))


def _unsure(last: list[str], sure: Container[str]) -> list[str]:
    """Those behind the last that is surely needed."""
    return last[max((place for place, item in enumerate(last, 1) if item in sure), default=0) :]


def _without_spares(recalled: Recalled, items: tuple[str, ...]) -> tuple[str, ...]:
    """Forget what more can be forgotten, from the end, until nothing can."""
    kept, needed = [*items], recalled.refuted_without(items)
    for item in reversed(items):
        if item not in needed:
            recalled.forget([item])
            if recalled.forced():
                kept.remove(item)
            else:
                recalled.recall([item])
    if len(kept) == len(items) or recalled.of.monotone:
        return tuple(kept)
    # Only where saying more can undo what held (a condition that speaks of the record itself, an action that comes
    # after a careful one) does forgetting one make another needless.
    return _without_spares(recalled, tuple(kept))
