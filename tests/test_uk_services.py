"""The services of the UK: what the directory prints, and what it must not."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from engine.format.directory import (
    Directory,
    facts,
    is_printable,
    overdue,
    printable_contacts,
    serves,
    serves_everywhere,
)
from engine.format.evidence import if_verified
from engine.format.load_directory import load_directory
from engine.format.opening import in_words, is_open

UK = Path(__file__).parent.parent / "questionnaires" / "directory" / "uk.yaml"


@pytest.fixture(scope="module")
def uk() -> Directory:
    return load_directory(UK)


PRINTED = {
    # Every number and address that reaches a person, a second time: a slip in the file alone does not pass.
    "police_emergency": ("999",),
    "emergency_sms": ("999",),
    "textphone_emergency": ("18000",),
    "police_101": ("101",),
    "national_stalking_helpline": ("0808 802 0300", "suzylamplugh.org"),
    "paladin": ("020 3866 4107", "paladinservice.co.uk"),
    "alice_ruggles_trust": ("alicerugglestrust.org/advice-about-stalking",),
    "mygov_scot_stalking": ("mygov.scot/victim-support-stalking",),
    "ppsni_stalking": ("ppsni.gov.uk/offence-stalking",),
    "veritas_justice": ("01273 234773",),
    "cyber_helpline": ("thecyberhelpline.com/gethelp",),
    "hollie_guard": ("Hollie Guard",),
    "refuge_tech_safety": ("refugetechsafety.org",),
    "revenge_porn_helpline": ("0345 6000 459", "revengepornhelpline.org.uk"),
    "stopncii": ("stopncii.org",),
    "national_domestic_abuse_helpline": ("0808 2000 247",),
    "live_fear_free": ("0808 80 10 800", "07860 077333", "gov.wales/live-fear-free"),
    "scotland_domestic_abuse": ("0800 027 1234", "safer.scot"),
    "scottish_womens_aid": ("0131 226 6606",),
    "dsa_helpline_ni": ("0808 802 1414",),
    "galop": ("0800 999 5428", "galop.org.uk"),
    "respect_phoneline": ("respect.org.uk",),
    "karma_nirvana": ("0800 5999 247", "karmanirvana.org.uk"),
    "southall_black_sisters": ("020 8571 9595", "southallblacksisters.org.uk"),
    "signhealth": ("signhealth.org.uk",),
    "childline": ("0800 1111",),
    "rape_support_line": ("247sexualabusesupport.org.uk",),
    "rape_crisis_scotland": ("08088 01 03 02",),
    "samaritans": ("116 123", "samaritans.org"),
    "samaritans_welsh": ("0808 164 0123",),
    "shout": ("85258", "giveusashout.org"),
    "victim_support": ("08 08 16 89 111", "victimsupport.org.uk"),
    "victim_support_scotland": ("0800 160 1985",),
    "victim_support_ni": ("victimsupportni.com",),
    "flows": ("rcjadvice.org.uk",),
}

NOT_PRINTED = {
    "bsl_999", "london_stalking_support", "slt_online_tool", "protection_against_stalking", "action_against_stalking",
    "hersana", "womens_aid_chat", "assist_ni", "mens_advice_line", "mankind", "forced_marriage_unit",
    "muslim_womens_network", "jewish_womens_aid", "hourglass", "nspcc", "report_harmful_content",
    "nhs_111_mental_health", "mind", "unwanted_prisoner_contact", "report_fraud", "bank_159", "rights_of_women", "ncdv",
    "citizens_advice", "national_debtline", "stepchange", "shelter", "acas", "iopc", "ico",
}  # fmt: skip

ALWAYS_OPEN = {
    "police_emergency", "emergency_sms", "textphone_emergency", "police_101", "national_domestic_abuse_helpline",
    "live_fear_free", "scotland_domestic_abuse", "dsa_helpline_ni", "rape_support_line", "samaritans", "shout",
    "victim_support",
}  # fmt: skip


def test_these_contacts_are_printed_and_no_others(uk: Directory) -> None:
    printed = {name: tuple(c.value for c in printable_contacts(service)) for name, service in uk.services.items()}
    assert {name: values for name, values in printed.items() if values} == PRINTED
    assert {name for name, values in printed.items() if not values} == NOT_PRINTED


def test_these_hours_are_printed_and_no_others(uk: Directory) -> None:
    words = {name: in_words(service.hours) for name, service in uk.services.items()}
    assert {name for name, hours in words.items() if hours} == ALWAYS_OPEN
    assert {hours for hours in words.values() if hours} == {"Day and night, every day"}


def test_every_printed_fact_has_evidence_and_a_source(uk: Directory) -> None:
    known = {(fact.evidence, fact.source) for s in uk.services.values() for _, fact in facts(s) if fact.verified}
    assert {evidence for evidence, _ in known} == {"own_page", "dated_check", "national_number"}
    assert {source for _, source in known} <= set(uk.sources)


def test_no_phone_bill_is_promised_to_be_clean(uk: Directory) -> None:
    claimed = {name for name, service in uk.services.items() if service.on_bill is not None}
    assert claimed == {"national_stalking_helpline", "childline"}
    assert not [name for name in claimed if if_verified(uk.services[name].on_bill)]


@pytest.mark.parametrize("nation", ["england", "wales", "scotland", "northern_ireland"])
def test_every_nation_has_somebody_to_call_at_night(uk: Directory, nation: str) -> None:
    night = datetime.fromisoformat("2026-12-25 03:00")
    awake = {
        name for name, s in uk.services.items() if serves(s, nation) and is_printable(s) and is_open(s.hours, night)
    }
    assert {"police_emergency", "textphone_emergency", "samaritans"} <= awake
    own = {name for name in awake if not serves_everywhere(uk.services[name], uk)}
    assert own, "a helpline of this nation's own"


def test_danger_has_a_number_everywhere(uk: Directory) -> None:
    emergency = uk.services["police_emergency"]
    assert serves_everywhere(emergency, uk)
    assert [c.value for c in printable_contacts(emergency) if c.kind == "phone"] == ["999"]


def test_every_source_is_used(uk: Directory) -> None:
    assert set(uk.sources) == {fact.source for s in uk.services.values() for _, fact in facts(s)} - {None}


def test_services_are_described_in_short_plain_sentences_without_gendered_pronouns(uk: Directory) -> None:
    for name, service in uk.services.items():
        words = service.about.says("self")
        assert not re.search(r"\b(he|she|him|his|her|hers)\b", words, re.IGNORECASE), name
        longest = max(len(sentence.split()) for sentence in re.split(r"[.;:]\s", words))
        assert longest <= 25, f"{name}: a sentence of {longest} words"


def test_a_number_without_a_date_is_reported_until_somebody_dates_it(uk: Directory) -> None:
    undated = ("national_stalking_helpline", "phone 0808 802 0300", None)
    dated = ("live_fear_free", "phone 0808 80 10 800", "2026-10-07")
    soon, late = overdue(uk, date(2026, 11, 23)), overdue(uk, date(2027, 11, 23))
    assert undated in soon
    assert dated not in soon
    assert dated in late
