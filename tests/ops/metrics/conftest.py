from __future__ import annotations

from datetime import UTC, datetime

import pytest

NOW = datetime(2026, 11, 23, 15, 30, 30, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def counted():
    """`counted("events", name="x", minutes_ago=5)` stores counts as a process would."""
    from ops.metrics.register import BY_NAME
    from ops.metrics.store import save
    from ops.metrics.tally import Tally

    def count(metric, amount=1.0, *, minutes_ago=0, **labels):
        tally = Tally(BY_NAME)
        minute = int(NOW.timestamp() // 60) - minutes_ago
        tally.add(BY_NAME[metric].kind, metric, amount, labels, minute)
        save(minute, tally.take()[minute])

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
