"""One made-up questionnaire, ready to be measured: its file, its instrument, its records, what they come to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from engine.format.instrument import Instrument
from engine.format.load import load
from engine.interview.record import Record
from tests.bench.as_yaml import as_record, as_yaml
from tests.bench.peers.rules import documents
from tests.bench.workload import Answers, Questionnaire, questionnaire, records, result, shown_and_known

KINDS = ("complete", "partial")
COUNT = {12: 200, 40: 200, 200: 200, 1000: 50}


@dataclass(frozen=True)
class Case:
    """A questionnaire and records of two kinds: everything answered, and about 92 %."""

    size: int
    made: Questionnaire
    file: Path
    instrument: Instrument
    answers: Mapping[str, list[Answers]]

    @cached_property
    def records(self) -> Mapping[str, list[Record]]:
        """The records as askwell keeps them."""
        return {kind: [as_record(self.instrument, one) for one in people] for kind, people in self.answers.items()}

    @cached_property
    def bundle(self) -> Path:
        """A file with all that a peer needs."""
        known = {kind: [shown_and_known(self.made, one)[1] for one in all_] for kind, all_ in self.answers.items()}
        content = {
            "questionnaire": self.made,
            "documents": documents(self.made),
            "records": self.answers,
            "known": known,
            "results": {kind: [result(self.made, one) for one in people] for kind, people in self.answers.items()},
            "walk": self.answers["complete"][0],
        }
        file = self.file.with_suffix(".json")
        file.write_text(json.dumps(content), encoding="utf-8")
        return file


def case(size: int, folder: Path) -> Case:
    """Return the case of this size; its file is written into the folder."""
    made = questionnaire(size)
    file = folder / f"made_up_{size}.yaml"
    file.write_text(as_yaml(made), encoding="utf-8")
    answers: dict[str, list[Answers]] = {
        kind: [*records(made, COUNT[size], complete=kind == "complete")] for kind in KINDS
    }
    return Case(size, made, file, load(file), answers)
