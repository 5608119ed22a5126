"""An instrument's straight-line program: emitted once, run on integers or on NumPy columns.

    Instrument ─merge─▶ fewer, exact tests ─emit─▶ Lines ─compiler─▶ Program ─run─▶ bounds
                                             chain ─▶ which items make an outcome inexact
    Instrument ─one_world─▶ conditions for z3 ─solve─▶ exact answers, where they are asked for

The meaning of ranges is in docs/inside.md ("What a range means").
"""
