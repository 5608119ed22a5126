"""The summary: what was told, what stands out, what has no answer, the plan, the services, in the words of one voice.

Answers that an edit has hidden are not said anywhere: everything is read from what still applies.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.format.directory import Directory
from engine.format.instrument import Action, Alert, Instrument
from engine.format.model import Source
from engine.interview.assess import assess
from engine.interview.assessment import Assessment
from engine.interview.behind import behind, lead
from engine.interview.explain import unsure_about
from engine.interview.findings import findings, said, scores
from engine.interview.reasons import Why
from engine.interview.record import Record
from engine.interview.services import services
from engine.interview.summary import Behind, Notice, Said, Step, Summary, ThemeSteps, Told, Unanswered
from engine.interview.walk import Walk, walk
from engine.interview.wording import Speech, speech_of
from engine.program.names import Target

MOST_FIRST_STEPS = 5  # what a frightened person takes in at once
MOST_REASONS_TO_BE_UNSURE = 5  # a longer list explains nothing


def summarise(instrument: Instrument, record: Record, directory: Directory | None, voice: str | None = None) -> Summary:
    """Return everything that is printed for this record, in the record's own voice or in another of its voices."""
    voice = record.voice if voice is None else voice
    if voice not in instrument.questionnaire.voices:
        raise ValueError(f"'{instrument.id}' has no words in the voice '{voice}'")
    assessment = assess(instrument, record)
    way = walk(instrument, record, assessment.applies)
    speech = speech_of(instrument, voice)
    page = _Page(instrument, record, assessment, way, speech, Why(instrument, record))
    expert = speech.expert
    return Summary(
        title=instrument.questionnaire.title.says(voice),
        voice=voice,
        language=instrument.questionnaire.language,
        on=record.on,
        caution=instrument.questionnaire.caution.says(voice),
        alerts=page.alerts(),
        told=page.told(),
        findings=findings(instrument, record, assessment, speech),
        unanswered=page.unanswered(),
        first_steps=tuple(page.step(action) for action in page.first()),
        plan=page.plan(),
        services=services(instrument, record, assessment, directory, speech) if directory is not None else (),
        scores=scores(instrument, assessment, speech) if expert else (),
        sources=page.sources() if expert else (),
        version=instrument.version,
        content_hash=instrument.content_hash,
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """One record seen through one voice and language."""

    instrument: Instrument
    record: Record
    assessment: Assessment
    way: Walk
    speech: Speech
    why: Why

    def told(self) -> tuple[Told, ...]:
        shown = {step.item for step in self.way.steps if step.state == "answered"}
        sections = [
            Told(
                section.title.says(self.speech.voice),
                tuple(self.noted(item) for item in section.items if item in shown),
            )
            for section in self.instrument.sections
        ]
        return tuple(section for section in sections if section.said)

    def noted(self, item: str) -> Said:
        (whole,) = self.said((item,))
        known = self.record.how_known.get(item)
        if not self.speech.expert or known is None:
            return replace(whole, note=self.note(item))
        return replace(whole, how_known=self.speech.say(known), note=self.note(item))

    def note(self, item: str) -> str:
        """A practitioner's note: not for the person's own page, which others may see."""
        return self.record.notes.get(item, "") if self.speech.expert else ""

    def unanswered(self) -> tuple[Unanswered, ...]:
        sections = {section.id: section.title.says(self.speech.voice) for section in self.instrument.sections}
        return tuple(
            Unanswered(
                self.instrument.items[step.item].ask.says(self.speech.voice),
                self.speech.say(step.state),
                self.note(step.item),
                sections[self.instrument.items[step.item].section],
            )
            for step in self.way.steps
            if step.state not in ("answered", "note")
        )

    def alerts(self) -> tuple[Notice, ...]:
        raised = [self.instrument.alerts[name] for name in self.assessment.alerts]
        raised.sort(key=lambda alert: not alert.stop)  # those that stop everything stay on top
        return tuple(
            Notice(
                id=alert.id,
                title=alert.title.says(self.speech.voice),
                text=alert.text.says(self.speech.voice),
                stop=alert.stop,
                unsure=alert.id in self.assessment.unsure,
                because=self.reasons(("alert", alert.id)),
                lead=lead(self.speech, unsure=alert.id in self.assessment.unsure),
                behind=self.behind(alert),
            )
            for alert in raised
        )

    def actions(self) -> list[Action]:
        known = {action.id: action for action in self.instrument.plan}
        return [known[name] for name in self.assessment.plan]

    def first(self) -> list[Action]:
        """The first steps. One that comes after another stands here only if the other does."""
        taken: dict[str, Action] = {}
        for action in self.actions():
            if action.first and taken.keys() >= set(action.after) and len(taken) < MOST_FIRST_STEPS:
                taken[action.id] = action
        return list(taken.values())

    def plan(self) -> tuple[ThemeSteps, ...]:
        first = self.first()
        actions = [action for action in self.actions() if action not in first]
        themes = [
            ThemeSteps(
                theme.id,
                theme.title.says(self.speech.voice),
                tuple(self.step(action) for action in actions if action.theme == theme.id),
            )
            for theme in self.instrument.themes
        ]
        return tuple(theme for theme in themes if theme.steps)

    def step(self, action: Action) -> Step:
        return Step(
            id=action.id,
            title=action.title.says(self.speech.voice) if action.title else "",
            text=action.text.says(self.speech.voice),
            caution=action.caution.says(self.speech.voice) if action.caution else "",
            unsure=action.id in self.assessment.unsure,
            because=self.reasons(("action", action.id)),
            lead=lead(self.speech, unsure=action.id in self.assessment.unsure),
            behind=self.behind(action),
        )

    def behind(self, one: Alert | Action) -> Behind:
        known = behind(self.instrument, self.assessment, one.id, one.sources, self.speech)
        if not self.speech.expert or not isinstance(one, Action) or not one.reviewed:
            return known
        when = self.speech.tongue.day(one.reviewed)
        return replace(known, reviewed=self.speech.say(f"step_{one.status}", when=when))

    def reasons(self, target: Target) -> tuple[Said, ...]:
        """The answers that force it or, where it stands here to be careful, the questions that are open."""
        if target[1] not in self.assessment.unsure:
            return self.said(self.why.because(target))
        open_items = unsure_about(self.instrument, self.record, target)
        return self.said(open_items) if len(open_items) <= MOST_REASONS_TO_BE_UNSURE else ()

    def said(self, items: tuple[str, ...]) -> tuple[Said, ...]:
        return said(self.instrument, self.record, items, self.speech)

    def sources(self) -> tuple[str, ...]:
        """What is cited by anything on the page, in the author's order."""
        cited: set[str] = set()
        for step in self.way.steps:
            cited.update(self.instrument.items[step.item].sources if step.state == "answered" else ())
        for score in self.instrument.scores.values():
            cited.update(score.sources, score.missing.sources if score.missing else ())
        for outcome in self.instrument.outcomes.values():
            possible = self.assessment.outcomes[outcome.id].possible
            cited.update(outcome.sources if possible else ())
            cited.update(source for place in possible for source in outcome.levels[place].sources)
        for name in self.assessment.alerts:
            cited.update(self.instrument.alerts[name].sources)
        for action in self.instrument.plan:
            cited.update(action.sources if action.id in self.assessment.plan else ())
        known = self.instrument.questionnaire.sources
        return tuple(_citation(source) for name, source in known.items() if name in cited)


def _citation(source: Source) -> str:
    where = f"https://doi.org/{source.doi}" if source.doi else source.url
    return f"{source.cite.rstrip('.')}. {where}" if where else source.cite
