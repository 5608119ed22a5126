"""What tests measured against a budget is printed below their results: `record_property("budget", words)`."""

from __future__ import annotations

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for report in terminalreporter.getreports("passed"):
        for name, words in report.user_properties:
            if name == "budget":
                terminalreporter.write_line(f"budget: {words}")
