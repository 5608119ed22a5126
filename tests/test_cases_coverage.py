"""What the cases of a questionnaire leave out."""

from pathlib import Path

from engine.workshop.case_file import read_cases
from engine.workshop.coverage import coverage
from tests.interview.screen import SCREEN
from tests.test_cli import QUESTIONNAIRES, askwell
from tests.test_prove import PROMISES, SMALL

CASE = """
- name: A former partner
  answers: {who: ex_partner, threats: [harm], visits: dont_know}
  expect: {serious_harm: elevated..high, alerts: [], plan: {shows: [ask_again], hides: [grab_bag]}}
"""


def test_what_no_case_touches_is_named() -> None:
    found = coverage(SCREEN, read_cases(SCREEN, CASE, "cases.yaml"))
    assert {"who", "threats"}.isdisjoint(found.untouched["items"])
    assert "visits" in found.untouched["items"]  # a don't know is no answer
    assert "who: ex_partner" not in found.untouched["options"]
    assert "threats: kill" in found.untouched["options"]
    assert [one for one in found.untouched["levels"] if one.startswith("serious_harm")] == ["serious_harm: concern"]
    assert found.untouched["alerts"] == tuple(SCREEN.alerts)
    # what is hidden was not seen
    assert "grab_bag" in found.untouched["actions"]
    assert "ask_again" not in found.untouched["actions"]
    assert not found.complete
    assert all(len(names) <= found.there_are[kind] for kind, names in found.untouched.items())


def test_a_small_questionnaire_can_be_covered_completely(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(SMALL + PROMISES)
    (tmp_path / "cases.yaml").write_text("""
- {name: One, answers: {alone: yes, night: yes, where: home}, expect: {danger: high, calm: some}}
- {name: Two, answers: {alone: no, night: no}, expect: {danger: some, calm: high}}
- {name: Three, answers: {night: yes, where: street}, expect: {danger: high}}
""")
    result = askwell("cases", file, "--coverage")
    assert result.exit_code == 0, result.output
    assert "not:" not in result.output
    assert "options   7 of 7" in result.output


def test_the_stalking_screen_shows_its_coverage() -> None:
    result = askwell("cases", QUESTIONNAIRES / "stalking_screen", "--coverage")
    assert result.exit_code == 0
    assert "levels" in result.output
