"""The names that the tables in tests/language speak of."""

from fractions import Fraction

from engine.language.scope import (
    Choice,
    Entries,
    Meaning,
    Members,
    Moment,
    Name,
    Numeric,
    Scope,
    Thing,
    Ticks,
    Vocabulary,
    Words,
)
from engine.language.terms import Number, Table

YES_NO = Choice(("yes", "no"), ("Yes", "No"), yes_no=True)
HOW_OFTEN = Choice(
    ("never", "monthly", "weekly", "daily"),
    ("Never", "Less than weekly", "Every week", "Every day"),
    ordered=True,
    option_set="how_often",
)
WHO = Choice(
    ("ex_partner", "partner", "acquaintance", "stranger"),
    ("A former partner", "A current partner", "Someone I know", "Someone I do not know"),
)
THREATS = Ticks(
    ("kill", "children", "none_of_these"), ("To kill you", "To harm children", "None"), frozenset({"none_of_these"})
)
HARM_LEVELS = Choice(
    ("concern", "elevated", "high"), ("Some concern", "Elevated", "High"), ordered=True, is_outcome=True
)
FIELDS = {
    "on": Name("on", Moment(), "field 'on' of 'incidents', line 71"),
    "what": Name("what", Choice(("visit", "threat"), ("Visit", "Threat")), "field 'what' of 'incidents', line 72"),
}


def points(name: str, *values: int) -> Number:
    table = (None, *(Fraction(value) for value in values))
    return Table(name, table, table)


def example_scope(*vocabularies: Vocabulary) -> Scope:
    """A little of everything, each with a line of its own."""
    meanings: dict[str, tuple[Meaning, Number | None]] = {
        "who": (WHO, None),
        "stalked": (YES_NO, points("stalked", 2, 0)),
        "afraid": (YES_NO, None),
        "visits": (HOW_OFTEN, points("visits", 0, 1, 2, 3)),
        "calls": (HOW_OFTEN, points("calls", 0, 1, 2, 3)),
        "monthly": (HOW_OFTEN, None),
        "threats": (THREATS, points("threats", 4, 4, 0)),
        "age": (Numeric(), None),
        "dose": (Numeric(bounded=False), None),
        "weapons": (Numeric(may_be_absent=True), None),
        "harm": (Numeric(is_score=True), None),
        "left_on": (Moment(), None),
        "met_on": (Moment(), None),
        "story": (Words(), None),
        "incidents": (Entries(FIELDS), None),
        "serious_harm": (HARM_LEVELS, None),
        "behaviour": (Members(("stalked", "visits", "story")), None),
        "fears": (Members(("stalked", "afraid")), None),
        "texts": (Members(("story",)), None),
        "grab_bag": (Thing("shown"), None),
        "paladin": (Thing("signposted"), None),
        "danger_now": (Thing("raised"), None),
    }
    names = {
        word: Name(word, meaning, f"line {line}", worth)
        for line, (word, (meaning, worth)) in enumerate(meanings.items(), 1)
    }
    because = {"nation": "It is asked later, so nothing here can depend on it."}
    return Scope(names, frozenset(vocabularies), because)
