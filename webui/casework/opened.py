"""A case as the pages use it: opened from the store, with its questionnaire; and put back."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from flask import Response, abort, jsonify
from pydantic import ValidationError

from engine.casework.case import Case
from engine.casework.case_file import InvalidCaseFile, read_case, written
from engine.casework.migrate import open_case
from engine.casework.store import StoreTrouble
from engine.format.instrument import Instrument
from engine.interview.record import Record
from webui.casework.watch import store
from webui.library import Title
from webui.site import site

UNPRINTABLE = "A character here cannot be printed, or there is more than can be kept. Nothing of this was saved."
WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Opened:
    """A case and the questionnaire it is asked with."""

    title: Title
    case: Case

    @property
    def instrument(self) -> Instrument:
        """The questionnaire."""
        return self.title.instrument

    @property
    def record(self) -> Record:
        """What was said."""
        return self.case.record

    @property
    def voice(self) -> str:
        """In whose words it is asked."""
        return self.case.record.voice

    @property
    def at(self) -> str:
        """Where its pages are."""
        return f"/cases/{self.case.reference}"


def opened(reference: str) -> Opened:
    """Return this case; NoSuchCase, or InvalidCaseFile where its questionnaire is not here."""
    file = store().open(reference)
    title = title_of(file.record.questionnaire)
    if title is None:
        raise InvalidCaseFile(f"The questionnaire '{file.record.questionnaire}' of this case is not served here.")
    return Opened(title, open_case(title.instrument, file, site().settings.now()))


def title_of(questionnaire: str) -> Title | None:
    """Return the questionnaire of this id, if it is served."""
    return next((one for one in site().library.titles if one.instrument.id == questionnaire), None)


def keep(one: Opened, case: Case, revision: str) -> Opened:
    """Save the case as it is now, if it is still that of this revision, and return it as it is kept.

    StoreTrouble if it cannot be kept, in words.
    """
    if not WHOLE_NUMBER.fullmatch(revision):
        abort(400)
    now = site().settings.now()
    try:
        file = written(replace(case, changed=now, revision=int(revision)))
    except ValidationError:
        raise StoreTrouble(UNPRINTABLE) from None
    return Opened(one.title, read_case(store().save(file), case.record))


def told(one: Opened) -> Response:
    """Tell our script that a form was saved, and what its next one has to show."""
    return jsonify(revision=one.case.revision, saved=clock())


def clock() -> str:
    """Return the time of day where the site is."""
    settings = site().settings
    return settings.now().astimezone(settings.zone).strftime("%H:%M:%S")
