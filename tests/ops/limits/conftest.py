from __future__ import annotations

import pytest

from tests.ops.limits import clocks


@pytest.fixture(params=["memory", "sqlite", "redis"])
def store_and_clock(request, tmp_path):
    if request.param == "redis" and request.config.getoption("embedded"):
        pytest.skip("no Redis here")
    store, clock = getattr(clocks, request.param)(tmp_path)
    yield store, clock
    if request.param == "sqlite":
        store.close()


@pytest.fixture
def store(store_and_clock):
    return store_and_clock[0]


@pytest.fixture
def clock(store_and_clock):
    return store_and_clock[1]


@pytest.fixture
def usual_limits(settings):
    """The rows that migrations make, as an installation has them."""
    from ops.models.config import edit

    settings.RATE_LIMIT_FACTOR = 1
    with edit():
        pass
