"""A Python peer's own process: it reads one command a line, and answers each with one line of JSON.

    python -m tests.bench.peers.host PEER FILE

An expression language does not know what a questionnaire is. So the host does what an application would: it walks
through the items in order and evaluates one rule after another.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from tests.bench.rounds import Calls
from tests.bench.workload import Answers, Questionnaire, Result, finished

Evaluate = Callable[[Any, dict[str, Any]], Any]
Engine = tuple[Callable[[Any], Any], Evaluate]


def _json_logic_qubit() -> Engine:
    return _as_it_is, importlib.import_module("json_logic").jsonLogic


def _jsonlogic_rs() -> Engine:
    return _as_it_is, importlib.import_module("jsonlogic_rs").apply


def _cel_python() -> Engine:
    celpy = importlib.import_module("celpy")
    environment = celpy.Environment()
    convert = celpy.json_to_cel
    return (
        lambda rule: environment.program(environment.compile(rule)),
        lambda program, said: program.evaluate({"a": convert(said)}),
    )


def _zen_engine() -> Engine:
    zen = importlib.import_module("zen")
    return zen.compile_expression, lambda compiled, said: compiled.evaluate(said)


def _as_it_is(rule: Any) -> Any:
    return rule


ENGINES: Mapping[str, tuple[str, Callable[[], Engine]]] = {
    "json-logic-qubit": ("json_logic", _json_logic_qubit),
    "jsonlogic-rs": ("json_logic", _jsonlogic_rs),
    "cel-python": ("cel", _cel_python),
    "zen-engine": ("zen", _zen_engine),
}


class Measurable(Protocol):
    """What every host knows: calls by kind, and on how many records of a kind it agrees, of how many tried."""

    calls: dict[str, Calls[Any]]

    def agreeing(self, kind: str, budget: float) -> tuple[int, int]:
        """Return both numbers."""


class Host:
    """One engine with one questionnaire."""

    def __init__(self, peer: str, bundle: Any) -> None:
        """Build once."""
        language, engine = ENGINES[peer]
        self.compile, self.evaluate = engine()
        self.made: Questionnaire = bundle["questionnaire"]
        self.text = json.dumps(bundle["documents"][language])
        self.records: dict[str, list[Answers]] = bundle["records"]
        self.results: dict[str, list[Result]] = bundle["results"]
        self.items, self.flags = self.build()
        self.calls: dict[str, Calls[Any]] = {kind: Calls(self.score, people) for kind, people in self.records.items()}

    def build(self, _: object = None) -> tuple[list[Any], list[Any]]:
        """Return the rules, ready to be evaluated."""
        rules = json.loads(self.text)

        def ready(rule: Any) -> Any:
            return None if rule is None else (self.compile(rule[0]), rule[1])

        items = [(name, section, ready(when), ready(points)) for name, section, when, points in rules["items"]]
        return items, [ready(flag) for flag in rules["flags"]]

    def score(self, answers: Answers) -> Result:
        """Return the result of one record; each rule is given just the answers that it reads."""
        known: dict[str, Any] = {}
        evaluate, shown, subtotals = self.evaluate, 0, [0, 0, 0]
        for name, section, when, points in self.items:
            if when is None or evaluate(when[0], {one: known[one] for one in when[1] if one in known}):
                shown += 1
                if name in answers:
                    known[name] = answers[name]
                    subtotals[section] += int(evaluate(points[0], {name: known[name]}))
        flags = [evaluate(flag[0], {one: known[one] for one in flag[1] if one in known}) for flag in self.flags]
        return finished(self.made, shown, subtotals, flags)

    def agreeing(self, kind: str, budget: float) -> tuple[int, int]:
        """Compare as many records as there is time for."""
        agreed = tried = 0
        end = time.perf_counter() + budget
        for answers, result in zip(self.records[kind], self.results[kind], strict=True):
            agreed += list(self.score(answers)) == list(result)
            tried += 1
            if time.perf_counter() > end:
                break
        return agreed, tried


def answer(host: Measurable, command: list[str]) -> object:
    """Do what was asked."""
    match command:
        case ["agree", kind, budget]:
            return host.agreeing(kind, float(budget))
        case ["warm", kind, budget]:
            host.calls[kind].warm(float(budget))
            return None
        case ["round", kind]:
            return host.calls[kind].round()
    raise ValueError(f"unknown: {command}")


def serve(host: Measurable) -> None:
    """Say that all is ready; then answer until there are no more commands."""
    print("null", flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(host, line.split())), flush=True)


if __name__ == "__main__":
    sys.setrecursionlimit(10_000)
    serve(Host(sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))))
