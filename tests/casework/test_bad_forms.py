"""Whatever is sent to the desk, a page of ours comes back, never an error of the server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.casework.at_desk import Worker, desk_site

VALUES = ("9" * 5000, "\u0663", "\u202eno\u2066 \u0000", "a\x0bb", "/cases/\r\nX: 1", "x" * 5000)
CASE = "/cases/2026-1"
# Each form, what makes it whole, and what else somebody may put into it.
FORMS: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "/cases/new": ({"reference": "2026-2", "questionnaire": "everything"}, ()),
    "/cases/look": ({"live": "on"}, ("back", "keys")),
    "/cases/file": ({"passphrase": "four words by chance"}, ("file",)),
    "/cases/practice": ({"questionnaire": "everything", "caller": "1"}, ()),
    f"{CASE}/gate": ({"delete_after": "2027-01-31"}, ("by", "minutes", "safe_to_talk", "number", "consent_limits")),
    f"{CASE}/judgement": ({"do": "judge:trouble", "level-trouble": "grave"}, ("reason-trouble",)),
    f"{CASE}/referral": ({"to": "police"}, ("reason", "pathway")),
    f"{CASE}/file": ({"passphrase": "four words by chance"}, ()),
    f"{CASE}/purge": ({"typed": ""}, ()),
    f"{CASE}/s/first": ({"do": ""}, ("item", "a-danger", "a-years", "how-danger", "note-danger")),
    f"{CASE}/s/second": ({"do": "add:visits"}, ("e-visits-1-year", "e-visits-1-month", "e-visits-2", "a-words")),
}  # fmt: skip


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    app = desk_site(tmp_path_factory.mktemp("desk"))
    yield Worker(app).looks("/cases/").unlocks().begins(questionnaire="everything")
    app.extensions["askwell_desk"].lock()


@pytest.mark.parametrize("path", FORMS)
def test_whatever_is_typed_into_a_form_it_is_taken_or_refused_in_words(worker: Worker, path: str) -> None:
    whole, others = FORMS[path]
    for name in (*whole, *others, "revision"):
        for value in VALUES:
            worker.looks(f"{CASE}/gate")
            sent = {"token": worker.hidden("token"), "revision": worker.hidden("revision"), **whole, name: value}
            for accept in ("text/html", "application/json"):
                reply = worker.client.post(path, data=sent, headers={"Accept": accept})
                assert reply.status_code < 500, (name, value[:20], accept)
                assert "X" not in reply.headers


def test_a_jump_from_nowhere_leads_to_the_first_page_of_the_case(worker: Worker) -> None:
    for value in (*VALUES, "../../out", "second/../.."):
        reply = worker.client.get(f"{CASE}/jump", query_string={"from": value})
        assert reply.headers["Location"] == f"{CASE}/s/first"
