"""The generated program on NumPy columns: the same text, other tables and other minimum and maximum."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from engine.program.build import Build
from engine.program.columns import bound, smallest
from engine.program.compiler import Compiled, Program, assembled
from engine.program.lines import WORD, Line, chained, joined, needed

Run = Callable[..., tuple[Any, ...]]
NUMBER = re.compile(r"(?<!\w)\d+")
SUM = re.compile(r"[\w*+() -]+")
NO_BRACKETS = str.maketrans("", "", "()")
WORTH_ADDING = 3  # terms of a sum that are worth a line of their own


def on_columns(program: Program, numbers: Any = None, *, wide: bool = False) -> Run:
    """Return the program as a function of columns, or of numbers that hold for every row.

    It computes in columns of `numbers` (see `numbers_of`), else of 64 bits. A `wide` program, whose numbers could leave
    these, is run row by row on Python's integers; its results are columns of objects. Only a second reading can be
    wide: of the ranges an author is told (`too-large-to-compute`).
    """
    return _row_by_row(program) if wide else bound(program, numbers)


def numbers_of(compiled: Compiled) -> Any:
    """Return the smallest type of columns that holds whatever an instrument's programs compute, and as much again."""
    builds = [compiled.whole] if compiled.by_rule is None else [compiled.whole, compiled.by_rule]
    most = [outcome.everything for outcome in compiled.instrument.outcomes.values()]
    for one in builds:
        most += [2 * one.largest, *(int(word) for line in one.lines.lines for word in NUMBER.findall(line.text))]
    return smallest(max(most))


def _row_by_row(program: Program) -> Run:
    def run(*arguments: Any) -> tuple[Any, ...]:
        rows = max((len(one) for one in arguments if isinstance(one, np.ndarray)), default=1)
        columns = [one.tolist() if isinstance(one, np.ndarray) else [one] * rows for one in arguments]
        results = np.empty((len(program.results), rows), dtype=object)
        for row, values in enumerate(zip(*columns, strict=True) if columns else [()] * rows):
            results[:, row] = program.run(*values)
        return tuple(results)

    return run


class Rests:
    """Programs of only what changes when some arguments do: the rest is taken from a run of the whole.

    Of a long sum the terms that stay are added up once, in a line that only the whole program has.
    """

    def __init__(self, source: Build) -> None:
        """Take the lines of an instrument."""
        self._source = source
        self._sums: dict[str, dict[str, str]] = {}  # by the line they are parts of: their names by their texts

    def of(self, results: tuple[str, ...], changing: Collection[str]) -> Program:
        """Return the program of just those lines towards these results that hang on the changing arguments.

        Its other arguments are arguments and lines of the whole program.
        """
        source, lines, changed = self._source, list[Line](), set(changing)
        for line in needed(source.lines.lines, results):
            if not changed.isdisjoint(WORD.findall(line.text)):
                lines.append(replace(line, text=self._shorter(line, changed)))
                changed.add(line.name)
        made = {line.name for line in lines}
        used = dict.fromkeys(word for line in lines for word in WORD.findall(line.text)) | dict.fromkeys(results)
        sums = [name for each in self._sums.values() for name in each.values()]
        known = {*source.arguments, *(line.name for line in source.lines.lines), *sums}
        arguments = tuple(name for name in used if name in known and name not in made)
        tables = {name: values for name, values in source.lines.tables.items() if name in used}
        return Program(arguments, tuple(joined(lines, results)), results, tables)

    def _shorter(self, line: Line, changed: Collection[str]) -> str:
        plain = SUM.fullmatch(line.text) and ") *" not in line.text and "* (" not in line.text
        terms = line.text.translate(NO_BRACKETS).split(" + ") if plain else []
        stay = [term for term in terms if not any(word in changed for word in WORD.findall(term))]
        if len(stay) < WORTH_ADDING:
            return line.text
        sums = self._sums.setdefault(line.name, {})
        name = sums.setdefault(chained(" + ", stay), f"{line.name}__sum{len(sums)}")
        return chained(" + ", [*(term for term in terms if term not in stay), name])

    def whole(self, results: tuple[str, ...]) -> Program:
        """Return the whole program of these results."""
        lines = []
        for line in self._source.lines.lines:
            lines += [Line(name, text, "") for text, name in self._sums.get(line.name, {}).items()]
            lines.append(line)
        return assembled(replace(self._source, lines=replace(self._source.lines, lines=lines)), results)


def whole_numbers(values: Sequence[int], type_: Any = np.int64) -> Any:
    """Return numbers as a column of this type, or of objects where 64 bits are too few."""
    return np.array(values, dtype=type_ if max(map(abs, values), default=0) < 2**63 else object)
