"""What a term asks beside the answers: the entries of repeats, and the record itself."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from engine.language.terms import Count, Latest, Recorded


def questions(term: object) -> dict[Count | Latest, None]:
    """Return what a term asks of the entries of repeats."""
    found: dict[Count | Latest, None] = {}
    if isinstance(term, Count | Latest):
        found[term] = None
    elif isinstance(term, tuple):
        for part in term:
            found |= questions(part)
    elif is_dataclass(term):
        for one in fields(term):
            found |= questions(getattr(term, one.name))
    return found


def flags(term: object) -> dict[Recorded, None]:
    """Return what a term asks of the record."""
    if isinstance(term, Recorded):
        return {term: None}
    parts = term if isinstance(term, tuple) else ()
    if is_dataclass(term):
        parts = tuple(getattr(term, one.name) for one in fields(term))
    return {flag: None for part in parts for flag in flags(part)}
