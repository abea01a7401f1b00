from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from playwright.sync_api import Page

from tests.browser import Trouble, let_in


@pytest.fixture
def as_installed(transactional_db) -> None:
    """The rows that migrations make: an earlier test with the tables for itself emptied them."""
    for name in (
        "0010_profiles_for_emergencies",
        "0014_usual_limits",
        "0021_a_profile_for_more_workers",
    ):
        import_module(f"ops.migrations.{name}").add(apps, None)


@pytest.fixture
def hands(
    request: pytest.FixtureRequest, page: Page, live_server, client, admin_user, fresh_readiness,
    as_installed,
):  # fmt: skip
    """An administrator's. Whoever presses something says so above the test, and it is true."""
    # Named here, `pytest tests/ops/actions` reads this file before Django knows its settings.
    from tests.ops.actions.hands import Hands

    let_in(page, live_server.url, client, admin_user)
    trouble = Trouble.of(page)
    page.clock.install()
    hands = Hands(page, live_server.url)
    yield hands
    assert trouble.found == []
    assert hands.did() == getattr(request.function, "presses", set())
