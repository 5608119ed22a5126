"""The services that signposts name, and the directory's own facts: verified, in the right nation, checked lately."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from engine.format.directory import Directory, is_printable, overdue, serves
from engine.format.yaml_node import Node
from engine.language.terms import Test
from engine.problem import nearest_to
from engine.workshop.check.finding import Finding
from engine.workshop.check.subject import Subject


@dataclass(frozen=True, slots=True)
class DirectorySubject:
    """A directory under check, on one day, and where everything stands in its file."""

    directory: Directory
    tree: Node
    today: date


def directory_missing(subject: Subject) -> Iterator[Finding]:
    """Find a questionnaire that names a directory which is not there."""
    named = subject.instrument.questionnaire.directory
    beside = subject.folder.parent / "directory"
    if named is not None and subject.directory is None:
        near = nearest_to(named, (file.stem for file in beside.glob("*.yaml")))
        yield Finding(
            "directory-missing",
            subject.tree.at(["directory"]).place,
            f"There is no directory '{named}'.",
            f"Write {near}, which is there."
            if near
            else f"Put `{named}.yaml` into the folder `directory` beside the questionnaire's own folder.",
        )


def unverified_services(subject: Subject) -> Iterator[Finding]:
    """Find signposts to services that may not be printed."""
    services = subject.directory.services if subject.directory is not None else {}
    for place, post in enumerate(subject.instrument.signposts):
        if post.service in services and not is_printable(services[post.service]):
            yield Finding(
                "service-unverified",
                subject.tree.at(["signposts", place, "service"]).place,
                f"'{post.service}' has no contact that may be printed.",
                "Have a contact checked on the service's own page, and write `verified: true` with the source.",
            )


def services_elsewhere(subject: Subject) -> Iterator[Finding]:
    """Find signposts whose condition chooses nations in which the service does not work."""
    one, directory = subject.instrument, subject.directory
    item = one.items.get(one.questionnaire.nation_from or "")
    if directory is None or item is None:
        return
    for place, post in enumerate(one.signposts):
        service = directory.services.get(post.service)
        if service is None or not isinstance(post.when, Test) or post.when.name != item.id:
            continue
        chosen = [option.id for option in item.options if post.when.allowed >> item.bit(option.id) & 1]
        chosen = [nation for nation in chosen if nation in directory.nations]
        if chosen and not any(serves(service, nation) for nation in chosen):
            works = "everywhere" if service.nations == "all" else ", ".join(service.nations)
            yield Finding(
                "service-other-nation",
                subject.tree.at(["signposts", place, "when"]).place,
                f"'{post.service}' works in {works}, and is given only in {', '.join(chosen)}.",
                "Change the condition, or point to a service of that nation.",
            )


def overdue_facts(subject: DirectorySubject) -> Iterator[Finding]:
    """Find printed facts that were checked too long ago, or nobody knows when: one finding for each service."""
    late = overdue(subject.directory, subject.today)
    for service, facts in groupby(late, lambda fact: fact.service):
        listed = [(fact.field, f"checked {fact.checked}" if fact.checked else "no date") for fact in facts]
        told = ", ".join(f"{field} ({when})" for field, when in listed)
        yield Finding(
            "fact-overdue",
            subject.tree.key_at(["services", service]).place,
            f"Of '{service}' should be checked again: {told}.",
            "Look at the service's own page, and write the day in `checked`.",
        )
