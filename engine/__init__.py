"""askwell: a questionnaire engine in which an answer narrows a range.

open_questionnaire(path)                   a file, checked and compiled; or InvalidQuestionnaire, with every problem
start(instrument, voice, on)               an empty Record
walk(instrument, record)                   what is shown, what comes next
assess(instrument, record)                 scores with bounds, outcomes at least and at most, alerts, plan
summarise(instrument, record, directory)   the words to print
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.interview.assess import assess
    from engine.interview.opening import open_questionnaire
    from engine.interview.record import Record, start
    from engine.interview.summarise import summarise
    from engine.interview.walk import walk

__all__ = ["Record", "assess", "open_questionnaire", "start", "summarise", "walk"]

_HOMES = {
    "Record": "record",
    "assess": "assess",
    "open_questionnaire": "opening",
    "start": "record",
    "summarise": "summarise",
    "walk": "walk",
}


def __getattr__(name: str) -> object:
    """Load each of these when it is first asked for: who asks for help only should not wait for the engine."""
    if name not in _HOMES:
        raise AttributeError(f"module 'engine' has no attribute '{name}'")
    return getattr(import_module(f"engine.interview.{_HOMES[name]}"), name)
