"""What a check found, in three forms: words, JSON for other programs, annotations for a forge's review page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.format.load_directory import DIRECTORY_KINDS
from engine.format.problem_kinds import KINDS
from engine.problem import Place, Problem
from engine.workshop.check.finding import Finding
from engine.workshop.check.run import ScoreEnds

ORDER = ("problem", "error", "warning", "note")
_WHY = {**KINDS, **DIRECTORY_KINDS}
_LEVELS = {"problem": "error", "error": "error", "warning": "warning", "note": "notice"}


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one file: problems, and then nothing else; or findings, and how far its scores run."""

    file: Path
    source: str
    about: str
    problems: tuple[Problem, ...] = ()
    findings: tuple[Finding, ...] = ()
    scores: tuple[ScoreEnds, ...] = ()

    @property
    def counts(self) -> Counter[str]:
        """How many there are of each weight."""
        return Counter(one.severity for one in self.findings) + Counter({"problem": len(self.problems)})


def counts_of(checked: Iterable[Checked]) -> Counter[str]:
    """Return how many there are of each weight in all files."""
    return sum((one.counts for one in checked), Counter())


def in_words(checked: Sequence[Checked], *, notes: bool) -> str:
    """Return everything by file, and the counts at the end; notes are only counted unless they are asked for."""
    parts = []
    for one in checked:
        parts += [problem.render(one.source) for problem in one.problems]
        parts += [found.render(one.source) for found in one.findings if notes or found.severity != "note"]
        if one.scores:
            parts.append(_score_table(one.scores))
        counts = f", {counted(one.counts)}" if one.source else ""  # what was not looked at has none
        parts.append(f"{one.file}: {one.about}{counts}\n")
    if len(checked) > 1:
        parts.append(f"{len(checked)} files: {counted(counts_of(checked))}\n")
    if not notes and counts_of(checked)["note"]:
        parts.append("Notes are shown with --notes.\n")
    return "\n".join(parts)


def counted(counts: Counter[str]) -> str:
    """Return counts in words: 'no problems', '2 errors, 1 warning'."""
    told = [f"{counts[one]} {one}{'' if counts[one] == 1 else 's'}" for one in ORDER if counts[one]]
    return ", ".join(told) if counts["problem"] else ", ".join(["no problems", *told])


def _score_table(scores: Iterable[ScoreEnds]) -> str:
    rows = [(one.score, *_ends(one)) for one in scores]
    width = max(len(row[0]) for row in rows)
    lines = [f"  {'score':<{width}}  lowest  highest"]
    lines += [f"  {name:<{width}}  {low:>6}  {high:>7}{remark}" for name, low, high, remark in rows]
    return "\n".join(lines) + "\n"


def _ends(one: ScoreEnds) -> tuple[str, str, str]:
    if one.ends is None:
        return "-", "-", "  no number"
    low, high = (f"{float(end):g}" for end in (one.ends.lowest, one.ends.highest))
    return low, high, "" if one.ends.exact else "  bounds; the ends themselves are not decided"


def as_data(checked: Sequence[Checked]) -> dict[str, Any]:
    """Return everything as JSON."""
    return {"files": [_file(one) for one in checked], "counts": {one: counts_of(checked)[one] for one in ORDER}}


def _file(one: Checked) -> dict[str, Any]:
    problems = [
        {"severity": "problem", "slug": found.kind, **_where(found.place), "what": found.message}
        | {"why": _WHY[found.kind], "remedy": found.remedy}
        for found in one.problems
    ]
    findings = [
        {"severity": found.severity, "slug": found.slug, **_where(found.place), "what": found.what}
        | {"why": found.why, "remedy": found.remedy}
        for found in one.findings
    ]
    scores = {
        row.score: row.ends
        and {"lowest": float(row.ends.lowest), "highest": float(row.ends.highest), "exact": row.ends.exact}
        for row in one.scores
    }
    return {"file": str(one.file), "problems": problems, "findings": findings, "scores": scores}


def _where(place: Place) -> dict[str, int]:
    return {"line": place.line, "column": place.column, "length": place.length}


def as_annotations(checked: Sequence[Checked], *, notes: bool) -> str:
    """Return a line for each, as forges read them from a build's output."""
    lines = []
    for one in checked:
        lines += [_annotation("problem", p.kind, p.place, f"{p.message} {p.remedy}") for p in one.problems]
        lines += [
            _annotation(found.severity, found.slug, found.place, f"{found.what} {found.why} {found.remedy}")
            for found in one.findings
            if notes or found.severity != "note"
        ]
    return "".join(lines)


def _annotation(severity: str, slug: str, place: Place, words: str) -> str:
    file = _escaped(place.file, ":,")
    end = place.column + place.length - 1
    where = f"file={file},line={place.line},col={place.column},endColumn={end},title={slug}"
    return f"::{_LEVELS[severity]} {where}::{_escaped(words.strip())}\n"


def _escaped(words: str, further: str = "") -> str:
    for sign in "%\r\n" + further:
        words = words.replace(sign, f"%{ord(sign):02X}")
    return words
