from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.ops.counts import store


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

    def count(metric, *amounts, minutes_ago=1, **labels):
        store(metric, amounts, at=time.time(), minutes_ago=minutes_ago, **labels)

    return count
