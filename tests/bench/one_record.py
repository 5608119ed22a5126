"""One record: askwell with its bounds, the function by hand without any, and the peers, in turns."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial

from engine.interview.assess import assess
from engine.interview.record import Record, start
from engine.interview.walk import walk
from tests.bench.as_yaml import TODAY, as_answer, settled
from tests.bench.by_hand import straight
from tests.bench.case import KINDS, Case
from tests.bench.measure import Plan, grid, ratio, span
from tests.bench.peers.install import Installed
from tests.bench.peers.process import Process, Remote
from tests.bench.rounds import Calls, Failed, Timed, Times, in_turns
from tests.bench.workload import result

HAND, OURS = "by hand in Python, no bounds", "**askwell, all bounds**"
SAME = "the same records assessed"
HOST = "tests.bench.peers.host"
LIMIT = 60.0  # seconds that a peer may take for one reply
SURVEY = {"survey-core": "points added in JavaScript", "survey-core+rules": "points added by its rules"}
PEERS = {
    "json-logic-engine": "json-logic-engine, compiled (Node)",
    "json-logic-js": "json-logic-js (Node)",
    "json-logic-qubit": "json-logic-qubit (Python)",
    "jsonlogic-rs": "jsonlogic-rs (Rust, from Python)",
    "zen-engine": "GoRules zen-engine (Rust, from Python)",
    "cel-python": "cel-python (Python)",
    **{name: f"SurveyJS survey-core (Node), {how}" for name, how in SURVEY.items()},
}
WALKED = (12, 40, 200)


@dataclass
class Found:
    """What was measured at one size, by kind of record; on how many records each agreed, of how many tried."""

    times: dict[str, dict[str, Times]] = field(default_factory=dict)
    agreed: dict[str, tuple[int, int]] = field(default_factory=dict)
    walked: dict[str, Times] = field(default_factory=dict)


class Walking:
    """Ours through a whole questionnaire: an answer arrives; what is shown, what is next, all bounds."""

    def __init__(self, case: Case) -> None:
        """Nothing is asked yet."""
        self.instrument = case.instrument
        self.answers = {item: as_answer(said) for item, said in case.answers["complete"][0].items()}

    def records(self) -> list[Record]:
        """Return the record after each step."""
        record, found = start(self.instrument, "self", TODAY), list[Record]()
        way = walk(self.instrument, record)
        while way.next is not None:
            record = record.saying(way.next, self.answers[way.next])
            way = walk(self.instrument, record)
            found.append(record)
        return found

    def warm(self, budget: float) -> None:
        """Walk once."""
        self.round()

    def round(self) -> float:
        """Return the seconds of one step."""
        record, steps = start(self.instrument, "self", TODAY), 0
        begin = time.perf_counter()
        way = walk(self.instrument, record)
        while way.next is not None:
            record = record.saying(way.next, self.answers[way.next])
            way = walk(self.instrument, record, assess(self.instrument, record).applies)
            steps += 1
        return (time.perf_counter() - begin) / steps


def measured(case: Case, installed: Mapping[str, Installed], plan: Plan) -> Found:
    """Measure at one size."""
    found, score = Found(), straight(case.made)
    ours = partial(assess, case.instrument)
    found.agreed[OURS] = _agreed(case)
    with ExitStack() as stack:
        running, failed = dict[str, Process](), dict[str, str]()
        for name in PEERS:
            try:
                peer = installed[name.partition("+")[0]]
                process = stack.enter_context(Process(peer, HOST, [name, str(case.bundle)], limit=LIMIT))
                found.agreed[name] = _sum([process.ask("agree", kind, 0.5 + plan.budget) for kind in KINDS])
                running[name] = process
            except Failed as failure:
                failed[name] = str(failure)
        for kind in KINDS:
            subjects: dict[str, Timed] = {HAND: Calls(score, [one.get for one in case.answers[kind]])}
            subjects[OURS] = Calls(ours, case.records[kind])
            subjects |= {name: Remote(process, kind) for name, process in running.items()}
            found.times[kind] = in_turns(subjects, plan.budget)
            found.times[kind] |= {name: Times(failed=why) for name, why in failed.items()}
        if case.size in WALKED:
            walkers = {name: Remote(running[name], "walk") for name in SURVEY if name in running}
            walking = Walking(case)
            same = Calls(ours, walking.records())
            found.walked = in_turns({OURS: walking, SAME: same, **walkers}, plan.budget)
    return found


def _agreed(case: Case) -> tuple[int, int]:
    """On how many complete records ours is settled, and on what was meant; of how many."""
    pairs = zip(case.answers["complete"], case.records["complete"], strict=True)
    agreed = [settled(assess(case.instrument, record)) == result(case.made, said) for said, record in pairs]
    return sum(agreed), len(agreed)


def _sum(pairs: Sequence[Sequence[int]]) -> tuple[int, int]:
    return sum(one for one, _ in pairs), sum(of for _, of in pairs)


def text(found: Mapping[int, Found]) -> str:
    """Return the tables."""
    head = ["", *(f"{size:,} items" for size in found)]
    said = [
        "How many times as long as the function by hand takes; in brackets, as askwell takes with all its bounds.",
        "An expression language knows no questionnaire: its host walks through the items, one rule after another.",
    ]
    for kind, title in zip(KINDS, ("Everything is answered", "About 92 % is answered"), strict=True):
        rows = [[HAND, *(span(one.times[kind][HAND].median) for one in found.values())]]
        rows += [[label, *(_cell(one.times[kind], name) for one in found.values())] for name, label in _rows()]
        said += [f"### {title}", grid(head, rows)]
    said += ["### Agreement", _agreement(), grid(head, _agreements(found)), *_walks(found), *_failures(found)]
    return "\n\n".join(said)


def _rows() -> list[tuple[str, str]]:
    return [(OURS, OURS), *PEERS.items()]


def _cell(times: Mapping[str, Times], name: str) -> str:
    one, ours = times[name], times[OURS]
    if one.failed:
        return "–"
    return f"{ratio(one.over)} ×" + ("" if name == OURS else f" ({ratio(one.over / ours.over)})")


def _agreement() -> str:
    return (
        "Records whose result (items shown, total, subtotals, band, flags, band after the flags) is that of the "
        "questionnaire read item by item, of those tried in a few seconds. askwell: complete records, each settled. "
        "The peers: partial ones too, where a missing answer counts as nothing."
    )


def _agreements(found: Mapping[int, Found]) -> list[list[str]]:
    def cell(one: Found, name: str) -> str:
        return "{} of {}".format(*one.agreed[name]) if name in one.agreed else "–"

    return [[label, *(cell(one, name) for one in found.values())] for name, label in _rows()]


def _walks(found: Mapping[int, Found]) -> list[str]:
    walked = {size: one for size, one in found.items() if one.walked}
    ours = [span(one.walked[OURS].median) for one in walked.values()]
    assessed = [f"{ratio(1 / one.walked[SAME].over)} ×" for one in walked.values()]
    rows = [["**askwell**", *ours], ["askwell, over assessing the record after the step and nothing else", *assessed]]
    for name in SURVEY:
        cells = [f"{ratio(one.walked[name].over)} ×" if _has(one, name) else "–" for one in walked.values()]
        rows.append([f"{PEERS[name]}, over askwell", *cells])
    said = "One step of a walk: an answer arrives, and what is shown, what is next and every score are current again."
    return ["### A step of a walk", said, grid(["", *(f"{size:,} items" for size in walked)], rows)]


def _has(one: Found, name: str) -> bool:
    return name in one.walked and not one.walked[name].failed


def _failures(found: Mapping[int, Found]) -> list[str]:
    lines = {
        f"- {PEERS[name]}, {size:,} items: {times.failed}."
        for size, one in found.items()
        for by_name in (*one.times.values(), one.walked)
        for name, times in by_name.items()
        if times.failed
    }
    return ["Not measured:", "\n".join(sorted(lines))] if lines else []
