"""Every kind of problem an author's file can have: a slug that reads aloud, and one sentence.

What an expression can have wrong with it is the language's own list; what only a directory of services can have wrong
with it stands apart. Each kind has a smallest bad file in tests/format/bad.
"""

from __future__ import annotations

from engine.language.slips import SLIP_KINDS

FILE_KINDS = {
    "unreadable-file": "The file is not there or may not be read.",
    "not-utf-8": "The file is not written in UTF-8.",
    "too-large": "A file is at most 1 MiB.",
    "empty-file": "There is nothing in the file.",
    "yaml-syntax": "The file is not YAML from this place on.",
    "alias": "Anchors (&) and aliases (*) are not allowed.",
    "tag": "Tags (!) are not allowed.",
    "duplicate-key": "A key stands in a map once.",
    "several-documents": "A file holds one document.",
    "key-not-a-word": "Before a colon stands one word.",
    "too-deep": "Things are nested at most 40 deep.",
    "not-finite": "A number is neither infinite nor 'not a number'.",
    "number-too-large": "A number has at most 15 digits.",
    "words-lost": "Words with # before them are in quotes; a comment has a space after its #.",
    "unsafe-text": "Words hold no characters that cannot be seen or that turn the direction of reading.",
}

SHAPE_KINDS = {
    "empty-value": "A key or a dash has a value after it.",
    "unknown-key": "There is no such key here.",
    "missing-key": "A key that is needed is not there.",
    "wrong-type": "Something of another kind is expected here.",
    "unknown-type": "There is no such type of item.",
    "unknown-word": "Only certain words may stand here.",
    "unknown-voice": "The voices are self, supporter and practitioner.",
    "wrong-id": "An id is made of small letters, digits and single underscores.",
    "wrong-shape": "A version or a language is written in one way.",
    "wrong-date": "A day is written as 2026-11-23.",
    "empty-text": "Words are needed here.",
    "long-text": "Words are longer than allowed.",
    "too-few": "More is needed here.",
    "too-many": "Less is allowed here.",
    "out-of-bounds": "A number is smaller or larger than allowed.",
}

MEANING_KINDS = {
    # names
    "other-folder": "The id is the name of the folder.",
    "duplicate-id": "An id is taken already.",
    "reserved-id": "A word of the language, or a non-answer, is no id.",
    "unknown-item": "No item has this name.",
    "unknown-option-set": "No option set has this name.",
    "unknown-source": "No source has this name.",
    "unknown-theme": "No theme has this name.",
    "unknown-action": "No action has this name.",
    "unknown-outcome": "No outcome has this name.",
    "unknown-level": "The outcome has no such level.",
    "unknown-service": "The directory has no such service.",
    "twice": "A list names the same thing twice.",
    # dependence
    "cycle": "Things depend on each other in a circle.",
    "reads-later": "Whether an item is asked depends on one that comes later.",
    # items
    "min-max": "The min of a number lies below its max.",
    "too-many-decimals": "A bound has no more decimals than the answers.",
    "never-asked": "An item would be asked in no voice.",
    "on-its-own": "Only an option of a tick list stands on its own, and it has no points.",
    "points-form": "The points of a number are a calculation.",
    "incomplete-points": "Points by option speak of every option that has points in its set.",
    "none-without-numbers": "`none` needs another option with a number.",
    "none-in-ticks": "In a tick list an option has a number or no points.",
    "skipped-without-points": "`points_if_skipped` needs points.",
    "wrong-blank": "`blank` is an answer that could be given.",
    # results
    "score-form": "A score has either a value or a text.",
    "profile-form": "A profile holds items in braces.",
    "profile-item": "A profile is made of pick_one items.",
    "missing-code": "Every option of an item in a profile has a code.",
    "missing-when": "Every level but the first says when it holds.",
    "when-by-judgement": "An outcome decided by judgement has no conditions.",
    "says-low": "No level says low, safe or no risk.",
    "empty-pool": "A rule for missing answers has items that could be missing.",
    "at-most-pool": "No more can be missing than there are.",
    "below-without-levels": "Only an outcome has levels to withhold.",
    "too-large-to-compute": "What is computed has at most 18 digits.",
    # what is printed
    "after-order": "An action stands after those it comes after.",
    "guarantee-form": "A guarantee has one of two forms.",
    "not-rising": "The answers to the item do not run from less to more.",
    # the whole
    "missing-voice": "A text has words for every voice.",
    "own-language": "A translation is into another language.",
    "review-order": "The next review comes after the last.",
    "missing-directory": "Signposts need a directory.",
    "other-directory": "The questionnaire names another directory than the one at hand.",
    "nation-item": "The item that asks for the nation is a pick_one item with an option for each.",
}

WARNINGS = {
    "review-overdue": "The content should have been reviewed by now.",
    "step-overdue": "A step of the plan should have been looked at again by now.",
}

KINDS = {**SLIP_KINDS, **FILE_KINDS, **SHAPE_KINDS, **MEANING_KINDS, **WARNINGS}
