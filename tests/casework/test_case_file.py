"""A case file opens as what was saved; one that is shut, cut off, altered or something else says so in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from engine.casework.case_file import LARGEST, InvalidCaseFile, json_schema, read_text, to_text, written
from engine.casework.migrate import open_case
from engine.casework.passphrase import WeakPassphrase, WrongPassphrase
from engine.casework.sealed_file import MAGIC, seal, unseal
from engine.cli import main
from tests.casework.people import NOW, PASSPHRASE, QUICK, a_case
from tests.interview.screen import SCREEN, STEADY
from tests.test_house import ROOT

CASE = a_case()
FILE = written(CASE)
SEALED = seal(FILE, PASSPHRASE, QUICK)
SCHEMA = json_schema()


def test_a_case_comes_back_as_it_was_saved() -> None:
    assert open_case(SCREEN, unseal(SEALED, PASSPHRASE), NOW) == CASE


def test_what_is_saved_follows_the_published_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(json.loads(to_text(FILE)))


def test_the_schema_says_of_every_key_what_it_is_for() -> None:
    for name, part in {**SCHEMA["$defs"], "CaseFile": SCHEMA}.items():
        for key, described in part.get("properties", {}).items():
            assert "description" in described, f"{name}.{key}"


def test_the_schema_can_be_had_from_the_command_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["schema", "--case-file", "-o", str(tmp_path / "case.json")])
    assert result.exit_code == 0
    assert json.loads((tmp_path / "case.json").read_text()) == SCHEMA


def test_nothing_that_was_said_can_be_read_in_the_file() -> None:
    for words in (b"ex_partner", b"Ms A.", b"01632", b"2026-0117", b"neighbour"):
        assert words not in SEALED


def test_two_cases_of_about_the_same_size_make_files_of_the_same_size() -> None:
    other = seal(written(a_case(threats=["kill", "harm"], visits="never")), PASSPHRASE, QUICK)
    assert abs(len(other) - len(SEALED)) < 16  # the header alone may differ by a digit


def test_a_file_of_any_size_is_not_read() -> None:
    with pytest.raises(InvalidCaseFile, match="too large"):
        unseal(SEALED + b" " * LARGEST, PASSPHRASE)


def test_a_passphrase_typed_on_another_keyboard_is_the_same() -> None:
    assert unseal(SEALED, PASSPHRASE.replace("è", "e\u0300")) == FILE


@pytest.mark.parametrize("passphrase", [PASSPHRASE.upper(), PASSPHRASE + " ", "", "another one altogether"])
def test_a_wrong_passphrase_is_told_as_such(passphrase: str) -> None:
    with pytest.raises(WrongPassphrase, match="not its passphrase"):
        unseal(SEALED, passphrase)


def test_a_short_passphrase_is_not_taken() -> None:
    with pytest.raises(WeakPassphrase, match="at least 12"):
        seal(FILE, "short", QUICK)


@STEADY
@given(st.integers(0, len(SEALED) - 1))
def test_a_file_that_is_cut_off_anywhere_says_so(length: int) -> None:
    with pytest.raises(InvalidCaseFile, match="cut off"):
        unseal(SEALED[:length], PASSPHRASE)


@settings(STEADY, max_examples=40)  # each costs a key
@given(st.integers(0, len(SEALED) - 1), st.integers(0, 7))
def test_one_altered_bit_anywhere_keeps_the_file_shut(place: int, bit: int) -> None:
    altered = bytearray(SEALED)
    altered[place] ^= 1 << bit
    # an altered salt or check looks like another passphrase: nothing can tell the two apart
    with pytest.raises((InvalidCaseFile, WrongPassphrase)):
        unseal(bytes(altered), PASSPHRASE)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 something else", "not a case file"),
        (SEALED.replace(b"case file 1", b"case file 2"), "newer format"),
        (SEALED.replace(b'"n": 16384', b'"n": 2147483648'), "altered"),
        (SEALED.replace(b'"n": 16384', b'"n": 1e999'), "altered"),
        (SEALED.replace(b'"kdf": "scrypt"', b'"kdf": "sha256"'), "altered"),
        (MAGIC + b"[" * 1000 + b"\n", "altered"),
        (SEALED + b"more", "altered"),
        (SEALED[:-1] + bytes([SEALED[-1] ^ 1]), "altered"),
    ],
)
def test_what_is_no_case_file_of_ours_is_told_apart(content: bytes, words: str) -> None:
    with pytest.raises(InvalidCaseFile, match=words):
        unseal(content, PASSPHRASE)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"askwell_case": 2}, "newer format"),
        ({"reference": "../x"}, "reference"),
        ({"gate": {"voicemail": "perhaps"}}, "gate.voicemail"),
        ({"gate": {"caller": "\u0000"}}, "gate.caller"),
        ({"extra": 1}, "extra"),
        ({"revision": -1, "delete_after": "soon"}, "delete_after.*revision"),
    ],
)
def test_json_that_is_not_a_case_says_what_is_wrong(change: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidCaseFile, match=words):
        read_text(json.dumps({**json.loads(to_text(FILE)), **change}))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000])
def test_what_is_no_json_of_a_case_is_not_a_case_file(text: str) -> None:
    with pytest.raises(InvalidCaseFile, match="not a case file"):
        read_text(text)


def test_the_example_in_the_documentation_is_a_case_file() -> None:
    page = (ROOT / "docs" / "case-file.md").read_text(encoding="utf-8")
    example = page.partition("```json\n")[2].partition("```")[0]
    assert read_text(example).reference == "2026-0117"
    Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(json.loads(example))
    assert set(json.loads(example)) == set(SCHEMA["properties"])
