"""The generated program on NumPy columns: the same text, other tables and other minimum and maximum."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np

from engine.program.build import Build
from engine.program.columns import bound, smallest
from engine.program.compiler import Compiled, Program
from engine.program.lines import WORD, joined, needed

Run = Callable[..., tuple[Any, ...]]
NUMBER = re.compile(r"(?<!\w)\d+")


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


def rest_of(source: Build, results: tuple[str, ...], changing: Collection[str]) -> Program:
    """Return the program of just those lines towards these results that hang on the changing arguments.

    Its arguments are arguments and lines of the instrument's program; what does not change need not be run again.
    """
    lines, changed = [], set(changing)
    for line in needed(source.lines.lines, results):
        if not changed.isdisjoint(WORD.findall(line.text)):
            changed.add(line.name)
            lines.append(line)
    made = {line.name for line in lines}
    used = dict.fromkeys(word for line in lines for word in WORD.findall(line.text)) | dict.fromkeys(results)
    known = {*source.arguments, *(line.name for line in source.lines.lines)}
    arguments = tuple(name for name in used if name in known and name not in made)
    tables = {name: values for name, values in source.lines.tables.items() if name in used}
    return Program(arguments, tuple(joined(lines, results)), results, tables)


def whole_numbers(values: Sequence[int], type_: Any = np.int64) -> Any:
    """Return numbers as a column of this type, or of objects where 64 bits are too few."""
    return np.array(values, dtype=type_ if max(map(abs, values), default=0) < 2**63 else object)
