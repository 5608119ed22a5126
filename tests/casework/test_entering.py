"""What the boxes and the buttons of a section make of a case."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from engine.interview.record import Entries
from tests.casework.people import SAID, a_case
from tests.interview.screen import SCREEN
from webui.casework.entering import enter
from webui.words import NO_MORE

CASE = a_case()
LISTED = len(SAID["incidents"]["entries"])
ONE_MORE = {"e-incidents-2": "visit"}


@pytest.mark.parametrize(
    ("button", "before", "after"),
    [
        ("add:incidents", False, False),
        ("add:incidents", True, False),  # there may be more than was thought
        ("", False, False),
        ("", True, True),
        ("all:incidents", False, True),
    ],
)
def test_a_list_is_complete_when_it_was_said_to_be(button: str, before: bool, after: bool) -> None:
    case = a_case(incidents={"entries": [{"what": "call"}], "that_is_all": before})
    entered = enter(case, [SCREEN.items["incidents"]], MultiDict({"do": button, **ONE_MORE}))
    said = entered.case.record.answers["incidents"]
    assert isinstance(said, Entries)
    assert (len(said.entries), said.closed) == (2, after)


def test_a_full_list_takes_no_more_and_keeps_what_is_in_it() -> None:
    assert SCREEN.items["incidents"].at_most == LISTED
    entered = enter(CASE, [SCREEN.items["incidents"]], MultiDict({"do": "add:incidents", **ONE_MORE}))
    assert entered.wrong == {"incidents": NO_MORE}
    assert entered.case == CASE


@pytest.mark.parametrize(
    ("button", "known"), [("dont_know:visits", True), ("not_asked:visits", False), ("clear:visits", False)]
)
def test_how_it_is_known_belongs_to_what_was_asked(button: str, known: bool) -> None:
    typed = MultiDict({"do": button, "how-visits": "observed"})
    record = enter(CASE, [SCREEN.items["visits"]], typed).case.record
    assert ("visits" in record.how_known) is known
