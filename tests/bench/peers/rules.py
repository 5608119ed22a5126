"""The made-up questionnaires in the peers' own languages: JSON-Logic, CEL, GoRules' expressions, SurveyJS.

A missing answer is told apart from a wrong one wherever the language would not do that by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.bench.workload import Condition, Item, Questionnaire, items_in

Rule = Any  # a text, or for JSON-Logic a tree
Write = tuple[Callable[[Condition], Rule], Callable[[Item], Rule]]


def documents(made: Questionnaire) -> dict[str, Any]:
    """Return a questionnaire in every language."""
    rules = {name: _rules(made, *write) for name, write in LANGUAGES.items()}
    return rules | {"survey": _survey(made, in_rules=False), "survey_rules": _survey(made, in_rules=True)}


def _rules(made: Questionnaire, condition: Callable[[Condition], Rule], points: Callable[[Item], Rule]) -> Any:
    """Return every rule, beside the items that it reads."""

    def one(when: Condition | None) -> Any:
        return None if when is None else [condition(when), sorted(set(items_in(when)))]

    items = [[item["id"], item["section"], one(item["when"]), [points(item), [item["id"]]]] for item in made["items"]]
    return {"items": items, "flags": [one(flag["when"]) for flag in made["flags"]]}


def _json_logic(when: Condition) -> Rule:
    if "parts" in when:
        return {{"all": "and", "any": "or"}[when["op"]]: [_json_logic(part) for part in when["parts"]]}
    said = {"var": when["item"]}
    if when["op"] == "contains":
        return {"and": [{"!==": [said, None]}, {"in": [when["value"], said]}]}
    compared = {{"==": "===", "!=": "!=="}.get(when["op"], when["op"]): [said, when["value"]]}
    return compared if when["op"] == "==" else {"and": [{"!==": [said, None]}, compared]}


def _json_logic_points(item: Item) -> Rule:
    said = {"var": item["id"]}
    if item["kind"] == "number":
        (first, few), (second, many) = item["points"]
        return {"if": [{">=": [said, second]}, many, {">=": [said, first]}, few, 0]}
    if item["kind"] == "ticks":
        return {"+": [{"if": [{"in": [option, said]}, points, 0]} for option, points in item["points"]]}
    cases = [part for option, points in item["points"] for part in ({"===": [said, option]}, points)]
    return {"if": [*cases, 0]}


@dataclass(frozen=True)
class Syntax:
    """A language of texts, as templates. `answer` is how an item's answer is written."""

    operators: Mapping[str, str]
    present: str
    contains: str
    choose: str
    answer: str = "{item}"
    compare: str = "{name} {op} {value}"

    def condition(self, when: Condition) -> str:
        """Return a condition."""
        if "parts" in when:
            return "(" + f" {self.operators[when['op']]} ".join(map(self.condition, when["parts"])) + ")"
        name = self.answer.format(item=when["item"])
        test = self._test(name, when["op"], when["value"])
        return f"({self.present.format(name=name)} {self.operators['all']} {test})"

    def points(self, item: Item) -> str:
        """Return the points of an item that is answered."""
        name = self.answer.format(item=item["id"])
        if item["kind"] == "number":
            return self.chain((self._test(name, ">=", least), points) for least, points in item["points"][::-1])
        op = "contains" if item["kind"] == "ticks" else "=="
        cases = [(self._test(name, op, option), points) for option, points in item["points"]]
        return " + ".join(self.chain([case]) for case in cases) if op == "contains" else self.chain(cases)

    def chain(self, cases: Iterable[tuple[str, int]]) -> str:
        """Return nested choices: the first case that is true gives the points."""
        text = "0"
        for case, points in reversed(list(cases)):
            text = self.choose.format(case=case, points=points, otherwise=text)
        return text

    def _test(self, name: str, op: str, value: str | int) -> str:
        template = self.contains if op == "contains" else self.compare
        written = f"'{value}'" if isinstance(value, str) else value
        return template.format(name=name, value=written, op=self.operators.get(op, op))


CHOOSE = "({case} ? {points} : {otherwise})"
CEL = Syntax({"all": "&&", "any": "||"}, "has({name})", "{value} in {name}", CHOOSE, answer="a.{item}")
ZEN = Syntax({"all": "and", "any": "or"}, "{name} != null", "contains({name}, {value})", CHOOSE)
SURVEY = Syntax(
    {"all": "and", "any": "or", "==": "=", "!=": "<>"},
    "{name} notempty",
    "{name} contains {value}",
    "iif({case}, {points}, {otherwise})",
    answer="{{{item}}}",
)

LANGUAGES: dict[str, Write] = {
    "json_logic": (_json_logic, _json_logic_points),
    "cel": (CEL.condition, CEL.points),
    "zen": (ZEN.condition, ZEN.points),
}


def _survey(made: Questionnaire, *, in_rules: bool) -> Any:
    """Return a SurveyJS model; unless the scores are in its rules too, the points stand beside the choices."""
    pages = [
        {"name": f"s{section}", "elements": [_question(item) for item in made["items"] if item["section"] == section]}
        for section in range(3)
    ]
    flags = [(f"f{place}", SURVEY.condition(flag["when"])) for place, flag in enumerate(made["flags"])]
    values = [*_scores(made), *flags, ("final", _final(made))] if in_rules else flags
    calculated = [{"name": name, "expression": expression} for name, expression in values]
    return {"clearInvisibleValues": "onHidden", "pages": pages, "calculatedValues": calculated}


def _question(item: Item) -> dict[str, Any]:
    question: dict[str, Any] = {"name": item["id"], "title": item["label"]}
    if item["kind"] == "number":
        question |= {"type": "text", "inputType": "number"}
    else:
        choices = [{"value": option, "text": option, "score": points} for option, points in item["points"]]
        question |= {"type": "checkbox" if item["kind"] == "ticks" else "radiogroup", "choices": choices}
    return question if item["when"] is None else question | {"visibleIf": SURVEY.condition(item["when"])}


def _scores(made: Questionnaire) -> list[tuple[str, str]]:
    values = []
    for item in made["items"]:
        text = SURVEY.points(item)
        number = item["kind"] == "number"
        values.append((f"s_{item['id']}", f"iif({{{item['id']}}} empty, 0, {text})" if number else text))
    for section in range(3):
        parts = ", ".join(f"{{s_{item['id']}}}" for item in made["items"] if item["section"] == section)
        values.append((f"sub{section}", f"sum({parts})"))
    bands = [(f"{{total}} >= {least}", band) for band, least in reversed(list(enumerate(made["bands"], 1)))]
    return [*values, ("total", "{sub0} + {sub1} + {sub2}"), ("band", SURVEY.chain(bands))]


def _final(made: Questionnaire) -> str:
    lifts = [f"iif({{f{place}}} = true, {flag['least']}, 0)" for place, flag in enumerate(made["flags"])]
    return f"max({', '.join(['{band}', *lifts])})"
