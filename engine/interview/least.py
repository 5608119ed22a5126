"""The least that is needed: forget what can be forgotten of some answers that force a target, the least telling first.

Where saying more never undoes what is forced this is what forgetting them one by one, from the end, leaves: each is
needed without those before it in that order and with all after it. It is only found in fewer steps.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

from engine.interview.forget import Recalled

FEW = 24  # two-way items: with more, somebody with a value for each is hardly found
Holds = Callable[[], bool]


def least(recalled: Recalled, items: Sequence[str]) -> tuple[str, ...]:
    """Return what is left of the items, the most telling first; nothing if they do not force it.

    The many questions are put to one run on the ranges each, while one run shows that it holds; the few answers that
    remain are tried for all that an assessment sees.
    """
    of, proved = recalled.of, set[str]()
    recalled.only(items)
    if (of.narrowing is None or of.narrows) and recalled.shown():
        if of.run_through is not None and len(of.run_through.ways) <= FEW:
            recalled.make_up(within_budget=False)
        found = _least(recalled, items, recalled.shown, proved)
        if of.narrowing is None and of.monotone:
            return found
        recalled.make_up(within_budget=True)
        return _without_spares(recalled, found, proved)
    recalled.make_up(within_budget=True)
    if not recalled.forced():
        return ()
    found = _least(recalled, items, recalled.forced, proved)
    return found if of.monotone else _without_spares(recalled, found, proved)


def _least(recalled: Recalled, items: Sequence[str], holds: Holds, proved: set[str]) -> tuple[str, ...]:
    """Forget what is not needed, in steps that grow while nothing is; where a step fails, what it fails on is sought.

    What somebody shows to be needed, however little else is known, is put among the `proved`.
    """
    left, needed, step = [*items], list[str](), 1
    among = 0  # one of so many at the end is known to be needed
    while left:
        if among != 1:
            step = min(step, len(left))
            last = left[-step:]
            recalled.forget(last)
            if step == 1 and needed and recalled.refuted():  # where one is needed, the next often is
                proved.add(left[-1])
            elif holds():
                del left[-step:]
                among -= step if among else 0
                step = max(among // 2, 1) if among else 2 * step
                continue
            recalled.recall(last)
            if step > 1:
                among, step = step, step // 2
                continue
        item = left.pop()
        _prove(recalled, item, proved)
        needed.append(item)
        among, step = 0, 1
    return tuple(reversed(needed))


def _prove(recalled: Recalled, item: str, proved: set[str]) -> None:
    if item not in proved:
        recalled.forget([item])
        if recalled.refuted() or recalled.refuted_anew():
            proved.add(item)
        recalled.recall([item])


def _without_spares(recalled: Recalled, items: tuple[str, ...], proved: Container[str]) -> tuple[str, ...]:
    """Forget what more can be forgotten, from the end, until nothing can."""
    kept = [*items]
    for item in reversed(items):
        if item not in proved:
            recalled.forget([item])
            if recalled.forced():
                kept.remove(item)
            else:
                recalled.recall([item])
    if len(kept) == len(items) or recalled.of.monotone:
        return tuple(kept)
    # Only where saying more can undo what held (a condition that speaks of the record itself, an action that comes
    # after a careful one) does forgetting one make another needless.
    return _without_spares(recalled, tuple(kept), proved)
