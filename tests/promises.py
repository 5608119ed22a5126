"""Random promises about random instruments, and every record of the small ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from random import Random

from engine.format.instrument import Action, Alert, Instrument, Item, Signpost
from engine.interview.record import Answer, Record
from engine.language.terms import ALWAYS, NEVER, All, AnyOf, Not, Printed, Truth
from engine.language.terms import Test as Is
from engine.workshop.prove.promise import Promise
from tests.generate_items import WORDS
from tests.generate_terms import Dice, Speech
from tests.oracle import holds, printed, read, unfold
from tests.test_oracle import COLOUR, TICKS, YES, X, Y, levels, made, record
from tests.worlds import worlds

SAID: Mapping[str, tuple[Answer, ...]] = {
    "x": ("no", "yes"),
    "y": ("no", "yes"),
    "c": ("a", "b", "c"),
    "t": (("kill",), ("harm",), ("kill", "harm"), ("none",)),
}


def small(dice: Dice) -> Instrument:
    """An instrument of four items of which every record can be visited."""
    speech = Speech(dice, rising=False)
    items: list[Item] = []
    for item in (X, replace(Y, applies_if=Is("x", YES)), COLOUR, TICKS):
        items.append(replace(item, applies_if=speech.truth()) if items and dice.often(3) else item)
        speech.learn(items[-1])
    outcome = replace(levels(*(speech.truth() for _ in range(2))), may_raise=False, may_lower=False)
    speech.learn_outcome(outcome)
    often = dice.often
    alert = Alert("alert", speech.truth(), often(5), stop=False, title=WORDS, text=WORDS)
    first = Action("first", "home", speech.truth(), often(5), NEVER, (), None, WORDS, None)
    never = speech.truth() if often(5) else NEVER
    second = Action(
        "second", "home", speech.truth(), often(5), never, ("first",) if often(5) else (), None, WORDS, None
    )
    posts = tuple(Signpost(name, speech.truth(), often(5), WORDS) for name in ("one", "one", "other"))
    whole = made(*items, outcomes=(outcome,))
    return replace(whole, alerts={"alert": alert}, plan=(first, second), signposts=posts)


def a_promise(dice: Dice, instrument: Instrument) -> Promise:
    """A promise that says something of print, of the world, or of both."""
    speech = Speech(dice, rising=False)
    for item in instrument.items.values():
        if item.kind not in ("note", "text"):
            speech.learn(item)
    for outcome in instrument.outcomes.values():
        speech.learn_outcome(outcome)
    things = [Printed("raised", name) for name in instrument.alerts]
    things += [Printed("shown", action.id) for action in instrument.plan]
    things += [Printed("signposted", one.service) for one in instrument.signposts]

    def thing() -> Truth:
        if not things or dice.often(4):
            return speech.truth()
        one = dice.one(things)
        return Not(one) if dice.often(3) else one

    given = ALWAYS if dice.often(3) else thing()
    joined = All if dice.often(5) else AnyOf
    always = joined((thing(), thing())) if dice.often(5) else thing()
    return Promise("p", given, always, "a promise")


def dice_of(seed: int) -> Dice:
    return Dice(Random(seed).randint)


def every_record(instrument: Instrument) -> Iterator[Record]:
    """Every record in the voices there are, on one day."""
    asked = [name for name in SAID if name in instrument.items]
    for voice in instrument.questionnaire.voices:
        for answers in product(*((None, *SAID[name]) for name in asked)):
            said = {name: one for name, one in zip(asked, answers, strict=True) if one is not None}
            yield replace(record(said), voice=voice)


def broken_in_the_worlds(instrument: Instrument, promise: Promise, one: Record) -> bool:
    """Whether a complete record breaks a promise, by the slow witness of worlds."""
    (raw,) = worlds(instrument, one)
    world, prints = unfold(instrument, one, raw), printed(instrument, read(instrument, one))
    pointed = {instrument.signposts[place].service for place in prints.signposts}
    things = {"raised": prints.alerts, "shown": prints.plan, "signposted": pointed}

    def kept(term: Truth) -> bool:
        match term:
            case Printed(word, name):
                return name in things[word]
            case All(parts):
                return all(kept(part) for part in parts)
            case AnyOf(parts):
                return any(kept(part) for part in parts)
            case Not(part):
                return not kept(part)
        return holds(term, world)

    return kept(promise.given) and not kept(promise.always)
