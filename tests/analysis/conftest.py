"""Fixtures import late: this file is read before the settings are named."""

import pytest


@pytest.fixture
def api(db):
    from ops.models import Tier
    from tests.analysis.api import Api

    return Api.as_client(Tier.FREE)


@pytest.fixture
def anonymous(db):
    from tests.analysis.api import Api

    return Api()


@pytest.fixture
def fresh_breakers(db):
    """Without Redis breakers live in this process, and would tell one test of another."""
    from ops.overload.breakers import dependency

    dependency.cache_clear()
    yield
    dependency.cache_clear()
