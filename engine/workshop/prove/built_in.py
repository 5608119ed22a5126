"""What every questionnaire promises, unless its file says under `waived` why it need not."""

from __future__ import annotations

from fractions import Fraction

from engine.format.directory import EMERGENCY_NUMBERS, Directory, printable_contacts
from engine.format.instrument import Instrument
from engine.language.terms import ALWAYS, AnyOf, Compare, Constant, CountSignposts, Not, Printed, Truth
from engine.workshop.prove.promise import Promise

SAID = {
    "everybody_has_a_service": "everybody is given a service, also who answers nothing",
    "everybody_has_an_emergency_route": "everybody is given a way to call in an emergency, also who answers nothing",
    "every_alert_reaches_the_page": "every alert can be raised, and is on the page where it is",
    "no_level_by_leaving_out": "no level is reached only by leaving questions out",
    "leaving_out_lowers_nothing": "no question that is left out lowers an outcome",
    "no_dead_end": "everybody is asked something, and has something to do next",
}


def of_print(instrument: Instrument, directory: Directory | None) -> tuple[Promise, ...]:
    """Return those that are about what is printed for every record."""
    emergency = AnyOf(tuple(Printed("signposted", name) for name in emergency_services(instrument, directory)))
    steps = tuple(Printed("shown", action.id) for action in instrument.plan)
    services = tuple(Printed("signposted", name) for name in dict.fromkeys(s.service for s in instrument.signposts))
    always: dict[str, Truth] = {
        "everybody_has_a_service": Compare(">=", CountSignposts(), Constant(Fraction(1))),
        "everybody_has_an_emergency_route": emergency,
        "no_dead_end": AnyOf((*steps, *services)),
    }
    return tuple(Promise(name, ALWAYS, term, SAID[name]) for name, term in always.items())


def never_raised(instrument: Instrument) -> tuple[Promise, ...]:
    """Return for each alert that it is never raised, which somebody must break."""
    return tuple(
        Promise(name, ALWAYS, Not(Printed("raised", name)), f"{name} is never raised") for name in instrument.alerts
    )


def emergency_services(instrument: Instrument, directory: Directory | None) -> tuple[str, ...]:
    """Return the services among the signposts that can be reached by an emergency number."""
    named = dict.fromkeys(one.service for one in instrument.signposts)
    if directory is None:
        return ()
    return tuple(
        name
        for name in named
        if any(contact.value in EMERGENCY_NUMBERS for contact in printable_contacts(directory.services[name]))
    )
