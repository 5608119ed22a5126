"""Open to everybody: axe on every kind of page, the tree a screen reader gets, large letters, narrow windows, no mouse.

No test replaces sessions with people who use screen readers; these have not been done.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from tests.browsing import browser
from tests.kinds import KINDS, go_to

TREES = Path(__file__).parent / "site" / "trees"
SMALL: ViewportSize = {"width": 320, "height": 568}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# WCAG 1.4.12: what a reader may set, without anything being cut off.
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
SPACED += " p { margin-block-end: 2em !important }"


@pytest.fixture(scope="module")
def site(sites: dict[str, str]) -> str:
    return sites["question"]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("profile"), viewport=SMALL, bypass_csp=True) as context:
        yield context.pages[0]


@pytest.fixture(scope="module", params=KINDS)
def kind(page: Page, sites: dict[str, str], request: pytest.FixtureRequest) -> str:
    """The page is of this kind."""
    found = str(request.param)
    go_to(page, sites[found], found)
    return found


@pytest.fixture(autouse=True)
def as_at_first(page: Page) -> Iterator[None]:
    yield
    page.evaluate("document.documentElement.dir = 'ltr'")
    page.evaluate("document.querySelectorAll('style').forEach(one => one.remove())")
    page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="no-preference", media="screen")
    page.set_viewport_size(SMALL)


def test_axe_finds_nothing_on_any_page(page: Page, kind: str) -> None:
    """Light and dark, narrow and wide, from left to right and from right to left."""
    found: list[str] = []
    for scheme, width, direction in (("light", 320, "ltr"), ("dark", 1280, "ltr"), ("light", 1280, "rtl")):
        # without motion: a colour on its way to another one is neither
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("direction => document.documentElement.dir = direction", direction)
        results = Axe().run(page, options={"runOnly": WCAG})
        found += [
            f"{scheme} {width} {direction} {one['id']}: {[node['html'] for node in one['nodes']][:3]}"
            for one in results.response["violations"]
        ]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert found == []


def test_the_tree_that_a_screen_reader_gets_is_the_one_that_was_looked_at(page: Page, kind: str) -> None:
    """`KEEP_TREES=1` writes them anew, to be read before they are committed."""
    tree = re.sub(r"127\.0\.0\.1:\d+", "here", page.locator("body").aria_snapshot()) + "\n"
    file = TREES / f"{kind.replace(' ', '_')}.yaml"
    if os.environ.get("KEEP_TREES"):
        file.write_text(tree)
    assert tree == file.read_text()


def test_it_fits_a_window_at_four_times_the_size_and_with_letters_set_wide(page: Page, kind: str) -> None:
    """1280 by 1024 at 400 % is 320 by 256: the way out stays in sight, and nothing has to be moved sideways."""
    page.set_viewport_size({"width": 320, "height": 256})
    for css in ("p {}", SPACED, "html { font-size: 225% !important }"):
        page.evaluate("document.querySelectorAll('style').forEach(one => one.remove())")
        page.add_style_tag(content=css)
        for part in (0, 0.5, 1):
            page.evaluate("part => scrollTo(0, part * document.body.scrollHeight)", part)
            assert page.evaluate(TOO_WIDE) == [], css
            button = page.get_by_role("banner").get_by_role("button", name="Leave this site")
            expect(button).to_be_in_viewport(ratio=1)
            assert button.evaluate(ON_TOP)
        assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("where", ["question", "error", "list", "summary", "first page"])
def test_what_has_the_focus_is_seen_whole_and_by_more_than_its_colour(page: Page, site: str, where: str) -> None:
    """From the first thing to the last by Tab and back, on a small screen, in the colours that a system forces."""
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    go_to(page, site, where)
    page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")
    hidden, unmarked, seen = [], [], 0
    for key in ("Tab", "Shift+Tab"):
        for _ in range(80):
            page.keyboard.press(key)
            at = page.evaluate(FOCUSED)
            if at is None:
                break
            seen += 1
            hidden += [] if at["free"] else [at["what"]]
            unmarked += [] if at["marked"] else [at["what"]]
    assert seen >= 12
    assert (hidden, unmarked) == ([], [])


def test_nothing_moves_for_those_who_asked_for_that(page: Page, site: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    go_to(page, site, "question")
    moving = "[...document.querySelectorAll('*')].filter(at => !/^0s/.test(getComputedStyle(at).transitionDuration))"
    assert page.evaluate(f"{moving}.length") == 0
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(f"{moving}.length") > 0


def test_on_paper_nothing_is_folded_and_nothing_is_to_be_pressed(page: Page, site: str) -> None:
    go_to(page, site, "print")
    for opened in (False, True):
        if opened:
            page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        assert page.evaluate("[...document.querySelectorAll('details')].filter(at => at.offsetHeight < 60).length") == 0
        expect(page.get_by_role("button")).to_have_count(0)
        expect(page.get_by_text("Notes", exact=True)).to_be_visible()


ON_TOP = """(at) => {
    const box = at.getBoundingClientRect();
    return at.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
}"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= 320 ? [] : [...document.querySelectorAll('body *')]
    .filter(at => at.getBoundingClientRect().right > 321 && !at.children.length)
    .map(at => at.outerHTML.slice(0, 120)).concat('too wide')"""
# What is only there for screen readers is cut off on purpose.
CUT_OFF = """() => [...document.querySelectorAll('main *, .bar *')]
    .filter(at => !at.closest('.unseen, svg, table') && getComputedStyle(at).overflow !== 'visible')
    .filter(at => at.scrollWidth > at.clientWidth + 1 && at.clientWidth && at.nodeName !== 'INPUT')
    .map(at => at.outerHTML.slice(0, 100))"""
FOCUSED = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const label = at.matches('.choice input') ? at.nextElementSibling : at, box = at.getClientRects()[0];
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
    const style = getComputedStyle(label, label === at ? null : '::before');
    return {
        what: at.outerHTML.slice(0, 100),
        free: box.top >= 0 && box.bottom <= innerHeight + 1 && (at.contains(top) || label.contains(top)),
        marked: style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 3,
    };
}"""
