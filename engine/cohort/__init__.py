"""Many people: records in columns, scored by the same program that scores one person.

    file ─sources─▶ Arrow batch ─sheet─▶ columns ─encode─▶ arguments ─program, split─▶ results ─outputs─▶ Arrow batch

Needs the extra `batch` (NumPy, PyArrow). Nothing outside this package imports either.
"""
