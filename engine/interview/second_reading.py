"""The second reading: what the published rules for missing answers give, beside the ranges and never in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from engine.format.instrument import Instrument
from engine.interview.assessment import Assessment, ByRule, OutcomeRange, ScoreRange
from engine.interview.encode import FLAGS, flags_of
from engine.interview.layout import Places, score_places
from engine.interview.ready import Ready
from engine.interview.record import NonAnswer, Record
from engine.interview.results import levels, three
from engine.program.compiler import assembled


def second_reading(made: Ready, record: Record, assessment: Assessment) -> Assessment:
    """Return the assessment with the published reading added."""
    build = made.compiled.by_rule
    assert build is not None  # noqa: S101  the caller has asked
    program = assembled(build, build.results)
    values = made.encoder.encode(_with_blanks(made.compiled.instrument, record))
    for argument, word, name in flags_of(build):
        values[argument] = FLAGS[word](made.compiled.instrument, record, name)
    places = Places(program.results)
    reading = Reading(made, places, program.run(*[values[name] for name in program.arguments]))
    return assessment._replace(
        scores={name: reading.score(name, one) for name, one in assessment.scores.items()},
        outcomes={name: reading.outcome(name, one) for name, one in assessment.outcomes.items()},
        alerts_by_rule={
            name: reading.alert(name) for name in made.compiled.instrument.alerts if reading.has_rule(name)
        },
    )


def _with_blanks(instrument: Instrument, record: Record) -> Record:
    answers = dict(record.answers)
    for item in instrument.items.values():
        if item.blank is not None and isinstance(answers.get(item.id, NonAnswer.NOT_ASKED), NonAnswer):
            answers[item.id] = item.blank
    return replace(record, answers=answers)


class Reading:
    """The second reading of one record."""

    def __init__(self, made: Ready, places: Places, out: Sequence[Any]) -> None:
        build = made.compiled.by_rule
        assert build is not None  # noqa: S101  made only where there is one
        self.instrument, self.build, self.places, self.out = made.compiled.instrument, build, places, out
        self.blank = {item.id for item in self.instrument.items.values() if item.blank is not None}

    def has_rule(self, name: str) -> bool:
        """Whether the second reading says anything of this: it, or something it reads, has a rule or a blank."""
        lines = self.build.targets
        found = [lines[key] for key in (("outcome", name), ("alert", name)) if key in lines]
        if name in self.build.scores:
            found.append(self.build.scores[name].lowest)
        arguments = assembled(self.build, tuple(found)).arguments
        own = name in self.build.given
        return own or any(a.endswith("__missing") or a.split("__")[0] in self.blank for a in arguments)

    def _state(self, name: str) -> tuple[ByRule, int]:
        given = self.build.given.get(name)
        missing = self.build.missing.get(name)
        count = int(self._at(missing.highest)) if missing else 0
        return ("given" if given is None or self._at(given.must) else "withheld"), count

    def _at(self, name: str) -> Any:
        place = self.places.of(name)
        return (*self.out, *self.places.constants)[place]

    def score(self, name: str, one: ScoreRange) -> ScoreRange:
        """Add the published value of a score, or that it is withheld."""
        if name not in self.build.scores or not self.has_rule(name):
            return one
        state, count = self._state(name)
        line = self.build.scores[name]
        places = score_places(self.places, line)
        found = places.read(name, (*self.out, *self.places.constants))
        if state == "withheld" or found.lowest != found.highest or found.present is None:
            return one._replace(by_rule_state="withheld", by_rule_missing=count)
        return one._replace(by_rule=found.lowest, by_rule_state="given", by_rule_missing=count)

    def outcome(self, name: str, one: OutcomeRange) -> OutcomeRange:
        """Add the published level of an outcome, or that it is withheld."""
        if not self.has_rule(name):
            return one
        state, count = self._state(name)
        found = levels(self._at(self.build.outcomes[name].computed))
        rule = self.instrument.outcomes[name].missing
        below = rule.below if rule is not None else None
        if len(found) == 1 and (state == "given" or (below is not None and found[0] + 1 >= below)):
            return one._replace(by_rule=found[0], by_rule_state="given", by_rule_missing=count)
        if name not in self.build.given:
            return one  # open for another reason than a rule of its own
        return one._replace(by_rule_state="withheld", by_rule_missing=count)

    def alert(self, name: str) -> bool | None:
        """Whether the published reading raises the alert; None where it does not say."""
        state, _ = self._state(name)
        line = self.build.alerts[name]
        return three(self._at(line.must), self._at(line.may)) if state == "given" else None
