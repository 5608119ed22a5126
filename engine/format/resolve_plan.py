"""The plan in the order of print, the signposts, and the guarantees about both."""

from __future__ import annotations

from engine.format import items, model
from engine.format.draft import Draft
from engine.format.graphs import along, shortest_cycles
from engine.format.instrument import Action, Guarantee, Signpost, Theme
from engine.format.resolve_options import plain
from engine.format.yaml_node import Node
from engine.language.scope import Scope
from engine.language.terms import NEVER

_FORMS = ({"always"}, {"given", "always"}, {"rising", "never_lowers"})


def resolve_plan(draft: Draft, scope: Scope) -> tuple[Action, ...]:
    """Return the actions in the order of print: by theme, then as written."""
    themes = {theme.id: place for place, theme in reversed(list(enumerate(draft.questionnaire.themes)))}
    labels = {theme.id: plain(theme.title) for theme in draft.questionnaire.themes}
    plan = draft.questionnaire.plan
    for place, action in enumerate(plan):
        if action.theme not in themes:
            remedy = "Add it to `themes`, or name one that is there."
            draft.unknown("theme", draft.part("plan", place, "theme"), labels, remedy)
    printed = sorted(range(len(plan)), key=lambda place: (themes.get(plan[place].theme, len(themes)), place))
    _check_after(draft, {plan[place].id: rank for rank, place in reversed(list(enumerate(printed)))})
    return tuple(_action(draft, plan[place], draft.part("plan", place), scope) for place in printed)


def _check_after(draft: Draft, rank: dict[str, int]) -> None:
    plan = draft.questionnaire.plan
    graph = {action.id: frozenset(name for name in action.after if name in rank) for action in plan}
    circles = shortest_cycles(graph)
    in_circle = {name for circle in circles for name in circle}
    for place, action in enumerate(plan):
        node = draft.part("plan", place, "after")
        for name, below in zip(action.after, node.items, strict=True):
            if name not in rank:
                draft.unknown("action", below, rank)
            elif rank[name] > rank[action.id] and not {name, action.id} <= in_circle:
                message = f"'{action.id}' is printed before '{name}', by the order of `themes` and then of this list."
                draft.report("after-order", below.place, message, f"Move '{name}' up, or give it another theme.")
    for circle in circles:
        place = next(place for place, action in enumerate(plan) if action.id == circle[0])
        node = draft.part("plan", place, "after")
        following = next(one for one in node.items if one.value == (*circle, circle[0])[1])
        message = f"Each waits for the other: {along(circle)}."
        draft.report("cycle", following.place, message, "Break the circle at one of them.")


def _action(draft: Draft, action: model.Action, node: Node, scope: Scope) -> Action:
    never_if = draft.truth(node.get("never_if"), scope, f"{action.id}.never_if") if action.never_if else NEVER
    return Action(
        action.id,
        action.theme,
        draft.truth(node.get("when"), scope, action.id),
        if_unsure=action.if_unsure == "show",
        never_if=never_if,
        after=action.after,
        title=action.title,
        text=action.text,
        caution=action.caution,
        sources=action.sources,
        first=action.first,
        reviewed=action.reviewed,
        due=action.due,
        status=action.status,
    )


def resolve_themes(draft: Draft) -> tuple[Theme, ...]:
    """Return the headings of the plan."""
    return tuple(Theme(theme.id, theme.title) for theme in draft.questionnaire.themes)


def resolve_signposts(draft: Draft, scope: Scope) -> tuple[Signpost, ...]:
    """Return the services to point to."""
    made = []
    services = None
    if draft.directory is not None:
        services = {name: service.name for name, service in draft.directory.services.items()}
    for place, signpost in enumerate(draft.questionnaire.signposts):
        node = draft.part("signposts", place)
        if services is not None and signpost.service not in services:
            draft.unknown("service", node.at(["service"]), services)
        when = draft.truth(node.get("when"), scope, f"signpost:{place}")
        made.append(Signpost(signpost.service, when, if_unsure=signpost.if_unsure == "show", why=signpost.why))
    return tuple(made)


def resolve_guarantees(draft: Draft, scope: Scope) -> tuple[Guarantee, ...]:
    """Return the promises; each is of one of two forms."""
    made = []
    for place, promise in enumerate(draft.questionnaire.guarantees):
        node = draft.part("guarantees", place)
        if frozenset(node.entries) - {"id"} not in _FORMS:
            message = "A guarantee is `always` (with `given` if needed), or `rising` with `never_lowers`."
            draft.report("guarantee-form", node.at(["id"]).place, message, "Keep one of the two forms.")
        if promise.rising is not None:
            _check_rising(draft, promise.rising, node.at(["rising"]))
        if promise.never_lowers is not None and promise.never_lowers not in draft.questionnaire.outcomes:
            draft.unknown("outcome", node.at(["never_lowers"]), draft.questionnaire.outcomes)
        given = draft.truth(node.get("given"), scope, f"{promise.id}.given")
        always = draft.truth(node.get("always"), scope, f"{promise.id}.always") if promise.always else None
        made.append(Guarantee(promise.id, given, always, promise.rising, promise.never_lowers))
    return tuple(made)


def _check_rising(draft: Draft, name: str, node: Node) -> None:
    item = draft.items.get(name)
    if item is None:
        draft.unknown("item", node, draft.items)
    elif isinstance(item.part, items.PickOne) and not item.part.ordered:
        message = f"The options of '{name}' have no order, so none is higher than another."
        draft.report("not-rising", node.place, message, f"Add `ordered: true` to '{name}', or name another item.")
    elif not isinstance(item.part, items.ScoredPart):
        message = f"The answers to '{name}' do not run from less to more."
        draft.report("not-rising", node.place, message, "Name a yes_no, ordered pick_one, tick_all or number item.")
