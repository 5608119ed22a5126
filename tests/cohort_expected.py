"""What the columns of one record must be, said again by way of `assess` alone."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from engine.format.instrument import Instrument
from engine.interview.assess import assess
from engine.interview.assessment import Assessment, ByRule
from engine.interview.reading import check_judgements
from engine.interview.record import Record

Row = dict[str, Any]


def expected(instrument: Instrument, record: Record) -> Row | None:
    """The columns by name, without line and id; numbers are exact. None where the record's judgements are refused."""
    found = assess(instrument, record)
    if check_judgements(instrument, record, found):
        return None
    row: Row = {}
    for score in found.scores.values():
        if score.profile is not None:
            row[f"{score.id}__profile"] = score.profile
        else:
            row |= {f"{score.id}__lowest": score.lowest, f"{score.id}__highest": score.highest}
            row[f"{score.id}__has_value"] = score.present
        row |= _by_rule(score.id, score.by_rule, score.by_rule_state, score.by_rule_missing)
    for outcome in found.outcomes.values():
        whole = instrument.outcomes[outcome.id]
        levels = [level.id for level in whole.levels]
        row[f"{outcome.id}__applies"], row[f"{outcome.id}__exact"] = outcome.applies, outcome.exact
        ends = {"": outcome.possible}
        if whole.may_raise and not whole.by_judgement:
            ends["computed_"] = outcome.computed
        for which, places in ends.items():
            row[f"{outcome.id}__{which}at_least"] = levels[places[0]] if places else None
            row[f"{outcome.id}__{which}at_most"] = levels[places[-1]] if places else None
        level = None if outcome.by_rule is None else levels[outcome.by_rule]
        row |= _by_rule(outcome.id, level, outcome.by_rule_state, outcome.by_rule_missing)
    row |= {f"{name}__by_rule": raised for name, raised in found.alerts_by_rule.items()}
    return row | _printed(instrument, found)


def _by_rule(name: str, value: object, state: ByRule, missing: int) -> Row:
    said = None if state == "no_rule" else state
    return {f"{name}__by_rule": value, f"{name}__by_rule_state": said, f"{name}__missing": missing}


def _printed(instrument: Instrument, found: Assessment) -> Row:
    services = [(instrument.signposts[place].service, f"signpost:{place}") for place in found.signposts]
    parts = {
        "alerts": [(name, name) for name in found.alerts],
        "plan": [(name, name) for name in found.plan],
        "signposts": services,
    }
    row: Row = {}
    for part, printed in parts.items():
        row[part] = [name for name, _ in printed]
        row[f"{part}_unsure"] = [name for name, key in printed if key in found.unsure]
    return row


def differences(found: Row, record: Row) -> dict[str, tuple[Any, Any]]:
    """The columns where what came out is not what must, both as exact values; a column may be left out where nothing
    ever stands in it.
    """
    found = {name: value for name, value in found.items() if name not in ("line", "id", "refused")}
    pairs = {name: (found.get(name, _nothing(name)), record.get(name, _nothing(name))) for name in found | record}
    return {name: pair for name, pair in pairs.items() if not _same(*pair)}


def _nothing(column: str) -> object:
    if column.endswith(("_unsure", "__missing")):
        return 0 if column.endswith("__missing") else []
    return None if "__by_rule" in column else "there is no such column"


def _same(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, Fraction):  # whole, a decimal, or a text such as "7/3"
        return isinstance(found, int | Decimal | str) and Fraction(found) == wanted
    return type(found) is type(wanted) and found == wanted
