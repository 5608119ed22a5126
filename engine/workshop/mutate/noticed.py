"""Who notices a change: a case that is then told something else, or a guarantee that no longer holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.format.directory import Directory
from engine.format.instrument import Guarantee, Instrument
from engine.language.terms import All, AnyOf, Compare, CountSignposts, Not, Printed, Sum, Truth
from engine.program.depends import depends
from engine.workshop.case_file import Person
from engine.workshop.cases import passes
from engine.workshop.mutate.mutants import Mutant

SECONDS = 2.0  # for each guarantee; one that is not decided within them has noticed nothing


class Witnesses:
    """The cases and the guarantees of a questionnaire, before it is changed."""

    def __init__(self, instrument: Instrument, persons: Sequence[Person], directory: Directory | None) -> None:
        """Find out what each guarantee depends on."""
        self.persons, self.directory = list(persons), directory
        self.cones = {one.id: cone(instrument, one) for one in instrument.guarantees}

    def notice(self, mutant: Mutant) -> bool:
        """Return whether a case, or else a guarantee, notices this change."""
        instrument = mutant.make()
        for place, person in enumerate(self.persons):
            if not passes(instrument, person, self.directory):
                # what noticed one change of a thing notices the next ones, as a rule
                self.persons.insert(0, self.persons.pop(place))
                return True
        concerned = [name for name, things in self.cones.items() if mutant.thing in things]
        return bool(concerned) and self._broken(instrument, concerned)

    def _broken(self, instrument: Instrument, concerned: list[str]) -> bool:
        from engine.workshop.prove.all_promises import tasks  # noqa: PLC0415  the solver is an extra, and slow to load

        found = tasks(instrument, self.directory, SECONDS, author_only=True)
        return any(task.find().kept is False for task in found if task.id in concerned)


def cone(instrument: Instrument, promise: Guarantee) -> frozenset[str]:
    """Return everything that a guarantee depends on; what is printed by its list and its id."""
    if promise.never_lowers is not None:
        return frozenset({promise.never_lowers, *_behind(instrument, promise.never_lowers)})
    things: set[str] = set()
    for term in (promise.given, promise.always):
        for inner in _parts(term) if term is not None else ():
            if isinstance(inner, CountSignposts):
                things |= {f"signposts.{one.service}" for one in instrument.signposts}
                things |= depends(instrument, *(one.when for one in instrument.signposts))
            elif isinstance(inner, Printed):
                things |= _printed(instrument, inner)
            else:
                things |= depends(instrument, inner)
    return frozenset(things)


def _behind(instrument: Instrument, outcome: str) -> frozenset[str]:
    one = instrument.outcomes[outcome]
    return depends(instrument, one.applies_if, *(level.when for level in one.levels))


def _parts(term: Truth) -> Iterator[Truth | CountSignposts]:
    match term:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _parts(part)
        case Not(part):
            yield from _parts(part)
        case Compare(_, left, right):
            inside = [
                number
                for side in (left, right)
                for number in ([n for _, n in side.terms] if isinstance(side, Sum) else [side])
            ]
            yield next((number for number in inside if isinstance(number, CountSignposts)), None) or term
        case _:
            yield term


def _printed(instrument: Instrument, term: Printed) -> set[str]:
    match term.word:
        case "raised":
            return {f"alerts.{term.name}", *depends(instrument, instrument.alerts[term.name].when)}
        case "signposted":
            whens = [one.when for one in instrument.signposts if one.service == term.name]
            return {f"signposts.{term.name}", *depends(instrument, *whens)}
        case "shown":
            action = next(one for one in instrument.plan if one.id == term.name)
            found = {f"plan.{action.id}", *depends(instrument, action.when, action.never_if)}
            return found.union(*(_printed(instrument, Printed("shown", before)) for before in action.after))
