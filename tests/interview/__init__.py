"""Questionnaires made up for the tests of one person's interview."""
