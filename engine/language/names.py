"""How names are spoken of: what a thing is, where that comes from, and what somebody meant by an unknown one."""

from __future__ import annotations

from engine.language.functions import FUNCTIONS
from engine.language.scope import Choice, Entries, Meaning, Members, Moment, Name, Numeric, Scope, Thing, Ticks, Words
from engine.problem import did_you_mean

NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
PRINTED: dict[str, str] = {"shown": "an action", "signposted": "a service", "raised": "an alert"}
TRUTH_WORDS = {"true": ("always", "yes"), "false": ("not always", "no")}
NOT_ANSWERS = {
    "none": "answered", "null": "answered", "blank": "answered", "empty": "answered", "missing": "answered",
    "answered": "answered", "unanswered": "answered", "unknown": "dont_know", "dont_know": "dont_know",
    "declined": "declined",
}  # fmt: skip


def kind_of(meaning: Meaning) -> str:
    """Return what this is, with its article.

    >>> kind_of(Moment())
    'a date'
    """
    match meaning:
        case Choice(is_outcome=True):
            return "an outcome"
        case Choice(yes_no=True):
            return "a yes/no question"
        case Choice():
            return "a choice"
        case Ticks():
            return "a tick list"
        case Numeric(is_score=True):
            return "a score"
        case Numeric():
            return "a number"
        case Moment():
            return "a date"
        case Words():
            return "a text"
        case Entries():
            return "a repeat"
        case Members():
            return "a group of items"
        case Thing(word=word):
            return PRINTED[word]


def introduce(name: Name, word: str) -> str:
    """Return "'who' is a choice (item 'who', line 41)"; a group's word says which member it stands for."""
    stands = "" if word in ("", name.id) else f"'{word}' stands here for '{name.id}', and "
    return f"{stands}'{name.id}' is {kind_of(name.meaning)} ({name.origin})"


def unknown_name(word: str, scope: Scope) -> tuple[str, str, str]:
    """Return the kind, the message and the remedy for a word that names nothing here."""
    if word in scope.forbidden_because:
        return "not-here", f"'{word}' cannot be used here.", scope.forbidden_because[word]
    if word.lower() in TRUTH_WORDS:
        return "true-or-false", f"'{word}' is not used here.", f"Write '{TRUTH_WORDS[word.lower()][0]}'."
    if word in FUNCTIONS:
        return "function-alone", f"'{word}' needs brackets.", f"For example '{FUNCTIONS[word].example}'."
    if word == "today":
        return "unknown-name", "Nothing is called 'today'.", "Write 'days_since(date)' for the days from then to today."
    return "unknown-name", f"Nothing is called '{word}'.", _meant(word, scope)


def unknown_option(word: str, name: Name, scope: Scope) -> tuple[str, str]:
    """Return the message and the remedy for a word that is no option of the name."""
    options = options_of(name)
    message = f"'{name.id}' has no option '{word}'."
    if isinstance(name.meaning, Choice) and name.meaning.is_outcome:
        message = f"'{name.id}' has no level '{word}'."
    by_label = next((option for option, label in options.items() if label.casefold() == word.casefold()), "")
    if by_label:
        return message, f"Write '{by_label}'."
    if word.lower() in TRUTH_WORDS and "yes" in options:
        return message, f"Write '{name.id} is {TRUTH_WORDS[word.lower()][1]}'."
    if word.lower() in NOT_ANSWERS:
        asked = f"'applies({name.id})' holds where the question is asked"
        if "record" in scope.vocabularies:
            return message, f"{asked}; '{NOT_ANSWERS[word.lower()]}({name.id})' speaks of the record."
        return message, f"{asked}; what was left open cannot be asked about here."
    return message, did_you_mean(word, options) or f"Its options are {_some(options)}."


def options_of(name: Name) -> dict[str, str]:
    """Return the options and their labels; none if it has no options."""
    match name.meaning:
        case Choice(options=options, labels=labels) | Ticks(options=options, labels=labels):
            return dict(zip(options, labels, strict=True))
        case _:
            return {}


def _some(options: dict[str, str]) -> str:
    shown = [f"'{option}'" for option in list(options)[:8]]
    return ", ".join(shown) + (", …" if len(options) > 8 else "")


def _meant(word: str, scope: Scope) -> str:
    for name in scope.names.values():
        if word in options_of(name):
            example = f"{word} in {name.id}" if isinstance(name.meaning, Ticks) else f"{name.id} is {word}"
            return f"'{word}' is an option of '{name.id}': write '{example}'."
        if isinstance(name.meaning, Entries) and word in name.meaning.fields:
            example = f"count({name.id}, …)"
            return f"'{word}' is a field of '{name.id}': it can be used inside '{example}'."
    if word.lower() in NUMBER_WORDS:
        return f"Write {NUMBER_WORDS.index(word.lower())}."
    return did_you_mean(word, tuple(scope.names))
