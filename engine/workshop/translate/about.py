"""What a translator is told about a text: where it appears, for whom it is, and how long it may be."""

from __future__ import annotations

from collections.abc import Callable

from engine.format.atoms import VOICES
from engine.format.instrument import Instrument, Item
from engine.format.retell import named_sets
from engine.format.texts import Texts

About = Callable[[str], tuple[str, ...]]
RED_FLAG = "RED FLAG: without this translation the language is not offered at all."
FOR_VOICE = {
    "self": "Read by the person it happens to, perhaps frightened and on a phone.",
    "supporter": "Read by somebody who supports the person it happens to.",
    "practitioner": "Read by a practitioner; a question is read out word by word.",
}
PLAIN = "At most 20 words, plain words, for a reading age of about 11. No blame."
PARTS = {
    "hint": "A line below a question or an answer.",
    "why": "Why this is asked; shown on request.",
    "guidance": "For the practitioner only, never read out.",
    "unit": "What is counted, after a number.",
    "intro": "Words before the first question of a section.",
    "caution": "What to mind.",
}
AREAS = {
    "title": "The name of the questionnaire.",
    "about": "What the questionnaire is; on the first page.",
    "caution": "What the questionnaire is not; on every summary.",
    "sections": "A heading above questions.",
    "scores": "The name of a score; for practitioners.",
    "outcomes": "What the answers say: its name, its levels, and what a level means. Never reassures.",
    "alerts": "An alert: shown at once, before anything else.",
    "themes": "A heading of the safety plan.",
    "plan": "A step of the safety plan.",
    "signposts": "Why a service is pointed to: what it can do for this person.",
    "nations": "The name of a nation.",
    "services": "A service: whom it is for and what it does, how to reach it, what it costs.",
    "sentences": "A sentence of the summary.",
    "hours": "A part of opening hours, as in: Monday to Friday, 9am to 5pm; Saturday, midday to midnight.",
    "built_in": "An answer that every questionnaire has.",
}


def about_questionnaire(instrument: Instrument, flags: frozenset[str]) -> About:
    """Return what tells about the texts of a questionnaire with these red-flag items."""

    def about(place: str) -> tuple[str, ...]:
        area, *rest = place.split(".")
        voice = rest[-1] if rest and rest[-1] in VOICES else ""
        items = items_at(instrument, place)
        lines = _of_item(instrument.items[items[0]], area, rest) if items else [AREAS[area]]
        lines += [PARTS[part] for part in rest[1:] if part in PARTS and not items]
        if voice:
            lines.append(FOR_VOICE[voice])
        if items and voice in ("self", "") and "ask" in rest and "self" in instrument.questionnaire.voices:
            lines.append(PLAIN)
        flagged = flags.intersection(items) and not {"why", "guidance"} & set(rest)
        return (*lines, RED_FLAG) if flagged or area == "alerts" else tuple(lines)

    return about


def items_at(instrument: Instrument, place: str) -> tuple[str, ...]:
    """Return the items to which the text at this place belongs: several for an option of a set that they share."""
    area, *rest = place.split(".")
    if area == "items":
        return (rest[0],)
    if area != "option_sets":
        return ()
    return tuple(where.split(".")[1] for where, name in named_sets(instrument.questionnaire) if name == rest[0])


def about_words(texts: Texts) -> About:
    """Return what tells about words that are no questionnaire's: those of a directory, of the engine."""

    def about(place: str) -> tuple[str, ...]:
        parts = place.split(".")
        voice = [FOR_VOICE[parts[-1]]] if parts[-1] in VOICES else []
        keep = ["Keep what stands in braces as it is."] if "{" in texts.get(place, "") else []
        return tuple(line for line in (AREAS.get(parts[0], ""), *voice, *keep) if line)

    return about


def _of_item(item: Item, area: str, rest: list[str]) -> list[str]:
    parts = [part for part in rest[1:] if part in PARTS]
    if parts:
        return [PARTS[parts[-1]], f"It belongs to: {_first(item)}"]
    if area == "option_sets" or "options" in rest:
        return [f"An answer to: {_first(item)}"]
    return ["Words between the questions." if item.kind == "note" else "A question."]


def _first(item: Item) -> str:
    return item.ask.by_voice[0][1]
