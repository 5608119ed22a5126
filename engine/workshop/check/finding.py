"""A finding is a value: what is probably not meant, where, why it matters, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.problem import Place, under_caret
from engine.workshop.check.catalogue import CATALOGUE, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: its slug in the catalogue, its place, what was found, and what to do.

    How much it weighs and why it matters are the catalogue's, the same for all findings of a slug.
    """

    slug: str
    place: Place
    what: str
    remedy: str

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return CATALOGUE[self.slug].severity

    @property
    def why(self) -> str:
        """Why it matters."""
        return CATALOGUE[self.slug].why

    def render(self, source: str) -> str:
        """Return the finding as an author reads it."""
        head = f"{self.place.at}: {self.severity}: {self.slug}"
        return f"{head}\n{under_caret(self.place, source)}\n  {self.what} {self.why}\n  {self.remedy}\n"
