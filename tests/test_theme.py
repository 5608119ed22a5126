"""A charity's own colours and logo: taken where everybody can read them, refused in words where not."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import browser
from tests.served import Person, served, small_site
from webui.colours import FREE, PAIRS, colours_of, contrast
from webui.settings import InvalidSettings

ROOT = Path(__file__).parent.parent
DOCS = (ROOT / "docs" / "running.md").read_text()
THEME = next(text for text in re.findall(r"^```toml\n(.*?)^```", DOCS, re.MULTILINE | re.DOTALL) if "[light]" in text)
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20">{}</svg>'
CIRCLE = '<circle cx="10" cy="10" r="9" fill="#5b2a86"/>'
SITE = ROOT / "webui" / "static" / "app.css"

REFUSED: Mapping[str, tuple[str, str]] = {
    "a colour that is not there": ('[light]\ndeap = "#000"', "light sets no 'deap'. Did you mean 'deep'?"),
    "a colour that warns": ('[dark]\nwarm = "#000"', "dark sets no 'warm'. There are: ground, sheet"),
    "a scheme that is not there": ('[darkest]\ndeep = "#000"', "there is no 'darkest'. Did you mean 'dark'?"),
    "a name of a colour": ('[light]\ndeep = "teal"', "light: deep is 'teal', which is no colour"),
    "four digits": ('[light]\ndeep = "#12345"', "is no colour"),
    "a number": ("[light]\ndeep = 123456", "light: deep is 123456, which is no colour"),
    "a rule in a colour": ('[light]\ndeep = "#000;} * {display:none"', "is no colour"),
    "a line behind a colour": ('[light]\ndeep = "#000\\n"', "is no colour"),
    "a colour for a table": ('light = "#000"', "light is a table of colours"),
    "not TOML": ("deep: #000", "this is not TOML"),
    "links too pale": (
        '[light]\ndeep = "#7fb0ae"',
        "light: deep #7fb0ae on ground #faf7f2 has a contrast of 2.25, and",
    ),
    "letters too soft": (
        '[light]\nink = "#57625f"',
        "ink #57625f on sheet #fffdfa has a contrast of 6.23, and needs 7.00",
    ),
    "letters that just miss": ('[light]\nink = "#51555d"', "on ground #faf7f2 has a contrast of 6.99, and needs 7.00."),
    "links too dark in the dark": (
        '[dark]\ndeep = "#1c5a58"',
        "dark: deep #1c5a58 on ground #161c1b has a contrast of",
    ),
    "a ground that the fixed colours vanish on": (
        '[light]\nground = "#7c1f3f"',
        "light: away #7c1f3f on ground #7c1f3f",
    ),
    "a number for a logo": ("logo = 5", "logo is the path of a file"),
    "no logo there": ('logo = "none.svg"', "none.svg: this logo cannot be read"),
}
LOGOS: Mapping[str, tuple[bytes, str]] = {
    "too large": (b"\x89PNG\r\n\x1a\n" + bytes(9000), "this logo has 9,008 bytes; at most 8,192"),
    "neither a drawing nor a picture": (b"GIF89a", "this is neither"),
    "half a drawing": (b'<svg viewBox="0 0 1 1">', "this is neither"),
    "a page": (b"<html/>", "a logo is an 'svg' with a 'viewBox'"),
    "of one size only": (b'<svg width="10" height="10"/>', "a logo is an 'svg' with a 'viewBox'"),
    "with a script": (DRAWING.format("<script>alert(1)</script>").encode(), "line 1: 'script' has no place in a logo"),
    "that acts": (DRAWING.format('<g onload="alert(1)"/>').encode(), "'onload' is a script"),
    "with a page in it": (DRAWING.format("<foreignObject/>").encode(), "'foreignObject' has no place"),
    "with a picture from elsewhere": (DRAWING.format('<image href="https://a.example/"/>').encode(), "'image' has no"),
    "with a sheet from elsewhere": (b'<?xml-stylesheet href="a.css"?>' + DRAWING.encode(), "no instruction"),
    "with entities": (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + DRAWING.encode(), "needs no DOCTYPE"),
    "with a use of elsewhere": (DRAWING.format('<use xlink:href="a.svg#b"/>').encode(), "'xlink:href' leads out"),
    "filled from elsewhere": (DRAWING.format('<g fill="URL( //a.example)"/>').encode(), "'fill' leads out"),
    "filled from behind a mask": (DRAWING.format('<g fill="u\\72l(a)"/>').encode(), "'fill' leads out"),
    "with a style": (DRAWING.format('<g style="fill:red"/>').encode(), "'style' can do more"),
}


def theme(folder: Path, text: str = THEME, logo: bytes = DRAWING.format(CIRCLE).encode()) -> Path:
    (folder / "our-logo.svg").write_bytes(logo)
    path = folder / "theme.toml"
    path.write_text(text)
    return path


@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=REFUSED)
def test_a_theme_that_cannot_be_used_is_refused_in_words(tmp_path: Path, text: str, why: str) -> None:
    path = theme(tmp_path, text)
    with pytest.raises(InvalidSettings, match=re.escape(why)) as refused:
        small_site(theme=path)
    assert str(refused.value).startswith(str(tmp_path))


@pytest.mark.parametrize(("logo", "why"), LOGOS.values(), ids=LOGOS)
def test_a_logo_that_does_more_than_be_seen_is_refused(tmp_path: Path, logo: bytes, why: str) -> None:
    with pytest.raises(InvalidSettings, match=re.escape(why)):
        small_site(theme=theme(tmp_path, logo=logo))


def test_a_theme_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings, match=r"none\.toml: this theme cannot be read"):
        small_site(theme=tmp_path / "none.toml")


def test_all_that_is_too_close_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings) as refused:
        small_site(theme=theme(tmp_path, '[light]\ndeep = "#7fb0ae"\n[dark]\nink = "#888"'))
    told = re.findall(r"^  (\w+): ([\w-]+) #\w+ on ([\w-]+) #\w+ has", str(refused.value), re.MULTILINE)
    assert [pair for pair in told if pair[0] == "light"] == [
        *(("light", "deep", ground) for ground in ("ground", "sheet", "wash", "warm")),
        ("light", "deep-ink", "deep"),
    ]
    assert [pair for pair in told if pair[0] == "dark"] == [
        ("dark", "ink", ground) for ground in ("ground", "sheet", "wash", "warm")
    ]


def test_every_colour_of_the_site_is_measured_but_the_two_that_only_decorate() -> None:
    light, dark = colours_of(SITE.read_text()).values()
    measured = {colour for drawn, on, _ in PAIRS for colour in (drawn, on)}
    assert light.keys() == dark.keys() == measured | {"line", "halo"}
    assert set(FREE) < light.keys()


def test_every_colour_that_can_be_set_is_in_the_docs() -> None:
    assert [name for name in FREE if f"`{name}`" not in DOCS] == []


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000", "#ffffff", 21.0), ("#777777", "#fff", 4.48), ("#ff0000", "#fff", 4.0), ("#abc", "#aabbcc", 1.0)],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


def test_a_logo_is_on_the_first_page_only_and_within_its_budget(tmp_path: Path) -> None:
    noise = b"".join(bytes([byte * 167 % 251]) for byte in range(7900))
    person = Person(small_site(theme=theme(tmp_path, logo=picture(noise)), name="A <charity>"))
    page = person.looks("/").page
    assert re.search(r'<img class="logo" src="/static/mark\?v=\w{12}" alt="A &lt;charity&gt;">', page)
    links = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(links) == 3
    assert "logo" not in " ".join(links)
    replies = [person.last, *(person.client.get(link, headers={"Accept-Encoding": "gzip"}) for link in links)]
    assert sum(len(reply.data) + len(str(reply.headers)) for reply in replies) <= 30_000
    (logo,) = (person.client.get(link) for link in links if "mark" in link)
    assert logo.content_type == "image/png"
    assert logo.data == picture(noise)
    assert "immutable" in logo.headers["Cache-Control"]
    assert all("<img" not in person.looks(at).page for at in ("/help-now", "/safety"))
    assert "<img" not in person.begins().page


def test_without_a_theme_there_is_no_logo() -> None:
    person = Person(small_site())
    assert "<img" not in person.looks("/").page
    assert person.last.status_code == 200
    assert person.client.get("/static/mark").status_code == 404


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("theme")
    with (
        browser(tmp_path_factory.mktemp("profile"), viewport={"width": 320, "height": 568}) as context,
        served(small_site(theme=theme(folder), pdf_workers=1)) as url,
    ):
        page = context.pages[0]
        page.on("console", lambda line: pytest.fail(line.text))
        page.goto(url)
        yield page


@pytest.mark.parametrize(
    ("scheme", "deep", "deep_ink", "ground"),
    [
        ("light", "rgb(91, 42, 134)", "rgb(255, 255, 255)", "rgb(250, 247, 242)"),
        ("dark", "rgb(205, 180, 238)", "rgb(32, 16, 48)", "rgb(22, 28, 27)"),
    ],
)
def test_a_page_is_seen_in_the_charitys_colours(page: Page, scheme: str, deep: str, deep_ink: str, ground: str) -> None:
    page.emulate_media(media="screen", color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    expect(page.locator("button.main").first).to_have_css("background-color", deep)
    expect(page.locator("button.main").first).to_have_css("color", deep_ink)
    expect(page.locator("html")).to_have_css("background-color", ground)
    logo = page.locator("img")
    expect(logo).to_be_in_viewport(ratio=1)
    assert logo.evaluate("at => at.complete && at.naturalWidth > 0")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_paper_stays_black_on_white_and_names_nobody(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("body")).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator("html")).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(page.locator("main a").first).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator("img")).to_be_hidden()


def picture(noise: bytes) -> bytes:
    """A picture of one row of grey points, as PNG."""
    head = struct.pack(">IIBBBBB", len(noise), 1, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" + noise, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
