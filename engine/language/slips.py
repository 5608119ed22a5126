"""The kinds of mistake an expression can have, each a slug that reads aloud and one sentence."""

from __future__ import annotations

SLIP_KINDS = {
    # how it is written
    "empty-expression": "There is nothing to read.",
    "too-long": "An expression has at most 2,000 characters.",
    "too-complex": "An expression has at most 500 parts, nested at most 20 deep.",
    "other-spelling": "A word or sign is spelled as in another tool or in Python.",
    "quoted-word": "An option is written without quotes.",
    "unknown-symbol": "A sign has no meaning in an expression.",
    "number-form": "A number is written with digits and at most one point.",
    "unbalanced-bracket": "A bracket is opened and not closed, or closed and not opened.",
    "missing-operator": "Two things stand beside each other with nothing between them.",
    "missing-operand": "A sign or word lacks the thing it should work on.",
    "if-then": "A choice between two numbers is written 'x if c else y'.",
    "not-understood": "The expression cannot be read.",
    # how it is put together
    "mixed-and-or": "'and' and 'or' stand side by side without brackets.",
    "one-of": "Several options are compared at once without 'in (…)'.",
    "is-for-options": "'is' and 'in' belong to options, '==' to numbers and dates.",
    "in-for-ticks": "Whether an option of a tick list is chosen is written 'option in list'.",
    "option-first": "The item comes before its option.",
    "chained-is": "'is' and 'in' are not strung together.",
    "dotted-name": "A dot is used in 'latest(repeat.field)' only.",
    "stray-comma": "A list of things stands where one thing is expected.",
    # names
    "unknown-name": "Nothing has this name.",
    "unknown-option": "The item has no such option.",
    "unknown-function": "There is no function of this name.",
    "unknown-field": "The repeat has no such field.",
    "ambiguous-word": "A word is both an option of the item and another item with the same options.",
    "not-here": "The name exists but cannot be used in this place.",
    "function-alone": "A function is named without its brackets.",
    "true-or-false": "What always holds is written 'always', what never holds 'not always'.",
    # types
    "type-mismatch": "Two things of different types are compared or computed with.",
    "not-a-condition": "A condition is expected and something else stands there.",
    "not-a-number": "A number is expected and something else stands there.",
    "not-a-date": "A date is expected and something else stands there.",
    "unordered-options": "Options without an order are compared by order.",
    "different-options": "Two items are compared that do not share an option set.",
    "wrong-arguments": "A function is given too few or too many things, or the wrong kind of thing.",
    "two-groups": "One argument names two groups, so it is not clear what it stands for.",
    "group-alone": "A group stands for several items and is used where one thing is expected.",
    # numbers
    "no-points": "The item has no points.",
    "nothing-to-sum": "No item of the group has points.",
    "unbounded-number": "A number item that is computed with needs a min and a max.",
    "absent-arithmetic": "Arithmetic on a number that may be absent.",
    "divide-by-zero": "Nothing can be divided by zero.",
    "divide-by-open": "Only division by a constant is possible.",
    "steps-not-rising": "The thresholds of 'steps' are constants that rise.",
    # vocabularies
    "record-word": "A word about the record is used where only the person's situation may count.",
    "guarantee-word": "A word about what is printed is used outside a guarantee.",
}
