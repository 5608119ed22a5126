"""What can never happen, and what always does: questions, alerts, signposts, conditions and their parts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from engine.language.parts import Part
from engine.language.reads import reads
from engine.language.terms import Answer, Compare, Constant
from engine.workshop.check.conditions import Condition
from engine.workshop.check.decide import Decisions
from engine.workshop.check.finding import Finding
from engine.workshop.check.questions import left_out, only_gated_item
from engine.workshop.check.subject import Subject

_NEVER = {
    "alert": ("alert-never-raised", "No answers raise '{owner}'."),
    "signpost": ("signpost-never-given", "No answers lead to '{owner}'."),
}
_SAID_ELSEWHERE = ("asks", "level", "action")  # where the whole can never hold, the thing itself is found


def items_never_shown(subject: Subject) -> Iterator[Finding]:
    """Find questions that no answers lead to; of a section that is never asked, only the section."""
    for item in subject.instrument.items.values():
        section = next((one for one in subject.conditions if one.role == "asks" and one.owner == item.section), None)
        own = next((one for one in subject.conditions if one.role == "asks" and one.owner == item.id), None)
        condition = own or section
        if condition is None or subject.decisions.can_hold(item.applies_if) is not False:
            continue
        if section is not None and subject.decisions.can_hold(section.part.term) is False:
            if item.id == subject.first_of(item.section):
                yield Finding(
                    "item-never-shown",
                    section.place(section.part),
                    f"No answers lead to the section '{item.section}'.",
                    f"Change `applies_if: {section.part.written}`, or take the section away.",
                )
            continue
        yield Finding(
            "item-never-shown",
            condition.place(condition.part),
            f"No answers lead to '{item.id}'.",
            f"Change `applies_if: {condition.part.written}`, or take the question away.",
        )


def constant_conditions(subject: Subject) -> Iterator[Finding]:
    """Find conditions, and parts of conditions, that always or never hold."""
    for condition in subject.conditions:
        yield from _constant(subject, condition, condition.part)


def _constant(subject: Subject, condition: Condition, part: Part) -> Iterator[Finding]:
    decisions, whole = subject.decisions, part is condition.part
    if part.written == "always" or not subject.dead.isdisjoint(reads(part.term)):
        return  # meant so; or a consequence of what is found elsewhere
    verdict = decisions.verdict(part.term)
    if verdict.can_hold is False or verdict.can_fail is False:
        found = _finding(decisions, condition, part, whole=whole, never=verdict.can_hold is False)
        if found is not None:
            yield found
        return
    for below in part.parts:
        yield from _constant(subject, condition, below)


def _finding(decisions: Decisions, condition: Condition, part: Part, *, whole: bool, never: bool) -> Finding | None:
    role, place = condition.role, condition.place(part)
    if whole and never and role in _NEVER:
        slug, what = _NEVER[role]
        return Finding(slug, place, what.format(owner=condition.owner), f"Change `when: {part.written}`.")
    if whole and (role in _SAID_ELSEWHERE if never else role == "level"):
        return None
    which = "in no record" if never else "in every record"
    range_told = _range(decisions, part)
    if range_told:
        remedy = "Compare it with a number in between, or check the points it is made of."
        return Finding("cut-off-outside", place, f"'{part.written}' holds {which}: {range_told}.", remedy)
    what = f"'{part.written}' holds {which}; it is part of {condition.decides}."
    if whole:
        what = f"'{part.written}' holds {which}; it decides {condition.decides}."
    if never:
        return Finding("condition-never", place, what, "Change it, or take it away.")
    remedy = "Write `always`, or leave the condition away." if whole else "Change it, or take it away."
    return Finding("condition-always", place, what, remedy)


def _range(decisions: Decisions, part: Part) -> str:
    """Say how far a score runs, if the part compares one with a number."""
    term = part.term
    if not isinstance(term, Compare) or {type(term.left), type(term.right)} != {Answer, Constant}:
        return ""
    name = next(side.name for side in (term.left, term.right) if isinstance(side, Answer))
    if name not in decisions.knowledge.compiled.whole.scores:
        return ""
    ends = decisions.ends(name)
    return f"'{name}' runs from {plain(ends.lowest)} to {plain(ends.highest)}" if ends else f"'{name}' has no value"


def plain(number: Fraction) -> str:
    """Return a number as it is read."""
    return str(number.numerator) if number.denominator == 1 else f"{float(number):g}"


def not_exhaustive(subject: Subject) -> Iterator[Finding]:
    """Find tests that name every answer of a question which is not always asked."""
    for condition in subject.conditions:
        for part in condition.part.walk():
            item, unnoticed = only_gated_item(subject.instrument, part), left_out(subject.instrument, part)
            if item is None or unnoticed is None or item in subject.dead:
                continue
            verdict = subject.decisions.verdict(part.term)
            if verdict.can_hold and verdict.can_fail and subject.decisions.can_hold(unnoticed) is False:
                yield Finding(
                    "not-exhaustive",
                    condition.place(part),
                    f"'{part.written}' names every answer of '{item}', and fails where '{item}' is not asked.",
                    f"Write `applies({item})` if that is meant; else think of those who are not asked.",
                )
