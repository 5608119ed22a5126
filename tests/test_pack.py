"""A pack is handed over and served; what is no honest pack is refused in words, and writes nothing."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from engine.cli import main
from engine.workshop.unpack import LARGEST_FILE, MOST_FILES, InvalidPack, unpack
from tests.served import Clock, Person
from webui import Settings, create_app
from webui.library import open_library
from webui.serve import report

Change = Callable[[zipfile.ZipFile], None]


def askwell(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packed")
    assert askwell("new", "lone_visits", "--in", folder, "--on", "2026-11-23").exit_code == 0
    result = askwell("pack", folder / "lone_visits", "-o", folder / "lone_visits.zip")
    assert result.exit_code == 0, result.output
    assert "8 of 8 promises proved or waived" in result.output
    return folder / "lone_visits.zip"


def changed(pack: Path, folder: Path, change: Change) -> Path:
    """A copy of a pack, with something put into it."""
    copy = folder / "changed.zip"
    copy.write_bytes(pack.read_bytes())
    with zipfile.ZipFile(copy, "a") as archive:
        change(archive)
    return copy


def test_a_pack_holds_everything_and_the_same_content_gives_the_same_bytes(pack: Path, tmp_path: Path) -> None:
    name, files = unpack(pack)
    assert name == "lone_visits"
    inside = {"directory/services.yaml", "lone_visits/cases.yaml", "lone_visits/questionnaire.yaml"}
    assert set(files) == inside | {"manifest.json", "proofs.json"}
    assert all(files[one] == (pack.parent / one).read_bytes() for one in inside)
    assert {one["status"] for one in json.loads(files["proofs.json"])} == {"proved"}
    assert askwell("pack", pack.parent / "lone_visits", "-o", tmp_path / "again.zip").exit_code == 0
    assert (tmp_path / "again.zip").read_bytes() == pack.read_bytes()


def test_a_questionnaire_that_is_shipped_is_packed_by_its_id(tmp_path: Path) -> None:
    result = askwell("pack", "first_contact", "--no-proofs", "-o", tmp_path / "a.zip")
    assert (result.exit_code, "without proofs" in result.output) == (0, True)
    assert unpack(tmp_path / "a.zip")[0] == "first_contact"


def test_a_folder_of_packs_is_served(pack: Path, tmp_path: Path) -> None:
    (tmp_path / "lone_visits.zip").write_bytes(pack.read_bytes())
    (tmp_path / "junk.zip").write_bytes(b"PK\x03\x04 and nothing more")
    app = create_app(Settings(questionnaires=tmp_path, now=Clock()))
    lines = "\n".join(report(app.extensions["askwell"]))
    assert "Ready: lone_visits 0.1.0" in lines
    assert "junk.zip: this is not a pack that can be used. It cannot be read as a zip file." in lines
    person = Person(app).begins()
    person.answers("yes").presses("go_on").presses("summary")
    assert "999" in person.words
    assert f"0.1.0 · {app.extensions['askwell'].library.titles[0].instrument.content_hash[:12]}" in person.words


def test_the_same_questionnaire_twice_is_said(pack: Path, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        (tmp_path / name).write_bytes(pack.read_bytes())
    library = open_library(tmp_path)
    assert len(library.titles) == 1
    assert "there is already a questionnaire 'lone_visits' here" in library.broken[0].problems


def test_a_pack_with_a_mistake_in_it_says_where(pack: Path, tmp_path: Path) -> None:
    folder = tmp_path / "q"
    assert askwell("new", "broken", "--in", folder).exit_code == 0
    assert askwell("pack", folder / "broken", "--no-proofs", "-o", tmp_path / "broken.zip").exit_code == 0
    name, files = unpack(tmp_path / "broken.zip")
    wrong = files[f"{name}/questionnaire.yaml"].replace(b"type: yes_no", b"type: yes_noo", 1)
    rewritten = tmp_path / "broken.zip"
    _rewrite(rewritten, {**files, f"{name}/questionnaire.yaml": wrong})
    problems = open_library(tmp_path).broken[0].problems
    assert f"{rewritten}/broken/questionnaire.yaml:" in problems
    assert "askwell-" not in problems


def _rewrite(pack: Path, files: dict[str, bytes]) -> None:
    import hashlib

    manifest = json.loads(files.pop("manifest.json"))
    manifest["files"] = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    with zipfile.ZipFile(pack, "w") as archive:
        for name, content in {**files, "manifest.json": json.dumps(manifest).encode()}.items():
            archive.writestr(name, content)


def named(name: str, content: bytes = b"x") -> Change:
    return lambda archive: archive.writestr(name, content)


def link(archive: zipfile.ZipFile) -> None:
    entry = zipfile.ZipInfo("lone_visits/cases.yaml")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    archive.writestr(entry, "/etc/passwd")


def bomb(archive: zipfile.ZipFile) -> None:
    archive.writestr("directory/more.yaml", bytes(LARGEST_FILE + 1), zipfile.ZIP_DEFLATED)


def many(archive: zipfile.ZipFile) -> None:
    for place in range(MOST_FILES):
        archive.writestr(f"directory/a{place}.yaml", b"")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (named("../evil.yaml"), "'../evil.yaml' does not belong into a pack."),
        (named("lone_visits/../../evil.yaml"), "does not belong into a pack."),
        (named("/etc/evil.yaml"), "does not belong into a pack."),
        (named("C:\\evil.yaml"), "does not belong into a pack."),
        (named("directory/..\\evil.yaml"), "does not belong into a pack."),
        (named("lone_visits/run.py"), "does not belong into a pack."),
        (named("bell\a.yaml"), "A name with unseen characters does not belong into a pack."),
        (named("directory/more.yaml"), "'directory/more.yaml' was changed after it was packed."),
        (named("other/questionnaire.yaml"), "'other/questionnaire.yaml' belongs to another questionnaire."),
        (link, "'lone_visits/cases.yaml' is a link or no file at all."),
        (bomb, "'directory/more.yaml' is too large when it is unpacked."),
        (many, f"It holds more than {MOST_FILES} files."),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_does_not_belong_is_refused(pack: Path, tmp_path: Path, change: Change, why: str) -> None:
    copy = changed(pack, tmp_path, change)
    with pytest.raises(InvalidPack) as refused:
        unpack(copy)
    assert why in str(refused.value)
    library = open_library(tmp_path)
    assert (library.titles, len(library.broken)) == ((), 1)
    assert [path.name for path in tmp_path.iterdir()] == ["changed.zip"]


def test_a_file_twice_is_refused(pack: Path, tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        copy = changed(pack, tmp_path, named("lone_visits/cases.yaml"))
    with pytest.raises(InvalidPack, match="is in it twice"):
        unpack(copy)


@pytest.mark.parametrize(
    "manifest", [None, b"", b"[]", b'{"askwell_pack": 1}', b'{"askwell_pack": 2, "id": "x", "files": {}}']
)
def test_a_pack_without_a_manifest_that_fits_is_refused(tmp_path: Path, manifest: bytes | None) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("x/questionnaire.yaml", "askwell: 1")
        if manifest is not None:
            archive.writestr("manifest.json", manifest)
    (tmp_path / "x.zip").write_bytes(made.getvalue())
    with pytest.raises(InvalidPack):
        unpack(tmp_path / "x.zip")


@given(data=st.data())
def test_no_damage_to_a_pack_ends_in_anything_but_words(
    pack: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(pack.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content) - 1)) :]
    damaged = tmp_path_factory.getbasetemp() / "damaged.zip"
    damaged.write_bytes(content)
    try:
        said = unpack(damaged)[0]
    except InvalidPack as refused:
        said = str(refused)
    assert said == "lone_visits" or said.endswith(".")
