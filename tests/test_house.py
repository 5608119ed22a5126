"""The rules of the house: what is small stays small, everything has a name, and the front page tells the truth.

Which package may import which is written in pyproject.toml and read by lint-imports.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for package in ("engine", "webui", "tests") for path in (ROOT / package).rglob("*.py"))
LOCK = (ROOT / ".ci" / "requirements.lock").read_text()

LONGEST_FILE = 300
LONGEST_FUNCTION = 50
NAMELESS = {"base", "common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}

every_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))


@every_module
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


@every_module
def test_a_function_fits_on_a_screen(path: Path) -> None:
    lengths = [(1 + (function.end_lineno or 0) - function.lineno, function.name) for function in functions_of(path)]
    assert [(lines, name) for lines, name in lengths if lines > LONGEST_FUNCTION] == []


@every_module
def test_a_module_is_named_for_what_it_does(path: Path) -> None:
    assert NAMELESS.isdisjoint(path.relative_to(ROOT).with_suffix("").parts)


def test_the_command_line_loads_the_site_only_when_asked_to_serve() -> None:
    eager = [
        (path.relative_to(ROOT).as_posix(), module)
        for path in MODULES
        if path.is_relative_to(ROOT / "engine")
        for module in imported_on_loading(ast.parse(path.read_text()))
        if module.split(".")[0] == "webui"
    ]
    assert eager == []


def test_the_lock_pins_every_package_by_hash_and_names_no_server_and_no_place() -> None:
    pins = re.findall(r"^\S+==\S+ \\\n    --hash=sha256:[0-9a-f]{64}", LOCK, flags=re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[^#\s]", LOCK, flags=re.MULTILINE))
    assert re.findall(r"://|(?<![a-z])/[a-z]+/|^-.*", LOCK, flags=re.MULTILINE) == []


def test_the_lock_holds_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
        *project["build-system"]["requires"],
    ]
    names = {re.split(r"[<>=~!\[; ]", requirement)[0].lower() for requirement in wanted}
    assert names - set(re.findall(r"^(\S+)==", LOCK, flags=re.MULTILINE)) == set()


def test_every_make_command_on_the_front_page_works() -> None:
    readme = (ROOT / "README.md").read_text()
    shown = set(re.findall(r"^\s*(?:\$ )?make ([\w-]+)", "\n".join(fenced(readme)), flags=re.MULTILINE))
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert {"run", "test"} <= shown <= targets


def functions_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported_on_loading(node: ast.AST) -> Iterator[str]:
    """Every module that an import outside functions names."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
            return
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=str(module), level=0):
            yield module
        case _:
            for child in ast.iter_child_nodes(node):
                yield from imported_on_loading(child)


def fenced(markdown: str) -> list[str]:
    return re.findall(r"^```[^\n]*\n(.*?)^```", markdown, flags=re.MULTILINE | re.DOTALL)
