"""askwell: a questionnaire engine in which an answer narrows a range.

open_questionnaire(path)                   a file, checked and compiled; or InvalidQuestionnaire, with every problem
start(instrument, voice, on)               an empty Record
walk(instrument, record)                   what is shown, what comes next
assess(instrument, record)                 scores with bounds, outcomes at least and at most, alerts, plan
summarise(instrument, record, directory)   the words to print
"""

from engine.interview.assess import assess
from engine.interview.opening import open_questionnaire
from engine.interview.record import Record, start
from engine.interview.summarise import summarise
from engine.interview.walk import walk

__all__ = ["Record", "assess", "open_questionnaire", "start", "summarise", "walk"]
