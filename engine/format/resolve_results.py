"""Scores, outcomes and alerts as the instrument has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from engine.format import items, model
from engine.format.draft import Draft, Use
from engine.format.instrument import Alert, Level, Outcome, Score
from engine.format.resolve_missing import missing_rule
from engine.format.yaml_node import Node
from engine.language.absence import may_be_absent
from engine.language.read import Reading, read_number
from engine.language.scope import Numeric, Scope
from engine.language.terms import ALWAYS, Number, Truth
from engine.problem import did_you_mean

_BRACES = re.compile(r"\{([^{}]*)\}")


def read_results(draft: Draft, scope: Scope) -> dict[str, Truth]:
    """Read every condition of scores, outcomes and alerts, by the key it is written under.

    All are read before any pool of missing answers is looked for, because a pool looks through them.
    """
    truths: dict[str, Truth] = {}
    for name in draft.questionnaire.scores:
        node, owner = draft.part("scores", name), draft.owner("scores", name)
        truths[f"{name}.applies_if"] = draft.truth(node.get("applies_if"), scope, f"{name}.applies_if", owner)
    for name, outcome in draft.questionnaire.outcomes.items():
        node, owner = draft.part("outcomes", name), draft.owner("outcomes", name)
        truths[f"{name}.applies_if"] = draft.truth(node.get("applies_if"), scope, f"{name}.applies_if", owner)
        for place, level in enumerate(outcome.levels):
            below = node.at(["levels", place])
            _check_when(draft, outcome, place, below)
            truths[f"{name}.{level.id}"] = draft.truth(below.get("when"), scope, f"{name}.{level.id}", owner)
    for name in draft.questionnaire.alerts:
        # An alert's readings are kept under a name of their own: nothing can depend on an alert.
        node = draft.part("alerts", name, "when")
        truths[name] = draft.truth(node, scope, name, f"alert {name}")
    return truths


def _check_when(draft: Draft, outcome: model.Outcome, place: int, node: Node) -> None:
    written = outcome.levels[place].when is not None
    if outcome.decided_by == "judgement":
        if written:
            message = "This outcome is decided by judgement, so its levels have no conditions."
            draft.report("when-by-judgement", node.key_at(["when"]).place, message, "Delete this line.")
    elif place and not written:
        message = f"The level '{outcome.levels[place].id}' does not say when it holds."
        draft.report("missing-when", node.at(["id"]).place, message, "Add `when`; only the first level needs none.")


def settle_absence(draft: Draft) -> None:
    """Find out which scores may have no value, because others may not be computed with them.

    Each is read once for this, before any is read for good: scores may speak of each other in any order. Where nothing
    is found, that reading is good.
    """
    readings: dict[str, Reading] = {}
    for name, score in draft.questionnaire.scores.items():
        if score.value is not None and draft.owner("scores", name) == name:
            readings[name] = read_number(draft.parsed(score.value), Scope(draft.names))
    values = {name: one.term for name, one in readings.items() if isinstance(one.term, Number)}
    found, settled = True, True
    while found:
        scope, found = Scope(draft.names), False
        for name, value in values.items():
            meaning = draft.names[name].meaning
            if isinstance(meaning, Numeric) and not meaning.may_be_absent and may_be_absent(value, scope):
                draft.names[name] = replace(draft.names[name], meaning=replace(meaning, may_be_absent=True))
                found, settled = True, False
    if settled:
        draft.readings |= {str(draft.questionnaire.scores[name].value): readings[name] for name in values}


def resolve_scores(draft: Draft, scope: Scope, truths: dict[str, Truth]) -> dict[str, Score]:
    """Return the scores by id."""
    values = {}
    for name, score in draft.questionnaire.scores.items():
        node, owner = draft.part("scores", name), draft.owner("scores", name)
        if (score.value is None) == (score.text is None):
            message = "A score has either a `value` (a calculation) or a `text` (a profile of codes)."
            draft.report("score-form", draft.root.key_at(["scores", name]).place, message, "Keep one of the two.")
        number = draft.number(node.at(["value"]), scope, name, owner) if score.value is not None else None
        profile = tuple(_profile(draft, score.text, node.at(["text"]), owner)) if score.text is not None else ()
        values[name] = (number, profile)
    made = {}
    for name, score in draft.questionnaire.scores.items():
        owner = draft.owner("scores", name)
        rule = missing_rule(draft, score.missing, draft.part("scores", name, "missing"), owner)
        number, profile = values[name]
        condition = truths[f"{name}.applies_if"]
        made[name] = Score(name, score.title, number, profile, condition, rule, score.sources)
    return made


def _profile(draft: Draft, text: str, node: Node, owner: str) -> Iterator[str]:
    """Yield literal text and items in turn, beginning and ending with text."""
    draft.written[owner.removeprefix("scores ")] = text
    after = 0
    for match in _BRACES.finditer(text):
        yield text[after : match.start()]
        yield match[1].strip()
        after = match.end()
        _check_coded(draft, match[1].strip(), node, match.start(1))
        use = Use(node, frozenset({match[1].strip()} & draft.items.keys()), ((match[1].strip(), match.start(1)),))
        draft.uses.setdefault(owner, []).append(use)
    yield text[after:]
    loose = re.search(r"[{}]", _BRACES.sub(lambda match: " " * len(match[0]), text))
    if loose or not after:
        offset = loose.start() if loose else 0
        message = "A profile holds items in braces, as in E{eyes}V{voice}."
        draft.report("profile-form", node.place_at(offset, 1 if loose else len(text)), message, "Check the braces.")


def _check_coded(draft: Draft, name: str, node: Node, offset: int) -> None:
    place = node.place_at(offset, max(1, len(name)))
    item = draft.items.get(name)
    if item is None:
        coded = {one for one, written in draft.items.items() if isinstance(written.part, items.PickOne)}
        remedy = did_you_mean(name, coded) or "Name a pick_one item."
        draft.report("unknown-item", place, f"'{name}' is not an item.", remedy)
    elif not isinstance(item.part, items.PickOne):
        message = f"'{name}' is not a pick_one item, so its answers have no codes."
        draft.report("profile-item", place, message, "Name a pick_one item.")
    else:
        for option in item.options:
            if option.code is None:
                message = f"The option '{option.id}' of '{name}' has no code, which the profile '{node.value}' needs."
                where = item.option_nodes[option.id]
                draft.report("missing-code", where.place, message, "Add `code` to the option.")


def resolve_outcomes(draft: Draft, truths: dict[str, Truth]) -> dict[str, Outcome]:
    """Return the outcomes by id."""
    made = {}
    for name, outcome in draft.questionnaire.outcomes.items():
        node = draft.part("outcomes", name)
        by_judgement = outcome.decided_by == "judgement"
        levels = tuple(
            Level(
                level.id,
                level.title,
                level.text,
                ALWAYS if by_judgement else truths[f"{name}.{level.id}"],
                level.sources,
            )
            for level in outcome.levels
        )
        owner = draft.owner("outcomes", name)
        rule = missing_rule(draft, outcome.missing, node.at(["missing"]), owner, tuple(one.id for one in levels))
        judged = outcome.judgement
        made[name] = Outcome(
            name,
            outcome.title,
            levels,
            truths[f"{name}.applies_if"],
            by_judgement=by_judgement,
            may_raise=judged is not None and judged.raise_ != "never",
            may_lower=judged is not None and judged.lower != "never",
            missing=rule,
            sources=outcome.sources,
        )
    return made


def resolve_alerts(draft: Draft, truths: dict[str, Truth]) -> dict[str, Alert]:
    """Return the alerts by id."""
    made = {}
    for name, alert in draft.questionnaire.alerts.items():
        rule = missing_rule(draft, alert.missing, draft.part("alerts", name, "missing"), f"alert {name}")
        made[name] = Alert(
            name,
            truths[name],
            if_unsure=alert.if_unsure == "show",
            stop=alert.stop,
            title=alert.title,
            text=alert.text,
            missing=rule,
            sources=alert.sources,
        )
    return made
