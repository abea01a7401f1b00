"""Is a connection out of the pool still good? Most often that can be told without asking it.

Django asks the server about each connection before each request, which is a trip like any other,
and under load waits as long as a query. A server that closes a connection, when it restarts or
when somebody ends its session, says so: then there is something to be read from a connection that
rests. Only a server that vanished without a word says nothing, so it is asked once a second.
"""

from __future__ import annotations

import select
import time
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

from django.db.backends.postgresql import base
from psycopg import Connection, OperationalError
from psycopg_pool import ConnectionPool

BELIEVED_SECONDS = 1.0

_answered_at: WeakKeyDictionary[Connection[Any], float] = WeakKeyDictionary()


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, which looks at pooled connections itself: leave CONN_HEALTH_CHECKS off."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection[Any]:
        while True:
            connection: Connection[Any] = super().get_new_connection(conn_params)
            if self.pool is None or _is_good(connection):
                return connection
            self.pool.putconn(connection)  # which makes another one in its stead


def _is_good(connection: Connection[Any]) -> bool:
    believed_until = _answered_at.get(connection, 0.0) + BELIEVED_SECONDS
    if time.monotonic() < believed_until and not _has_something_to_say(connection):
        return True
    with suppress(OperationalError):
        ConnectionPool.check_connection(connection)
        _answered_at[connection] = time.monotonic()
        return True
    return False


def _has_something_to_say(connection: Connection[Any]) -> bool:
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
