"""What is said at the end: actions nobody reads, levels without a service, nobody to call."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.format.directory import NATIONAL_NUMBERS, Directory, printable_contacts
from engine.interview.assess import assess
from engine.interview.record import start
from engine.language.reads import reads
from engine.program.depends import depends
from engine.workshop.check.finding import Finding
from engine.workshop.check.questions import unaided
from engine.workshop.check.subject import Subject

_EMERGENCY = re.compile(r"\b(999|112)\b")


def actions_never_shown(subject: Subject) -> Iterator[Finding]:
    """Find actions that nobody is shown, or nobody in a voice that their own conditions do not choose."""
    one, voices = subject.instrument, subject.instrument.questionnaire.voices
    by_id = {action.id: action for action in one.plan}
    for action in one.plan:
        place = subject.action_place(action.id)
        shown = {voice: subject.decisions.can_print(action, voice) for voice in voices}
        if all(answer is False for answer in shown.values()):
            waits = f", with all that it stands after ({', '.join(action.after)})" if action.after else ""
            yield Finding(
                "action-never-shown",
                place,
                f"No answers print '{action.id}'{waits}.",
                "Change `when`, `never_if` or `after`, or take the action away.",
            )
            continue
        chosen = {"voice"} & (reads(action.when) | reads(action.never_if))
        chosen |= {"voice"} & {name for before in action.after for name in reads(by_id[before].when)}
        none = [voice for voice, answer in shown.items() if answer is False]
        if none and not chosen and "voice" in depends(one, action.when, action.never_if):
            yield Finding(
                "action-not-in-voice",
                place,
                f"No answers print '{action.id}' in the voice {' or '.join(none)}.",
                "See whether a question that it needs is asked in that voice.",
            )


def levels_without_signpost(subject: Subject) -> Iterator[Finding]:
    """Find levels above the first that somebody can have and be pointed to no service."""
    one = subject.instrument
    if one.questionnaire.waived.everybody_has_a_service:
        return
    for outcome in one.outcomes.values():
        for place, level in enumerate(outcome.levels[1:], start=1):
            if subject.decisions.can_hold(unaided(one, outcome, level, subject.directory)):
                yield Finding(
                    "level-without-signpost",
                    subject.tree.at(["outcomes", outcome.id, "levels", place, "id"]).place,
                    f"Somebody can have '{level.id}' of '{outcome.id}' and be pointed to no service.",
                    "Add a signpost for it, or one with `when: always`.",
                )


def emergency_route(subject: Subject) -> Iterator[Finding]:
    """Find whether somebody who answers nothing is told an emergency number, in every voice."""
    one = subject.instrument
    unknown = subject.directory is None and one.questionnaire.directory is not None
    if unknown or one.questionnaire.waived.everybody_has_an_emergency_route:
        return  # without its directory nobody knows what a service answers to
    without = [voice for voice in one.questionnaire.voices if not _told(subject, voice)]
    if without:
        key = next(key for key in ("signposts", "plan", "alerts", "id") if subject.tree.get(key) is not None)
        yield Finding(
            "no-emergency-route",
            subject.place(key),
            f"In the voice {' and '.join(without)} nobody is told an emergency number before answering.",
            "Add a signpost with `when: always` to the emergency services, or an action that names the number.",
        )


def _told(subject: Subject, voice: str) -> bool:
    one = subject.instrument
    found = assess(one, start(one, voice, subject.today))
    texts = [one.alerts[name].text for name in found.alerts]
    texts += [action.text for action in one.plan if action.id in found.plan]
    if any(_EMERGENCY.search(text.says(voice)) for text in texts):
        return True
    services = [one.signposts[place].service for place in found.signposts]
    return any(_is_emergency(subject.directory, service) for service in services)


def _is_emergency(directory: Directory | None, service: str) -> bool:
    if directory is None or service not in directory.services:
        return False
    contacts = printable_contacts(directory.services[service])
    return any(contact.value in NATIONAL_NUMBERS - {"101"} for contact in contacts)
