from __future__ import annotations

import time
from collections.abc import Iterator

import pytest


@pytest.fixture
def fresh_readiness() -> Iterator[None]:
    """The last answer is two seconds fresh: between tests that is yesterday's paper."""
    # Named here, `pytest tests/ops` reads this file before Django knows its settings.
    from ops.health import readiness

    readiness._watch.last = None
    yield
    readiness._watch.last = None


@pytest.fixture
def counted(db):
    """Stores counts as a process would, some minutes ago; many amounts all in the same minute."""
    from ops.metrics.register import BY_NAME
    from ops.metrics.store import save
    from ops.metrics.tally import Tally

    def count(metric, *amounts, minutes_ago=1, **labels):
        tally = Tally(BY_NAME)
        minute = int(time.time() // 60) - minutes_ago
        for amount in amounts or (1.0,):
            tally.add(BY_NAME[metric].kind, metric, amount, labels, minute)
        save(minute, tally.take()[minute])

    return count
