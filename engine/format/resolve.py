"""From what an author wrote to an instrument that is ready to ask, or every problem on the way.

The steps, in order: names, points, sections and items, scores and outcomes and alerts, the plan, the order of
dependency, and what must fit together besides.
"""

from __future__ import annotations

from engine.format.directory import Directory
from engine.format.draft import Draft
from engine.format.instrument import Instrument
from engine.format.model import Questionnaire
from engine.format.resolve_checks import check_all
from engine.format.resolve_items import resolve_sections
from engine.format.resolve_names import name_everything
from engine.format.resolve_order import put_in_order
from engine.format.resolve_plan import resolve_guarantees, resolve_plan, resolve_signposts, resolve_themes
from engine.format.resolve_points import give_points
from engine.format.resolve_results import read_results, resolve_alerts, resolve_outcomes, resolve_scores, settle_absence
from engine.format.yaml_node import Node
from engine.language.names import kind_of
from engine.language.scope import Meaning, Scope
from engine.problem import Problem


def resolve(
    questionnaire: Questionnaire, root: Node, content_hash: str, directory: Directory | None = None
) -> tuple[Instrument, list[Problem]]:
    """Return the instrument and every problem; with a problem the instrument is not to be used."""
    draft = Draft(questionnaire, root, directory)
    name_everything(draft)
    give_points(draft)
    settle_absence(draft)
    because = {name: _because(thing.meaning) for name, thing in draft.printed.items()}
    world = Scope(draft.names, frozenset(), because)
    of_record = Scope(draft.names, frozenset({"record"}), because)
    promises = Scope({**draft.printed, **draft.names}, frozenset({"record", "printed"}))

    sections, made_items = resolve_sections(draft, world)
    truths = read_results(draft, world)
    scores = resolve_scores(draft, world, truths)
    instrument = Instrument(
        questionnaire=questionnaire,
        content_hash=content_hash,
        sections=sections,
        items=made_items,
        groups=dict(draft.groups),
        scores=scores,
        outcomes=resolve_outcomes(draft, truths),
        alerts=resolve_alerts(draft, truths),
        themes=resolve_themes(draft),
        plan=resolve_plan(draft, of_record),
        signposts=resolve_signposts(draft, of_record),
        guarantees=resolve_guarantees(draft, promises),
        order=put_in_order(draft),
        written=draft.written,
        places=dict(draft.places),
    )
    check_all(draft)
    return instrument, draft.problems


def scope_of(questionnaire: Questionnaire, root: Node, directory: Directory | None = None) -> Scope:
    """Return what the conditions of a questionnaire without problems may speak of, for those who read them again."""
    draft = Draft(questionnaire, root, directory)
    name_everything(draft)
    give_points(draft)
    settle_absence(draft)
    return Scope(draft.names, frozenset({"record"}))


def _because(meaning: Meaning) -> str:
    return f"It is {kind_of(meaning)}; only a guarantee speaks of what is printed."
