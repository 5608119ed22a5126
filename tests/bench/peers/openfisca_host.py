"""OpenFisca's own process: many records at once, as variables of a tax and benefit system.

    python -m tests.bench.peers.openfisca_host PEER FOLDER

It serves as the other hosts do.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.by_hand import MISSING, point_table, test
from tests.bench.peers.host import serve
from tests.bench.rounds import Calls
from tests.bench.workload import Condition, Item, Questionnaire

PERIOD = "2026-01"
Formula = Callable[[Any, Any], Any]
COMPARE: dict[str, Callable[[Any, int], Any]] = {
    "==": lambda said, code: said == code,
    "!=": lambda said, code: (said >= 0) & (said != code),
    "<": lambda said, code: (said >= 0) & (said < code),
    "<=": lambda said, code: (said >= 0) & (said <= code),
    ">": lambda said, code: said > code,
    ">=": lambda said, code: said >= code,
    "bit": lambda said, code: (said >= 0) & ((said >> code) & 1 == 1),
}
RESULTS = ("shown", "total", "sub0", "sub1", "sub2", "band", "flag0", "flag1", "flag2", "final")


class System:
    """One questionnaire as a system: for each item what was said, whether it is shown, what counts, its points."""

    def __init__(self, made: Questionnaire) -> None:
        """Add every variable."""
        entities = importlib.import_module("openfisca_core.entities")
        systems = importlib.import_module("openfisca_core.taxbenefitsystems")
        self.variables = importlib.import_module("openfisca_core.variables")
        self.person = entities.build_entity("person", "persons", "", is_person=True)
        household = entities.build_entity("household", "households", "", roles=[{"key": "m", "plural": "ms"}])
        self.system = systems.TaxBenefitSystem([self.person, household])
        self.by_id = {item["id"]: item for item in made["items"]}
        for item in made["items"]:
            self._item(item)
        self._results(made)

    def _add(self, name: str, kind: type, formula: Formula | None = None) -> None:
        about: dict[str, Any] = {"value_type": kind, "entity": self.person, "label": name}
        about["definition_period"] = importlib.import_module("openfisca_core.periods").DateUnit.MONTH
        about |= {"default_value": MISSING} if formula is None else {"formula": formula}
        self.system.add_variable(type(name, (self.variables.Variable,), about))

    def _item(self, item: Item) -> None:
        name, table, when = item["id"], point_table(item), item["when"]

        def shown(person: Any, period: Any) -> Any:
            return np.ones(person.count, bool) if when is None else self._holds(when, person, period)

        def known(person: Any, period: Any) -> Any:
            return np.where(person(f"shown_{name}", period), person(name, period), MISSING)

        self._add(name, int)
        self._add(f"shown_{name}", bool, shown)
        self._add(f"known_{name}", int, known)
        self._add(f"points_{name}", int, lambda person, period: table[person(f"known_{name}", period)])

    def _holds(self, when: Condition, person: Any, period: Any) -> Any:
        if "parts" in when:
            parts = [self._holds(part, person, period) for part in when["parts"]]
            return (np.logical_and if when["op"] == "all" else np.logical_or).reduce(parts)
        name, compared, code = test(when, self.by_id)
        return COMPARE[compared](person(f"known_{name}", period), code)

    def _results(self, made: Questionnaire) -> None:
        def add_up(names: list[str]) -> Formula:
            return lambda person, period: sum(person(name, period).astype(np.int32) for name in names)

        def flag(when: Condition) -> Formula:
            return lambda person, period: self._holds(when, person, period)

        def band(person: Any, period: Any) -> Any:
            return sum((person("total", period) >= least).astype(np.int32) for least in made["bands"])

        def final(person: Any, period: Any) -> Any:
            lifts = [person(f"flag{at}", period) * flag["least"] for at, flag in enumerate(made["flags"])]
            return np.maximum.reduce([person("band", period), *lifts])

        self._add("shown", int, add_up([f"shown_{name}" for name in self.by_id]))
        for section in range(3):
            of = [f"points_{item['id']}" for item in made["items"] if item["section"] == section]
            self._add(f"sub{section}", int, add_up(of))
        self._add("total", int, add_up(["sub0", "sub1", "sub2"]))
        self._add("band", int, band)
        for place, one in enumerate(made["flags"]):
            self._add(f"flag{place}", bool, flag(one["when"]))
        self._add("final", int, final)


class Host:
    """A system, and the records that it is asked about."""

    def __init__(self, folder: Path) -> None:
        """Read what to measure."""
        self.made: Questionnaire = json.loads((folder / "questionnaire.json").read_text(encoding="utf-8"))
        self.system = System(self.made).system
        self.builder = importlib.import_module("openfisca_core.simulations").SimulationBuilder
        self.people = np.load(folder / "columns.npy").astype(np.int32)
        self.expected = np.load(folder / "expected.npy")
        self.calls: dict[str, Calls[Any]] = {"all": Calls(self.score, [self.people])}

    def score(self, people: Any) -> Any:
        """Return ten numbers for each record."""
        simulation = self.builder().build_default_simulation(self.system, count=people.shape[1])
        for item, column in zip(self.made["items"], people, strict=True):
            simulation.set_input(item["id"], PERIOD, np.ascontiguousarray(column))
        return np.stack([simulation.calculate(name, PERIOD) for name in RESULTS], 1)

    def agreeing(self, _: str, budget: float) -> tuple[int, int]:
        """Compare all records."""
        found = self.score(self.people)
        return int((found == self.expected).all(axis=1).sum()), len(found)


if __name__ == "__main__":
    sys.setrecursionlimit(100_000)
    serve(Host(Path(sys.argv[2])))
