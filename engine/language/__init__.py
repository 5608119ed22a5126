"""Conditions and arithmetic: text to typed terms, or every slip in it. Has never heard of a questionnaire.

    text ─ tokens ─▶ parse ─▶ truths: comparisons, options ─┬─▶ terms
                              numbers: gathering, sums      ┘     (or slips)

Typing and lowering are one walk: `truths` and `numbers` call each other through the `context`, which knows the scope.
`read` is the front door; `reads` says what a term depends on; `slips` lists what can be wrong.
"""
