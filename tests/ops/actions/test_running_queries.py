"""The button that stops a query; a database that is a file has none to stop."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, connections
from playwright.sync_api import expect

from tests.ops.actions.hands import presses
from tests.ops.queue.clusters import eventually

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def long_query() -> Iterator[threading.Thread]:
    """Ends when somebody stops it."""

    def run() -> None:
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(60)")
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    yield thread
    thread.join(20)


@presses("query-stop")
def test_a_query_that_takes_too_long_is_stopped(hands, long_query):
    row = hands.block("running").locator("tr", has_text="pg_sleep(60)")
    eventually(lambda: hands.go("console-database") or row.count() == 1, what="it is listed")

    said = hands.press(row, "Stop", reason="a forgotten report")

    expect(row).to_have_count(0)
    long_query.join(20)
    assert "gets an error; what it changed is undone" in said
    assert not long_query.is_alive()
    hands.sees_in_the_events("database.query_stopped")
