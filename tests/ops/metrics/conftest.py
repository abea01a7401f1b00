from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.ops.counts import store

NOW = datetime(2026, 11, 23, 15, 30, 30, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def counted():
    """`counted("events", name="x", minutes_ago=5)` stores counts as a process would."""

    def count(metric, *amounts, minutes_ago=0, **labels):
        store(metric, amounts, at=NOW.timestamp(), minutes_ago=minutes_ago, **labels)

    return count


@pytest.fixture
def told():
    """`told("events")`: what this process counted in the test, labels to total."""
    from ops.metrics.recorder import current

    current().tally.take()

    def read(metric):
        sums: dict[tuple[str, ...], float] = {}
        minutes = current().tally.take()
        current().tally.give_back(minutes)
        for cells in minutes.values():
            for key, cell in cells.items():
                if key.metric == metric:
                    sums[key.values] = sums.get(key.values, 0) + cell.total
        return sums

    return read
