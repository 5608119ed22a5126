"""Every fixed sentence of the summary, in English. Another language translates them in `engine/locale`.

The words of a questionnaire come from its author; only what stands here is the engine's own. None of it reassures:
an outcome at its first level says that the answers did not show more, never that there is nothing to fear.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from engine.format.atoms import Text


def _text(default: str, **by_voice: str) -> Text:
    return Text((("default", default), *by_voice.items()))


SENTENCES: Mapping[str, Text] = MappingProxyType(
    {
        "open": _text("Not answered yet", self="You did not get to this"),
        "not_asked": _text("Not asked", self="You were not asked this"),
        "dont_know": _text("Not known", self="You do not know"),
        "declined": _text("Preferred not to say", self="You would rather not say"),
        "asked": _text("Asked"),
        "volunteered": _text("Said without being asked"),
        "records": _text("From records"),
        "observed": _text("Observed"),
        "nothing_listed": _text("Nothing to add"),
        "nothing_known": _text("Nothing more is known of this one"),
        "may_be_more": _text("There may be more."),
        "at_least": _text("At least: {level}"),
        "between_days": _text("between {first} and {last}"),
        "between": _text("Between {lowest} and {highest}"),
        "not_settled": _text("Not settled: too little was answered", self="Too little was answered to say"),
        "not_judged": _text("Not judged yet"),
        "could_be_higher": _text("It could be higher: questions that matter to it have no answer."),
        "missing_matters": _text("Questions that matter to this have no answer. That is never a sign of less concern."),
        "left_open": _text(
            "What was answered cannot settle this further. That is never a sign of less concern.",
            self="What you told us cannot settle this further. That is never a sign of less concern.",
        ),
        "may_not_apply": _text("This may not apply: it depends on questions without an answer."),
        "not_a_promise": _text(
            "This goes only by the answers given. It does not rule anything out, and the person's own fear counts.",
            self="This goes only by your answers. It does not mean that nothing will happen. You know your situation "
            "best: if you are worried, talk to a specialist service.",
        ),
        "raised": _text(
            "Raised by the assessor to: {level}. By the answers alone: {computed}. Reason: {reason}",
            self="The person who went through this with you put this higher, at: {level}. "
            "By the answers alone: {computed}.",
        ),
        "lowered": _text(
            "Lowered by the assessor to: {level}, agreed by {second}. "
            "By the answers alone: {computed}. Reason: {reason}",
            self="The person who went through this with you put this lower, at: {level}. "
            "By the answers alone: {computed}.",
        ),
        "judged": _text(
            "The assessor's judgement: {level}. By the answers alone: {computed}. Reason: {reason}",
            self="The person who went through this with you put this at: {level}. By the answers alone: {computed}.",
        ),
        "decided": _text(
            "The assessor's judgement. Reason: {reason}",
            self="This is the judgement of the person who went through this with you.",
        ),
        "given_by_rule": _text("By its rule for missing answers: {value} ({missing} missing)"),
        "withheld_by_rule": _text("By its rule for missing answers: not given ({missing} missing)"),
        "no_value": _text("No value"),
        "or_no_value": _text("{value}, or no value"),
        "raised_yes": _text("Raised"),
        "raised_no": _text("Not raised"),
        "raised_by_rule": _text("By its rule for missing answers: raised"),
        "not_raised_by_rule": _text("By its rule for missing answers: not raised"),
        "open_by_rule": _text("By its rule for missing answers: not given"),
        "on_bill_yes": _text("A call may show on the phone bill."),
        "on_bill_no": _text("A call does not show on the bill, but it does in the phone's list of calls."),
        "fact_checked": _text("{fact} (checked {when})"),
        "checked": _text("Checked {when}"),
        "step_verified": _text("Held against its sources on {when}"),
        "step_unverified": _text("Written on {when} and not verified: ask before you rely on it"),
        "because": _text("Because of these answers:", self="Because you told us:", supporter="Because you told us:"),
        "because_open": _text("This stands here because these questions have no answer yet:"),
        "phone": _text("Phone"),
        "text": _text("Text"),
        "email": _text("E-mail"),
        "web": _text("Website"),
        "textphone": _text("Textphone"),
        "app": _text("App"),
        "for_the_caller": _text(
            "This goes by what you said in our talk. Nobody can predict what somebody will do. You know your situation "
            "best. If you are in danger, call 999."
        ),
        "and": _text("{before} and {last}"),
    }
)
