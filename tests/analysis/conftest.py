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
