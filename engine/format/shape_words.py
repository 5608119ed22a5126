"""What to say for each kind of error that pydantic finds: kind, message, remedy, and where if not at the value."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from engine.format.atoms import ID_PATTERN, id_from
from engine.problem import Place, did_you_mean

if TYPE_CHECKING:
    from engine.format.shape import Mistake
    from engine.format.yaml_node import Node

CONDITIONS = frozenset({"when", "applies_if", "never_if", "given", "always", "value"})
_SHAPES = {
    r"^\d+\.\d+\.\d+$": "A version is three numbers with points between them, as in 1.0.0.",
    r"^[a-z]{2,3}(-[A-Z]{2})?$": "A language is named by two or three small letters, as en or cy.",
}


class Told(NamedTuple):
    """What the author reads. Without a remedy the field's own description stands in."""

    kind: str
    message: str
    remedy: str
    place: Place | None = None


def _missing(mistake: Mistake) -> Told:
    key = mistake.rest[-1]
    place = mistake.node.place
    if not mistake.node.entries and mistake.key is not None:
        place = mistake.key.place
    remedy = f"Add it. {mistake.expected.about}".rstrip()
    return Told("missing-key", f"'{key}' is missing here.", remedy, place)


def _unknown_key(mistake: Mistake) -> Told:
    names = mistake.expected.names
    remedy = did_you_mean(mistake.name, names) or f"Here may stand: {', '.join(names)}."
    place = mistake.key.place if mistake.key is not None else None
    return Told("unknown-key", f"There is no '{mistake.name}' here.", remedy, place)


def _words(mistake: Mistake) -> Told:
    what = _what(mistake.node)
    if mistake.name == "options":
        return Told(
            "wrong-type", f"These must be options, not {what}.", "Write a map of options, or the name of an option set."
        )
    if mistake.name in CONDITIONS and mistake.node.is_scalar:
        remedy = "Put a calculation in quotes; the condition that always holds is `always`."
        return Told("wrong-type", f"This must be a condition or a calculation, not {what}.", remedy)
    remedy = "Put it in quotes if these are words." if mistake.node.is_scalar else ""
    if mistake.name == "version":  # what it is made of is told with the key
        remedy = ""
    return Told("wrong-type", f"This must be words, not {what}.", remedy)


def _pattern(mistake: Mistake) -> Told:
    word = mistake.node.value
    if mistake.context["pattern"] != ID_PATTERN:
        return Told("wrong-shape", f"'{word}' has the wrong shape.", _SHAPES.get(mistake.context["pattern"], ""))
    proper = id_from(str(word))
    rule = "An id is made of small letters, digits and single _, and begins with a letter."
    remedy = f"{rule} Write {proper}." if proper else rule
    return Told("wrong-id", f"'{word}' cannot be an id.", remedy)


def _too_short(mistake: Mistake) -> Told:
    if mistake.node.is_scalar:
        return Told("empty-text", "This is empty, and must not be.", "")
    return Told("too-few", f"At least {_many(mistake.context['min_length'])} must stand here.", "")


def _too_long(mistake: Mistake) -> Told:
    most = mistake.context["max_length"]
    if mistake.node.is_scalar:
        return Told("long-text", f"This is longer than {most} characters.", "Shorten it.")
    return Told("too-many", f"Here are more than {most}.", "Take some away.")


def _bounds(mistake: Mistake) -> Told:
    if "ge" in mistake.context:
        return Told("out-of-bounds", f"This must be {mistake.context['ge']} or more.", "")
    return Told("out-of-bounds", f"This must be {mistake.context['le']} or less.", "")


def _whole_number(mistake: Mistake) -> Told:
    return Told("wrong-type", f"This must be a whole number, not {_what(mistake.node)}.", "")


def _true_or_false(mistake: Mistake) -> Told:
    same = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(str(mistake.node.value).lower())
    remedy = f"Write {same}." if same else "Write true or false."
    return Told("wrong-type", f"This must be true or false, not {_what(mistake.node)}.", remedy)


def _list(mistake: Mistake) -> Told:
    remedy = "Begin each part on its own line with a dash."
    if mistake.node.is_scalar:
        remedy = f"Write [{mistake.node.value}]."
    return Told("wrong-type", f"This must be a list, not {_what(mistake.node)}.", remedy)


def _map(mistake: Mistake) -> Told:
    names = _names(mistake)
    remedy = f"It begins with the key {names[0]}." if names else "Write keys, each with a colon and a value."
    return Told("wrong-type", f"This must be a map with keys, not {_what(mistake.node)}.", remedy)


def _names(mistake: Mistake) -> tuple[str, ...]:
    model = mistake.expected.of
    return () if model is None else tuple(field.alias or name for name, field in model.model_fields.items())


def _one_of(mistake: Mistake) -> Told:
    allowed = re.findall(r"'([^']*)'", mistake.context["expected"]) or [mistake.context["expected"]]
    if not mistake.node.is_scalar:
        return Told(
            "wrong-type", f"This must be one word, not {_what(mistake.node)}.", f"Allowed: {', '.join(allowed)}."
        )
    word = str(mistake.node.value)
    remedy = did_you_mean(word, allowed) or f"Allowed: {', '.join(allowed)}."
    return Told("unknown-word", f"'{word}' is not one of the words for this.", remedy)


def _no_type(_: Mistake) -> Told:
    return Told(
        "missing-key",
        "'type' is missing here.",
        "Add it: yes_no, pick_one, tick_all, number, date, text, repeat or note.",
    )


def _wrong_type_of_item(mistake: Mistake) -> Told:
    written = mistake.node.get("type") or mistake.node
    types = re.findall(r"'([^']*)'", mistake.context["expected_tags"])
    remedy = did_you_mean(str(written.value), types) or f"The types are {', '.join(types)}."
    return Told("unknown-type", f"There is no type '{written.value}' of item here.", remedy, written.place)


def ours(mistake: Mistake) -> Told:
    """A check of our own: its type is a kind and its message is for authors; the context may point below."""
    place, remedy = None, ""
    key, below = str(mistake.context.get("key")), mistake.node.get(str(mistake.context.get("below")))
    if key in mistake.node.entries:
        place = mistake.node.entries[key][0].place
        remedy = did_you_mean(key, VOICE_KEYS) or f"The voices are {', '.join(VOICE_KEYS)}."
    elif below is not None:
        place = below.place
    elif isinstance(mistake.node.value, bool | int | Decimal) and "text" in mistake.message:
        remedy = "Put it in quotes if these are words."
    return Told(mistake.type, mistake.message, remedy, place)


def _what(node: Node) -> str:
    if node.is_map:
        return "a map"
    if node.is_list:
        return "a list"
    if node.value is None:
        return "nothing"
    if isinstance(node.value, bool):
        return str(node.value).lower()
    return f"the number {node.value}" if isinstance(node.value, int | Decimal) else "words"


def _many(count: int) -> str:
    return {1: "one", 2: "two"}.get(count, str(count))


VOICE_KEYS = ("self", "supporter", "practitioner", "default")
TELL: dict[str, Callable[[Mistake], Told]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "string_type": _words,
    "string_pattern_mismatch": _pattern,
    "string_too_short": _too_short,
    "too_short": _too_short,
    "string_too_long": _too_long,
    "too_long": _too_long,
    "greater_than_equal": _bounds,
    "less_than_equal": _bounds,
    "int_type": _whole_number,
    "int_from_float": _whole_number,
    "bool_type": _true_or_false,
    "tuple_type": _list,
    "dict_type": _map,
    "model_type": _map,
    "model_attributes_type": _map,
    "literal_error": _one_of,
    "union_tag_not_found": _no_type,
    "union_tag_invalid": _wrong_type_of_item,
}
