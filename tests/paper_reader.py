"""Somebody with a filled-in form and the hand-scoring sheet, who follows what is printed to the letter.

Knows nothing of the engine: only the printed words, and per question what was ticked or written.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from engine.workshop.clause import Clause
from engine.workshop.paper import Paper
from engine.workshop.paper_sheet import Addend, Result, SheetLine

Ends = tuple[Fraction, Fraction]
Known = bool | None
Filled = tuple[str, ...] | Fraction  # letters of boxes, or a number
NOUGHT = Fraction(0)
NUMBER = r"(line [A-Z]+|the number at question \d+|the points of question \d+|-?[\d.]+)"


def words(listing: str) -> list[str]:
    return re.split(r", | or | and ", listing)


class Reader:
    """Works out a thing when it is asked for. `filled`: by number of question; what is missing has no answer."""

    def __init__(self, paper: Paper, filled: dict[int, Filled]) -> None:
        self.filled = filled
        self.questions = {one.number: one for section in paper.sections for one in section.questions}
        self.points = {one.number: one for one in paper.sheet.points}
        self.steps = {step.name: step for step in paper.sheet.steps}
        self.skipped = cache(self._skips)
        self.line = cache(self._line)
        self.result = cache(self._levels)

    def _skips(self, number: int) -> Known:
        put = self.holds(self.questions[number].only_if)
        return None if put is None else not put

    def said(self, number: int) -> Filled | None:
        """What counts as said: nothing where it is not known whether the question was to be skipped."""
        return self.filled.get(number) if self.skipped(number) is False else None

    def holds(self, clause: Clause) -> Known:
        if not clause.by_hand and not clause.parts:
            return None
        if not clause.parts:
            return self.sentence(clause.words)
        each = [self.holds(part) for part in clause.parts]
        sure, possible = each.count(True), len(each) - each.count(False)
        met = True if sure >= clause.least else None if possible >= clause.least else False
        return met if not clause.fewer or met is None else not met

    def sentence(self, text: str) -> Known:  # each kind of sentence that a sheet may hold
        if text in ("always", "never"):
            return text == "always"
        if said := re.fullmatch(r"question (\d+) was (not )?skipped", text):
            skipped = self.skipped(int(said[1]))
            return None if skipped is None else skipped != bool(said[2])
        if said := re.fullmatch(r"question (\d+) is (anything but )?(.*?)(, or it was skipped)?", text):
            return self.chosen(int(said[1]), words(said[3]), other=bool(said[2]), if_skipped=bool(said[4]))
        if said := re.fullmatch(r"at question (\d+), (at least|fewer than) (\d+) of (.*) are ticked", text):
            return self.ticked(int(said[1]), words(said[4]), int(said[3]), fewer=said[2] == "fewer than")
        if said := re.fullmatch(r"at question (\d+), (.*) is (not )?ticked", text):
            return self.ticked(int(said[1]), words(said[2]), 1, fewer=bool(said[3]))
        if said := re.fullmatch(r"result (\d+) (applies|does not apply)", text):
            return self.levelled(said[1], None, none=said[2] != "applies")
        if said := re.fullmatch(r"result (\d+) is (anything but )?(.*?)(, or it does not apply)?", text):
            return self.levelled(said[1], words(said[3]), other=bool(said[2]), none=bool(said[4]))
        if said := re.fullmatch(rf"{NUMBER} is (at least|more than|at most|less than|exactly|not) {NUMBER}", text):
            return self.compared(self.number(said[1]), said[2], self.number(said[3]))
        raise AssertionError(text)

    def chosen(self, number: int, options: list[str], *, other: bool, if_skipped: bool) -> Known:
        if self.skipped(number):
            return if_skipped
        said = self.said(number)
        return None if said is None else (said[0] in options) != other  # type: ignore[index]

    def ticked(self, number: int, options: list[str], least: int, *, fewer: bool) -> Known:
        said: Filled | None = () if self.skipped(number) else self.said(number)
        return None if said is None else (len(set(said) & set(options)) >= least) != fewer  # type: ignore[arg-type]

    def levelled(self, name: str, options: list[str] | None, *, other: bool = False, none: bool) -> Known:
        """`none` among the levels that are possible stands for an outcome that does not apply."""
        each = set()
        for level in self.result(name):
            if level == "none":
                each.add(none)
            else:
                each.add(not none if options is None else (level in options) != other)
        return each.pop() if len(each) == 1 else None

    def number(self, text: str) -> tuple[Ends, Known]:
        if text.startswith("line "):
            return self.line(text.removeprefix("line "))
        if not text.startswith("the "):
            return (Fraction(text), Fraction(text)), True
        number = int(text.rpartition(" ")[2])
        skipped, said = self.skipped(number), self.said(number)
        present = None if skipped is None else not skipped
        if text.startswith("the points"):
            return self.points_at(number), present
        if isinstance(said, Fraction):
            return (said, said), present
        return (Fraction(-(10**9)), Fraction(10**9)), present

    def points_at(self, number: int) -> Ends:
        one, said = self.points[number], self.said(number)
        if one.addends:
            return self.added(one.addends)[0] if said is not None else one.unanswered
        if not isinstance(said, tuple):
            return one.unanswered
        ends = {letter: (low, high) for letter, low, high in one.boxes}
        found = [ends.get(letter, (NOUGHT, NOUGHT)) for letter in said]
        return sum((low for low, _ in found), NOUGHT), sum((high for _, high in found), NOUGHT)

    def compared(self, left: tuple[Ends, Known], sign: str, right: tuple[Ends, Known]) -> Known:
        ((low, high), here), ((least, most), there) = left, right
        if here is False or there is False:
            return False
        match sign:
            case "at least":
                sure, may = low >= most, high >= least
            case "more than":
                sure, may = low > most, high > least
            case "at most":
                sure, may = high <= least, low <= most
            case "less than":
                sure, may = high < least, low < most
            case _:
                sure, may = low == high == least == most, low <= most and least <= high
                if sign == "not":
                    sure, may = not may, not sure
        if not may:
            return False
        return True if sure and here and there else None

    def _line(self, name: str) -> tuple[Ends, Known]:
        line = self.steps[name]
        assert isinstance(line, SheetLine)
        if not line.by_hand:
            return (Fraction(-(10**9)), Fraction(10**9)), None
        ends, present = self.added(line.addends)
        applies = self.holds(line.only_if)
        return ends, False if applies is False else present if applies else None if present is not False else False

    def added(self, addends: tuple[Addend, ...]) -> tuple[Ends, Known]:
        low, high, present = NOUGHT, NOUGHT, True
        maybe = False
        for one in addends:
            ends, here = self.addend(one)
            low, high = low + min(ends), high + max(ends)
            present, maybe = present and here is not False, maybe or here is None
        return (low, high), None if present and maybe else present

    def addend(self, one: Addend) -> tuple[Ends, Known]:
        if one.clause is not None:
            met = self.holds(one.clause)
            return (NOUGHT if met is not True else one.each, NOUGHT if met is False else one.each), True
        if one.words == "always":
            return (one.each, one.each), True
        if said := re.fullmatch(r"each of (.*) that is ticked at question (\d+)", one.words):
            options, number = words(said[1]), int(said[2])
            ticked: Filled | None = () if self.skipped(number) else self.said(number)
            if ticked is None:
                return (NOUGHT, one.each * len(options)), True
            count = one.each * len(set(ticked) & set(options))  # type: ignore[arg-type]
            return (count, count), True
        (low, high), here = self.number(one.words)
        if here is False:
            return ((one.skipped or NOUGHT,) * 2), one.skipped is not None
        if here is None and one.skipped is not None:
            low, high = min(low, one.skipped / one.each), max(high, one.skipped / one.each)
        return (one.each * low, one.each * high), True if one.skipped is not None else here

    def _levels(self, name: str) -> frozenset[str]:
        result = self.steps[name]
        assert isinstance(result, Result)
        applies = self.holds(result.only_if)
        possible: set[str] = set() if applies else {"none"}
        if applies is False:
            return frozenset(possible)
        for letter, _, clause in reversed(result.levels):
            met = None if result.by_judgement else self.holds(clause)
            if met is not False:
                possible.add(letter)
            if met:
                break
        return frozenset(possible)
