"""Who is called what: every id of a questionnaire, once, with what it means in a condition."""

from __future__ import annotations

import keyword
from collections.abc import Iterable

from engine.format.draft import Draft, Written
from engine.format.items import Repeat
from engine.format.resolve_options import NON_ANSWERS, check_ids, meaning_of, plain, with_options
from engine.format.yaml_node import Node
from engine.language.functions import RESERVED_WORDS
from engine.language.scope import Choice, Members, Name, Numeric, Thing, Words

RESERVED = frozenset({*keyword.kwlist, *RESERVED_WORDS, *NON_ANSWERS, "voice"})
WHO_ANSWERS = "Who is answering?"
VOICE_LABELS = {
    "self": "The person it is happening to",
    "supporter": "Somebody who supports them",
    "practitioner": "A practitioner",
}


def name_everything(draft: Draft) -> None:
    """Fill in the draft's items, groups and names; points come later, because they may speak of names."""
    voices = draft.questionnaire.voices
    labels = tuple(VOICE_LABELS[voice] for voice in voices)
    draft.names["voice"] = Name("voice", Choice(tuple(voices), labels, option_set="voice"), "built in")
    for option_set in draft.questionnaire.option_sets:
        check_ids(draft, draft.part("option_sets", option_set))
    _sections(draft)
    _groups(draft)
    _results(draft)
    _printed(draft)


def take(draft: Draft, node: Node) -> bool:
    """Say whether this id is free, and note it; a problem if it is taken or reserved."""
    name = str(node.value)
    if name in RESERVED:
        message = f"'{name}' is a word of the language and cannot be an id."
        draft.report("reserved-id", node.place, message, f"Choose another, such as {name}_1.")
        return False
    if name in draft.places:
        line = draft.places[name].line
        draft.report("duplicate-id", node.place, f"'{name}' is taken already, on line {line}.", "Choose another id.")
        return False
    draft.places[name] = node.place
    return True


def origin(what: str, node: Node) -> str:
    """Say where something was defined: "item 'who', line 41"."""
    return f"{what} '{node.value}', line {node.place.line}"


def _sections(draft: Draft) -> None:
    for index, section in enumerate(draft.questionnaire.sections):
        node = draft.part("sections", index)
        members: list[str] = []
        if take(draft, node.at(["id"])):
            draft.groups[section.id] = ()
        for place, part in enumerate(section.items):
            if _item(draft, Written(part, node.at(["items", place]), section, node)) and part.type != "note":
                members.append(part.id)
        if section.id in draft.groups and section.id not in draft.names:
            draft.groups[section.id] = tuple(members)
            where = origin("section", node.at(["id"]))
            draft.names[section.id] = Name(section.id, Members(tuple(members)), where)


def _item(draft: Draft, written: Written) -> bool:
    part, node = written.part, written.node
    written = with_options(draft, written)
    meaning = meaning_of(draft, written)
    if not take(draft, node.at(["id"])):
        return False
    if isinstance(part, Repeat):
        _own_ids(draft, [node.at(["items", i, "id"]) for i in range(len(part.items))], "field")
    draft.items[part.id] = written
    draft.names[part.id] = Name(part.id, meaning, origin("item", node.at(["id"])))
    return True


def _groups(draft: Draft) -> None:
    for group, members in draft.questionnaire.groups.items():
        free = take(draft, draft.root.key_at(["groups", group]))
        found = tuple(_members(draft, members, draft.part("groups", group)))
        if free:
            draft.groups[group] = found
            draft.names[group] = Name(group, Members(found), origin("group", draft.root.key_at(["groups", group])))


def _members(draft: Draft, members: Iterable[str], node: Node) -> Iterable[str]:
    seen: set[str] = set()
    for member, place in zip(members, node.items, strict=True):
        if member in seen:
            draft.report("twice", place.place, f"'{member}' stands in this group twice.", "Keep one of them.")
        elif member not in draft.items or draft.items[member].part.type == "note":
            askable = (name for name, item in draft.items.items() if item.part.type != "note")
            draft.unknown("item", place, askable, "A group lists items.")
        else:
            yield member
        seen.add(member)


def _results(draft: Draft) -> None:
    for score_id, score in draft.questionnaire.scores.items():
        key = draft.root.key_at(["scores", score_id])
        if take(draft, key):
            absent = score.applies_if is not None
            meaning = Words(is_score=True) if score.value is None else Numeric(is_score=True, may_be_absent=absent)
            draft.names[score_id] = Name(score_id, meaning, origin("score", key))
    for outcome_id, outcome in draft.questionnaire.outcomes.items():
        key = draft.root.key_at(["outcomes", outcome_id])
        levels = tuple(level.id for level in outcome.levels)
        titles = tuple(plain(level.title) for level in outcome.levels)
        _own_ids(draft, [draft.part("outcomes", outcome_id, "levels", i, "id") for i in range(len(levels))], "level")
        if take(draft, key):
            absent = outcome.applies_if is not None
            own = f"levels of {outcome_id}"
            said = Choice(levels, titles, ordered=True, option_set=own, is_outcome=True, may_be_absent=absent)
            draft.names[outcome_id] = Name(outcome_id, said, origin("outcome", key))


def _printed(draft: Draft) -> None:
    """Alerts, actions and services: only guarantees speak of these."""
    written = draft.questionnaire
    for alert in written.alerts:
        _thing(draft, draft.root.key_at(["alerts", alert]), Thing("raised"), "alert")
    for index in range(len(written.plan)):
        _thing(draft, draft.part("plan", index, "id"), Thing("shown"), "action")
    seen: set[str] = set()
    for index, signpost in enumerate(written.signposts):
        if signpost.service not in seen:
            _thing(draft, draft.part("signposts", index, "service"), Thing("signposted"), "service")
        seen.add(signpost.service)
    _own_ids(draft, [draft.part("guarantees", i, "id") for i in range(len(written.guarantees))], "guarantee")
    themes = [draft.part("themes", i) for i in range(len(written.themes))]
    _own_ids(draft, [theme.at(["id"]) for theme in themes], "theme")


def _thing(draft: Draft, node: Node, thing: Thing, what: str) -> None:
    if take(draft, node):
        draft.printed[str(node.value)] = Name(str(node.value), thing, origin(what, node))


def _own_ids(draft: Draft, nodes: Iterable[Node], what: str) -> None:
    """Ids that only need to differ from each other."""
    seen: dict[str, int] = {}
    for node in nodes:
        name = str(node.value)
        if name in seen:
            message = f"There is a {what} '{name}' already, on line {seen[name]}."
            draft.report("duplicate-id", node.place, message, "Choose another id.")
        elif (what == "field" and name in RESERVED) or (what == "level" and keyword.iskeyword(name)):
            draft.report("reserved-id", node.place, f"'{name}' cannot be the id of a {what}.", "Choose another id.")
        seen.setdefault(name, node.place.line)
