from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone


@pytest.fixture(autouse=True)
def fresh_page(fresh_readiness, settings, tmp_path) -> Iterator[None]:
    """No test sees what another one's page showed or kept."""
    from django.core.cache import cache

    from ops.status_page.current import showing

    settings.DATA_DIR = tmp_path
    cache.delete("status-page")
    showing._last = None
    yield
    showing._last = None


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
