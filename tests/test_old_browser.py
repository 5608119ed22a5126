"""A phone of 2016: the stylesheet without everything that its browser, Chromium 44, did not know yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import tinycss2  # type: ignore[import-untyped]  # it has no types
from playwright.sync_api import Page, Route, expect
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule  # type: ignore[import-untyped]  # it has no types

from tests.browsing import browser
from tests.kinds import KINDS, go_to
from tests.test_look import ON_TOP
from webui.assets import read_assets

KNOWN = re.compile(
    r"(margin|padding)(-(top|bottom|left|right))?|-webkit-(margin|padding)-(start|end)|-webkit-border-start(-width)?"
    r"|border(-(top|bottom|left|right))?(-(width|color|style))?|border-(radius|collapse)|box-(sizing|shadow)"
    r"|(min-|max-)?(width|height)|top|bottom|left|right|position|z-index|display|float|clear|overflow|clip"
    r"|color|background|font(-(size|weight|style))?|line-height|text-(align|decoration)|vertical-align|white-space"
    r"|outline(-offset)?|list-style|cursor|content|columns|column-gap|table-layout|transition|resize|object-fit"
    r"|flex-wrap|justify-content|align-(items|self)|overflow-wrap|-webkit-text-size-adjust"
)
NEW_VALUE = re.compile(
    r"var\(|min\(|max\(|clamp\(|inline-start|\b(sticky|grid|revert|anywhere|canvas|highlight)\b", re.IGNORECASE
)
NEW_SELECTOR = re.compile(r":(has|is|where|focus-visible|focus-within)\b|::details-content")
NEW_QUERY = re.compile(r"prefers-|forced-colors")


def in_2016(rules: list[Node]) -> str:
    """Return what a browser of 2016 makes of these rules, in words that one of today takes in the same way."""
    return "\n".join(_kept(rule) for rule in rules)


def _kept(rule: Node) -> str:
    head = tinycss2.serialize(rule.prelude).strip() if isinstance(rule, AtRule | QualifiedRule) else ""
    if isinstance(rule, QualifiedRule) and not NEW_SELECTOR.search(head):
        return f"{head} {{ {'; '.join(_known(rule))} }}"
    if isinstance(rule, AtRule) and rule.content is not None:
        inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        if rule.lower_at_keyword == "media" and not NEW_QUERY.search(head):
            return f"@media {head} {{ {in_2016(inside)} }}"
        if rule.lower_at_keyword == "supports" and head.startswith("not "):
            return in_2016(inside)
    return ""


def _known(rule: QualifiedRule) -> Iterator[str]:
    for one in tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True):
        assert isinstance(one, Declaration), one
        value = tinycss2.serialize(one.value).strip()
        if KNOWN.fullmatch(one.name) and not NEW_VALUE.search(value):
            yield f"{one.name}: {value}{' !important' if one.important else ''}"


SHEET = in_2016(tinycss2.parse_stylesheet(read_assets()["site.css"].text, skip_comments=True, skip_whitespace=True))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("profile"), viewport={"width": 320, "height": 568}) as context:

        def of_2016(route: Route) -> None:
            route.fulfill(body=SHEET, content_type="text/css")

        context.route("**/static/site.css*", of_2016)
        yield context.pages[0]


def test_what_is_left_of_the_stylesheet_knows_nothing_new() -> None:
    assert len(SHEET) > 8_000
    for new in ("var(", "inline-start", "inset", ":has", "prefers-color-scheme", "sticky", "grid"):
        assert new not in SHEET, new


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_can_be_read_and_left(page: Page, sites: dict[str, str], kind: str) -> None:
    go_to(page, sites[kind], kind)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    look = page.evaluate(LOOK)
    assert look["top"] == 0
    assert look["left"] >= 12
    assert look["right"] >= 12
    assert look["letters"] >= 16
    assert look["touching"] == []
    button = page.get_by_role("banner").get_by_role("button", name="Leave this site")
    for part in (0, 0.5, 1):
        page.evaluate("part => scrollTo(0, part * document.body.scrollHeight)", part)
        expect(button).to_be_in_viewport(ratio=1)
        assert button.evaluate(ON_TOP)
    box = button.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    assert button.evaluate("at => getComputedStyle(at).backgroundColor") == "rgb(124, 31, 63)"


def test_what_is_wrong_is_seen_whole_below_the_bar(page: Page, sites: dict[str, str]) -> None:
    go_to(page, sites["error"], "error")
    for heading in ("Please look at this again", "Is a zebra kicking you now?"):
        assert page.get_by_role("heading", name=heading).evaluate(ON_TOP)
    page.get_by_role("alert").get_by_role("link").click()
    assert page.get_by_label("Yes", exact=True).evaluate(ON_TOP)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_what_is_ticked_stands_before_its_words(page: Page, sites: dict[str, str], direction: str) -> None:
    go_to(page, sites["question"], "question")
    page.evaluate("direction => document.documentElement.dir = direction", direction)
    choice = page.get_by_label("Yes", exact=True).bounding_box()
    words = page.get_by_text("Yes", exact=True).bounding_box()
    assert choice is not None
    assert words is not None
    if direction == "ltr":
        assert choice["x"] + choice["width"] <= words["x"]
    else:
        assert words["x"] + words["width"] <= choice["x"]


def test_a_page_out_of_sight_is_covered_by_something(page: Page, sites: dict[str, str]) -> None:
    go_to(page, sites["question"], "question")
    page.evaluate("document.documentElement.className += ' away'")
    over = page.evaluate("getComputedStyle(document.documentElement, '::after').backgroundColor")
    assert over == "rgb(255, 255, 255)"
    width, height = page.evaluate(
        "(at => [at.width, at.height])(getComputedStyle(document.documentElement, '::after'))"
    )
    assert (width, height) == ("320px", "568px")


# Two things to press must not look like one.
LOOK = """() => {
    const main = getComputedStyle(document.querySelector('main'));
    const boxes = [...document.querySelectorAll('button, .button')]
        .filter(at => at.offsetParent && !at.closest('.first')).map(at => [at, at.getBoundingClientRect()]);
    const near = (a, b) =>
        a.left < b.right + 4 && b.left < a.right + 4 && a.top < b.bottom + 4 && b.top < a.bottom + 4;
    return {
        top: document.querySelector('.bar').getBoundingClientRect().top,
        left: parseFloat(main.paddingLeft),
        right: parseFloat(main.paddingRight),
        letters: parseFloat(getComputedStyle(document.body).fontSize),
        touching: boxes.flatMap(([one, a], at) => boxes.slice(at + 1).filter(([other, b]) => near(a, b))
            .map(([other]) => one.outerHTML.slice(0, 80) + ' ' + other.outerHTML.slice(0, 80))),
    };
}"""
