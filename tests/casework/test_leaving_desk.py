"""Judgement and documents at the desk: both levels are kept, and what is previewed is what leaves."""

from __future__ import annotations

import html
import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from flask import Flask

from engine.casework.case_file import CaseFile
from tests.casework.at_desk import Worker, desk_site
from webui.casework.desk import Desk

JUDGE = "/cases/2026-1/judgement"
KICKED = {"do": "judge:trouble"}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    made = desk_site(tmp_path, pathway="Ring the stable desk.")
    yield made
    made.extensions["askwell_desk"].lock()
    made.extensions["askwell"].press.close()


@pytest.fixture
def worker(app: Flask) -> Worker:
    worker = Worker(app).looks("/cases/").unlocks().begins(questionnaire="everything")
    gate = {"consent": "given", "number": "01632 960001", "voicemail": "no", "by": "B. Worker", "safe_to_talk": "yes"}
    worker.sends("/cases/2026-1/gate", **gate, delete_after="2027-01-31")
    said = {"a-does": "kicked", "how-does": "records", "note-does": "Hoof marks."}
    return worker.looks("/cases/2026-1/s/second").sends("/cases/2026-1/s/second", **said)


def kept(app: Flask) -> CaseFile:
    desk: Desk = app.extensions["askwell_desk"]
    assert desk._store is not None
    return desk._store.open("2026-1")


def test_a_lowered_level_takes_a_reason_and_a_second_person_and_both_levels_stay(worker: Worker, app: Flask) -> None:
    lower = {"level-trouble": "some", "reason-trouble": "An old zebra"}
    assert "takes a second person" in worker.looks(JUDGE).sends(JUDGE, **KICKED, **lower).words
    assert "An old zebra" in worker.page
    assert "This is missing" in worker.looks(JUDGE).sends(JUDGE, **KICKED, **{"level-trouble": "some"}).words
    assert kept(app).judged == ()
    worker.looks(JUDGE).sends(JUDGE, **KICKED, **lower, **{"second_person-trouble": "A lead"})
    (judged,) = kept(app).judged
    assert (judged.level, judged.computed, judged.second_person, judged.by) == (
        "some",
        "Grave zebra concern",
        "A lead",
        "B. Worker",
    )
    text = worker.looks("/cases/2026-1/referral.txt").page
    assert "Lowered by the assessor to: Some zebra concern, agreed by A lead" in text
    assert "By the answers alone: Grave zebra concern" in text


def test_a_judgement_that_is_taken_back_stays_in_the_history(worker: Worker, app: Flask) -> None:
    worker.looks(JUDGE).sends(JUDGE, **KICKED, **{"level-trouble": "more", "reason-trouble": "The look of it"})
    worker.looks(JUDGE).sends(JUDGE, do="back:trouble")
    assert [judged.level for judged in kept(app).judged] == ["more", ""]
    assert kept(app).record.judgements == {}
    assert worker.words.count("The look of it") == 1


def test_without_consent_or_a_reason_no_referral_leaves(worker: Worker) -> None:
    gate = "/cases/2026-1/gate"
    worker.looks(gate).sends(gate, consent="refused", delete_after="2027-01-31")
    for name in ("referral.pdf", "referral.txt"):
        assert worker.looks(f"/cases/2026-1/{name}").last.status_code == 409
        assert "Neither consent nor" in worker.words
    assert "referral.pdf" not in worker.looks("/cases/2026-1/referral").page
    worker.looks(gate).sends(
        gate, consent="refused", basis="Risk to life. The lead decided.", delete_after="2027-01-31"
    )
    assert "Risk to life" in worker.looks("/cases/2026-1/referral.txt").page


def test_the_words_of_a_referral_are_kept_and_the_way_here_is_the_organisations_until_changed(
    worker: Worker, app: Flask
) -> None:
    page = "/cases/2026-1/referral"
    worker.looks(page).sends(page, to="meeting", reason="Because of the hoof.", pathway="Ring the stable desk.")
    assert kept(app).draft.pathway is None
    worker.sends(page, to="meeting", reason="Because of the hoof.", pathway="By letter.")
    assert (kept(app).draft.pathway, kept(app).draft.to) == ("By letter.", "meeting")
    for words in ("Multi-agency risk meeting", "Because of the hoof.", "By letter.", "This is not a DASH"):
        assert words in worker.words


# words that must stand on the page, in the text, and (by the same template as the page) in the file
DOCUMENTS = [
    (
        "referral",
        ["Hoof marks.", "01632 960001", "From records", "Grave zebra concern"],
        "referral.pdf",
        "Referral 2026-1",
    ),
    ("plan", ["Put a fence around the zebra.", "They know every zebra."], "notes.pdf", "Notes"),
]


@pytest.mark.parametrize(("document", "words", "file", "title"), DOCUMENTS)
def test_what_is_previewed_is_what_leaves(
    worker: Worker, document: str, words: list[str], file: str, title: str
) -> None:
    page = worker.looks(f"/cases/2026-1/{document}").page
    preview = html.unescape(page.partition('<article class="preview"')[2])
    text = " ".join(worker.looks(f"/cases/2026-1/{document}.txt").page.split())
    for one in words:
        assert one in preview
        assert one in text
    pdf = worker.client.get(f"/cases/2026-1/{document}.pdf")
    assert pdf.headers["Content-Disposition"] == f'attachment; filename="{file}"'
    with pikepdf.open(io.BytesIO(pdf.data)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert opened.open_metadata()["dc:title"] == title
        assert opened.open_metadata()["pdfuaid:part"] == "1"


def test_the_callers_plan_holds_nothing_of_the_case(worker: Worker) -> None:
    words = worker.looks("/cases/2026-1/plan.txt").words
    for secret in ("2026-1", "Hoof marks", "01632", "Grave zebra concern"):
        assert secret not in words


def test_the_callers_plan_is_had_in_every_language_of_its_questionnaire(tmp_path: Path) -> None:
    app = desk_site(tmp_path, drafts=("en-XA",))
    worker = Worker(app).looks("/cases/").unlocks().begins(questionnaire="everything")
    worker.looks("/cases/2026-1/s/second").sends("/cases/2026-1/s/second", a__does="kicked")
    page = worker.looks("/cases/2026-1/plan?in=en-XA").page
    assert 'lang="en-XA"' in page
    assert "Put a fence" not in worker.words
    text = worker.looks("/cases/2026-1/plan.txt?in=en-XA").words
    assert "Put a fence" not in text
    assert "in our talk" not in text
    assert "Put a fence" in worker.looks("/cases/2026-1/plan.txt?in=nowhere").words
    app.extensions["askwell_desk"].lock()
