"""Every questionnaire of a folder, ready to be asked, each with its directory of services.

A questionnaire or a directory with problems is kept apart, with its problems for the operator, and never served; the
others are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from engine.format.directory import Directory
from engine.format.instrument import Instrument
from engine.format.load import load, questionnaires_in
from engine.format.load_directory import load_directory
from engine.format.tongue import ENGLISH, PSEUDO
from engine.format.translation import WARNINGS
from engine.interview.editions import open_edition
from engine.interview.opening import open_questionnaire
from engine.problem import InvalidQuestionnaire
from engine.workshop.unpack import InvalidPack, unpack
from webui.settings import InvalidSettings
from webui.site_words import site_in


@dataclass(frozen=True, slots=True)
class Title:
    """One questionnaire that can be asked."""

    instrument: Instrument
    directory: Directory | None
    editions: Mapping[str, Title]
    """The same in each of its languages, its own first."""

    @property
    def language(self) -> str:
        """The language of its words."""
        return self.instrument.questionnaire.language

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it can be asked in."""
        return tuple(self.editions)

    def speaking(self, language: str) -> Title:
        """Return it in this language, or in its own if it cannot be had in this one."""
        return self.editions.get(language) or next(iter(self.editions.values()))


@dataclass(frozen=True, slots=True)
class Broken:
    """One file that cannot be used, and why, in words for its author."""

    path: Path
    problems: str


@dataclass(frozen=True, slots=True)
class Library:
    """What there is to ask, and what is kept apart."""

    titles: tuple[Title, ...]
    broken: tuple[Broken, ...]
    withheld: tuple[str, ...] = ()
    """The languages that are not offered, and why, a line each."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language that something can be asked in."""
        found = dict.fromkeys(language for title in self.titles for language in title.languages)
        return tuple(found) or (ENGLISH.language,)


def open_library(folder: Path, offered: Sequence[str] = (), nation: str = "", drafts: Sequence[str] = ()) -> Library:
    """Return the questionnaires of this folder, and those in the packs (ID.zip) of this folder.

    The directories of services lie in its folder `directory`; a pack brings its own. `offered` are the ids of those
    that are wanted, in this order; otherwise all are. The services of `nation` stand before those of other nations.
    `drafts` are the languages in which a translation that is not finished is offered.
    Raises InvalidSettings where there is no such questionnaire, or nation.
    """
    directories, broken = _directories(folder / "directory")
    if nation:
        directories = _with_first(nation, directories)
    withheld: list[str] = []
    found = [_with_editions(path, directories, drafts, withheld) for path in questionnaires_in(folder)]
    for pack in sorted(folder.glob("*.zip")):
        known = {one.instrument.id for one in found if isinstance(one, Title)}
        found.append(_in_pack(pack, nation, known, drafts, withheld))
    titles = [one for one in found if isinstance(one, Title)]
    broken += [one for one in found if isinstance(one, Broken)]
    # The shortest stands first: it asks the least of somebody who does not know yet.
    titles.sort(key=lambda title: len(title.instrument.items))
    chosen = _chosen(titles, broken, offered) if offered else tuple(titles)
    return Library(chosen, tuple(broken), tuple(withheld))


def _in_pack(
    pack: Path, nation: str, known: Collection[str], drafts: Sequence[str], withheld: list[str]
) -> Title | Broken:
    """Return the questionnaire in a pack. Its files are on the disk only while they are read."""
    try:
        name, files = unpack(pack)
    except InvalidPack as invalid:
        return Broken(pack, f"{pack}: this is not a pack that can be used. {invalid}\n")
    if name in known:
        return Broken(pack, f"{pack}: there is already a questionnaire '{name}' here.\n")
    with TemporaryDirectory(prefix="askwell-") as place:
        for inside, content in files.items():
            file = Path(place, inside)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        directories, broken = _directories(Path(place, "directory"))
        if any(nation in directory.nations for directory in directories.values()):
            directories = _with_first(nation, directories)
        kept_back: list[str] = []
        found = _with_editions(Path(place, name), directories, drafts, kept_back)
        withheld += [line.replace(place, str(pack)) for line in kept_back]
        if isinstance(found, Title):
            return found
        return Broken(pack, "".join(one.problems for one in (*broken, found)).replace(place, str(pack)))


def _with_editions(
    path: Path, directories: dict[str, Directory], drafts: Sequence[str], withheld: list[str]
) -> Title | Broken:
    """Return a questionnaire in its languages; why others are kept back is added to `withheld`."""
    found = _title(path, directories)
    if isinstance(found, Title):
        withheld += translated(path, found, drafts)
    return found


def _chosen(titles: Sequence[Title], broken: Sequence[Broken], offered: Sequence[str]) -> tuple[Title, ...]:
    by_id = {title.instrument.id: title for title in titles}
    withheld = {name for one in broken for name in (one.path.parent.name, one.path.stem)}
    for name in offered:
        if name not in by_id and name not in withheld:
            near = ", ".join(get_close_matches(name, by_id, n=1)) or ", ".join(sorted(by_id)) or "none"
            raise InvalidSettings(f"ASKWELL_OFFERED names '{name}': there is no such questionnaire. There is: {near}.")
    return tuple(by_id[name] for name in offered if name in by_id)


def _with_first(nation: str, directories: Mapping[str, Directory]) -> dict[str, Directory]:
    known = {name for directory in directories.values() for name in directory.nations}
    if known and nation not in known:
        raise InvalidSettings(f"ASKWELL_NATION is '{nation}': there are {', '.join(sorted(known))}.")
    return {
        name: directory.model_copy(
            update={"nations": dict(sorted(directory.nations.items(), key=lambda one: one[0] != nation))}
        )
        for name, directory in directories.items()
    }


def _title(path: Path, directories: dict[str, Directory]) -> Title | Broken:
    try:
        # Which directory it names is known only once it is loaded; its services are checked the second time.
        named = load(path).questionnaire.directory
        if named is None:
            return alone(open_questionnaire(path), None)
        if named not in directories:
            return Broken(path, f"{path}: its directory '{named}' is not there, or cannot be used.\n")
        return alone(open_questionnaire(path, directories[named]), directories[named])
    except InvalidQuestionnaire as invalid:
        return Broken(path, invalid.render())


def alone(instrument: Instrument, directory: Directory | None) -> Title:
    """Return a questionnaire in its own language only."""
    editions: dict[str, Title] = {}
    title = Title(instrument, directory, editions)
    editions[title.language] = title
    return title


def translated(path: Path, title: Title, drafts: Sequence[str]) -> list[str]:
    """Add the languages that may be offered to a title; return why the others may not, a line each."""
    editions = cast("dict[str, Title]", title.editions)
    withheld = []
    wanted = (*title.instrument.questionnaire.translations, *(one for one in PSEUDO if one in drafts))
    for language in wanted:
        edition = open_edition(path, title.instrument, title.directory, language)
        site = site_in(language)
        problems = [one for one in (*edition.problems, *site.problems) if one.kind not in WARNINGS]
        what = f"{title.instrument.id} in {language}"
        if edition.instrument is None or problems:
            first = problems[0]
            place = f"{first.place.file}:{first.place.line}"
            more = f", and {len(problems) - 1} more" if len(problems) > 1 else ""
            withheld.append(f"{what} is not offered: {place}: {first.message}{more}.")
        elif (draft := edition.draft or site.draft) and language not in drafts:
            withheld.append(f"{what} is a draft ({draft}); name it in ASKWELL_DRAFTS to offer it.")
        else:
            editions[language] = Title(edition.instrument, edition.directory, editions)
    return withheld


def _directories(folder: Path) -> tuple[dict[str, Directory], list[Broken]]:
    directories: dict[str, Directory] = {}
    broken = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            directory = load_directory(path)
        except InvalidQuestionnaire as invalid:
            broken.append(Broken(path, invalid.render()))
        else:
            directories[directory.id] = directory
    return directories, broken
