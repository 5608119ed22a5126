"""Sections and items as the instrument has them: conditions read, options looked up, bounds checked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine.format import items
from engine.format.atoms import Text
from engine.format.draft import Draft, Written
from engine.format.instrument import Item, Option, Section
from engine.format.resolve_missing import blank_of
from engine.format.resolve_names import VOICE_LABELS, WHO_ANSWERS
from engine.format.resolve_options import YES_NO, made, options_at
from engine.format.yaml_node import Node
from engine.language.scope import Scope
from engine.language.terms import ALWAYS, All, Test, Truth


def resolve_sections(draft: Draft, scope: Scope) -> tuple[tuple[Section, ...], dict[str, Item]]:
    """Return the sections, and every item by its id with `voice` first."""
    made_items = {"voice": _voice(draft)}
    sections = []
    for index, section in enumerate(draft.questionnaire.sections):
        node = draft.part("sections", index)
        own = [name for name, item in draft.items.items() if item.section_node is node]
        condition = draft.truth(node.get("applies_if"), scope, f"{section.id}.applies_if", *own)
        for name in own:
            made_items[name] = _item(draft, draft.items[name], condition, scope)
        sections.append(Section(section.id, section.title, section.intro, tuple(own)))
    return tuple(sections), made_items


def _voice(draft: Draft) -> Item:
    options = tuple(Option(voice, _words(VOICE_LABELS[voice])) for voice in draft.questionnaire.voices)
    return Item("voice", "pick_one", "", _words(WHO_ANSWERS), options=options)


def _words(words: str) -> Text:
    return Text((("default", words),))


def _item(draft: Draft, written: Written, section_condition: Truth, scope: Scope) -> Item:
    part, node = written.part, written.node
    own = draft.truth(node.get("applies_if"), scope, f"{part.id}.applies_if", part.id)
    condition = _both(section_condition, own)
    if isinstance(part, items.Note):
        return Item(part.id, "note", written.section.id, part.ask, applies_if=condition)
    if isinstance(part, items.TextItem) and not part.self_voice:
        remedy = "Add `self_voice: true`, or another voice, or take it away."
        condition = _both(condition, _not_self(draft, node.at(["type"]), remedy))
    low, high, decimals, unit = _bounds(draft, part, node)
    return Item(
        part.id,
        part.type,
        written.section.id,
        part.ask,
        part.hint,
        part.why,
        part.counts,
        part.probes,
        part.guidance,
        written.options,
        condition,
        draft.names[part.id].points,
        low,
        high,
        decimals,
        unit,
        **_dates(part),
        at_most=part.at_most if isinstance(part, items.TextItem | items.Repeat) else 0,
        fields=_fields(draft, part, node) if isinstance(part, items.Repeat) else (),
        core=part.core,
        blank=blank_of(draft, written),
        sources=part.sources,
    )


def _both(one: Truth, other: Truth) -> Truth:
    if ALWAYS in (one, other):
        return other if one == ALWAYS else one
    return All((one, other))


def _not_self(draft: Draft, node: Node, remedy: str) -> Truth:
    """Free words are not asked of a person on a phone that somebody else may read."""
    voices = draft.questionnaire.voices
    if "self" not in voices:
        return ALWAYS
    if len(voices) == 1:
        message = "This is never asked: a text is not asked in the self voice, and there is no other."
        draft.report("never-asked", node.place, message, remedy)
        return ALWAYS
    return Test("voice", sum(2 << place for place, voice in enumerate(voices) if voice != "self"))


def _dates(part: items.ItemPart | items.FieldPart) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if isinstance(part, items.DateItem | items.DateField) and part.earliest is not None:
        given["earliest"] = part.earliest
    if isinstance(part, items.DateItem):
        given["future"] = part.future
    return given


def _bounds(
    draft: Draft, part: items.ItemPart | items.FieldPart, node: Node
) -> tuple[Decimal | None, Decimal | None, int, Text | None]:
    if not isinstance(part, items.NumberItem | items.NumberField):
        return None, None, 0, None
    for key, bound in (("min", part.min), ("max", part.max)):
        if bound is not None and bound != round(bound, part.decimals):
            message = f"The {key} has more digits after the point than `decimals` ({part.decimals})."
            draft.report("too-many-decimals", node.at([key]).place, message, "Round it, or allow more decimals.")
    if part.min is not None and part.max is not None and part.min >= part.max:
        draft.report("min-max", node.at(["max"]).place, "The max must be more than the min.", "Swap or change them.")
    return part.min, part.max, part.decimals, part.unit


def _fields(draft: Draft, repeat: items.Repeat, node: Node) -> tuple[Item, ...]:
    return tuple(_field(draft, repeat, field, node.at(["items", i])) for i, field in enumerate(repeat.items))


def _field(draft: Draft, repeat: items.Repeat, field: items.FieldPart, node: Node) -> Item:
    condition: Truth = ALWAYS
    if isinstance(field, items.TextField):
        condition = _not_self(draft, node.at(["type"]), "Add another voice, or take it away.")
    options: tuple[Option, ...] = YES_NO if isinstance(field, items.YesNoField) else ()
    if isinstance(field, items.PickOneField):
        options = made(options_at(draft, field.options, node.at(["options"]), again=True)[0])
    low, high, decimals, unit = _bounds(draft, field, node)
    return Item(
        field.id,
        field.type,
        repeat.id,
        field.ask,
        field.hint,
        field.why,
        options=options,
        applies_if=condition,
        low=low,
        high=high,
        decimals=decimals,
        unit=unit,
        **_dates(field),
        at_most=field.at_most if isinstance(field, items.TextField) else 0,
    )
