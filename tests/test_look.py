"""What can be seen: enough contrast, a way out that is never covered, pages that fit the narrowest screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import browser
from tests.kinds import KINDS, go_to
from webui.assets import FOLDER
from webui.colours import colours_of, too_close


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("profile"), viewport={"width": 320, "height": 568}) as context:
        yield context.pages[0]


def test_colours_stand_out_enough() -> None:
    assert list(too_close(colours_of((FOLDER / "app.css").read_text()))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_way_out_is_in_reach_at_every_place_of_a_narrow_page(page: Page, sites: dict[str, str], kind: str) -> None:
    go_to(page, sites[kind], kind)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    bar = page.get_by_role("banner").bounding_box()
    assert bar is not None
    assert bar["y"] == 0  # what comes before it takes no room and is seen only while it has the focus
    button = page.get_by_role("banner").get_by_role("button", name="Leave this site")
    for part in (0, 0.3, 0.7, 1):
        page.evaluate("part => scrollTo(0, part * document.body.scrollHeight)", part)
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        assert 0 <= box["x"] <= 320 - box["width"]
        assert 0 <= box["y"] <= 568 - box["height"]
        assert button.evaluate(ON_TOP)


def test_what_comes_before_the_bar_is_seen_only_while_it_has_the_focus(page: Page, sites: dict[str, str]) -> None:
    go_to(page, sites["question"], "question")
    first = page.get_by_role("button", name="Leave this site now")
    assert page.evaluate("document.elementFromPoint(20, 20).closest('.first')") is None
    first.focus()
    assert first.evaluate(ON_TOP)
    expect(first).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_to_press_is_large_enough(page: Page, sites: dict[str, str], kind: str) -> None:
    go_to(page, sites[kind], kind)
    small = page.evaluate(SMALL)
    assert small == []


def test_letters_of_twice_the_size_still_fit(page: Page, sites: dict[str, str]) -> None:
    go_to(page, sites["question"], "question")
    page.evaluate("document.documentElement.style.fontSize = '36px'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(page.get_by_role("banner").get_by_role("button")).to_be_in_viewport(ratio=1)


ON_TOP = """(at) => {
    const box = at.getBoundingClientRect();
    return at.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
}"""
# Links within a sentence are as high as their line, which WCAG allows.
SMALL = """() => [...document.querySelectorAll('button, .button, .choice, summary, .bar a, footer a, .on-page a')]
    .filter(at => at.offsetParent && !at.closest('.first'))
    .filter(at => at.getBoundingClientRect().height < 44)
    .map(at => at.outerHTML)"""
