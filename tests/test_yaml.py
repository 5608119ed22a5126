"""What a YAML file says, and where exactly it says it."""

from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from engine.format.yaml_node import Node
from engine.format.yaml_tree import read


def tree(text: str) -> Node:
    root, problems = read(text, "f.yaml")
    assert root is not None
    assert problems == []
    return root


SCALARS = {
    "": None, "~": None, "null": None, "true": True, "False": False, "yes": "yes", "no": "no", "on": "on", "off": "off",
    "12": 12, "-3": -3, "+4": 4, "012": 12, "0o14": 12, "0x1F": 31, "0b11": "0b11", "1_000": "1_000", "1:30": "1:30",
    "1.50": Decimal("1.50"), ".5": Decimal("0.5"), "1e3": Decimal("1e3"), "-0.0": Decimal(0), "1.2.3": "1.2.3",
    "2026-11-23": "2026-11-23", "'12'": "12", '"true"': "true", "0.1": Decimal("0.1"), "=": "=", "12 x": "12 x",
}  # fmt: skip


@pytest.mark.parametrize("written", SCALARS, ids=repr)
def test_a_scalar_is_read_by_yaml_1_2(written: str) -> None:
    value = tree(f"key: {written}\n").data()["key"]
    assert value == SCALARS[written]
    assert type(value) is type(SCALARS[written])


def test_keys_are_words() -> None:
    assert tree("1: a\ntrue: b\nno: c\n'': d\n"[:-6]).data() == {"1": "a", "true": "b", "no": "c"}


PLACES = {
    "a plain word": ("key: one two\n", "two", "1:10"),
    "after an apostrophe": ("key: 'it''s two'\n", "two", "1:13"),
    "an apostrophe itself": ("key: 'it''s two'\n", "'", "1:9"),
    "after an escape": ('key: "\\u00e9\\t\\" two"\n', "two", "1:18"),
    "an escape itself": ('key: "a \\u00e9"\n', "é", "1:9"),
    "after a fold": ("key: one\n  two\n  three\n", "three", "3:3"),
    "after a fold in quotes": ("key: 'one\n   two\n\n  three'\n", "three", "4:3"),
    "after an escaped break": ('key: "one \\\n   two"\n', "two", "2:4"),
    "in a literal block": ("key: |\n  one\n   two\n\n  three\n", "three", "5:3"),
    "in a literal block that says its indentation": ("key: |2-\n    one\n  two\n", "two", "3:3"),
    "in a folded block": ("key: >-  # folded\n  one\n  two\n\n\n  three\n    four\n  five\n", "five", "8:3"),
    "with Windows line ends": ("key: >\r\n  one\r\n  two\r\n", "two", "3:3"),
    "after letters that were put together": ("key: caf\u0065\u0301 two\n", "two", "1:12"),
    "after a byte order mark": ("\ufeffkey: two\n", "two", "1:6"),
    "after letters outside the basic plane": ("key: 😀 two\n", "two", "1:8"),
}


@pytest.mark.parametrize("name", PLACES)
def test_a_word_of_a_value_has_its_place_in_the_file(name: str) -> None:
    text, word, expected = PLACES[name]
    node = tree(text).at(["key"])
    place = node.place_at(str(node.value).index(word), len(word))
    assert f"{place.line}:{place.column}" == expected


WORDS = st.text(st.sampled_from("ab é'\"\\:#\t-,{}[]\u0301"), max_size=12)
LINES = st.lists(WORDS, min_size=1, max_size=5).map("\n".join)


@given(LINES, st.sampled_from(["", "'", '"', "|", ">"]), st.integers(1, 12))
def test_every_character_is_found_where_it_was_written(words: str, style: str, width: int) -> None:
    text: str = yaml.dump({"k": [words]}, default_style=style, width=width, allow_unicode=True)
    root, _ = read(text, "f.yaml")
    assert root is not None
    (node,) = root.at(["k"]).items
    if not isinstance(node.value, str):
        return
    for offset, char in enumerate(node.value):
        place = node.place_at(offset)
        written = text.split("\n")[place.line - 1][place.column - 1 :]
        if char.isascii() and char not in " \n" and written[0] not in "\\'":
            assert written[0] == char


def test_paths_lead_to_values_and_to_keys() -> None:
    root = tree("a:\n  - b: 1\n    c: 2\n")
    assert root.at(["a", 0, "c"]).value == 2
    assert root.key_at(["a", 0, "c"]).value == "c"
    assert root.at(["a", 5, "c"]).is_list
    assert root.at(["a", 0]).place == root.key_at(["a", 0, "b"]).place
