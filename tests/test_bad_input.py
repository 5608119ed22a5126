"""Whatever is sent, a clear page comes back, never an error of the server, and what was answered is still there."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browsing import back, browser
from tests.kinds import go_to, press
from tests.served import Person, served, small_site
from webui.sealed import NAME

BIDI = "\u202eno\u2066 \u200f\u200b\u0000 \U0001f469\u200d\U0001f467 Zażółć \u0301" * 3
FIELDS = ("token", "item", "do", "answer", "answer-1", "answer-day", "answer-year", "listed", "language", "\U0001f600")
POSTS: dict[str, dict[str, Any]] = {
    "nothing at all": {},
    "a wrong token": {"token": "x" * 22, "do": "answer", "item": "heard", "answer": "yes"},
    "a question that is not there": {"do": "answer", "item": "no_such_thing", "answer": "yes"},
    "a question as a path": {"do": "answer", "item": "../../etc/passwd", "answer": "yes"},
    "a button that is not there": {"do": "explode", "item": "heard"},
    "a button with too much to say": {"do": "remove:1:2:3", "item": "heard"},
    "an entry that is not there to remove": {"do": "remove:99999999999999999999", "item": "visits"},
    "a change of nothing": {"do": "change:", "item": ""},
    "two answers where there is one": {"do": "answer", "item": "heard", "answer": ["yes", "no"]},
    "an answer without end": {"do": "answer", "item": "words", "answer": "é" * 20_000},
    "fields nobody asked for": {"do": "answer", "item": "heard", "admin": "1", "__proto__": "x", "record": "{}"},
    "signs that turn the text round": dict.fromkeys(FIELDS, BIDI),
}
HEADERS: dict[str, dict[str, str]] = {
    "another host": {"Host": "evil.example"},
    "a host with a name in it": {"Host": "127.0.0.1@evil.example"},
    "a host that was passed on": {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"},
    "another method in a header": {"X-HTTP-Method-Override": "DELETE"},
    "another address in a header": {"X-Original-URL": "/admin", "X-Rewrite-URL": "/admin"},
    "a length that is no number": {"Content-Length": "many"},
    "a kind that nobody knows": {"Content-Type": "application/x-www-form-urlencoded; charset=utf-99"},
    "parts without a border": {"Content-Type": "multipart/form-data"},
    "JSON": {"Content-Type": "application/json"},
    "a range": {"Range": "bytes=0-1,5-,-3"},
    "a cookie of cookies": {"Cookie": f"{NAME}={NAME}; {NAME}=; =; {'x' * 3000}"},
    "a language without end": {"Accept-Language": "x" * 3000 + ";q=nan", "Accept-Encoding": "gzip;q=x"},
}


@pytest.fixture
def person() -> Iterator[Person]:
    app = small_site(pdf_workers=1)
    yield Person(app).begins().answers("no")
    app.extensions["askwell"].press.close()


def assert_clear(page: str) -> None:
    """A page of ours, with a heading, the way out and no word of the machinery."""
    assert "<h1" in page
    assert 'action="/leave"' in page
    assert not re.search(r"Traceback|werkzeug|Internal Server Error|jinja", page)


def assert_nothing_lost(person: Person) -> None:
    if 'value="go_on"' in person.looks().page:  # what was sent has raised something
        person.presses("go_on")
    assert "Is a zebra kicking you now? No" in person.presses("check").words


@pytest.mark.parametrize("what", POSTS)
def test_whatever_is_posted_a_clear_page_comes_back_and_nothing_is_lost(person: Person, what: str) -> None:
    sent = {"token": person.hidden("token"), **POSTS[what]}
    reply = person.client.post("/q", data=sent)
    assert reply.status_code < 500
    if reply.status_code != 303:
        assert_clear(reply.get_data(as_text=True))
    assert_nothing_lost(person)


@pytest.mark.parametrize("path", ["/", "/leave", "/language", "/in", "/notes.pdf", "/short/notes.pdf", "/help-now"])
def test_signs_of_every_kind_sent_anywhere_break_nothing(person: Person, path: str) -> None:
    for value in (BIDI, "\U0001f600", "%00", "a\r\nSet-Cookie: x=1", "x" * 5000, "9" * 5000):
        for method in ("POST", "GET"):
            fields = dict.fromkeys((*FIELDS, "which", "voice", "to", "anew"), value)
            reply = person.client.open(path, method=method, data=fields)
            assert reply.status_code < 500
            assert "x=1" not in str(reply.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize("what", HEADERS)
def test_no_header_gets_around_anything(person: Person, what: str) -> None:
    token = person.hidden("token")
    for path, sent in (("/q", None), ("/", None), ("/q", {"token": token, "do": "stay"})):
        method = "GET" if sent is None else "POST"
        reply = person.client.open(path, method=method, data=sent, headers=HEADERS[what])
        assert reply.status_code < 500
        assert "evil.example" not in reply.get_data(as_text=True) + str(reply.headers)
        assert "admin" not in reply.get_data(as_text=True)
    person.client.delete_cookie(NAME, domain="evil.example")
    assert_nothing_lost(person)


def test_emoji_and_turned_text_in_an_answer_are_kept_as_they_are_or_refused_in_words(person: Person) -> None:
    said = "It is 😀 \u202eabc\u202c مرحبا <b>x</b>"
    person.passes_on_to("like to say").answers(said)
    assert person.last.status_code in (303, 422)
    if person.last.status_code == 303:
        assert "😀" in person.presses("check").words
        assert "<b>x</b>" not in person.page
    assert_nothing_lost(person)


def test_a_megabyte_is_refused_by_a_page_and_nothing_is_lost(person: Person) -> None:
    sent = {"token": person.hidden("token"), "do": "answer", "item": "heard", "answer": "x" * 1_000_000}
    reply = person.client.post("/q", data=sent)
    assert reply.status_code == 413
    assert "What you said before is kept." in reply.get_data(as_text=True)
    assert_nothing_lost(person)


def test_a_button_pressed_twice_does_it_once(person: Person) -> None:
    person.passes_on_to("and when?")
    sent = {"token": person.hidden("token"), "item": "visits", "do": "add", "listed": "0", "answer-2": "bite"}
    for _ in range(2):
        person.client.post("/q", data=sent)
    assert person.looks().page.count("A zebra bite</span>") == 1
    for do in ("all", "all"):
        person.client.post("/q", data={**sent, "do": do})
    person.looks().presses("check").presses("change:visits").presses("add", answer_2="kick")
    assert person.page.count("A zebra bite</span>") == 1
    for _ in range(2):
        person.client.post("/q", data={**sent, "do": "remove:1", "listed": "2"})
    assert (person.looks().page.count("bite</span>"), person.page.count("kick</span>")) == (0, 1)


def test_two_windows_with_different_answers_lose_neither(person: Person) -> None:
    token = person.hidden("token")
    for item, answer in (("heard", "no"), ("who", "wild"), ("danger", "no"), ("heard", "no")):
        reply = person.client.post("/q", data={"token": token, "item": item, "do": "answer", "answer": answer})
        assert reply.status_code == 303
    words = person.looks().presses("check").words
    assert "Can the zebra hear you? No" in words
    assert "Whose zebra is it? A wild zebra" in words


def test_beginning_again_asks_before_it_deletes(person: Person) -> None:
    person.opens()
    assert person.heading == "You have already begun"
    assert_nothing_lost(person)
    person.client.post("/", data={"which": "0", "voice": "self", "anew": "yes"})
    assert person.looks().heading == "Before the first question"


def test_a_file_without_a_journey_leads_to_the_page_about_nothing() -> None:
    client = small_site().test_client()
    for path in ("/notes.pdf", "/short/notes.pdf"):
        assert client.get(path).headers["Location"] == "/q"
    assert "There is nothing here now" in client.get("/q").get_data(as_text=True)


RAW = (
    b"GET http://evil.example/q HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"POST /q HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET /%00%ff%0d%0aSet-Cookie:x=1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET /static/..%2f..%2fsettings.py HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"\x16\x03\x01 not http at all\r\n\r\n",
)


def test_what_no_browser_sends_gets_no_error_of_the_server() -> None:
    with served(small_site()) as site:
        port = int(site.rpartition(":")[2])
        for raw in RAW:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                line.sendall(raw.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
                with line.makefile("rb") as read:
                    reply = read.read()
            assert reply.startswith(b"HTTP/1."), raw
            assert b" 500 " not in reply[:20], (raw, reply[:200])
            assert b"evil" not in reply
            assert b"Set-Cookie:x" not in reply.replace(b" ", b"")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_browser_that_keeps_no_cookie_is_told_what_to_do(tmp_path: Path, scripts: bool) -> None:
    settings = tmp_path / "profile" / "Default" / "Preferences"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"profile": {"default_content_setting_values": {"cookies": 2}}}))
    with served(small_site()) as site, browser(tmp_path / "profile", java_script_enabled=scripts) as context:
        page = context.pages[0]
        page.goto(site)
        page.get_by_label("It is happening to me").check()
        press(page, "Begin", "This browser did not keep your place")
        expect(page.get_by_text("look for “cookies”, and allow them")).to_be_visible()


def test_back_after_an_answer_and_answering_again_is_harmless(tmp_path: Path) -> None:
    with served(small_site()) as site, browser(tmp_path / "profile", java_script_enabled=False) as context:
        page = context.pages[0]
        go_to(page, site, "question")
        page.get_by_label("No", exact=True).check()
        press(page, "Continue", "Can the zebra hear you?")
        back(page)
        page.goto(f"{site}/q")
        page.get_by_label("No", exact=True).check()
        press(page, "Continue", "Whose zebra is it?")
        press(page, "See my answers", "Check your answers")
        expect(page.get_by_role("definition").filter(has_text=re.compile("^No$"))).to_have_count(2)
