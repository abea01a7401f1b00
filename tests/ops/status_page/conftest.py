from __future__ import annotations

import pytest
from django.utils import timezone

from tests.ops.counts import store


@pytest.fixture(autouse=True)
def fresh_page(fresh_readiness, settings, tmp_path) -> None:
    """No test sees what another one's page kept."""
    from django.core.cache import cache

    settings.DATA_DIR = tmp_path
    cache.delete("status-page")


@pytest.fixture
def counted():
    """`counted("http_requests", 5, status="500")` stores counts of now, or of a while ago."""

    def count(metric, *amounts, minutes_ago=0, **labels):
        store(metric, amounts, at=timezone.now().timestamp(), minutes_ago=minutes_ago, **labels)

    return count
