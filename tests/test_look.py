"""What can be seen: enough contrast, a way out that is never covered, pages that fit the narrowest screen."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import browser
from tests.served import served, small_site
from tests.test_leaving import KINDS, go_to
from webui.assets import FOLDER

PAIRS = (
    *(("ink", ground, 7.0) for ground in ("ground", "sheet", "wash", "warm")),
    *(("soft", ground, 4.5) for ground in ("ground", "sheet", "wash", "warm")),
    *(("deep", ground, 4.5) for ground in ("ground", "sheet", "wash", "warm")),
    *(("wrong", ground, 4.5) for ground in ("ground", "sheet")),
    ("deep-ink", "deep", 4.5),
    ("away-ink", "away", 4.5),
    ("edge", "sheet", 3.0),
    ("warm-edge", "warm", 3.0),
    ("focus", "ground", 3.0),
    ("away", "ground", 3.0),
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("profile"), viewport={"width": 320, "height": 568}) as context:
        yield context.pages[0]


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(small_site(pdf_workers=1)) as url:
        yield url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_stand_out_enough(scheme: str) -> None:
    colours = tokens(scheme)
    weak = [
        (ink, on, round(contrast(colours[ink], colours[on]), 2))
        for ink, on, least in PAIRS
        if contrast(colours[ink], colours[on]) < least
    ]
    assert weak == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_way_out_is_in_reach_at_every_place_of_a_narrow_page(page: Page, site: str, kind: str) -> None:
    go_to(page, site, kind)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    button = page.get_by_role("banner").get_by_role("button", name="Leave this site")
    for part in (0, 0.3, 0.7, 1):
        page.evaluate("part => scrollTo(0, part * document.body.scrollHeight)", part)
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        assert 0 <= box["x"] <= 320 - box["width"]
        assert 0 <= box["y"] <= 568 - box["height"]
        assert button.evaluate(ON_TOP)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_to_press_is_large_enough(page: Page, site: str, kind: str) -> None:
    go_to(page, site, kind)
    small = page.evaluate(SMALL)
    assert small == []


def test_letters_of_twice_the_size_still_fit(page: Page, site: str) -> None:
    go_to(page, site, "question")
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


def tokens(scheme: str) -> dict[str, str]:
    light, _, dark = (FOLDER / "app.css").read_text().partition("prefers-color-scheme: dark")
    found = dict(re.findall(r"--([\w-]+): (#\w{3,6});", light))
    return found | dict(re.findall(r"--([\w-]+): (#\w{3,6});", dark)) if scheme == "dark" else found


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
