from __future__ import annotations

import pytest

from tests.ops.webhooks.conftest import receiver, this_machine_is_allowed, work
from tests.receivers import receiving

__all__ = ["receiver", "this_machine_is_allowed", "work"]


@pytest.fixture
def other_receiver():
    with receiving() as other:
        yield other


@pytest.fixture
def endpoint(api, receiver):
    """Makes an endpoint through the API; returns what it answered."""

    def make(**members):
        body = {"url": receiver.url, **members}
        return api.post("/api/v1/webhook-endpoints", body).json()

    return make
