"""An author's test persons: each is told as expected, or the failure says what came, and because of what."""

from datetime import date
from pathlib import Path

import pytest

from engine.format.instrument import Instrument
from engine.format.load import load
from engine.problem import InvalidQuestionnaire
from engine.workshop.case_file import CASE_KINDS, read_cases
from engine.workshop.cases import CaseResult, run_cases
from tests.interview.screen import DIRECTORY, HERE, SCREEN, variant

KNOWN = (
    "- name: A former partner\n"
    "  answers: {who: ex_partner, separated: yes, threats: [harm], visits: dont_know, nation: wales}\n"
    "  expect: {%s}\n"
)


def one_result(tmp_path: Path, instrument: Instrument, answers: str, expectation: str) -> CaseResult:
    file = tmp_path / "cases.yaml"
    file.write_text(f"- name: Somebody\n  answers: {answers}\n  expect: {{{expectation}}}\n")
    (result,) = run_cases(instrument, file, DIRECTORY)
    return result


def tried(tmp_path: Path, expectation: str, **parts: str) -> CaseResult:
    """The one result for a former partner who threatened harm, of whom this is expected."""
    file = tmp_path / "cases.yaml"
    file.write_text(KNOWN % expectation + "".join(f"  {key}: {value}\n" for key, value in parts.items()))
    (result,) = run_cases(SCREEN, file, DIRECTORY)
    return result


def test_people_who_are_told_what_they_must_be_told() -> None:
    results = run_cases(SCREEN, HERE / "screen_cases.yaml", DIRECTORY)
    assert [(result.name, result.failures) for result in results if result.failures] == []
    assert len(results) == 5
    assert (results[0].place.line, results[0].place.column) == (2, 3)


MET = [
    "serious_harm: at least elevated",
    "serious_harm: at least concern",
    "serious_harm: elevated..high",
    "after_separation: quiet..disputed",
    "fear: calm..afraid",
    "alerts: []",
    "plan: [leave_the_phone, ask_again]",
    "plan: {shows: [ask_again]}",
    "plan: {hides: [grab_bag, second_phone]}",
    "signposts: [uk_line, welsh_line]",
    "signposts: {shows: [welsh_line], hides: [english_line, nowhere_line]}",
    "applies: {contested: true, separated: true}",
    "scores: {harm: 5..8}",
    "scores: {harm: 5.0..8}",
]


@pytest.mark.parametrize("expectation", MET)
def test_an_expectation_that_is_met(tmp_path: Path, expectation: str) -> None:
    assert tried(tmp_path, expectation).failures == ()


CAME = "came elevated..high; because of threats (harm); still open: contested, visits"
ELSEWHERE = "it is pointed to, but not in this nation, or without a contact that may be printed"
# what was expected, what the failure says
FAILED = [
    ("serious_harm: high", f"serious_harm: expected high, {CAME}"),
    ("serious_harm: elevated", f"serious_harm: expected elevated, {CAME}"),
    ("serious_harm: at least high", f"serious_harm: expected at least high, {CAME}"),
    ("serious_harm: concern..high", f"serious_harm: expected concern..high, {CAME}"),
    ("serious_harm: not shown", f"serious_harm: expected not shown, {CAME}"),
    ("after_separation: disputed", "after_separation: expected disputed, came quiet..disputed; still open: contested"),
    (
        "applies: {after_separation: open}",
        "applies.after_separation: expected open, came true; because of who (ex_partner)",
    ),
    ("alerts: [death_threat, talk_first]", "alerts: expected death_threat, which did not come"),
    ("alerts: {shows: [talk_first]}", "alerts: expected talk_first, which did not come; still open: visits"),
    ("plan: [ask_again]", "plan: leave_the_phone came, which was not expected; still open: phone_access"),
    ("plan: {hides: [ask_again]}", "plan: ask_again came, which was not expected; because of visits (dont_know)"),
    ("plan: {shows: [second_phone]}", "plan: expected second_phone, which did not come; still open: phone_access"),
    (
        "signposts: {shows: [english_line]}",
        f"signposts: expected english_line, which did not come; {ELSEWHERE}",
    ),
    ("signposts: {hides: [uk_line]}", "signposts: uk_line came, which was not expected"),
    (
        "applies: {contested: open}",
        "applies.contested: expected open, came true; because of who (ex_partner), separated (yes)",
    ),
    ("applies: {who: false}", "applies.who: expected false, came true"),
    ("scores: {harm: 5}", "scores.harm: expected 5, came 5..8"),
    ("scores: {harm: 4..8}", "scores.harm: expected 4..8, came 5..8"),
    ("scores: {harm: none}", "scores.harm: expected none, came 5..8"),
]


@pytest.mark.parametrize(("expectation", "failure"), FAILED)
def test_an_expectation_that_is_not_met(tmp_path: Path, expectation: str, failure: str) -> None:
    assert tried(tmp_path, expectation).failures[0] == failure


def test_who_answers_and_when_unless_the_case_says_otherwise() -> None:
    (person,) = read_cases(SCREEN, "- {name: x, answers: {}, expect: {alerts: []}}", "cases.yaml")
    assert (person.record.voice, person.record.on) == ("self", date(2026, 11, 1))
    text = "- {name: x, voice: practitioner, date: 2026-11-20, answers: {}, expect: {alerts: []}}"
    (person,) = read_cases(SCREEN, text, "cases.yaml")
    assert (person.record.voice, person.record.on) == ("practitioner", date(2026, 11, 20))


def test_a_step_that_is_kept_back_says_so(tmp_path: Path) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text("- {name: x, answers: {threats: [kill], phone_access: yes}, expect: {plan: {shows: [grab_bag]}}}")
    (result,) = run_cases(SCREEN, file, DIRECTORY)
    assert result.failures == (
        "plan: expected grab_bag, which did not come; its `when` holds, but `never_if` or `after` keeps it back",
    )


def test_a_judgement_that_is_not_allowed_fails_the_case(tmp_path: Path) -> None:
    result = tried(tmp_path, "alerts: []", judgements="{serious_harm: {level: concern, reason: She laughed}}")
    assert result.failures == (
        "judgements.serious_harm: Lowering this level takes a second person; their name is missing.",
    )


OTHERS = [
    ("{who: stranger}", "after_separation: quiet", "after_separation: expected quiet, came not shown"),
    ("{}", "fear: afraid", "fear: expected afraid, came calm..afraid"),
    (
        "{visits: weekly}",
        "alerts: {hides: [talk_first]}",
        "alerts: talk_first came, which was not expected; because of visits (weekly)",
    ),
    (
        "{incidents: {entries: [{}, {}], that_is_all: true}}",
        "plan: {hides: [show_the_log]}",
        "plan: show_the_log came, which was not expected; because of incidents (2 entries)",
    ),
]


@pytest.mark.parametrize(("answers", "expectation", "failure"), OTHERS)
def test_what_other_people_are_told(tmp_path: Path, answers: str, expectation: str, failure: str) -> None:
    assert one_result(tmp_path, SCREEN, answers, expectation).failures == (failure,)


# answers, what is expected of a published instrument, the failure
PUBLISHED = [
    ("{}", "{visits: none}", "scores.visits: expected none, came 0..9 or none"),
    ("{seen: no}", "{visits: 0}", "scores.visits: expected 0, came none"),
    ("{seen: yes, times: 2}", "{visits: 2, profile: E4}", "scores.profile: expected E4, came E?"),
    ("{seen: yes, times: 2}", "{visits: 2..3}", "scores.visits: expected 2..3, came 2"),
    ("{seen: no, one: yes, two: no, three: no}", "{visits: none, third: 1}", "scores.third: expected 1, came 0.67"),
    ("{eyes: shut}", "{profile: E4}", "scores.profile: expected E4, came E1"),
]


@pytest.mark.parametrize(("answers", "scores", "failure"), PUBLISHED)
def test_a_score_with_or_without_a_value(tmp_path: Path, answers: str, scores: str, failure: str) -> None:
    published = load(HERE / "published.yaml")
    assert one_result(tmp_path, published, answers, f"scores: {scores}").failures == (failure,)


def test_a_service_that_came_is_explained_by_its_own_signpost(tmp_path: Path) -> None:
    local = variant("{service: english_line, when: always,", "{service: english_line, when: visits is weekly,")
    result = one_result(tmp_path, local, "{visits: weekly}", "signposts: {hides: [english_line]}")
    assert result.failures == ("signposts: english_line came, which was not expected; because of visits (weekly)",)


EIGHT = (
    "who is stranger and separated and contested and kill in threats and visits is weekly and hours >= 1 "
    "and days_since(first_time) >= 1 and phone_access"
)
NAMED = "still open: who, separated, contested, threats, visits, hours, first_time, phone_access"


@pytest.mark.parametrize(("when", "words"), [(EIGHT, NAMED), (f"{EIGHT} and nation is wales", f"{NAMED} and 1 more")])
def test_many_open_questions_are_only_counted(tmp_path: Path, when: str, words: str) -> None:
    wide = variant("when: visits >= monthly,", f'when: "{when}",')
    failures = one_result(tmp_path, wide, "{}", "plan: {shows: [tell_neighbours]}").failures
    assert failures == (f"plan: expected tell_neighbours, which did not come; {words}",)


# a file, and each problem as line, column, kind and the beginning of what is said
BROKEN: list[tuple[str, list[tuple[int, int, str, str]]]] = [
    ("name: x", [(1, 1, "wrong-type", "This must be a list of cases.")]),
    ("- {name: x, answers: {}}", [(1, 4, "missing-key", "'expect' is missing")]),
    ("- {name: x, answers: {}, expects: {alerts: []}}", [(1, 26, "unknown-key", "There is no 'expects' here.")]),
    ("- {name: x, voice: loud, answers: {}, expect: {alerts: []}}", [(1, 20, "unknown-word", "'loud'")]),
    (
        (
            "- name: x\n  answers:\n    whom: stranger\n    who: nobody\n"
            "  expect:\n    alerts: [fire]\n    serious_harm: grave\n"
        ),
        [
            (3, 11, "wrong-answer", "Nothing here is called 'whom'."),
            (4, 10, "wrong-answer", "'nobody' is not one of the options."),
            (6, 14, "unknown-alert", "There is no alert 'fire' here."),
            (7, 19, "unknown-level", "There is no level 'grave' here."),
        ],
    ),
    (
        (
            "- name: x\n  answers:\n    incidents:\n      entries:\n        - {times: 0}\n      that_is_all: true\n"
            "  expect: {alerts: []}"
        ),
        [(5, 19, "wrong-answer", "The lowest number here is 1.")],
    ),
    (
        "- {name: x, answers: {}, expect: {plan: {show: [grab_bag]}}}",
        [(1, 42, "unknown-key", "There is no key 'show'")],
    ),
    ("- {name: x, answers: {}, expect: {plan: grab_bag}}", [(1, 41, "wrong-type", "This must be a list")]),
    ("- {name: x, answers: {}, expect: {plan: [bag]}}", [(1, 42, "unknown-action", "There is no action 'bag'")]),
    ("- {name: x, answers: {}, expect: {signposts: [us]}}", [(1, 47, "unknown-service", "There is no service 'us'")]),
    ("- {name: x, answers: {}, expect: {harm: 3}}", [(1, 35, "unknown-outcome", "There is no outcome 'harm'")]),
    ("- {name: x, answers: {}, expect: {serious_harm: 3}}", [(1, 49, "unknown-level", "There is no level '3'")]),
    (
        "- {name: x, answers: {}, expect: {applies: {who: yes}}}",
        [(1, 50, "wrong-type", "This must be true, false or open")],
    ),
    ("- {name: x, answers: {}, expect: {applies: {whom: open}}}", [(1, 45, "unknown-item", "There is no item 'whom'")]),
    ("- {name: x, answers: {}, expect: {applies: true}}", [(1, 44, "wrong-type", "This must be a map from item")]),
    ("- {name: x, answers: {}, expect: {scores: {harm: many}}}", [(1, 50, "wrong-type", "This must be a number")]),
    ("- {name: x, answers: {}, expect: {scores: {ham: 1}}}", [(1, 44, "unknown-score", "There is no score 'ham'")]),
    ("- name: x\n  name: y", [(2, 3, "duplicate-key", "'name' stands here twice")]),
]


@pytest.mark.parametrize(("text", "told"), BROKEN)
def test_a_mistake_is_told_at_its_place(text: str, told: list[tuple[int, int, str, str]]) -> None:
    with pytest.raises(InvalidQuestionnaire) as invalid:
        read_cases(SCREEN, text, "cases.yaml")
    found = invalid.value.problems
    places = {(problem.place.line, problem.place.column, problem.kind) for problem in found}
    assert {(line, column, kind) for line, column, kind, _ in told} <= places
    for line, column, kind, words in told:
        messages = [
            one.message for one in found if (one.place.line, one.place.column, one.kind) == (line, column, kind)
        ]
        assert messages[0].startswith(words)


def test_every_kind_of_its_own_is_provoked_above() -> None:
    assert set(CASE_KINDS) <= {kind for _, told in BROKEN for _, _, kind, _ in told}
