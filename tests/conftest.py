"""What several modules stand on; and the budgets that tests report (`record_property`), printed below their results."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.kinds import sites_by_kind


@pytest.fixture(scope="module")
def sites() -> Iterator[dict[str, str]]:
    """Where a page of each kind is served."""
    with sites_by_kind() as by_kind:
        yield by_kind


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for report in terminalreporter.getreports("passed"):
        for name, words in report.user_properties:
            if name == "budget":
                terminalreporter.write_line(f"budget: {words}")
