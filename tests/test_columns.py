"""One program text, run on Python integers and on NumPy columns: the same results, bit for bit."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from engine.cohort.columns import numbers_of, on_columns
from engine.interview.encode import Encoder
from engine.program.compiler import compile_instrument
from tests.generate import instrument
from tests.generate_records import complete, partial
from tests.generate_terms import Dice

ROWS = 40


@pytest.mark.parametrize("seed", range(150))
def test_columns_equal_single_runs(seed: int) -> None:
    dice = Dice(Random(seed).randint)
    drawn = instrument(dice, rising=seed % 3 == 0)
    compiled = compile_instrument(drawn)
    encoder, program = Encoder(compiled), compiled.main
    rows = []
    for row in range(ROWS):
        record = (complete if row % 10 == 0 else partial)(dice, drawn)
        values = encoder.encode(record)
        rows.append([values[name] for name in program.arguments])
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    assert {column.dtype.kind for column in columns} <= {"i", "b"}
    together = on_columns(program, numbers_of(compiled))(*columns)
    singly = [program.run(*row) for row in rows]
    for place, column in enumerate(together):
        assert np.broadcast_to(column, ROWS).tolist() == [one[place] for one in singly], program.results[place]
