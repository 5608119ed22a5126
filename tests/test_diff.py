"""What changed between two versions, and who is told something different: held against every world there is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from engine.format.instrument import Instrument, Option
from engine.format.load_directory import load_directory
from engine.interview.assess import assess
from engine.language.terms import ALWAYS
from engine.language.terms import Test as Is
from engine.workshop.diff.change import Change, Difference, Told
from engine.workshop.diff.on_a_page import as_page
from engine.workshop.diff.told import ranks_of, told
from engine.workshop.diff.words import PHONES, changes, phones
from tests.oracle import unfold
from tests.promises import dice_of, small
from tests.test_cli import askwell
from tests.test_oracle import COLOUR, YES, X, levels, made, record
from tests.test_prove import PROMISES, SMALL
from tests.worlds import worlds

DIRECTORY = Path("tests/format/directory.yaml")


def versions(seed: int) -> tuple[Instrument, Instrument]:
    """Two instruments of the same items; in the second other conditions decide what is told."""
    old, other = small(dice_of(seed)), small(dice_of(seed + 500))
    return old, replace(old, outcomes=other.outcomes, alerts=other.alerts) if _reads_alike(old, other) else old


def _reads_alike(old: Instrument, other: Instrument) -> bool:
    return all(old.items[name].kind == item.kind for name, item in other.items.items())


@pytest.mark.parametrize("seed", range(25))
def test_who_is_told_something_different_is_that_of_every_world(seed: int) -> None:
    old, new = versions(seed)
    pairs = set()
    for raw in worlds(old, record()):
        before, after = (unfold(one, record(), raw).bits["o"] for one in (old, new))
        pairs.add((after > before) - (after < before))
    found = {one.way: one for one in told(old, new) if one.kind == "outcome"}
    assert found["up"].somebody is (1 in pairs)
    assert found["down"].somebody is (-1 in pairs)
    for one in found.values():
        if one.record is not None:
            came = (assess(each, one.record).outcomes["o"] for each in (old, new))
            ends = [-1 if each.at_least is None or not each.applies else each.at_least for each in came]
            assert (ends[1] > ends[0]) is (one.way == "up")
            assert ends[0] != ends[1]


def test_of_what_is_the_same_nobody_needs_to_be_looked_for() -> None:
    one = small(dice_of(3))
    assert list(told(one, one)) == [Told("outcome", "o", "up", False), Told("outcome", "o", "down", False)]


def test_a_level_and_an_option_that_are_new() -> None:
    old = made(X, COLOUR, outcomes=(levels(Is("x", YES), Is("c", 8)),))
    more = replace(COLOUR, options=(Option("z", COLOUR.options[0].label), *COLOUR.options))
    fewer = levels(Is("c", 16))
    new = made(X, more, outcomes=(replace(fewer, levels=(fewer.levels[0], replace(fewer.levels[1], id="l3"))),))
    assert ranks_of(old, new, "o") == ([0, 2, 3, 4], [0, 2, 4])
    found = {one.way: one for one in told(old, new)}
    assert found["up"].somebody is False
    assert found["down"].record is not None
    assert found["down"].record.answers == {"x": "yes"}
    assert "o: at least l1" in found["down"].case


def test_a_changed_number_stands_first() -> None:
    before = load_directory(DIRECTORY)
    name, service = next((n, s) for n, s in before.services.items() if any(c.verified for c in s.contacts))
    changed = service.model_copy(update={"contacts": ()})
    after = before.model_copy(update={"services": {**before.services, name: changed}})
    (one,) = phones(before, after)
    assert (one.part, one.name, one.after) == (PHONES, service.name, "nothing that may be printed")
    instrument = small(dice_of(1))
    assert list(changes(instrument, instrument, before, after)) == [one]
    gone = before.model_copy(update={"services": {n: s for n, s in before.services.items() if n != name}})
    assert [each.after for each in phones(before, gone)] == [""]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("diff")
    old, new = folder / "old.yaml", folder / "new.yaml"
    old.write_text(SMALL + PROMISES)
    text = (SMALL + PROMISES).replace("when: alone or where is street", "when: where is street")
    text = text.replace("Is it night?", "Is it dark <now>?").replace("{home: Home, ", "{home: Home, car: In a car, ")
    new.write_text(text.replace("  - {id: falling, rising: alone, never_lowers: calm}\n", ""))
    return old, new


def test_what_changed_in_words_and_who_is_told_something_different(files: tuple[Path, Path]) -> None:
    result = askwell("diff", *files)
    assert result.exit_code == 1, result.output
    assert (
        """
Questions
  night.ask
    - Is it night?
    + Is it dark <now>?
  where.options.car.label
    (added)
    + In a car
"""
        in result.output
    )
    assert (
        """
  falling
    - alone
    (removed)
"""
        in result.output
    )
    assert "outcome danger: for nobody does the level go up, whatever they answer." in result.output
    assert (
        """outcome danger: for somebody the level goes down, from high to at least some.
      - name: Somebody for whom danger goes down
        answers:
          alone: yes
"""
        in result.output
    )
    assert askwell("diff", files[0], files[0]).exit_code == 0


def test_a_difference_as_data(files: tuple[Path, Path]) -> None:
    found = json.loads(askwell("diff", *files, "--json").stdout)
    assert {one["part"] for one in found["changes"]} == {"Outcomes", "Questions", "Promises"}
    down = next(one for one in found["told"] if one["name"] == "danger" and one["way"] == "down")
    assert down["record"]["answers"] == {"alone": "yes"}


def test_a_page_for_a_review_meeting(files: tuple[Path, Path], tmp_path: Path) -> None:
    page = tmp_path / "review.html"
    askwell("diff", *files, "--html", page)
    text = page.read_text()
    assert "Is it dark &lt;now&gt;?" in text
    assert "src=" not in text
    assert "href=" not in text
    undecided = Difference(("a 1", "a 2"), (Change("Alerts", "x", "", "<b>"),), (Told("step", "x", "appears", None),))
    assert "&lt;b&gt;" in as_page(undecided)
    assert "step x: whether it appears for anybody was not decided." in as_page(undecided)
    assert "Nothing changed" in as_page(Difference(("a 1", "a 1"), (), ()))


def test_a_step_that_is_taken_out_disappears_for_somebody() -> None:
    one = small(dice_of(4))
    sure = replace(one.plan[0], when=ALWAYS)
    found = [each for each in told(replace(one, plan=(sure,)), replace(one, plan=())) if each.kind == "step"]
    assert [(each.way, each.somebody) for each in found] == [("appears", False), ("disappears", True)]
    assert found[1].record is not None
    assert found[1].record.answers == {}
