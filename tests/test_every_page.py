"""What holds for every kind of page, seen by a browser that goes to each of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import template_rendered
from playwright.sync_api import Response

from tests.browsing import browser
from tests.kinds import KINDS, go_to, sites_by_kind, with_a_short_path
from tests.served import breaks, small_site
from tests.test_leaving import TOPIC
from webui.headers import HEADERS

TEMPLATES = Path(__file__).parent.parent / "webui" / "templates"
# For practitioners and for authors, who have a layout of their own, and for paper.
NOT_ON_THE_WAY = re.compile(r"desk/|preview")


@dataclass(frozen=True, slots=True)
class Seen:
    """All that came over the wire, and what it was made from."""

    templates: set[str]
    replies: list[tuple[str, dict[str, str]]]
    """The address and the headers of each."""
    pages: dict[str, str]
    """The whole page, by its kind."""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Every kind of page, gone to once."""
    found, replies = Seen(set(), [], {}), list[Response]()
    whole, short = breaks(small_site(pdf_workers=1)), with_a_short_path()

    def rendered(sender: Any, template: Any, **_: Any) -> None:
        found.templates.add(template.name)

    template_rendered.connect(rendered)
    with sites_by_kind(whole, short) as sites, browser(tmp_path_factory.mktemp("profile")) as context:
        context.on("response", lambda reply: replies.append(reply))  # noqa: PLW0108  # it marks it
        for kind, site in sites.items():
            go_to(context.pages[0], site, kind)
            found.pages[kind] = context.pages[0].content()
        found.replies.extend((one.url, one.all_headers()) for one in replies)
    template_rendered.disconnect(rendered)
    return found


def test_these_are_all_the_kinds_of_page_there_are(seen: Seen) -> None:
    """A new page has to be put among them, and with that into every test that goes over all of them."""
    pages = {
        path.name for path in TEMPLATES.glob("*.html") if path.read_text().startswith('{% extends "layout.html" %}')
    }
    assert {name for name in seen.templates if not NOT_ON_THE_WAY.match(name)} == pages
    assert len(KINDS) == len(seen.pages) >= 21


def test_every_reply_says_keep_nothing_tell_nobody_and_load_only_from_here(seen: Seen) -> None:
    wanted = {name.lower(): value for name, value in HEADERS.items()}
    for url, headers in seen.replies:
        assert {name: headers.get(name) for name in wanted} == wanted, url
        kept = "public, max-age=31536000, immutable" if "/static/" in url else "no-store"
        assert headers["cache-control"] == kept, url


def test_nothing_comes_from_anywhere_else(seen: Seen) -> None:
    assert len({url.split("/")[2] for url, _ in seen.replies}) == 2  # our two sites


def test_every_page_has_the_same_name_and_two_ways_out(seen: Seen) -> None:
    for kind, page in seen.pages.items():
        title = re.search("<title>(.*?)</title>", page)
        assert title is not None
        assert title[1].removeprefix("Error: ") == "Questions", kind
        assert page.count('action="/leave"') >= 2, kind
        head, body = page.split("</head>")
        assert not TOPIC.search(head), kind
        # the first thing that can be reached on the page is a way out
        assert re.match(r'\s*<body[^>]*>\s*<div class="first">\s*<form class="leave"', body), kind


def test_nothing_that_is_entered_is_remembered(seen: Seen) -> None:
    pages = "".join(seen.pages.values())
    boxes = re.findall(r"<(?:form|input|textarea)\b[^>]*>", pages)
    assert len(boxes) > 100
    assert [box for box in boxes if 'autocomplete="off"' not in box] == []
    assert set(re.findall(r'<input[^>]* type="(\w+)"', pages)) <= {"hidden", "radio", "checkbox", "text"}


def test_whoever_is_led_elsewhere_is_not_told_where_from(seen: Seen) -> None:
    """Beside the header, for browsers that know only one of the two."""
    links = re.findall(r'<a\b[^>]*href="https?:[^>]*>', "".join(seen.pages.values()))
    assert links
    assert [link for link in links if 'rel="noreferrer nofollow"' not in link] == []
