"""Terms as short text: what the tables in tests/language expect."""

from engine.language.scope import Choice, Scope, Ticks
from engine.language.terms import (
    Absent,
    All,
    Answer,
    AnyOf,
    Applies,
    Chosen,
    Compare,
    Constant,
    Count,
    CountSignposts,
    Floor,
    IfElse,
    Latest,
    Least,
    Mean,
    Not,
    Number,
    OrElse,
    Printed,
    Product,
    Recorded,
    Sum,
    Table,
    Test,
    Tick,
    Truth,
)


def notation(term: Truth | Number, scope: Scope) -> str:
    """Return `who{partner}` for a Test (`-` is *not shown*), `visits.points` for a Table, `a | b` for AnyOf, …"""

    def say(part: Truth | Number) -> str:
        return notation(part, scope)

    match term:
        case Test(name=name, allowed=allowed):
            return f"{name}{{{' '.join(bits(name, allowed, scope))}}}"
        case Applies(name=name):
            return f"applies {name}"
        case Chosen(name=name, option=option):
            meaning = scope.names[name].meaning
            assert isinstance(meaning, Ticks)
            return f"{name}[{meaning.options[option - 1]}]"
        case Compare(op=op, left=left, right=right):
            return f"{say(left)} {op} {say(right)}"
        case Recorded(word=word, name=name) | Printed(word=word, name=name):
            return f"{word} {name}"
        case All(parts=parts):
            return f"({' & '.join(map(say, parts))})" if parts else "always"
        case AnyOf(parts=parts):
            return f"({' | '.join(map(say, parts))})" if parts else "never"
        case Not(part=part):
            return f"not({say(part)})"
        case _:
            return number_notation(term, scope)


def number_notation(term: Number, scope: Scope) -> str:
    def say(part: Truth | Number) -> str:
        return notation(part, scope)

    match term:
        case Constant(value=value):
            return str(value)
        case Absent() | CountSignposts():
            return type(term).__name__.lower()
        case Answer(name=name):
            return name
        case Table(name=name):
            return f"{name}.points"
        case Tick(truth=truth):
            return f"<{say(truth)}>"
        case Sum(terms=terms):
            return f"[{' + '.join(say(part) if weight == 1 else f'{weight}*{say(part)}' for weight, part in terms)}]"
        case OrElse(number=number, value=value):
            return f"{say(number)}?{value}"
        case Product(left=left, right=right):
            return f"{say(left)}*{say(right)}"
        case Least(parts=parts) | Mean(parts=parts):
            return f"{type(term).__name__.lower()}({', '.join(map(say, parts))})"
        case IfElse(condition=condition, then=then, otherwise=otherwise):
            return f"({say(then)} if {say(condition)} else {say(otherwise)})"
        case Floor(number=number):
            return f"floor({say(number)})"
        case Count(repeat=repeat, condition=condition):
            fields = getattr(scope.names[repeat].meaning, "fields", {})
            return f"count({repeat}: {notation(condition, Scope(fields))})"
        case Latest(repeat=repeat, field=field):
            return f"latest {repeat}.{field}"
        case other:
            raise AssertionError(other)


def bits(name: str, allowed: int, scope: Scope) -> list[str]:
    meaning = scope.names[name].meaning
    assert isinstance(meaning, Choice)
    return [word for bit, word in enumerate(("-", *meaning.options)) if allowed >> bit & 1]
