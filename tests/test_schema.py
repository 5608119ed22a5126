"""The JSON Schema that editors use and the loader agree on the shape of every file."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from engine.format import shape, yaml_tree
from engine.format.examples import EXAMPLES
from engine.format.model import Questionnaire
from engine.format.schema import json_schema, keys_by_part
from tests.test_format import BAD, GOOD

# Of the shape's problems only these are no matter for the schema: it takes an empty value for null, which may stand
# for what is optional.
NOT_IN_THE_SCHEMA = {"empty-value"}

SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", [*GOOD, *BAD], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_schema_and_the_loader_agree_on_the_shape(path: Path) -> None:
    root, _ = yaml_tree.read(path.read_bytes().decode(errors="replace"), str(path))
    if root is None:
        return
    _, problems = shape.check(Questionnaire, root)
    mistakes = {problem.kind for problem in problems} - NOT_IN_THE_SCHEMA
    assert VALIDATOR.is_valid(as_json(root.data())) == (not mistakes)


def as_json(value: Any) -> Any:
    """Numbers as JSON has them."""
    match value:
        case Decimal():
            return float(value)
        case dict():
            return {key: as_json(one) for key, one in value.items()}
        case list():
            return [as_json(one) for one in value]
        case _:
            return value


KEYS = [(part, key) for part, keys in keys_by_part(SCHEMA).items() for key in keys]


@pytest.mark.parametrize(("part", "key"), KEYS)
def test_every_key_says_what_it_is_for_and_shows_an_example_that_is_one(part: str, key: str) -> None:
    described = keys_by_part(SCHEMA)[part][key]
    assert described["description"].endswith(".")
    (example,) = described["examples"]
    jsonschema.Draft202012Validator({**described, "$defs": SCHEMA["$defs"]}).validate(example)


def test_no_example_is_left_over() -> None:
    named = {name for part, key in KEYS for name in (key, f"{part}.{key}")}
    assert set(EXAMPLES) <= named
