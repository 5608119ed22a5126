"""Promises that need no solver. What is printed because it must hold only grows with every answer, so the record with
nothing but what is given decides: if that one keeps the promise, everybody does.
"""

from __future__ import annotations

from engine.format.directory import Directory, serves_everywhere
from engine.format.instrument import Instrument
from engine.interview.ready import ready
from engine.interview.record import Record, start
from engine.language.terms import ALWAYS, All, AnyOf, Printed, Test, Truth
from engine.program.asked import flags
from engine.workshop.prove.promise import Probed, breaks


def kept_by_the_least(one: Probed, directory: Directory | None) -> bool:
    """Whether the records with the least answers keep a promise of which this is enough; False if it says nothing."""
    if not only_grows(one.always, one.instrument, directory):
        return False
    day = one.instrument.questionnaire.review.last
    for voice in one.instrument.questionnaire.voices:
        records = least(one, start(one.instrument, voice, day))
        if records is None or any(breaks(one, record, directory) for record in records):
            return False
    return True


def least(one: Probed, begun: Record) -> list[Record] | None:
    """Return the records with just the given answers; None where what is given is more than an answer to be had."""
    if one.given == ALWAYS:
        return [begun]
    term = one.promise.given
    items = one.instrument.items
    if (
        not isinstance(term, Test)
        or term.name not in items
        or items[term.name].applies_if != ALWAYS
        or term.allowed & 1
    ):
        return None
    options = [o.id for place, o in enumerate(items[term.name].options, start=1) if term.allowed >> place & 1]
    return [begun.saying(term.name, option) for option in options] if term.name != "voice" else None


def only_grows(term: Truth, instrument: Instrument, directory: Directory | None) -> bool:
    """Whether a condition about print, once it holds, holds with every further answer, on every day."""
    match term:
        case All(parts) | AnyOf(parts):
            return all(only_grows(part, instrument, directory) for part in parts)
        case Printed(word="raised", name=name):
            alert = instrument.alerts[name]
            return not alert.if_unsure and _plain(instrument, alert.when)
        case Printed(word="shown", name=name):
            return _action_grows(instrument, name)
        case Printed(word="signposted", name=name):
            everywhere = directory is None or serves_everywhere(directory.services[name], directory)
            posts = [one for one in instrument.signposts if one.service == name]
            return everywhere and all(not one.if_unsure and _plain(instrument, one.when) for one in posts)
    return False


def _action_grows(instrument: Instrument, name: str) -> bool:
    action = next(one for one in instrument.plan if one.id == name)
    plain = not action.if_unsure and _plain(instrument, action.when) and _plain(instrument, action.never_if)
    return plain and all(_action_grows(instrument, before) for before in action.after)


def _plain(instrument: Instrument, term: Truth) -> bool:
    """Whether a condition says nothing of the record itself, of time, or of numbers that an assessor can raise."""
    if flags(term):
        return False
    line = _asked_about(instrument, term)
    return line is not None and not any(
        name == "today" or "__ask" in name or name.endswith(("__raised", "__from", "__to")) for name in line
    )


def _asked_about(instrument: Instrument, term: Truth) -> tuple[str, ...] | None:
    """The arguments of the program that decides a condition, which must be one that is printed for."""
    compiled = ready(instrument).compiled
    whole = compiled.whole
    found = [truth for name, truth in whole.alerts.items() if instrument.alerts[name].when is term]
    found += [whole.actions[one.id][0] for one in instrument.plan if term is one.when]
    found += [whole.signposts[place] for place, one in enumerate(instrument.signposts) if one.when is term]
    if not found:
        return () if term in (ALWAYS, AnyOf(())) else None
    line = found[0].must
    return () if line in ("True", "False") else compiled.program((line,)).arguments
