"""Random instruments, so small that every world can be visited."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import get_args

from engine.format.atoms import VOICES
from engine.format.instrument import (
    Action,
    Alert,
    Instrument,
    Item,
    Kind,
    Level,
    Option,
    Outcome,
    Score,
    Section,
    Signpost,
    Theme,
)
from engine.format.model import Questionnaire
from engine.language.terms import ALWAYS, NEVER, Truth
from tests.generate_items import TODAY, WORDS, of_kind
from tests.generate_terms import Dice, Speech

MOST_WORLDS = (400, 100, 1500, 3000)
ASKED = tuple(kind for kind in get_args(Kind) if kind not in ("text", "note"))
# Names that could be taken for a line, a table or a constant of a program.
NAMES = ("q", "q_must", "q_may", "q_lowest", "low", "high", "line", "e", "t0", "mask", "present", "q_all", "np", "x2")
QUESTIONNAIRE = Questionnaire.model_validate(
    {
        "askwell": 1,
        "id": "generated",
        "version": "1.0.0",
        "title": "Generated",
        "voices": VOICES,
        "review": {"last": TODAY, "due": TODAY},
        "caution": "Not for people.",
        "sections": [{"id": "all_of_it", "title": "All", "items": [{"id": "q", "type": "yes_no", "ask": "?"}]}],
    }
)
VOICE = Item("voice", "pick_one", "", WORDS, options=tuple(Option(voice, WORDS) for voice in VOICES))


@dataclass(slots=True)
class Draft:
    """An instrument in the making. `room` is how many times as many worlds there may yet be."""

    dice: Dice
    speech: Speech
    room: int
    items: dict[str, Item] = field(default_factory=lambda: {"voice": VOICE})
    scores: dict[str, Score] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    order: list[str] = field(default_factory=lambda: ["voice"])

    def name(self, kind: str) -> str:
        """A name that is not taken, now and then a treacherous one."""
        free = [name for name in NAMES if name not in self.order]
        return self.dice.one(free) if self.dice.often(1) else f"{kind}{len(self.order)}"

    def add_item(self) -> None:
        kind: Kind = self.dice.one(ASKED) if self.dice.often(9) else self.dice.one(("note", "text"))
        item, size = of_kind(self.dice, self.name("q"), kind, rising=self.speech.rising)
        if size > self.room:
            return
        self.room //= size
        # a number that may be absent is read both ways wherever `sum` passes over it, so it need not be certified
        firm = self.speech.rising and kind in ("number", "tick_all")
        if len(self.order) > 1 and self.dice.often(4) and not firm:
            item = replace(item, applies_if=self.speech.truth())
        self.items[item.id] = item
        self.order.append(item.id)
        self.speech.learn(item)
        if item.kind == "repeat" and self.dice.often(5):
            self.put_score(Score(self.name("s"), WORDS, self.speech.of_entries(item)))

    def add_score(self) -> None:
        if self.speech.rising:
            self.put_score(Score(self.name("s"), WORDS, self.speech.added()))
        else:
            rarely = self.speech.truth() if self.dice.often(2) else ALWAYS
            self.put_score(Score(self.name("s"), WORDS, self.speech.number(), applies_if=rarely))

    def put_score(self, score: Score) -> None:
        self.scores[score.id] = score
        self.order.append(score.id)
        self.speech.numbers.append(score.id)

    def add_outcome(self) -> None:
        count = self.dice.whole(2, 4)
        by_judgement = count <= self.room and self.dice.often(1)
        conditions: list[Truth] = [ALWAYS if self.dice.often(9) else NEVER]
        conditions += [NEVER if by_judgement else self.speech.truth() for _ in range(count - 1)]
        outcome = Outcome(
            self.name("r"),
            WORDS,
            tuple(Level(f"l{place}", WORDS, None, when) for place, when in enumerate(conditions, start=1)),
            applies_if=self.speech.truth() if self.dice.often(2) else ALWAYS,
            by_judgement=by_judgement,
            may_raise=by_judgement or self.dice.often(5),
            may_lower=by_judgement or self.dice.often(5),
        )
        self.room //= count if by_judgement else 1
        self.outcomes[outcome.id] = outcome
        self.order.append(outcome.id)
        self.speech.learn_outcome(outcome)

    def alerts(self) -> dict[str, Alert]:
        ids = [f"alert{place}" for place in range(self.dice.whole(0, 2))]
        often = self.dice.often
        return {one: Alert(one, self.speech.truth(), often(5), often(3), WORDS, WORDS) for one in ids}

    def plan(self) -> tuple[Action, ...]:
        drawn: list[Action] = []
        for place in range(self.dice.whole(0, 3)):
            when, unsure = self.speech.truth(), self.dice.often(5)
            never_if = self.speech.truth(1) if self.dice.often(4) else NEVER
            after = tuple(self.dice.some([one.id for one in drawn])) if self.dice.often(5) else ()
            drawn.append(Action(f"act{place}", "home", when, unsure, never_if, after, None, WORDS, None))
        return tuple(drawn)

    def signposts(self) -> tuple[Signpost, ...]:
        ids = [f"service{place}" for place in range(self.dice.whole(0, 2))]
        return tuple(Signpost(one, self.speech.truth(), self.dice.often(5), WORDS) for one in ids)


def instrument(dice: Dice, *, rising: bool = False, recorded: bool = True) -> Instrument:
    """Draw an instrument: items with scores and outcomes between them, then all that is printed."""
    dense = not rising and dice.often(4)
    draft = Draft(dice, Speech(dice, rising=rising, dense=dense), 60 if dense else dice.one(MOST_WORLDS))
    if dice.often(2):
        draft.speech.learn(VOICE)
    for _ in range(dice.one((3, 1, 2, 6))):
        draft.add_item()
        if dice.often(2):
            draft.add_score()
        if dice.often(2):
            draft.add_outcome()
    for _ in range(dice.whole(1, 2)):
        draft.add_score()
        draft.add_outcome()
    alerts = draft.alerts()
    draft.speech.recorded = recorded
    return Instrument(
        questionnaire=QUESTIONNAIRE,
        content_hash="0" * 64,
        sections=(Section("all_of_it", WORDS, None, tuple(name for name in draft.items if name != "voice")),),
        items=draft.items,
        groups={},
        scores=draft.scores,
        outcomes=draft.outcomes,
        alerts=alerts,
        themes=(Theme("home", WORDS),),
        plan=draft.plan(),
        signposts=draft.signposts(),
        guarantees=(),
        order=tuple(draft.order),
        written={},
    )
