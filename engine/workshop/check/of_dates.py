"""What is past its date: the review of the whole, and of single steps of the plan."""

from __future__ import annotations

from collections.abc import Iterator

from engine.format.load import check_dates
from engine.workshop.check.finding import Finding
from engine.workshop.check.subject import Subject


def late_reviews(subject: Subject) -> Iterator[Finding]:
    """Find reviews that are overdue on the day of the check."""
    for late in check_dates(subject.instrument, subject.today):
        place = late.place if late.kind == "step-overdue" else subject.place("review", "due")
        yield Finding(late.kind, place, late.message, late.remedy)
