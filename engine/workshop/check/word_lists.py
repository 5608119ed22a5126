"""Words that frighten, blame, promise or exclude, each with what to say instead. English only.

These are for the people who answer; what a practitioner reads may use the words of the trade.
"""

from __future__ import annotations

import re


def _listed(words: dict[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), instead) for pattern, instead in words.items())


BLAMING = _listed(
    {
        r"why (did|do|have|would|were)(n['’]t| not)? you": "Ask what happened, not why.",
        r"your (own )?fault": "Say 'this is not your fault', or leave fault out.",
        r"(you |to )?provoked?|provoking": "Ask what the person doing this did.",
        r"(you )?(lead|led|leading) (him|her|them) on": "Ask what the person doing this did.",
        r"(did |have |had )?you (let|allow(ed)?)": "Say what the person doing this did.",
        r"you should have|you could have|you ought to have": "Say what can be done now.",
        r"did you (really|actually|honestly)|are you sure (that|it)": "Ask once, and believe the answer.",
        r"over-?react(ed|ing)?|over-?sensitive|paranoid|imagin(e|ing) (it|things)": "Ask what the person noticed.",
        r"alleged(ly)?|so-called|claims? (that|to have)": "Say 'the person doing this'.",
        r"admit (that|to|it)|confess": "Say 'tell' or 'say'.",
        r"fail(ed)? to (report|leave|tell|say)": "Say 'have not yet', or do not say it.",
        r"lovesick|romantic gestures?|unwanted admirer|lovers?['’] quarrel|flattering": "Call it contact, or stalking.",
    }
)
NOT_BLAMING = re.compile(r"\b(not|never|isn['’]t|no one['’]s|nobody['’]s)\b[^.!?]{0,40}$", re.IGNORECASE)

JARGON = _listed(
    {
        r"perpetrators?|offenders?|abusers?": "Say 'the person doing this'.",
        r"victims?(?! support)|complainants?": "Say 'you', or 'the person this happens to'.",
        r"marac|mappa|idvas?|isacs?|masip|cps|ncdv|iopc": "Say what it is, and what it does.",
        r"dapos?|dvpos?|dvpns?|spos?|nmos?": "Write the name of the order out, and what it does.",
        r"coercive control|coercive behaviou?r": "Say 'control, such as …' with examples.",
        r"modus operandi|fixated|fixation|obsess(ed|ive)|ideation|psychopath\w*|delusion(al|s)?|erotomani\w+": (
            "Say what is done, not what it is called."
        ),
        r"(risk|protective) factors?|safeguarding|multi-?agency|disclosure": "Say it in plain words.",
        r"stalkerware|spyware|geolocation|metadata|gps": "Say what it does: 'an app that shows where you are'.",
        r"non-fatal strangulation|asphyxiat\w+": "Say 'put hands round your neck, or stopped you breathing'.",
        r"cohabit(ing|ation)?|spous(e|es|al)|intimate partner": "Say 'living together', 'partner'.",
        r"pursuant|hereby|aforementioned|notwithstanding|in respect of|prior to": "Say it as you would aloud.",
    }
)

PROMISING = _listed(
    {
        r"(you are|you['’]re|they are|she is|he is|this is|it is) (now |quite |completely |perfectly )?safe": (
            "Say what was found, not that somebody is safe."
        ),
        r"(low|lower|lowest|no|zero|minimal|negligible) risk|not at risk|risk[- ]free|nothing to worry about": (
            "Say what was found, such as 'some concern'."
        ),
        r"you are not being stalked|this is not stalking": "Say what was found, and that it does not mean safety.",
    }
)
PERCENT = re.compile(r"\b\d+(\.\d+)?\s?(%|per ?cent\b)|\b(one|two|three|\d+) in (ten|\d+) chance\b", re.IGNORECASE)
DENYING = re.compile(
    r"(\b(not|never|no|nor|nobody|cannot|if|whether|when|until|unless|only|where|make sure|that)\b|n['’]t\b)"
    r"[^.!?;]{0,40}$",
    re.IGNORECASE,
)
