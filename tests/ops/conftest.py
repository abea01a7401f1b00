from __future__ import annotations

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
