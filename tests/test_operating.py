"""What an operator sets, sees and runs: settings, start-up, logs, health, and several processes as one site."""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.served import LIBRARY, Person, small_site
from webui import Settings, create_app
from webui.configured import READERS, from_environment
from webui.settings import InvalidSettings

ROOT = Path(__file__).parent.parent
GOOD = base64.b64encode(bytes.fromhex("9f3c5ad1e87b4602cc19f5a83e6d0b7752e4918fa03bd6c8417a25fe6390b1dd")).decode()
ROW = base64.b64encode(bytes(range(32))).decode()
PHRASE = base64.b64encode(b"correct horse battery staple 123").decode()
FEW = base64.b64encode(b"\x01\x02" * 16).decode()

REFUSED: Mapping[str, tuple[dict[str, str], str]] = {
    "a short key": ({"ASKWELL_KEYS": "c2hvcnQ="}, "one or two keys of 32 bytes"),
    "three keys": ({"ASKWELL_KEYS": f"{GOOD} {GOOD} {GOOD}"}, "one or two keys"),
    "a key that is not base64": ({"ASKWELL_KEYS": "not base64!"}, "in base64"),
    "an exit without TLS": ({"ASKWELL_EXIT": "http://example.org"}, "begins with https"),
    "an exit that is a script": ({"ASKWELL_EXIT": "javascript:alert(1)"}, "begins with https"),
    "an exit that leads back here": (
        {"ASKWELL_EXIT": "https://a.example/x", "ASKWELL_HOSTS": "a.example"},
        "leads away from this site",
    ),
    "an exit with a name in it": ({"ASKWELL_EXIT": "https://user@example.org"}, "begins with https"),
    "a port in words": ({"ASKWELL_PORT": "high"}, "from 0 to 65535"),
    "a log of maybe": ({"ASKWELL_LOG": "maybe"}, "yes or no"),
    "no host at all": ({"ASKWELL_HOSTS": ""}, "a list of words"),
    "a public address without keys": ({"ASKWELL_ADDRESS": "0.0.0.0"}, "ASKWELL_KEYS is missing"),
    "a public name without keys": ({"ASKWELL_HOSTS": "notes.example"}, "ASKWELL_KEYS is missing"),
    "a public name and a row of numbers": ({"ASKWELL_HOSTS": "notes.example", "ASKWELL_KEYS": ROW}, "can be guessed"),
    "a public name and a phrase": ({"ASKWELL_HOSTS": "notes.example", "ASKWELL_KEYS": PHRASE}, "can be guessed"),
    "a public name and few bytes": ({"ASKWELL_HOSTS": "notes.example", "ASKWELL_KEYS": FEW}, "can be guessed"),
    "debug where others can see it": (
        {"ASKWELL_ADDRESS": "0.0.0.0", "ASKWELL_KEYS": GOOD, "FLASK_DEBUG": "1"},
        "FLASK_DEBUG is set",
    ),
}

FILES: Mapping[str, tuple[str, str]] = {
    "a setting that is not there": ("ports = 80", "there is no setting 'ports'. Did you mean 'port'"),
    "a key where a list belongs": ("keys = 5", "keys is a list of words"),
    "a truth for a port": ("port = true", "port is a number"),
    "a number for a truth": ("log = 1", "log is yes or no"),
    "a list for a text": ('exit = ["https://a.example"]', "exit is a text"),
    "not TOML": ("port: 80", "this is not TOML"),
}


@pytest.mark.parametrize(("environment", "why"), REFUSED.values(), ids=REFUSED)
def test_a_setting_that_is_unsafe_is_refused(environment: dict[str, str], why: str) -> None:
    with pytest.raises(InvalidSettings, match=re.escape(why)):
        from_environment(environment)


@pytest.mark.parametrize(("text", "why"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_used_is_refused_with_its_name(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "askwell.toml"
    path.write_text(text)
    with pytest.raises(InvalidSettings, match=re.escape(why)) as refused:
        from_environment({}, path)
    assert str(path) in str(refused.value)


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(InvalidSettings, match="cannot be read"):
        from_environment({"ASKWELL_CONFIG": "nowhere/askwell.toml"})


def test_settings_come_from_a_file_and_the_environment_wins(tmp_path: Path) -> None:
    path = tmp_path / "askwell.toml"
    written = ['name = "A charity"', 'contact = "01 234"', f'keys = ["{GOOD}"]', 'hosts = ["notes.example"]']
    path.write_text("\n".join([*written, "port = 9000", "log = true"]))
    settings = from_environment({"ASKWELL_CONFIG": str(path), "ASKWELL_PORT": "9001"})
    assert (settings.name, settings.contact, settings.hosts) == ("A charity", "01 234", ("notes.example",))
    assert (settings.port, settings.log_requests, settings.is_public) == (9001, True, True)
    assert "x9f" not in repr(settings)


def test_this_machine_alone_needs_no_setting_at_all() -> None:
    settings = from_environment({})
    assert not settings.is_public
    assert len(settings.keys[0]) == 32
    assert settings.keys != from_environment({}).keys


def test_every_setting_is_in_the_docs() -> None:
    page = (ROOT / "docs" / "running.md").read_text()
    assert [name for name in READERS if f"`{name}`" not in page] == []


def test_who_runs_the_site_stands_on_its_first_page_only() -> None:
    person = Person(small_site(name="A <charity>", contact="01 234"))
    assert "run by A &lt;charity&gt;. To ask about the site: 01 234." in person.looks("/").page
    assert "charity" not in person.begins().page


def test_only_what_is_offered_is_served() -> None:
    shipped = ROOT / "questionnaires"
    app = create_app(Settings(questionnaires=shipped, offered=("workplace", "first_contact")))
    titles = app.extensions["askwell"].library.titles
    assert [title.instrument.id for title in titles] == ["workplace", "first_contact"]
    with pytest.raises(InvalidSettings, match="There is: workplace"):
        create_app(Settings(questionnaires=shipped, offered=("work_place",)))


def test_the_nation_of_the_operator_stands_first_while_that_of_a_person_is_open() -> None:
    shipped = ROOT / "questionnaires"
    app = create_app(Settings(questionnaires=shipped, offered=("stalking_screen",), nation="scotland"))
    (title,) = app.extensions["askwell"].library.titles
    assert title.directory is not None
    assert next(iter(title.directory.nations)) == "scotland"
    with pytest.raises(InvalidSettings, match="ASKWELL_NATION"):
        create_app(Settings(questionnaires=shipped, nation="atlantis"))


@contextmanager
def running(**environment: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """A process that serves the questionnaires of the tests on a free port."""
    settings = {"ASKWELL_PORT": "0", "ASKWELL_QUESTIONNAIRES": str(LIBRARY), **environment}
    command, said = [sys.executable, "-m", "webui.serve"], subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stderr=said, text=True) as it:
        try:
            assert it.stderr is not None
            found = next(filter(None, (re.search(r"^Open http://127.0.0.1:(\d+)/", line) for line in it.stderr)))
            yield int(found[1]), it
        finally:
            it.terminate()


def ask(port: int, method: str, path: str, cookie: str = "", **fields: str) -> tuple[int, str, str]:
    """Return the status, the page and the cookie that one process answers with."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": f"__Host-s={cookie}"} if cookie else {}
    body = None
    if fields:
        body, headers["Content-Type"] = urlencode(fields), "application/x-www-form-urlencoded"
    connection.request(method, path, body, headers)
    reply = connection.getresponse()
    page = reply.read().decode()
    given = re.search(r"__Host-s=([^;]+)", reply.headers.get("Set-Cookie", ""))
    connection.close()
    return reply.status, page, given[1] if given else cookie


def test_every_request_of_a_journey_may_go_to_another_process() -> None:
    keys = base64.b64encode(secrets.token_bytes(32)).decode()
    with ExitStack() as stack:
        ports = [stack.enter_context(running(ASKWELL_KEYS=keys))[0] for _ in range(2)]
        turns = (ports[turn % 2] for turn in range(1000))
        status, _, cookie = ask(next(turns), "POST", "/", which="0", voice="self")
        assert status == 303
        asked = []
        while True:
            _, page, cookie = ask(next(turns), "GET", "/q", cookie)
            hidden = dict(re.findall(r'name="(token|item)" value="([^"]*)"', page))
            buttons = re.findall(r'name="do" value="(dont_know|go_on)"', page)
            if not buttons:
                break
            asked += [hidden["item"]] if "item" in hidden else []  # a page to be read has none
            do = buttons[0]
            status, _, cookie = ask(next(turns), "POST", "/q", cookie, do=do, **hidden)
            assert status == 303
    assert len(asked) > 3
    assert len(set(asked)) == len(asked)


def test_what_is_written_down_holds_no_word_of_a_person() -> None:
    with running(ASKWELL_LOG="yes") as (port, process):
        assert ask(port, "GET", "/healthz")[:2] == (200, "ok\n")
        ask(port, "GET", "/ZEBRA-PATH?said=ZEBRA-QUERY", cookie="ZEBRA-COOKIE")
        ask(port, "POST", "/q", cookie="ZEBRA-COOKIE", answer="ZEBRA-ANSWER")
        process.terminate()
        assert process.stderr is not None
        written = process.stderr.read()
    assert "ZEBRA" not in written
    assert "127.0.0.1" not in written
    lines = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    assert [(line["method"], line["page"], line["status"]) for line in lines if line["event"] == "request"] == [
        ("GET", "/healthz", 200),
        ("GET", "unknown", 404),
        ("POST", "/q", 303),
    ]
