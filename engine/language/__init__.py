"""Conditions and arithmetic: parse, check, lower. Has never heard of a questionnaire."""
