"""Open a questionnaire for use: loaded, checked and compiled, so that nothing is left to go wrong later."""

from __future__ import annotations

from pathlib import Path

from engine.format.directory import Directory
from engine.format.instrument import Instrument
from engine.format.load import load
from engine.interview.ready import ready
from engine.problem import InvalidQuestionnaire


def open_questionnaire(path: Path, directory: Directory | None = None) -> Instrument:
    """Return the questionnaire in this folder or file, compiled, or raise InvalidQuestionnaire with its problems."""
    instrument = load(path, directory)
    try:
        ready(instrument)
    except InvalidQuestionnaire as invalid:
        files = {problem.place.file for problem in invalid.problems}
        texts = {file: Path(file).read_text(encoding="utf-8-sig") for file in files if Path(file).is_file()}
        raise InvalidQuestionnaire(invalid.problems, texts) from None
    return instrument
