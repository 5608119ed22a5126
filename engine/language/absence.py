"""Whether a number may be absent: not asked, a latest of nothing, a mean of what may all be absent."""

from __future__ import annotations

from engine.language.scope import Choice, Moment, Numeric, Scope, Ticks
from engine.language.terms import (
    Absent,
    Answer,
    Applies,
    Chosen,
    Constant,
    Count,
    CountSignposts,
    Floor,
    IfElse,
    Latest,
    Least,
    Mean,
    Number,
    OrElse,
    Product,
    Sum,
    Table,
    Test,
    Tick,
)


def may_be_absent(number: Number, scope: Scope) -> bool:
    """Whether the scope says so of a name the number rests on."""
    match number:
        case Constant() | OrElse() | Count() | CountSignposts():
            return False
        case Absent() | Latest():
            return True
        case Table(name=name, lowest=lowest):
            # points for the case that the item is skipped stand where *not shown* does
            return lowest[0] is None and _not_always_asked(name, scope)
        case Answer(name=name) | Tick(truth=Chosen(name=name)):
            return _not_always_asked(name, scope)
        case Tick():
            return False
        case IfElse(condition=Applies(name=name) | Test(name=name), then=then, otherwise=Absent()):
            # An item's points, which are there when it is asked.
            return _not_always_asked(name, scope) or may_be_absent(then, scope)
        case Sum(terms=terms):
            return any(may_be_absent(term, scope) for _, term in terms)
        case Product(left=left, right=right) | IfElse(then=left, otherwise=right):
            return may_be_absent(left, scope) or may_be_absent(right, scope)
        case Least(parts=parts) | Mean(parts=parts):
            return all(may_be_absent(part, scope) for part in parts)
        case Floor(number=inner):
            return may_be_absent(inner, scope)


def _not_always_asked(name: str, scope: Scope) -> bool:
    meaning = scope.names[name].meaning if name in scope.names else None
    return isinstance(meaning, Choice | Ticks | Numeric | Moment) and meaning.may_be_absent
