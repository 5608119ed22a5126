"""Go through every word of a questionnaire or a directory that a person may read, and put others in its place.

Each text has a place that stays when words or the order of questions change, as in `items.who.ask`. A translation is
looked up by it; the same walk lists the texts for a translator, so that none can be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from engine.format import items as parts
from engine.format.atoms import Text
from engine.format.directory import Directory, Service
from engine.format.instrument import Alert, Instrument, Item, Option, Outcome
from engine.format.model import Questionnaire

Tell = Callable[[str, Text], Text]
"""Takes a place and the text that stands there; returns what shall stand there."""


def retell(instrument: Instrument, tell: Tell) -> Instrument:
    """Return the instrument in other words; everything else is the same, its content hash too.

    The engine's own words in it (yes, no, who is answering) have their places under `built_in`.
    """
    told = _Retelling(tell, instrument.questionnaire)
    return replace(
        instrument,
        questionnaire=told.front(),
        sections=tuple(
            replace(
                one,
                title=tell(f"sections.{one.id}.title", one.title),
                intro=told.maybe(f"sections.{one.id}.intro", one.intro),
            )
            for one in instrument.sections
        ),
        items={name: told.item(item, f"items.{name}") for name, item in instrument.items.items()},
        scores={n: replace(one, title=tell(f"scores.{n}.title", one.title)) for n, one in instrument.scores.items()},
        outcomes={name: told.outcome(one) for name, one in instrument.outcomes.items()},
        alerts={name: told.alert(one) for name, one in instrument.alerts.items()},
        themes=tuple(replace(one, title=tell(f"themes.{one.id}.title", one.title)) for one in instrument.themes),
        plan=tuple(
            replace(
                one,
                title=told.maybe(f"plan.{one.id}.title", one.title),
                text=tell(f"plan.{one.id}.text", one.text),
                caution=told.maybe(f"plan.{one.id}.caution", one.caution),
            )
            for one in instrument.plan
        ),
        signposts=tuple(
            replace(one, why=tell(place, one.why))
            for one, place in zip(instrument.signposts, _signpost_places(instrument), strict=True)
        ),
    )


def retell_directory(directory: Directory, tell: Tell) -> Directory:
    """Return the directory in other words. What may not be printed is left as it is."""
    return directory.model_copy(
        update={
            "nations": {name: tell(f"nations.{name}", text) for name, text in directory.nations.items()},
            "services": {name: _service(one, f"services.{name}", tell) for name, one in directory.services.items()},
        }
    )


def _service(service: Service, place: str, tell: Tell) -> Service:
    contacts = []
    for one in service.contacts:
        digits = one.value.replace(" ", "")
        label = tell(f"{place}.{one.kind}.{digits}", one.label) if one.label and one.verified else one.label
        contacts.append(one.model_copy(update={"label": label}))
    facts = {name: getattr(service, name) for name in ("cost", "languages", "ages")}
    told = {
        name: fact.model_copy(update={"value": tell(f"{place}.{name}", fact.value)})
        for name, fact in facts.items()
        if fact is not None and fact.verified
    }
    return service.model_copy(
        update={"about": tell(f"{place}.about", service.about), "contacts": tuple(contacts), **told}
    )


def _signpost_places(instrument: Instrument) -> Iterator[str]:
    seen: dict[str, int] = {}
    for one in instrument.signposts:
        count = seen[one.service] = seen.get(one.service, 0) + 1
        yield f"signposts.{one.service}.why" if count == 1 else f"signposts.{one.service}.{count}.why"


class _Retelling:
    """One walk through one questionnaire."""

    def __init__(self, tell: Tell, questionnaire: Questionnaire) -> None:
        self.tell = tell
        self.questionnaire = questionnaire
        self.sets = dict(named_sets(questionnaire))

    def maybe(self, place: str, text: Text | None) -> Text | None:
        return None if text is None else self.tell(place, text)

    def front(self) -> Questionnaire:
        written = self.questionnaire
        update = {
            "title": self.tell("title", written.title),
            "about": self.maybe("about", written.about),
            "caution": self.tell("caution", written.caution),
        }
        return written.model_copy(update=update)

    def item(self, item: Item, place: str) -> Item:
        if item.id == "voice" and place == "items.voice":
            place = "built_in.voice"
        options = f"option_sets.{self.sets[place]}" if place in self.sets else f"{place}.options"
        return replace(
            item,
            ask=self.tell(f"{place}.ask", item.ask),
            hint=self.maybe(f"{place}.hint", item.hint),
            why=self.maybe(f"{place}.why", item.why),
            guidance=self.maybe(f"{place}.guidance", item.guidance),
            unit=self.maybe(f"{place}.unit", item.unit),
            options=tuple(self.option(one, "built_in" if item.kind == "yes_no" else options) for one in item.options),
            fields=tuple(self.item(field, f"{place}.items.{field.id}") for field in item.fields),
        )

    def option(self, option: Option, place: str) -> Option:
        label = self.tell(f"{place}.{option.id}", option.label)
        return replace(option, label=label, hint=self.maybe(f"{place}.{option.id}.hint", option.hint))

    def outcome(self, outcome: Outcome) -> Outcome:
        place = f"outcomes.{outcome.id}"
        levels = tuple(
            replace(
                one,
                title=self.tell(f"{place}.{one.id}.title", one.title),
                text=self.maybe(f"{place}.{one.id}.text", one.text),
            )
            for one in outcome.levels
        )
        return replace(outcome, title=self.tell(f"{place}.title", outcome.title), levels=levels)

    def alert(self, alert: Alert) -> Alert:
        place = f"alerts.{alert.id}"
        return replace(
            alert, title=self.tell(f"{place}.title", alert.title), text=self.tell(f"{place}.text", alert.text)
        )


def named_sets(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """Go through the places of items whose options are a named set, with the set's name."""
    for section in questionnaire.sections:
        for item in section.items:
            place = f"items.{item.id}"
            if isinstance(item, parts.PickOne | parts.TickAll) and isinstance(item.options, str):
                yield place, item.options
            if isinstance(item, parts.Repeat):
                for field in item.items:
                    if isinstance(field, parts.PickOneField) and isinstance(field.options, str):
                        yield f"{place}.items.{field.id}", field.options
