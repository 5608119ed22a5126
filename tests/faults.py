"""Deliberate faults in the compiler: each a piece of its text that stands there once, and what a slip makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fault:
    """One slip, in one file of the engine."""

    name: str
    file: str
    old: str
    new: str

    def put_into(self, engine: Path) -> None:
        """Break a copy of the engine."""
        path = engine / self.file
        text = path.read_text(encoding="utf-8")
        if text.count(self.old) != 1:
            raise ValueError(f"'{self.name}': the text stands {text.count(self.old)} times in {self.file}, not once")
        path.write_text(text.replace(self.old, self.new), encoding="utf-8")


BUILD, CHAIN, EMIT, LINES = (f"program/{name}.py" for name in ("build", "chain", "emit", "lines"))
MERGE, NUMBERS, TWO_WAY = (f"program/{name}.py" for name in ("merge", "emit_numbers", "two_way"))
ENCODE, SPLIT = (f"interview/{name}.py" for name in ("encode", "split"))

FAULTS = (
    Fault(
        "a choice that may be hidden never counts as not shown",
        BUILD,
        'f"{mask} * {shown.may} | {hidden}"',
        'f"{mask} * {shown.may} | ({hidden} & False)"',
    ),
    Fault(
        "a tick list that is surely hidden may still be ticked",
        BUILD,
        "self._times(both[1], shown.may)",
        "both[1]",
    ),
    Fault(
        "must and may are not swapped under not",
        LINES,
        "TruthLine(self.opposite(truth.may), self.opposite(truth.must))",
        "TruthLine(self.opposite(truth.must), self.opposite(truth.may))",
    ),
    Fault(
        "a level that must hold does not clear the lower ones",
        BUILD,
        'f"{mask} * {lines.opposite(holds.must)} | {1 << place} * {holds.may}"',
        'f"{mask} | {1 << place} * {holds.may}"',
    ),
    Fault(
        "a raised level is ignored",
        BUILD,
        'acting = lines.line(text, "acting", f"{outcome.id}__acting")',
        "acting = computed",
    ),
    Fault(
        "a score has a value where it does not apply",
        BUILD,
        "lines.all_of([value.present, shown, self._given(score)])",
        "lines.all_of([value.present, self._given(score)])",
    ),
    Fault(
        "a repeat that may be hidden surely has entries",
        BUILD,
        "for end, when in ((low, shown.must), (high, shown.may))",
        "for end, when in ((low, shown.may), (high, shown.may))",
    ),
    Fault(
        "an action is withheld only if its never_if must hold",
        BUILD,
        "lines.opposite(never.may)",
        "lines.opposite(never.must)",
    ),
    Fault(
        "an action is printed before what it comes after",
        BUILD,
        "*(self.done.actions[before][1] for before in action.after)",
        "*()",
    ),
    Fault(
        "a negative weight takes the lowest for the lowest",
        NUMBERS,
        "(number.lowest, number.highest) if factor >= 0 else (number.highest, number.lowest)",
        "(number.lowest, number.highest)",
    ),
    Fault(
        "rounding down goes towards zero",
        NUMBERS,
        'f"{name} // {number.denominator}"',
        'f"({name} + ({name} < 0) * {number.denominator - 1}) // {number.denominator}"',
    ),
    Fault(
        "a product looks at two corners of four",
        NUMBERS,
        "for a in (left.lowest, left.highest)",
        "for a in (left.lowest, left.lowest)",
    ),
    Fault(
        "a mean is exact even while it is open what is present",
        NUMBERS,
        "lines.weighted([(exact, settled), (coarse, lines.opposite(settled))])",
        "exact",
    ),
    Fault(
        "two truths are added on columns, where their sum is one",
        NUMBERS,
        'self.lines.line(f"1 * {name}", "tick")',
        "name",
    ),
    Fault(
        "a comparison holds for absent numbers",
        EMIT,
        "lines.all_of([value, left.present, right.present])",
        "value",
    ),
    Fault(
        "greater is taken for at least",
        EMIT,
        'f"{a[0]} {op} {b[1]}"',
        'f"{a[0]} >= {b[1]}"',
    ),
    Fault(
        "a staircase starts a step late",
        EMIT,
        "if v is not None and v < value)",
        "if v is not None and v <= value)",
    ),
    Fault(
        "what stands in for an absent number is ignored",
        MERGE,
        "return number if self.present(number) else OrElse(number, value)",
        "return number",
    ),
    Fault(
        "a merged test loses not shown",
        MERGE,
        "return Test(name, allowed & domain) if",
        "return Test(name, allowed & domain & ~1) if",
    ),
    Fault(
        "none of these is ticked in a list that is hidden",
        MERGE,
        "All((Applies(name), *others))",
        "All((*others,))",
    ),
    Fault(
        "splitting ticks nothing in a list that has none of these",
        TWO_WAY,
        "and (one or not self.own)",
        "and (one or True)",
    ),
    Fault(
        "options on their own are exact together",
        CHAIN,
        "failing |= _own_options(instrument, uses) | {",
        "failing |= {",
    ),
    Fault(
        "an open list has no further entries",
        ENCODE,
        "may += (item.at_most - len(listed.entries)) * possibly",
        "may += 0 * possibly",
    ),
    Fault(
        "no further entry is later than those listed",
        ENCODE,
        "whole[high] if more or not ranges",
        "whole[high] if not ranges",
    ),
    Fault(
        "a month reaches beyond the assessment",
        ENCODE,
        "min(last.toordinal(), ends)",
        "last.toordinal()",
    ),
    Fault(
        "splitting takes whatever still fits, not a prefix",
        SPLIT,
        "            whole = whole and runs * len(moves) <= RUNS\n            if not whole:\n                break\n",
        "            if runs * len(moves) > RUNS:\n                whole = False\n                continue\n",
    ),
    Fault(
        "splitting takes what an item leaves open for what the next one may find",
        SPLIT,
        "if not others or mask & mask - 1 == 0:",
        "if True:",
    ),
    Fault(
        "splitting is spared where anything was found before",
        SPLIT,
        "elif mask & ~found:",
        "elif not found:",
    ),
    Fault(
        "a table of bits forgets that one of them is wanted",
        LINES,
        "bool(mask & bits) is wanted for",
        "bool(mask & bits & -bits) is wanted for",
    ),
    Fault(
        "tests of one choice need not be nested to be exact",
        CHAIN,
        "return all(a & b == a for a, b in",
        "return True or all(a & b == a for a, b in",
    ),
    Fault(
        "a number may be used both ways and still be exact",
        CHAIN,
        "failing |= {name for name, signs in uses.numbers.items() if len(signs) > 1}",
        "",
    ),
    Fault(
        "options may be ticked both ways and still be exact",
        CHAIN,
        "failing |= {name for (name, _), signs in uses.ticks.items() if len(signs) > 1}",
        "",
    ),
)
