"""Connections of web processes: good ones cost no question, bad ones reach no request."""

from __future__ import annotations

import pytest
from django.db import connection

from ops.postgresql import base
from ops.postgresql.base import DatabaseWrapper

ONE = {"min_size": 1, "max_size": 1, "timeout": 5}
PID = "SELECT pg_backend_pid()"


@pytest.fixture
def pooled(transactional_db):
    """As in a web process, with one connection."""
    told = connection.settings_dict
    of_web = {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
    pool = {"OPTIONS": told["OPTIONS"] | {"pool": ONE}}
    wrapper = DatabaseWrapper(told | of_web | pool, alias="pooled")
    yield wrapper
    wrapper.close()
    wrapper.close_pool()


def ask(wrapper):
    """One request: takes the connection out of the pool, and gives it back."""
    with wrapper.cursor() as cursor:
        cursor.execute(PID)
        (found,) = cursor.fetchone()
    wrapper.close()
    return found


def statements(wrapper, tmp_path):
    """What one request says to the server, in the words of libpq."""
    with (tmp_path / "trace").open("w+") as trace:
        wrapper.ensure_connection()
        raw = wrapper.connection.pgconn
        wrapper.close()
        raw.trace(trace.fileno())
        ask(wrapper)
        raw.untrace()
        trace.seek(0)
        return [line for line in trace if "\tQuery\t" in line or "\tParse\t" in line]


def test_a_connection_that_answered_just_now_is_asked_nothing(pooled, tmp_path):
    ask(pooled)

    assert len(statements(pooled, tmp_path)) == 1


def test_a_connection_that_rested_is_asked_first(pooled, tmp_path, monkeypatch):
    ask(pooled)
    monkeypatch.setattr(base, "BELIEVED_SECONDS", 0.0)

    assert len(statements(pooled, tmp_path)) == 2


def test_whoever_comes_after_the_server_ended_a_session_gets_another_one(pooled):
    for _ in range(3):
        ended = ask(pooled)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [ended])

        assert ask(pooled) != ended
