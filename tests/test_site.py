"""What the site tells and what it keeps to itself: headers, errors, logs, names, and the questionnaires it serves."""

from __future__ import annotations

import json
import logging
import re
import shutil
from pathlib import Path

import pytest
from calmjs.parse import es5
from calmjs.parse.exceptions import ECMASyntaxError
from flask import Flask

from tests.served import LIBRARY, Clock, Person, breaks, small_site
from webui import Settings, create_app
from webui.assets import FOLDER
from webui.logs import OneLine
from webui.serve import report

PAGES = ("/", "/q", "/help-now", "/safety", "/nothing-here", "/notes.pdf", "/out")
TOPIC = re.compile(r"stalk|abuse|violen|victim|partner|threat|zebra|everything", re.IGNORECASE)


@pytest.fixture
def app() -> Flask:
    return small_site()


@pytest.fixture
def person(app: Flask) -> Person:
    return Person(app).begins()


@pytest.mark.parametrize("path", PAGES)
def test_every_reply_says_keep_nothing_and_load_only_from_here(app: Flask, path: str) -> None:
    headers = app.test_client().get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "noindex" in headers["X-Robots-Tag"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


def test_errors_too_carry_the_headers_and_the_way_out(app: Flask) -> None:
    client = app.test_client()
    replies = {
        400: client.post("/", data={"which": "99"}),
        403: client.post("/", data={"which": "0"}, headers={"Sec-Fetch-Site": "cross-site"}),
        404: client.get("/q/danger"),
        405: client.put("/q"),
        413: client.post("/", data={"which": "x" * 70_000}),
    }
    for code, reply in replies.items():
        page = reply.get_data(as_text=True)
        assert reply.status_code == code
        assert reply.headers["Cache-Control"] == "no-store"
        assert "<title>Questions</title>" in page
        assert page.count('action="/leave"') == 2
        assert not TOPIC.search(page)
        assert "Traceback" not in page
        assert "werkzeug" not in page


def test_too_many_parts_are_refused(person: Person) -> None:
    many = {f"part-{n}": "x" for n in range(300)}
    reply = person.client.post("/q", data=many, content_type="multipart/form-data")
    assert reply.status_code == 413


def test_only_known_hosts_are_answered(app: Flask) -> None:
    reply = app.test_client().get("/", headers={"Host": "elsewhere.example"})
    assert reply.status_code == 400
    assert "elsewhere.example" not in reply.get_data(as_text=True)


def test_what_breaks_is_shown_and_written_down_without_a_word_of_the_person(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    breaks(app)
    with caplog.at_level(logging.DEBUG):
        reply = app.test_client().get("/breaks?said=ZEBRA-ANSWER", headers={"Cookie": "x=ZEBRA-ANSWER"})
    assert reply.status_code == 500
    assert "ZEBRA" not in reply.get_data(as_text=True) + caplog.text
    assert "Something went wrong on our side" in reply.get_data(as_text=True)
    (line,) = caplog.records
    assert json.loads(OneLine().format(line))["kind"] == "KeyError"


def test_no_name_on_the_outside_tells_the_topic(person: Person) -> None:
    for do in ("dont_know", "summary"):
        person.presses(do)
        assert person.title == "Questions"
        outside = str(person.last.headers) + str(person.client.get("/q").headers.to_wsgi_list())
        assert not TOPIC.search(re.sub(r"__Host-s=[^;]*", "", outside))
    pdf = person.client.get("/notes.pdf")
    assert pdf.headers["Content-Disposition"] == 'attachment; filename="notes.pdf"'
    assert not TOPIC.search(re.sub(r"__Host-s=[^;]*", "", str(pdf.headers)))
    person.client.application.extensions["askwell"].press.close()


def test_forms_are_not_remembered_by_the_browser(person: Person) -> None:
    seen = person.looks("/").page
    for question in ("Is a zebra", "For how many", "has the zebra done?", "did the zebra come", "and when?", "to say"):
        if question == "For how many":
            person.passes_on_to("Whose").answers("own")
        seen += person.looks().passes_on_to(question).page
    forms, boxes = re.findall(r"<form[^>]*>", seen), re.findall(r"<(?:input|textarea)[^>]*>", seen)
    assert len(boxes) > 30
    assert [tag for tag in (*forms, *boxes) if 'autocomplete="off"' not in tag] == []
    assert not re.search(r'type="(email|tel|password|search|url)"', seen)
    typed = [box for box in boxes if box.startswith("<textarea") or 'type="text"' in box]
    assert len(typed) > 5
    assert [box for box in typed if 'spellcheck="false"' not in box] == []
    assert not re.search(r"<style|style=|<script>|\son\w+=", seen)


def test_a_broken_questionnaire_is_told_to_the_operator_and_not_served(app: Flask) -> None:
    page = app.test_client().get("/").get_data(as_text=True)
    assert "zebra" in page
    assert "walrus" not in page
    told = "\n".join(report(app.extensions["askwell"]))
    assert "Ready: everything 1.0.0" in told
    assert "broken/questionnaire.yaml:11:78: unknown-name" in told
    assert "Did you mean 'seen'?" in told


def test_an_overdue_review_is_told_to_the_operator() -> None:
    clock = Clock()
    clock.moment = clock.moment.replace(year=2028)
    assert "review of 'everything' was due on 2027-05-23" in "\n".join(report(small_site(clock).extensions["askwell"]))


def test_several_questionnaires_stand_on_the_first_page_the_shortest_first(tmp_path: Path) -> None:
    shutil.copytree(LIBRARY, tmp_path, dirs_exist_ok=True)
    short = (LIBRARY / "broken" / "questionnaire.yaml").read_text().replace(", applies_if: sene is yes", "")
    (tmp_path / "broken" / "questionnaire.yaml").write_text(short)
    app = create_app(Settings(questionnaires=tmp_path))
    page = app.test_client().get("/").get_data(as_text=True)
    assert page.index("Living beside a walrus") < page.index("Questions about a zebra")
    for which, heading in (("0", "Have you seen the walrus?"), ("1", "Is a zebra kicking you now?")):
        person = Person(app)
        person.client.post("/", data={"which": which, "voice": "self"})
        person.looks().presses("go_on")
        assert person.heading == heading
        assert "You have already begun." in person.looks("/").words


def test_the_script_can_be_read_by_old_browsers() -> None:
    """Read by a parser of the language as it was in 2009, which knows nothing newer."""
    script = (FOLDER / "app.js").read_text()
    assert len(es5(script).children()) == 1
    for newer in ("x => 1", "let x = 1; class X {}", "`x`", "f(...x)", "x?.y", "async function f() {}"):
        with pytest.raises(ECMASyntaxError):
            es5(f"var y = {newer};")


def test_with_nothing_to_ask_the_emergency_page_is_still_there(tmp_path: Path) -> None:
    shutil.copytree(LIBRARY / "broken", tmp_path / "broken")
    client = create_app(Settings(questionnaires=tmp_path)).test_client()
    assert "whom to call" in client.get("/").get_data(as_text=True)
    emergency = client.get("/help-now").get_data(as_text=True)
    assert all(number in emergency for number in ("999", "101", "55"))
    assert "There is nothing here now" in client.get("/q").get_data(as_text=True)


def test_a_questionnaire_whose_directory_is_missing_is_not_served(tmp_path: Path) -> None:
    shutil.copytree(LIBRARY / "everything", tmp_path / "everything")
    library = create_app(Settings(questionnaires=tmp_path)).extensions["askwell"].library
    assert library.titles == ()
    assert "its directory 'near' is not there" in library.broken[0].problems


def test_leaving_takes_two_steps_and_forgets_on_both(person: Person) -> None:
    first = person.client.post("/leave", headers={"Sec-Fetch-Site": "cross-site"})
    assert first.status_code == 200
    assert '<meta http-equiv="refresh" content="0;url=/out">' in first.get_data(as_text=True)
    assert "<body></body>" in first.get_data(as_text=True)
    second = person.client.get("/out")
    assert (second.status_code, second.headers["Location"]) == (303, "https://www.bbc.co.uk/weather")
    for reply in (first, second):
        assert '"cookies"' in reply.headers["Clear-Site-Data"]
        assert "__Host-s=;" in reply.headers["Set-Cookie"]
        assert "Max-Age=0" in reply.headers["Set-Cookie"]
    assert person.looks("/q").heading == "There is nothing here now"


def test_what_is_the_same_for_everybody_is_compressed_and_may_be_kept(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/")
    links = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.get_data(as_text=True))
    assert {link.split("?")[0] for link in links} == {"/static/app.js", "/static/site.css"}
    replies = {link: client.get(link, headers={"Accept-Encoding": "gzip"}) for link in links}
    for link, reply in replies.items():
        assert "immutable" in reply.headers["Cache-Control"]
        assert client.get(link).data != reply.data  # for those who cannot unpack
    assert client.get("/static/../settings.py").status_code == 404
