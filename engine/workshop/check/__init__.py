"""Findings about a questionnaire that has no problems: what is allowed, and yet probably not meant.

    instrument, its tree ─▶ Subject ─▶ each check of CHECKS ─▶ Findings ─▶ report, in words, JSON or annotations

To add one: write a function from a subject to findings, name it in CHECKS, give its slug a line in the catalogue and
in docs/findings.md, and a bad file in tests/findings.
"""
