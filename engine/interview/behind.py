"""What stands behind a reason, for practitioners: the author's own words of the condition, its bounds, its sources."""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.format.instrument import Instrument
from engine.interview.assessment import Assessment
from engine.interview.summary import NOTHING_BEHIND, Behind, Said
from engine.interview.wording import Speech, level_words, score_words

WORD = re.compile(r"[a-z][a-z0-9_]*")


def behind(
    instrument: Instrument,
    assessment: Assessment,
    condition: str,
    sources: Iterable[str],
    speech: Speech,
    *,
    no_higher: tuple[Said, ...] = (),
) -> Behind:
    """Return what stands behind a condition, named as in `Instrument.written`; nothing for any other voice.

    A condition of a single word that means always is no rule to be looked up.
    """
    if not speech.expert:
        return NOTHING_BEHIND
    rule = instrument.written.get(condition, "")
    cited = set(sources)
    return Behind(
        "" if rule == "always" else rule,
        tuple(_bounds(instrument, assessment, dict.fromkeys(WORD.findall(rule)), speech)),
        no_higher,
        tuple(one.cite for name, one in instrument.questionnaire.sources.items() if name in cited),
    )


def lead(speech: Speech, *, unsure: bool) -> str:
    """Return what is said before the answers that caused something or, where it is not sure, the open questions."""
    return speech.say("because_open" if unsure else "because")


def _bounds(instrument: Instrument, assessment: Assessment, names: Iterable[str], speech: Speech) -> Iterable[str]:
    for name in names:
        if name in assessment.scores:
            value = score_words(assessment.scores[name], speech)
            yield f"{instrument.scores[name].title.says(speech.voice)}: {value}"
        elif name in assessment.outcomes and assessment.outcomes[name].possible:
            outcome = instrument.outcomes[name]
            level = level_words(outcome, assessment.outcomes[name].possible, speech)
            yield f"{outcome.title.says(speech.voice)}: {level}"
