"""askwell: a questionnaire engine in which an answer narrows a range.

load(path) -> Instrument            a file, checked; or InvalidQuestionnaire with every problem
start(instrument, voice, on)        an empty Record
walk(instrument, record)            what is shown, what comes next
assess(instrument, record)          scores with bounds, outcomes at least and at most, alerts, plan
summarise(instrument, record, directory)   the words to print
"""

from engine.format.load import load
from engine.interview.assess import assess
from engine.interview.record import Record, start
from engine.interview.summarise import summarise
from engine.interview.walk import walk

__all__ = ["Record", "assess", "load", "start", "summarise", "walk"]
