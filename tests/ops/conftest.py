import pytest

from ops.health import readiness


@pytest.fixture
def fresh_readiness():
    """The last answer is two seconds fresh: between tests that is yesterday's paper."""
    readiness._watch.last = None
    yield
    readiness._watch.last = None
