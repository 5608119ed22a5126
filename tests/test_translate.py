"""Translations: kept in PO files, shown only when they are complete and of the words as they are now."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.cli import main
from engine.format.load import load
from engine.format.load_directory import load_directory
from engine.format.po import CATALOGUE_KINDS, Catalogue, Entry, po_text, read_po
from engine.format.pseudo import KEPT, pseudo
from engine.format.retell import retell
from engine.format.texts import texts_of, texts_of_directory, with_words
from engine.format.tongue import PSEUDO, Tongue
from engine.format.translation import TRANSLATION_KINDS, told_in
from engine.interview.editions import open_edition
from engine.interview.opening import open_questionnaire
from engine.interview.own_words import own_words
from engine.interview.record import start
from engine.interview.red_flags import red_flags
from engine.interview.summarise import summarise
from engine.workshop.translate.renew import renewed

SHIPPED = Path(__file__).parent.parent / "questionnaires"
ON = date(2026, 11, 23)
SMALL = """\
askwell: 1
id: pets
version: 1.0.0
title: Is this dog dangerous?
caution: {self: An example., practitioner: "An example, and about dogs."}
translations: [cy]
voices: [self, practitioner]
review: {last: 2026-11-23, due: 2027-11-23}
groups: {override_owner: [owner]}
sections:
  - id: dog
    title: The dog
    items:
      - {id: bites, ask: How often does it bite?, type: pick_one, options: {never: Never, often: Often}}
      - {id: growls, ask: Does it growl at you?, type: yes_no}
      - {id: seen, ask: Did it growl today?, type: yes_no, applies_if: growls}
      - {id: owner, ask: Is its owner there?, type: yes_no}
      - {id: name, ask: What colour is it?, type: pick_one, options: {black: Black, brown: Brown}}
outcomes:
  danger: {title: Danger, levels: [{id: some, title: Some}, {id: high, title: High, when: seen}]}
alerts:
  call: {when: bites is often, title: Call 999, text: "Call 999, or 0808 802 0300. See example.org."}
"""


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    (tmp_path / "pets").mkdir()
    (tmp_path / "pets" / "questionnaire.yaml").write_text(SMALL)
    return tmp_path / "pets"


def translate(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["translate", *words])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.output


def fill(pets: Path, words: str = "Welsh: {}") -> Path:
    """Translate everything at once."""
    file = pets / "locale" / "cy" / "LC_MESSAGES" / "messages.po"
    if not file.exists():
        translate("extract", str(pets), "cy")
    before, _ = read_po(file.read_bytes(), str(file))
    entries = {key: replace(one, words=words.format(one.source)) for key, one in before.entries.items()}
    file.write_text(po_text(replace(before, entries=entries)))
    return file


def test_every_word_that_a_person_may_read_is_listed_and_can_be_told_otherwise() -> None:
    directory = load_directory(SHIPPED / "directory" / "uk.yaml")
    instrument = open_questionnaire(SHIPPED / "stalking_screen", directory)
    texts = texts_of(instrument)
    told = retell(instrument, with_words({place: f"\N{SNOWMAN}{place}" for place in texts}))
    assert texts_of(told) == {place: f"\N{SNOWMAN}{place}" for place in texts}
    record = start(told, "self", ON).saying("who", "ex_partner").saying("threats", ("kill",))
    page = summarise(told, record, None)
    words = [page.title, page.caution, *(one.title for one in page.alerts), *(one.question for one in page.unanswered)]
    words += [step.text for theme in page.plan for step in theme.steps] + [
        one.level for one in page.findings if one.because
    ]
    assert [one for one in words if "\N{SNOWMAN}" not in one] == []
    assert all(texts_of_directory(directory).values())


@pytest.mark.parametrize("language", PSEUDO)
def test_a_pseudo_language_keeps_what_must_be_kept(language: str) -> None:
    for words in [*own_words().values(), *texts_of(load(SHIPPED / "stalking_screen")).values()]:
        told = pseudo(words, language)
        assert KEPT.findall(told) == KEPT.findall(words)
        assert [one for one in told if one.isdigit()] == [one for one in words if one.isdigit()]


def test_a_pseudo_language_is_longer_by_a_third_or_written_from_right_to_left(pets: Path) -> None:
    instrument = open_questionnaire(pets)
    for language, ask in (("en-XA", "[Ĥóŵ óƒţéñ đóéš íţ ƀíţé? one two]"), ("ar-XB", "حوخ وفتهن دوهس يت بيته?")):
        edition = open_edition(pets, instrument, None, language)
        assert edition.instrument is not None
        assert edition.instrument.items["bites"].ask.says("self") == ask
        assert edition.draft
    assert (Tongue("en-XA").rightwards, Tongue("ar-XB").rightwards) == (True, False)


@pytest.mark.parametrize(
    ("language", "name", "day", "weekday", "clock"),
    [
        ("en", "English", "3 November 2026", "Tuesday", "5:30pm"),
        ("cy", "Cymraeg", "3 Tachwedd 2026", "Dydd Mawrth", "17:30"),
        ("ar", "العربية", "3 نوفمبر 2026", "الثلاثاء", "5:30 م"),
        ("pl", "Polski", "3 listopada 2026", "wtorek", "17:30"),
    ],
)
def test_a_language_names_itself_and_writes_dates_its_own_way(
    language: str, name: str, day: str, weekday: str, clock: str
) -> None:
    tongue = Tongue(language)
    said = (
        tongue.own_name,
        tongue.day(date(2026, 11, 3)),
        tongue.weekday(1),
        tongue.clock(17, 30).replace("\xa0", " "),
    )
    assert said == (name, day, weekday, clock)


def test_red_flags_are_what_an_alert_reads_what_an_author_marks_and_what_raises_a_level_alone(pets: Path) -> None:
    # `seen` is asked only of some: it must not be missed for that. What it hangs on does not raise anything alone.
    assert red_flags(open_questionnaire(pets), ON) == {"bites", "owner", "seen"}


def test_a_complete_translation_is_opened_and_the_original_stays(pets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = fill(pets)
    told, problems = told_in(texts_of(load(pets)), read_po(file.read_bytes(), str(file))[0])
    assert problems == []
    assert told["items.bites.ask"] == "Welsh: How often does it bite?"
    assert translate("status", str(pets))[0] == 0


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ('msgstr "Welsh: Never"', 'msgstr ""', "missing-translation"),
        ('msgid "Never"', 'msgid "Not ever"', "outdated-translation"),
        ('msgctxt "items.bites.ask"', '#, fuzzy\nmsgctxt "items.bites.ask"', "fuzzy-translation"),
        ('msgstr "Welsh: Never"', 'msgstr "Welsh: {never}"', "parts-differ"),
        ('msgstr "Welsh: Never"', 'msgstr "Welsh: %"', "parts-differ"),
        ('msgstr "Welsh: Call 999"', 'msgstr "Welsh: Call 990"', "number-differs"),
        ('0808 802 0300. See example.org."\n\n', '0808 802 0301. See example.org."\n\n', "number-differs"),
        ('0808 802 0300. See example.org."\n\n', '0808 802 0300. See example.com."\n\n', "address-differs"),
        ('msgctxt "items.bites.ask"', 'msgctxt "items.barks.ask"', "leftover-translation"),
    ],
)
def test_a_translation_that_may_not_be_shown_is_told_with_its_place(pets: Path, old: str, new: str, kind: str) -> None:
    file = fill(pets)
    text = file.read_text() + "\n"
    assert old in text
    file.write_text(new.join(text.rsplit(old, 1)) if old.endswith("\n\n") else text.replace(old, new))
    code, said = translate("status", str(pets), "cy", "--all", "--json")
    (found,) = json.loads(said)
    lines = file.read_text().split("\n")
    assert code == 1
    assert kind in TRANSLATION_KINDS
    assert {one["kind"] for one in found["problems"]} >= {kind}
    assert all(
        lines[one["line"] - 1].startswith(("msgstr", "msgctxt", "#")) for one in found["problems"] if one["line"] > 1
    )
    edition = open_edition(pets, open_questionnaire(pets), None, "cy")
    assert edition.instrument is None


def test_a_red_flag_question_without_translation_is_named(pets: Path) -> None:
    file = fill(pets)
    file.write_text(file.read_text().replace('msgstr "Welsh: Is its owner there?"', 'msgstr ""'))
    assert json.loads(translate("status", str(pets), "--json")[1])[0]["red_flags_missing"] == ["owner"]


@pytest.mark.parametrize(
    ("content", "kind", "line"),
    [
        (b'msgid ""\nmsgstr ""\n\nmsgctxt "a"\nmsgid hello\nmsgstr "x"\n', "not-a-catalogue", 5),
        (b'msgid "a"\n\nmsgid "b"\nmsgstr "x"\n', "not-a-catalogue", 1),
        (b"\x00\xff", "not-utf-8", 1),
        ('msgid "a"\nmsgstr "b\u202e"\n'.encode(), "unsafe-text", 2),
        (b'msgctxt "a"\nmsgid "b"\nmsgstr "c"\n\nmsgctxt "a"\nmsgid "d"\nmsgstr "e"\n', "said-twice", 5),
        (b" " * (4 << 20) + b"x", "too-large", 1),
    ],
)
def test_a_file_that_cannot_be_used_is_told_with_its_line(content: bytes, kind: str, line: int) -> None:
    _, problems = read_po(content, "x.po")
    assert (kind, line) in {(one.kind, one.place.line) for one in problems}
    assert {one.kind for one in problems} <= set(CATALOGUE_KINDS)


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text('msgidctxr "\\\n#~|,.[0]{}%', max_size=300).map(str.encode))
@example(b'#| msgid "\nmsgid ""\nmsgid_plural ""\nmsgstr[0] ""\n"')
def test_no_file_is_too_broken_to_be_told_about(content: bytes) -> None:
    catalogue, _ = read_po(content, "x.po")
    told_in({"a": "A"}, catalogue)


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn", "Mn")), min_size=1
)


@settings(deadline=None)
@given(st.lists(st.tuples(words, words, words, st.booleans()), unique_by=lambda one: one[0]))
def test_what_is_written_is_read_again(said: list[tuple[str, str, str, bool]]) -> None:
    entries = {place: Entry(place, source, told, fuzzy=fuzzy) for place, source, told, fuzzy in said}
    after, problems = read_po(po_text(Catalogue("x.po", {"Language": "cy"}, entries=entries)).encode(), "x.po")
    assert problems == []
    assert {key: (one.source, one.words, one.fuzzy) for key, one in after.entries.items()} == {
        place: (source, told, fuzzy) for place, source, told, fuzzy in said
    }


def test_renewing_loses_nothing_that_a_translator_has_written() -> None:
    before = Catalogue(
        "x.po",
        entries={
            "a": Entry("a", "Old words", "Hen eiriau", notes=("mine",)),
            "b": Entry("b", "Same", "Yr un"),
            "gone": Entry("gone", "Moved", "Symudwyd"),
        },
    )
    after = renewed({"a": "New words", "b": "Same", "c": "Moved", "d": "Fresh"}, lambda _: (), before, "cy", "x")
    assert {key: (one.words, one.fuzzy, one.before, one.notes) for key, one in after.entries.items()} == {
        "a": ("Hen eiriau", True, "Old words", ("mine",)),
        "b": ("Yr un", False, "", ()),
        "c": ("Symudwyd", True, "", ()),
        "d": ("", False, "", ()),
    }
    assert [one.words for one in after.obsolete] == ["Symudwyd"]
    once_more = renewed({"a": "New words", "gone": "Moved"}, lambda _: (), after, "cy", "x")
    assert (once_more.entries["a"].fuzzy, once_more.entries["gone"].words) == (True, "Symudwyd")


def test_a_translator_is_told_where_words_appear_and_for_whom(pets: Path) -> None:
    translate("extract", str(pets), "cy")
    text = (pets / "locale" / "cy" / "LC_MESSAGES" / "messages.po").read_text()
    assert "#. RED FLAG" in text.split('msgctxt "items.owner.ask"')[0].rsplit("\n\n", 1)[1]
    assert "#. RED FLAG" not in text.split('msgctxt "items.name.ask"')[0].rsplit("\n\n", 1)[1]
    assert "#. An answer to: What colour is it?" in text
    assert translate("extract", str(pets), "cy")[0] == 2
    assert translate("extract", str(pets), "no_such")[0] == 2
    assert translate("extract", str(pets))[0] == 0
    assert (pets / "locale" / "messages.pot").exists()
