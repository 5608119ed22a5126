"""Every kind of finding: a slug that reads aloud, how much it weighs, what it means, and why it matters.

Each has a smallest bad file in tests/findings and a line in docs/findings.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Kind:
    """An error is almost surely a slip; a warning wants a decision; a note is good to know before a review."""

    severity: Severity
    means: str
    why: str


CATALOGUE = {
    # what can never happen, or always does
    "item-never-shown": Kind(
        "error", "No answers lead to this question.", "It is written, translated and reviewed, and nobody is asked it."
    ),
    "level-never-reached": Kind(
        "error", "No answers give this level.", "Whoever reads the questionnaire believes that it can warn of this."
    ),
    "level-always": Kind("warning", "Every record has this level.", "What everybody hears tells nobody anything."),
    "alert-never-raised": Kind("error", "No answers raise this alert.", "Somebody counts on being warned."),
    "action-never-shown": Kind("error", "No answers print this action.", "Somebody counts on its being in the plan."),
    "signpost-never-given": Kind(
        "error", "No answers lead to this signpost.", "The service stands in the file, and nobody is told of it."
    ),
    "condition-always": Kind(
        "warning",
        "A condition, or a part of one, holds in every record.",
        "It reads as if it chose, and it does not.",
    ),
    "condition-never": Kind(
        "warning",
        "A condition, or a part of one, holds in no record.",
        "It reads as if it could matter, and it cannot.",
    ),
    "cut-off-outside": Kind(
        "warning",
        "A number is compared with one that it can never have, or never pass.",
        "A limit that cannot be reached, or is always passed, does not divide people.",
    ),
    "not-exhaustive": Kind(
        "warning",
        "A test names every answer and still fails where the question is not asked.",
        "No comparison holds for a question that was not put, so somebody is left out.",
    ),
    "fragile-level": Kind(
        "note",
        "A level can be reached only through one question.",
        "Who skips that question is never told this level, however grave the rest is.",
    ),
    "levels-not-nested": Kind(
        "note",
        "A level can hold where the one below it does not.",
        "One grave sign may raise a level on its own; but a gap can also be a slip, so look at it once.",
    ),
    # what does nothing
    "item-unused": Kind(
        "warning",
        "Nothing reads this question's answer.",
        "Each question costs somebody strength, and gathers what need not be known.",
    ),
    "option-without-effect": Kind(
        "note", "Nothing tells an option from another, or reads a tick.", "It may have been forgotten in a condition."
    ),
    "points-unused": Kind("warning", "No score adds up these points.", "They look as if they counted."),
    # how answers are asked for and counted
    "tick-list-without-none": Kind(
        "warning",
        "A tick list has no option for none of these.",
        "With nothing ticked it is unanswered, so nobody can say that none of it happened.",
    ),
    "not-sure-option": Kind(
        "warning",
        "An option says 'not sure'.",
        "Every question can be left open already, and stays open; an option is an answer, and counts as one.",
    ),
    "mean-of-unlike": Kind(
        "warning",
        "A mean is taken over items with unlike most points.",
        "An item that can give more weighs more, and leaving one out shifts the mean.",
    ),
    "points-without-source": Kind(
        "warning",
        "Points stand without a source.",
        "A reviewer must be able to see what is known, and what the authors judged.",
    ),
    # what is said at the end
    "action-not-in-voice": Kind(
        "note", "No answers print this action in one of the voices.", "Its reader may be the one who needs it."
    ),
    "level-without-signpost": Kind(
        "warning", "A level can be reached without any service.", "Concern without somebody to turn to frightens."
    ),
    "no-emergency-route": Kind(
        "warning",
        "Somebody who answers nothing is not told an emergency number.",
        "People leave at any moment; whoever is in danger must have seen whom to call.",
    ),
    # words
    "says-safe": Kind(
        "error",
        "Words promise safety, call a risk low, or give a percentage.",
        "Answers can show concern, never safety, and no questionnaire knows a chance.",
    ),
    "question-too-long": Kind(
        "warning", "A question to people themselves has more than 20 words.", "Fear makes long questions hard to read."
    ),
    "long-sentence": Kind(
        "note", "A sentence has more than 30 words.", "It is lost on a reader who is frightened or tired."
    ),
    "hard-to-read": Kind(
        "warning",
        "A section reads harder than a reading age of about 11.",
        "Many people read at that age, and everybody reads worse in fear.",
    ),
    "blaming-words": Kind(
        "warning", "Words can be heard as blame or disbelief.", "Somebody who feels blamed stops answering."
    ),
    "jargon": Kind(
        "warning",
        "A word of the trade stands without being explained.",
        "Who does not know the word skips the question.",
    ),
    "translation-missing": Kind(
        "warning", "A language is promised and has no catalogue.", "Somebody chooses it and reads another."
    ),
    "translation-unfinished": Kind(
        "warning",
        "A promised language has texts that are missing, outdated or marked as fuzzy.",
        "The site does not offer a language of which a part is missing.",
    ),
    "translation-differs": Kind(
        "warning",
        "A translation has other parts in braces, numbers or addresses, or cannot be read.",
        "A wrong number costs a call for help; a part that is lost shows nothing.",
    ),
    # services and dates
    "directory-missing": Kind(
        "error",
        "The directory of services that is named is not there.",
        "The site withholds the questionnaire, and no service is printed without it.",
    ),
    "service-unverified": Kind(
        "note",
        "A signpost names a service with no contact that may be printed.",
        "Nobody will be told of it until one is verified.",
    ),
    "service-other-nation": Kind(
        "warning",
        "A signpost is given only in nations in which its service does not work.",
        "Nobody will be told of it.",
    ),
    "fact-overdue": Kind(
        "warning", "A printed fact of a service is due to be checked again.", "A wrong number costs a call for help."
    ),
    "review-overdue": Kind(
        "warning", "The review of the content is past its due date.", "Law, services and knowledge change."
    ),
    "step-overdue": Kind(
        "warning", "A step of the plan is past the day on which it was to be looked at again.", "Advice grows old."
    ),
    # the promises
    "promise-broken": Kind(
        "error", "A guarantee does not hold for everybody.", "Whoever relies on it is wrong about somebody."
    ),
    "promise-not-decided": Kind(
        "warning",
        "A guarantee is neither proved nor refuted.",
        "It reads like a promise, and nobody knows whether it is one.",
    ),
    # the machinery
    "record-too-large": Kind(
        "note",
        "The fullest record may not fit into the sealed cookie.",
        "The site then asks to shorten answers, at the worst moment.",
    ),
    "not-decided": Kind(
        "note",
        "Some questions about all records were not decided.",
        "Nothing is claimed of them, neither that they can happen nor that they cannot.",
    ),
}
