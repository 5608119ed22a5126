"""Is every guarantee of the file kept by every record? What every questionnaire promises besides, `prove` looks at."""

from __future__ import annotations

from collections.abc import Iterator

from engine.workshop.check.decide import MOST_ITEMS
from engine.workshop.check.finding import Finding
from engine.workshop.check.subject import Subject


def promises_kept(subject: Subject) -> Iterator[Finding]:
    """Yield the guarantees that somebody breaks, and those of which the solver came to no answer."""
    if not subject.solver or not subject.instrument.guarantees:
        return
    try:
        from engine.workshop.prove.all_promises import prove  # noqa: PLC0415  the solver is an extra, and slow to load
    except ModuleNotFoundError:
        return
    places = {str(node.at(["id"]).value): node.at(["id"]).place for node in subject.tree.at(["guarantees"]).items}
    if len(subject.instrument.items) > MOST_ITEMS:
        for name, place in places.items():
            what = f"'{name}' is neither proved nor refuted: there are more than {MOST_ITEMS:,} items."
            yield Finding("promise-not-decided", place, what, "Divide the questionnaire into several.")
        return
    for proof in prove(subject.instrument, subject.directory, author_only=True):
        show = f"See who with: askwell prove {subject.folder} --only {proof.id}"
        if proof.status == "refuted":
            what = f"'{proof.id}' does not hold for everybody."
            yield Finding("promise-broken", places[proof.id], what, f"{show}. Mend the conditions, or the guarantee.")
        elif proof.status == "not_decided":
            what = f"'{proof.id}' is neither proved nor refuted."
            yield Finding("promise-not-decided", places[proof.id], what, f"{show} --timeout 120.")
