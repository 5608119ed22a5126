"""What a record comes to, as Arrow columns.

| column | type | |
|---|---|---|
| `line`, `id` | int64, string | where the record stands in its file, from 1; its own id, if it has one |
| `SCORE__lowest`, `SCORE__highest` | int64, decimal, or "7/3" | the bounds; null where there is certainly no value |
| `SCORE__has_value` | bool | null where open |
| `SCORE__profile` | string | instead of these, of a score that is a text |
| `OUTCOME__at_least`, `OUTCOME__at_most` | level | after the assessor raised it; null where it does not apply |
| `OUTCOME__computed_at_least`, `…_at_most` | level | before, where an assessor may raise it |
| `OUTCOME__applies`, `OUTCOME__exact` | bool | whether it applies (null: open); whether the bounds are exact |
| `NAME__by_rule` | value, level, bool | the published second reading of a score, outcome or alert that has one |
| `NAME__by_rule_state`, `NAME__missing` | string, int64 | given or withheld; how many items of the pool are missing |
| `alerts`, `plan`, `signposts` | list of ids | what is printed, in the order of print; of signposts the services |
| `alerts_unsure`, … | list of ids | of these, what is printed only because its condition may hold |

Levels and ids are dictionaries. The schema's metadata holds the questionnaire's id, version and content hash.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from engine.cohort.arrays import LISTED, WORDS, Scale, by_mask, flags, full, listed, open_or_not, truths, words
from engine.cohort.by_rule import RuleColumns, RuleRun
from engine.cohort.encode import Encoded
from engine.format.instrument import Instrument, Outcome, Score
from engine.interview.layout import Layout, ScorePlaces
from engine.interview.ready import Ready
from engine.interview.record import NonAnswer
from engine.interview.results import levels
from engine.language.terms import ALWAYS

Printed = Sequence[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows: what was said, and what the programs made of it. `out` is laid out as in `Layout`."""

    rows: int
    lines: pa.Array
    ids: pa.Array
    encoded: Encoded
    out: Sequence[Any]
    exact: Mapping[str, Any]
    rule: RuleRun | None


Make = Callable[[Chunk], pa.Array]


class Results:
    """Knows an instrument's columns; `batch` fills them in."""

    def __init__(self, made: Ready, rule: RuleColumns | None) -> None:
        """Settle the columns and their types."""
        instrument, layout = made.compiled.instrument, made.layout
        columns: list[tuple[pa.Field, Make]] = [
            (pa.field("line", pa.int64(), nullable=False), lambda chunk: chunk.lines),
            (pa.field("id", pa.string()), lambda chunk: chunk.ids),
        ]
        for name, places in layout.scores:
            line = made.compiled.whole.scores[name]
            columns += _score(name, places, Scale.of(line.denominator, max(abs(line.least), abs(line.greatest))))
        texts = [score for score in instrument.scores.values() if score.value is None]
        columns += [(pa.field(f"{one.id}__profile", pa.string()), _profile(instrument, layout, one)) for one in texts]
        for name, computed, acting in layout.outcomes:
            columns += _outcome(instrument.outcomes[name], computed, acting)
        if rule is not None:
            columns += [(field, _by_rule(make)) for field, make in rule.columns()]
        services = [(instrument.signposts[place].service, shown, must) for place, shown, must in layout.signposts]
        columns += _printed("alerts", layout.alerts) + _printed("plan", layout.actions)
        columns += _printed("signposts", services)
        self._make = [make for _, make in columns]
        about = {"questionnaire": instrument.id, "version": instrument.version, "content_hash": instrument.content_hash}
        self.schema = pa.schema([field for field, _ in columns], {f"askwell.{key}": one for key, one in about.items()})

    def batch(self, chunk: Chunk) -> pa.RecordBatch:
        """Return the rows of a chunk."""
        return pa.RecordBatch.from_arrays([make(chunk) for make in self._make], schema=self.schema)


def _score(name: str, places: ScorePlaces, scale: Scale) -> list[tuple[pa.Field, Make]]:
    must, may = places.present

    def end(chunk: Chunk, place: int) -> pa.Array:
        if chunk.out[must] is True:
            return scale.array(chunk.out[place], chunk.rows)
        present = truths(chunk.out[must], chunk.rows) | truths(chunk.out[may], chunk.rows)
        return scale.array(chunk.out[place], chunk.rows, ~present)

    return [
        (pa.field(f"{name}__lowest", scale.type), partial(end, place=places.lowest)),
        (pa.field(f"{name}__highest", scale.type), partial(end, place=places.highest)),
        (
            pa.field(f"{name}__has_value", pa.bool_()),
            lambda chunk: open_or_not(chunk.out[must], chunk.out[may], chunk.rows),
        ),
    ]


def lowest_level(mask: int) -> int:
    """Return the place of the lowest level of a mask, -1 if it has none."""
    return next(iter(levels(mask)), -1)


def _highest_level(mask: int) -> int:
    return max(levels(mask), default=-1)


def _outcome(outcome: Outcome, computed: int, acting: int) -> list[tuple[pa.Field, Make]]:
    names, size = [level.id for level in outcome.levels], outcome.everything.bit_length()

    def level(chunk: Chunk, place: int, end: Callable[[int], int]) -> pa.Array:
        places = by_mask(chunk.out[place], chunk.rows, size, end)
        absent = places < 0
        return words(places, names, absent if absent.any() else None)

    def applies(chunk: Chunk) -> pa.Array:
        if outcome.applies_if == ALWAYS:
            return flags(True, chunk.rows)
        mask = full(chunk.out[acting], chunk.rows)
        return open_or_not((mask & 1) == 0, (mask & ~1) != 0, chunk.rows)

    def exact(chunk: Chunk) -> pa.Array:
        return flags(chunk.exact.get(outcome.id, True), chunk.rows)

    ends = [("at_least", acting, lowest_level), ("at_most", acting, _highest_level)]
    if computed != acting:
        ends += [("computed_at_least", computed, lowest_level), ("computed_at_most", computed, _highest_level)]
    return [
        *(
            (pa.field(f"{outcome.id}__{end}", WORDS), partial(level, place=place, end=read))
            for end, place, read in ends
        ),
        (pa.field(f"{outcome.id}__applies", pa.bool_()), applies),
        (pa.field(f"{outcome.id}__exact", pa.bool_()), exact),
    ]


def _printed(title: str, places: Printed) -> list[tuple[pa.Field, Make]]:
    """What is printed; and, if anything can be, what is printed only because its condition may hold."""
    unsure = [one for one in places if one[1] != one[2]]

    def shown(chunk: Chunk) -> pa.Array:
        return listed([chunk.out[shown] for _, shown, _ in places], [name for name, _, _ in places], chunk.rows)

    def only_perhaps(chunk: Chunk) -> pa.Array:
        held = [
            truths(chunk.out[shown], chunk.rows) & ~truths(chunk.out[must], chunk.rows) for _, shown, must in unsure
        ]
        return listed(held, [name for name, _, _ in unsure], chunk.rows)

    found: list[tuple[pa.Field, Make]] = [(pa.field(title, LISTED), shown)]
    return [*found, (pa.field(f"{title}_unsure", LISTED), only_perhaps)] if unsure else found


def _profile(instrument: Instrument, layout: Layout, score: Score) -> Make:
    """Put together the codes of the answers, a question mark for each that is open, nothing where not shown."""
    may = {name: may for name, _, may in layout.gated}
    must = {name: must for name, must, _ in layout.gated}

    def part(chunk: Chunk, name: str) -> pa.Array:
        codes, meanings = chunk.encoded.said.get(name, (np.zeros(chunk.rows, np.int64), [None]))
        item = instrument.items[name]
        answers = [one if isinstance(one, str) and not isinstance(one, NonAnswer) else None for one in meanings]
        texts = ["?" if one is None else item.options[item.bit(one) - 1].code or "?" for one in answers]
        if name in may:
            shown = truths(chunk.out[may[name]], chunk.rows) | truths(chunk.out[must[name]], chunk.rows)
            codes = np.where(shown, codes, len(texts))
        return pa.array([*texts, ""]).take(pa.array(codes))

    def make(chunk: Chunk) -> pa.Array:
        parts = [
            part(chunk, one) if place % 2 else pa.array([one]).take(pa.array(np.zeros(chunk.rows, np.int64)))
            for place, one in enumerate(score.profile)
        ]
        return pc.binary_join_element_wise(*parts, "")

    return make


def _by_rule(make: Callable[[RuleRun], pa.Array]) -> Make:
    def from_chunk(chunk: Chunk) -> pa.Array:
        assert chunk.rule is not None  # noqa: S101  a column of the second reading stands only where there is one
        return make(chunk.rule)

    return from_chunk
