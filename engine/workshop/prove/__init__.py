"""Is every promise of a questionnaire kept by every record there can be? Proved, or broken by somebody who is shown.

    given … always …          the engine's own text, run by z3 on a record of which nothing is known    every_record
    rising … never_lowers …   two worlds that differ in one answer                                       rising
    what every questionnaire promises, unless its file says under `waived` why not                       built_in

Nothing here loads without z3 (the extra `exact`); `engine.workshop.prove.all_promises` has the way in.
"""
