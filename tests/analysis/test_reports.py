"""Finished reports: the cache in front of the table, and a cache that is gone."""

import socket
import time

import pytest

from analysis import reports
from analysis.models import Content
from tests.analysis.api import Api, work_off

pytestmark = pytest.mark.django_db
TEXT = "The harbour was quiet. Nobody had expected the ferry to leave so early in the morning."


@pytest.mark.storage
def test_a_report_is_read_from_the_table_once(api: Api, django_assert_num_queries):
    api.submit(TEXT)
    work_off()
    key = Content.objects.get().key

    with django_assert_num_queries(1):
        first = reports.body_of(key)
    with django_assert_num_queries(0):
        again = reports.body_of(key)

    assert first == again


@pytest.mark.storage
def test_a_forgotten_report_is_not_in_the_cache(api: Api, django_assert_num_queries):
    api.submit(TEXT)
    work_off()
    key = Content.objects.get().key
    reports.body_of(key)

    reports.forget(key)

    with django_assert_num_queries(1):
        assert reports.body_of(key)


@pytest.fixture
def frozen_address():
    """Takes connections and never answers, as a frozen Redis does."""
    with socket.create_server(("127.0.0.1", 0)) as frozen:
        yield f"127.0.0.1:{frozen.getsockname()[1]}"


@pytest.fixture
def closed_address():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("address", ["frozen_address", "closed_address"])
def test_a_cache_that_is_gone_is_not_missed(request, settings, address):
    host = request.getfixturevalue(address)
    caches = {name: dict(options) for name, options in settings.CACHES.items()}
    caches["reports"]["LOCATION"] = (
        f"redis://{host}/0?socket_timeout=0.05&socket_connect_timeout=0.05"
    )
    settings.CACHES = caches
    api = Api()

    started = time.monotonic()
    url = api.submit(TEXT)["Location"]
    work_off()
    answer = api.get(url)

    assert answer.json()["results"]
    # No figure of speed: the difference between failing fast and hanging until the client goes.
    assert time.monotonic() - started < 5
