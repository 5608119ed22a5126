"""Which services are printed for a person, in which order, and in what words. Only verified facts are printed.

While the person's nation is not known, what works everywhere comes first and each nation's own is named as such: one
service per nation must never leave somebody with none.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.format.directory import Contact, Directory, Service, printable_contacts, serves, serves_everywhere
from engine.format.evidence import Evidenced, if_verified
from engine.format.instrument import Instrument
from engine.format.opening import in_words
from engine.interview.assessment import Assessment
from engine.interview.record import Record
from engine.interview.summary import Help, Way
from engine.interview.wording import Speech, checked_words, listed, sentences

_SCHEMES: Mapping[str, str] = {"phone": "tel:", "text": "sms:", "email": "mailto:", "web": "https://"}


def services(
    instrument: Instrument, record: Record, assessment: Assessment, directory: Directory, speech: Speech
) -> tuple[Help, ...]:
    """Return the services that this assessment points to, each once, with every reason to call it."""
    whys: dict[str, list[str]] = {}
    for place in assessment.signposts:
        signpost = instrument.signposts[place]
        why = signpost.why.says(speech.voice)
        reasons = whys.setdefault(signpost.service, [])
        if why not in reasons:
            reasons.append(why)
    nation = _nation(instrument, record, assessment, directory)
    chosen = [name for name in whys if printable_contacts(directory.services[name])]
    if nation is not None:
        chosen = [name for name in chosen if serves(directory.services[name], nation)]
    else:
        chosen.sort(key=lambda name: _from_wide_to_local(directory.services[name], directory))
    return tuple(_help(name, whys[name], nation, directory, speech) for name in chosen)


def own_behaviour_services(instrument: Instrument, directory: Directory, speech: Speech) -> tuple[Help, ...]:
    """Return the services for somebody who worries about their own behaviour, of whom nothing was asked."""
    named = instrument.questionnaire.own_behaviour
    chosen = [name for name in named if printable_contacts(directory.services[name])]
    return tuple(_help(name, [], None, directory, speech) for name in chosen)


def every_service(instrument: Instrument, directory: Directory, speech: Speech) -> tuple[Help, ...]:
    """Return all services that the questionnaire can point to, from wide to local, for a form on paper."""
    named = dict.fromkeys(signpost.service for signpost in instrument.signposts)
    chosen = [name for name in named if printable_contacts(directory.services[name])]
    chosen.sort(key=lambda name: _from_wide_to_local(directory.services[name], directory))
    return tuple(_help(name, [], None, directory, speech) for name in chosen)


def _nation(instrument: Instrument, record: Record, assessment: Assessment, directory: Directory) -> str | None:
    """The person's nation; None while it is open, and for an answer that names none of the directory's nations."""
    item = instrument.questionnaire.nation_from
    if item is None or assessment.applies[item] is not True:
        return None
    said = record.answers.get(item)
    return said if isinstance(said, str) and said in directory.nations else None


def _from_wide_to_local(service: Service, directory: Directory) -> int:
    if serves_everywhere(service, directory):
        return 0
    return 1 + min(place for place, nation in enumerate(directory.nations) if serves(service, nation))


def _help(name: str, whys: list[str], nation: str | None, directory: Directory, speech: Speech) -> Help:
    service = directory.services[name]
    own = [] if nation is not None or serves_everywhere(service, directory) else list(directory.nations)
    return Help(
        id=name,
        name=service.name,
        about=service.about.says(speech.voice),
        why=sentences(whys),
        nation=listed([directory.nations[one].says(speech.voice) for one in own if serves(service, one)], speech),
        ways=tuple(_way(contact, speech) for contact in printable_contacts(service)),
        hours=_dated(in_words(service.hours, speech.tongue) or "", service.hours, speech),
        facts=_facts(service, speech),
    )


def _way(contact: Contact, speech: Speech) -> Way:
    checked = checked_words(contact.checked, speech)
    value = contact.value if contact.kind in ("email", "web") else contact.value.replace(" ", "")
    return Way(
        kind=speech.say(contact.kind),
        value=contact.value,
        href=f"{_SCHEMES[contact.kind]}{value}" if contact.kind in _SCHEMES else "",
        note=contact.label.says(speech.voice) if contact.label else "",
        checked=speech.say("checked", when=checked) if checked else "",
    )


def _dated(words: str, fact: Evidenced | None, speech: Speech) -> str:
    """Say when a fact was checked, if it bears a date."""
    if not words or fact is None or fact.checked is None:
        return words
    return speech.say("fact_checked", fact=words, when=checked_words(fact.checked, speech))


def _facts(service: Service, speech: Speech) -> tuple[str, ...]:
    known = [if_verified(fact) for fact in (service.cost, service.languages, service.access, service.ages)]
    spoken = [_dated(fact.value.says(speech.voice), fact, speech) for fact in known if fact is not None]
    on_bill = if_verified(service.on_bill)
    return (*spoken, *([speech.say(f"on_bill_{on_bill.value}")] if on_bill else []))
