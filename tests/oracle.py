"""The independent witness of ranges: evaluates every condition and number in every world, slowly and plainly.

One world is two-valued: a truth holds or does not, a number has one value or is absent (None).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from operator import eq, ge, gt, ne

from engine.format.instrument import CHOICES, Instrument, Item, Outcome
from engine.interview.record import Entries, NonAnswer, Record
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
    Floor,
    IfElse,
    Latest,
    Least,
    Mean,
    Not,
    Number,
    OrElse,
    Product,
    Recorded,
    Sum,
    Table,
    Test,
    Tick,
    Truth,
)
from tests.worlds import Exact, Listed, Picked, Raw, answered, exact, worlds

COMPARE: Mapping[str, Callable[[Exact, Exact], bool]] = {">=": ge, ">": gt, "==": eq, "!=": ne}


@dataclass(slots=True)
class World:
    """One world, as far as it has been worked out; also one entry of a repeat. An outcome's bit is that which acts."""

    record: Record
    shown: dict[str, bool] = field(default_factory=dict)
    bits: dict[str, int] = field(default_factory=dict)
    points: dict[str, Exact] = field(default_factory=dict)
    ticks: dict[str, frozenset[int]] = field(default_factory=dict)
    numbers: dict[str, Exact | None] = field(default_factory=dict)
    entries: dict[str, tuple[World, ...]] = field(default_factory=dict)
    computed: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.numbers["today"] = self.record.on.toordinal()


def holds(term: Truth, world: World) -> bool:
    """Whether the condition holds in this world."""
    match term:
        case Test(name, allowed):
            return bool(allowed >> world.bits[name] & 1)
        case Chosen(name, option):
            return option in world.ticks[name]
        case Compare(op, left, right):
            return compares(op, value(left, world), value(right, world))
        case All(parts):
            return all(holds(part, world) for part in parts)
        case AnyOf(parts):
            return any(holds(part, world) for part in parts)
        case Not(part):
            return not holds(part, world)
        case Applies(name):
            return world.shown[name]
        case Recorded():
            return recorded(term, world.record) and (term.word == "judged" or world.shown[term.name])
    raise TypeError(f"{term} cannot be asked of a world")


def compares(op: str, left: Exact | None, right: Exact | None) -> bool:
    if left is None or right is None:
        return False
    return COMPARE[op](left, right)


def recorded(term: Recorded, record: Record) -> bool:
    if term.word == "judged":
        return term.name in record.judgements
    said = record.answers.get(term.name)
    if term.word == "answered":
        return answered(said) is not None and said != Entries((), closed=False)
    return said is {"dont_know": NonAnswer.DONT_KNOW, "declined": NonAnswer.DECLINED}[term.word]


def value(term: Number, world: World) -> Exact | None:
    """The number in this world, None where it is absent."""
    match term:
        case OrElse(number, instead):
            found_one = value(number, world)
            return exact(instead) if found_one is None else found_one
        case Table():
            return looked_up(term, world)
        case Constant(number):
            return exact(number)
        case Sum(terms):
            weighted = [(exact(weight), value(number, world)) for weight, number in terms]
            present = [weight * one for weight, one in weighted if one is not None]
            return sum(present) if len(present) == len(terms) else None
        case Tick(truth):
            return int(holds(truth, world))
        case Answer(name):
            return world.numbers[name]
        case Product(left, right):
            a, b = value(left, world), value(right, world)
            return None if a is None or b is None else a * b
        case Least(parts):
            return min(those_present(parts, world), default=None)
        case Mean(parts):
            found = those_present(parts, world)
            return Fraction(sum(found), len(found)) if found else None
        case IfElse(condition, then, otherwise):
            return value(then if holds(condition, world) else otherwise, world)
        case Floor(number):
            whole = value(number, world)
            return None if whole is None else whole // 1
        case Count(repeat, condition):
            return sum(holds(condition, entry) for entry in world.entries[repeat])
        case Latest(repeat, name):
            return max((day for one in world.entries[repeat] if (day := one.numbers[name]) is not None), default=None)
        case Absent():
            return None
    raise TypeError(f"{term} is not a number of a world")


def those_present(parts: Sequence[Number], world: World) -> list[Exact]:
    return [found for part in parts if (found := value(part, world)) is not None]


def looked_up(table: Table, world: World) -> Exact | None:
    bit = world.bits[table.name]
    low, high = table.lowest[bit], table.highest[bit]
    if low is None or high is None:
        return None
    return exact(low) if low == high else world.points[table.name]


def unfold(instrument: Instrument, record: Record, raw: Mapping[str, Raw]) -> World:
    """Going down the order, hide what does not apply, and work out the scores and the levels."""
    world = World(record)
    for name in instrument.order:
        if name in instrument.items:
            put(instrument.items[name], raw[name], world)
        elif name in instrument.scores:
            score = instrument.scores[name]
            given = score.value is not None and holds(score.applies_if, world)
            world.numbers[name] = value(score.value, world) if given and score.value is not None else None
        else:
            decide(instrument.outcomes[name], raw.get(name), world)
    return world


def put(item: Item, raw: Raw, world: World) -> None:
    """Give the item its value if it applies in this world."""
    shown = world.shown[item.id] = holds(item.applies_if, world)
    if item.kind in CHOICES:
        assert isinstance(raw, Picked)
        world.bits[item.id] = raw.bit if shown else 0
        if raw.points is not None:
            world.points[item.id] = raw.points
    elif item.kind == "tick_all":
        assert isinstance(raw, frozenset)
        world.ticks[item.id] = raw if shown else frozenset()
    elif item.kind in ("number", "date"):
        assert raw is None or isinstance(raw, int | Fraction)
        world.numbers[item.id] = raw if shown else None
    elif item.kind == "repeat":
        assert isinstance(raw, Listed)
        world.entries[item.id] = tuple(entry_of(item, one, world.record) for one in raw.entries) if shown else ()


def entry_of(item: Item, raws: Mapping[str, Raw], record: Record) -> World:
    entry = World(record)
    for one in item.fields:
        put(one, raws[one.id], entry)
    return entry


def decide(outcome: Outcome, raw: Raw, world: World) -> None:
    """The highest level whose condition holds, or the one judged; never below one that an assessor raised it to."""
    if not holds(outcome.applies_if, world):
        world.bits[outcome.id] = world.computed[outcome.id] = 0
        return
    if isinstance(raw, Picked):
        level = raw.bit
    else:
        level = max(
            (bit for bit, one in enumerate(outcome.levels, start=1) if bit == 1 or holds(one.when, world)),
        )
    judgement = world.record.judgements.get(outcome.id) if outcome.may_raise else None
    world.computed[outcome.id] = level
    world.bits[outcome.id] = level if judgement is None else max(level, outcome.bit(judgement.level))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a condition is over all worlds."""

    must: bool
    may: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What the worlds of a record say, all together. `never` are the `never_if` of the actions."""

    shown: Mapping[str, frozenset[bool]]
    scores: Mapping[str, frozenset[Exact | None]]
    outcomes: Mapping[str, frozenset[int]]
    computed: Mapping[str, frozenset[int]]
    alerts: Mapping[str, Verdict]
    actions: Mapping[str, Verdict]
    never: Mapping[str, Verdict]
    signposts: tuple[Verdict, ...]


def read(instrument: Instrument, record: Record) -> Reading:
    """Evaluate everything in every world of the record."""
    every = [unfold(instrument, record, raw) for raw in worlds(instrument, record)]

    def verdict(condition: Truth) -> Verdict:
        held = {holds(condition, world) for world in every}
        return Verdict(must=False not in held, may=True in held)

    return Reading(
        shown={name: frozenset(world.shown[name] for world in every) for name in instrument.items},
        scores={name: frozenset(world.numbers[name] for world in every) for name in instrument.scores},
        outcomes={name: frozenset(world.bits[name] for world in every) for name in instrument.outcomes},
        computed={name: frozenset(world.computed[name] for world in every) for name in instrument.outcomes},
        alerts={name: verdict(alert.when) for name, alert in instrument.alerts.items()},
        actions={action.id: verdict(action.when) for action in instrument.plan},
        never={action.id: verdict(action.never_if) for action in instrument.plan},
        signposts=tuple(verdict(signpost.when) for signpost in instrument.signposts),
    )


@dataclass(frozen=True, slots=True)
class Print:
    """What is printed, by the rule, from what the worlds say."""

    alerts: tuple[str, ...]
    plan: tuple[str, ...]
    signposts: tuple[int, ...]


def printed(instrument: Instrument, reading: Reading) -> Print:
    """What must hold, or may hold with `if_unsure: show`; no action that a possible `never_if` or an `after` stops."""

    def stands(verdict: Verdict, if_unsure: bool) -> bool:
        return verdict.may if if_unsure else verdict.must

    shown = {
        action.id: stands(reading.actions[action.id], action.if_unsure) and not reading.never[action.id].may
        for action in instrument.plan
    }
    for _ in instrument.plan:
        for action in instrument.plan:
            shown[action.id] = shown[action.id] and all(shown[earlier] for earlier in action.after)
    return Print(
        alerts=tuple(name for name, one in instrument.alerts.items() if stands(reading.alerts[name], one.if_unsure)),
        plan=tuple(action.id for action in instrument.plan if shown[action.id]),
        signposts=tuple(
            place
            for place, (one, verdict) in enumerate(zip(instrument.signposts, reading.signposts, strict=True))
            if stands(verdict, one.if_unsure)
        ),
    )
