from __future__ import annotations

import pytest
from django.utils import timezone


@pytest.fixture(autouse=True)
def fresh_page(fresh_readiness, settings, tmp_path) -> None:
    """No test sees what another one's page kept."""
    from django.core.cache import cache

    settings.DATA_DIR = tmp_path
    cache.delete("status-page")


@pytest.fixture
def counted():
    """`counted("http_requests", 5, status="500")` stores counts of now, or of a while ago."""
    from ops.metrics.register import BY_NAME
    from ops.metrics.store import save
    from ops.metrics.tally import Tally

    def count(metric, amount=1.0, *, minutes_ago=0, **labels):
        tally, minute = Tally(BY_NAME), int(timezone.now().timestamp() // 60) - minutes_ago
        tally.add(BY_NAME[metric].kind, metric, amount, labels, minute)
        save(minute, tally.take()[minute])

    return count
