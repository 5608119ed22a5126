"""Arithmetic on numbers that are ranges and may be absent: one method for each kind of number.

The ends of a number mean something only where it may be present, so every method reads them only there: else an answer
that makes a number absent could widen a range.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from engine.program.lines import FALSE, SURE, TRUE, Lines, NumberLine, TruthLine, chained, scaled


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The operations, writing to these lines."""

    lines: Lines

    def constant(self, value: Fraction) -> NumberLine:
        """Return the lines of a number the author wrote."""
        text = str(value.numerator)
        return NumberLine(text, text, SURE, value.denominator, value.numerator, value.numerator)

    def tick(self, truth: TruthLine) -> NumberLine:
        """Return 1 where the condition holds, else 0."""
        lowest, highest = (
            {TRUE: "1", FALSE: "0"}.get(name) or self.lines.line(f"1 * {name}", "tick")
            for name in (truth.must, truth.may)
        )
        return NumberLine(lowest, highest, SURE, 1, 0, 1)

    def sum(self, terms: list[tuple[Fraction, NumberLine]]) -> NumberLine:
        """Return the weighted sum, absent where any term is."""
        common = lcm(*(number.denominator * weight.denominator for weight, number in terms))
        lows, highs, least, greatest = [], [], 0, 0
        for weight, number in terms:
            factor = int(weight * common / number.denominator)
            low, high = (number.lowest, number.highest) if factor >= 0 else (number.highest, number.lowest)
            ends = sorted((factor * number.least, factor * number.greatest))
            # sums on the way are bounded too, so opposite terms do not cancel here
            least, greatest = least + min(ends[0], 0), greatest + max(ends[1], 0)
            if factor:
                lows.append(scaled(low, factor))
                highs.append(scaled(high, factor))
        lines = self.lines
        present = lines.all_of([number.present for _, number in terms])
        return NumberLine(
            lines.line(chained(" + ", lows) or "0", "lo"),
            lines.line(chained(" + ", highs) or "0", "hi"),
            present,
            common,
            least,
            greatest,
        )

    def _aligned(self, *numbers: NumberLine) -> tuple[list[NumberLine], int]:
        common = lcm(*(number.denominator for number in numbers))
        aligned = []
        for number in numbers:
            factor = common // number.denominator
            aligned.append(
                NumberLine(
                    self.lines.line(scaled(number.lowest, factor), "lo"),
                    self.lines.line(scaled(number.highest, factor), "hi"),
                    number.present,
                    common,
                    number.least * factor,
                    number.greatest * factor,
                )
            )
        return aligned, common

    def or_else(self, number: NumberLine, value: Fraction) -> NumberLine:
        """Return the number, or this value where it is absent."""
        return self._either(number, self.constant(value), number.present, self.lines.negated(number.present), SURE)

    def if_else(self, condition: TruthLine, then: NumberLine, otherwise: NumberLine) -> NumberLine:
        """Return one number where the condition holds, the other where it does not."""
        lines = self.lines
        opposite = lines.negated(condition)
        first, second = lines.all_of([condition, then.present]), lines.all_of([opposite, otherwise.present])
        must = lines.either(first.must, second.must, lines.both(then.present.must, otherwise.present.must))
        return self._either(then, otherwise, first, second, TruthLine(must, lines.either(first.may, second.may)))

    def _either(
        self, first: NumberLine, second: NumberLine, takes: TruthLine, other: TruthLine, present: TruthLine
    ) -> NumberLine:
        """Return the union of those of two numbers that may be the one taken."""
        (a, b), common = self._aligned(first, second)
        lines = self.lines
        both = lines.both(takes.may, other.may)
        only_a, only_b = (
            lines.both(takes.may, lines.opposite(other.may)),
            lines.both(other.may, lines.opposite(takes.may)),
        )
        ends = [
            lines.weighted(
                [
                    (lines.line(f"{pick}({x}, {y})", "end") if both != FALSE else "0", both),
                    (x, only_a),
                    (y, only_b),
                ]
            )
            for pick, x, y in (("_low", a.lowest, b.lowest), ("_high", a.highest, b.highest))
        ]
        least, greatest = min(a.least, b.least), max(a.greatest, b.greatest)
        return NumberLine(ends[0], ends[1], present, common, min(least, 0), max(greatest, 0))

    def product(self, left: NumberLine, right: NumberLine) -> NumberLine:
        """Return the product: the least and the greatest of the four corners."""
        lines = self.lines
        corners = [
            lines.line(f"{a} * {b}", "corner")
            for a in (left.lowest, left.highest)
            for b in (right.lowest, right.highest)
        ]
        lowest, highest = (
            lines.line(f"{pick}({pick}({corners[0]}, {corners[1]}), {pick}({corners[2]}, {corners[3]}))", end)
            for pick, end in (("_low", "lo"), ("_high", "hi"))
        )
        bounds = [a * b for a in (left.least, left.greatest) for b in (right.least, right.greatest)]
        present = lines.all_of([left.present, right.present])
        return NumberLine(lowest, highest, present, left.denominator * right.denominator, min(bounds), max(bounds))

    def _folded(self, pick: str, names: list[str]) -> str:
        text = names[0]
        for name in names[1:]:
            text = self.lines.line(f"{pick}({text}, {name})", "end")
        return text

    def _where(self, value: str, when: str, instead: int) -> str:
        """Return the value where the condition holds, else a constant."""
        return self.lines.weighted([(value, when), (f"({instead})", self.lines.opposite(when))])

    def least(self, numbers: list[NumberLine]) -> NumberLine:
        """Return the least of the numbers that are present."""
        parts, common = self._aligned(*numbers)
        least, greatest = min(part.least for part in parts), max(part.greatest for part in parts)
        over, under = greatest + 1, least - 1
        lowest = self._folded("_low", [self._where(part.lowest, part.present.may, over) for part in parts])
        # the highest is the least of those surely there, but never above the greatest that may be there
        surely = self._folded("_low", [self._where(part.highest, part.present.must, over) for part in parts])
        cap = self._folded("_high", [self._where(part.highest, part.present.may, under) for part in parts])
        highest = self._folded("_low", [surely, cap])
        present = self.lines.any_of([part.present for part in parts])
        return NumberLine(lowest, highest, present, common, under, over)

    def mean(self, numbers: list[NumberLine]) -> NumberLine:
        """Return the mean of the numbers that are present.

        While it is open which are, the mean lies between the lowest and the highest of those that may be.
        """
        parts, common = self._aligned(*numbers)
        lines = self.lines
        least, greatest = min(part.least for part in parts), max(part.greatest for part in parts)
        unit = lcm(*range(1, len(parts) + 1))
        share = lines.table((0, *(unit // count for count in range(1, len(parts) + 1))))
        count = lines.line(chained(" + ", [f"1 * {part.present.must}" for part in parts]), "count")
        settled = lines.both(
            *(
                lines.opposite(lines.line(f"{part.present.must} ^ {part.present.may}", "open"))
                for part in parts
                if part.present != SURE
            )
        )
        ends = []
        for pick, instead, values in (
            ("_low", greatest + 1, [part.lowest for part in parts]),
            ("_high", least - 1, [part.highest for part in parts]),
        ):
            inside = chained(" + ", [f"{v} * {p.present.must}" for v, p in zip(values, parts, strict=True)])
            exact = lines.line(f"({inside}) * {share}[{count}]", "mean")
            coarse = self._folded(
                pick, [self._where(v, p.present.may, instead) for v, p in zip(values, parts, strict=True)]
            )
            coarse = lines.line(scaled(coarse, unit), "end")
            ends.append(lines.weighted([(exact, settled), (coarse, lines.opposite(settled))]))
        present = lines.any_of([part.present for part in parts])
        return NumberLine(
            ends[0], ends[1], present, common * unit, min((least - 1) * unit, 0), max((greatest + 1) * unit, 0)
        )

    def floor(self, number: NumberLine) -> NumberLine:
        """Return the greatest whole number not above it; both ends, since it never falls."""
        if number.denominator == 1:
            return number
        lowest, highest = (
            self.lines.line(f"{name} // {number.denominator}", "floor") for name in (number.lowest, number.highest)
        )
        least, greatest = number.least // number.denominator, number.greatest // number.denominator
        return NumberLine(lowest, highest, number.present, 1, least, greatest)
