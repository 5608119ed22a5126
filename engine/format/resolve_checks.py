"""What must fit together beyond names and conditions: sources, voices, dates, languages, nations, the words of levels.

Each check looks at the draft and reports. To add one, write a function and add its name to CHECKS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import get_args

from pydantic import BaseModel

from engine.format import items
from engine.format.atoms import Text
from engine.format.draft import Draft
from engine.format.yaml_node import Node

# In English only: another language's words are for its own reviewers.
_LOW = re.compile(r"\b(low|lower|lowest|safe|no risk|not at risk|risk[- ]free)\b", re.IGNORECASE)
_DENIED = re.compile(r"(\b(not|never|no|nor|nobody|cannot|without)\b|n['’]t\b)[^.!?;]{0,40}$", re.IGNORECASE)


# Texts that only a practitioner reads.
FOR_PRACTITIONERS = frozenset({"counts", "probes", "guidance"})


def _sources(draft: Draft) -> None:
    """Every source that is cited is listed."""
    known = {name: source.cite for name, source in draft.questionnaire.sources.items()}
    elsewhere = (draft.root, draft.root.get("groups"))  # where `sources` is the list itself, or the name of a group
    for node in draft.root.walk():
        cited = node.get("sources") if node not in elsewhere else None
        for place in cited.items if cited is not None else ():
            if place.value not in known:
                draft.unknown("source", place, known, "Add it to `sources` at the top.")


def _voices(draft: Draft) -> None:
    """A text has words for every voice that may answer."""
    voices = draft.questionnaire.voices
    for text, node, key in texts(draft.questionnaire, draft.root):
        there = dict(text.by_voice)
        needed = [voice for voice in voices if voice == "practitioner"] if key in FOR_PRACTITIONERS else voices
        missing = [voice for voice in needed if voice not in there]
        if missing and "default" not in there:
            message = f"This text has no words for {' and '.join(missing)}."
            draft.report("missing-voice", node.place, message, "Add them, or a `default` for every other voice.")


def texts(model: BaseModel, node: Node) -> Iterator[tuple[Text, Node, str]]:
    """Yield every text below a model, its node and its key."""
    written = model.model_fields_set
    for name, key in _with_texts(type(model)):
        if name in written:
            below = node.get(key)
            if below is not None:  # an option or theme in its short form has one text for all voices
                yield from _texts_in(getattr(model, name), below, name)


@cache
def _with_texts(model_class: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """The fields of a model in which texts can stand, and their keys."""
    fields = model_class.model_fields.items()
    return tuple((name, field.alias or name) for name, field in fields if _has_texts(field.annotation))


def _has_texts(annotation: object) -> bool:
    if isinstance(annotation, type):
        return issubclass(annotation, Text | BaseModel)
    return any(_has_texts(inside) for inside in get_args(annotation))


def _texts_in(value: object, node: Node, key: str) -> Iterator[tuple[Text, Node, str]]:
    if isinstance(value, Text):
        yield value, node, key
    elif isinstance(value, BaseModel):
        yield from texts(value, node)
    elif isinstance(value, tuple):
        for one, below in zip(value, node.items, strict=True):
            yield from _texts_in(one, below, key)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _texts_in(one, node.at([name]), key)


def _unlike(draft: Draft) -> None:
    """Lists of words name nothing twice, and a translation is into another language."""
    root = draft.root
    for node in (root.at(["voices"]), root.at(["translations"])):
        seen: set[object] = set()
        for one in node.items:
            if one.value in seen:
                draft.report("twice", one.place, f"'{one.value}' stands here twice.", "Keep one of them.")
            seen.add(one.value)
    for one in root.at(["translations"]).items:
        if one.value == draft.questionnaire.language:
            message = f"'{one.value}' is the language this is written in, not a translation."
            draft.report("own-language", one.place, message, "Take it away.")


def _review(draft: Draft) -> None:
    review = draft.questionnaire.review
    if review.due <= review.last:
        message = "The next review must come after the last one."
        draft.report("review-order", draft.part("review", "due").place, message, "Write a later day.")


_REVIEWED = ("reviewed", "due", "status")


def _steps(draft: Draft) -> None:
    """A step that has to be looked at again says when it was, and by when it will be."""
    for place, action in enumerate(draft.questionnaire.plan):
        node = draft.part("plan", place)
        if action.reviewed and action.due and action.due <= action.reviewed:
            message = "The next review of a step must come after the last one."
            draft.report("review-order", node.at(["due"]).place, message, "Write a later day.")
        here = [key for key in _REVIEWED if getattr(action, key) is not None]
        missing = [f"`{key}`" for key in _REVIEWED if key not in here]
        if here and missing:
            message = f"A step with `{here[0]}` needs {' and '.join(missing)} as well."
            draft.report("review-order", node.key_at([here[0]]).place, message, "Add it, or take the others away.")


def _directory(draft: Draft) -> None:
    written = draft.questionnaire
    if written.signposts and written.directory is None:
        message = "Signposts name services of a directory, and no directory is named."
        draft.report(
            "missing-directory", draft.root.key_at(["signposts"]).place, message, "Add `directory` at the top."
        )
    elif draft.directory is not None and written.directory not in (None, draft.directory.id):
        message = f"The directory at hand is '{draft.directory.id}'."
        draft.report("other-directory", draft.part("directory").place, message, "Name that one.")


def _own_behaviour(draft: Draft) -> None:
    """Whoever worries about their own behaviour is led to services that the directory has."""
    written = draft.questionnaire
    if written.own_behaviour and written.directory is None:
        message = "`own_behaviour` names services of a directory, and no directory is named."
        place = draft.root.key_at(["own_behaviour"]).place
        draft.report("missing-directory", place, message, "Add `directory` at the top.")
    elif draft.directory is not None:
        services = {name: service.name for name, service in draft.directory.services.items()}
        for name, node in zip(written.own_behaviour, draft.part("own_behaviour").items, strict=True):
            if name not in services:
                draft.unknown("service", node, services)


def _nation(draft: Draft) -> None:
    name = draft.questionnaire.nation_from
    if name is None:
        return
    node = draft.part("nation_from")
    item = draft.items.get(name)
    if item is None:
        draft.unknown("item", node, draft.items)
    elif not isinstance(item.part, items.PickOne):
        draft.report("nation-item", node.place, f"'{name}' is not a pick_one item.", "Name the item that asks where.")
    elif draft.directory is not None:
        options = {option.id for option in item.options}
        left_out = [nation for nation in draft.directory.nations if nation not in options]
        if left_out:
            message = (
                f"'{name}' has no option for {' or '.join(left_out)}, which the directory '{draft.directory.id}' has."
            )
            draft.report("nation-item", node.place, message, "Give each nation an option with the directory's id.")


def _words_of_levels(draft: Draft) -> None:
    """No level says "low": the answers show concern, never safety. A published instrument's own words are excepted."""
    if not draft.questionnaire.language.startswith("en"):
        return
    for name, outcome in draft.questionnaire.outcomes.items():
        for place, level in enumerate(outcome.levels):
            node = draft.part("outcomes", name, "levels", place)
            cited = bool(outcome.sources or level.sources)
            for text, key in ((level.title, "title"), (level.text, "text")):
                if text is not None:
                    _check_words(draft, text, node.at([key]), cited=cited)


def _check_words(draft: Draft, text: Text, node: Node, *, cited: bool) -> None:
    voices = dict(text.by_voice)
    own = "self" if "self" in voices else "default"
    for voice, words in voices.items():
        read_by_self = voice == own and "self" in draft.questionnaire.voices
        if cited and not read_by_self:
            continue
        below = node.get(voice) or node
        for match in _LOW.finditer(words):
            if _DENIED.search(words[: match.start()]) and not match[0].lower().startswith(("no ", "not ")):
                continue  # "this does not mean that you are safe" may and should be said
            message = f"A level never says '{match[0]}': answers can show concern, not safety."
            remedy = "Say what was found, such as 'some concern' or 'nothing found in what was answered'."
            if not cited:
                remedy += " An outcome of a published instrument names it in `sources`."
            draft.report("says-low", below.place_at(match.start(), len(match[0])), message, remedy)
            break


CHECKS = (_sources, _voices, _unlike, _review, _steps, _directory, _own_behaviour, _nation, _words_of_levels)


def check_all(draft: Draft) -> None:
    """Run every check."""
    for check in CHECKS:
        check(draft)
