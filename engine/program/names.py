"""How the arguments of a program are called. Ids have no double underscore, so these names never meet an id."""

from __future__ import annotations

Target = tuple[str, ...]
# what one may ask about: ("outcome", id), ("alert", id), ("action", id), ("signpost", place), ("applies", item)


def mask(name: str) -> str:
    """The options still possible of a choice; the levels still possible of an outcome decided by judgement."""
    return f"{name}__is"


def surely(name: str) -> str:
    """The options of a tick list that are ticked."""
    return f"{name}__surely"


def possibly(name: str) -> str:
    """The options of a tick list that may be ticked."""
    return f"{name}__possibly"


def lowest(name: str) -> str:
    """The least a number can be; the first day a date can be."""
    return f"{name}__from"


def highest(name: str) -> str:
    """The most a number can be; the last day a date can be."""
    return f"{name}__to"


def count(repeat: str, place: int) -> str:
    """The name under which the place-th question about a repeat's entries is kept."""
    return f"{repeat}__ask{place}"


def floor(outcome: str) -> str:
    """The bit of the level to which an assessor raised an outcome."""
    return f"{outcome}__raised"


def known(outcome: str) -> str:
    """The levels that running through the two-way items left possible."""
    return f"{outcome}__known"


def flag(word: str, name: str) -> str:
    """Whether the record says this of the item."""
    return f"{name}__{word}"
