"""On which connection does a worker speak with the queue?

On PostgreSQL on one of its own, beside the one its jobs use: whatever they do to theirs, the
queue's goes on, and the few statements of the queue are planned once instead of once per job.
Everybody else, and workers behind a transaction pooler, speak on Django's connection.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

Row = tuple[Any, ...]

# A plan that is kept was made for the table as it was: a short table would be read whole and
# sorted, which costs a thousand times more an hour later. Along the index is never far off.
_PLANS = (
    "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off;"
    " SET enable_bitmapscan = off; SET enable_sort = off"
)


class Session(Protocol):
    def ask(self, sql: str, params: Sequence[Any]) -> list[Row]:
        """The rows that the statement returns."""

    def raw(self) -> Any:
        """The driver's connection, open."""

    def close(self) -> None:
        """Until the next question."""


class SharedSession:
    """Django's own connection of this thread: takes part in the caller's transaction."""

    def ask(self, sql: str, params: Sequence[Any]) -> list[Row]:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    def raw(self) -> Any:
        connection.ensure_connection()
        return connection.connection

    def close(self) -> None:
        connection.close()


class OwnSession:
    """A second connection to PostgreSQL, where statements stay prepared."""

    def __init__(self) -> None:
        self._wrapper: BaseDatabaseWrapper = connections.create_connection(DEFAULT_DB_ALIAS)
        self._cursor: Any = None

    def ask(self, sql: str, params: Sequence[Any]) -> list[Row]:
        with self._wrapper.wrap_database_errors:
            return self._opened().execute(sql, params).fetchall()

    def raw(self) -> Any:
        return self._opened().connection

    def close(self) -> None:
        self._wrapper.close()

    def _opened(self) -> Any:
        if self._wrapper.connection is None:
            self._cursor = self._open()
        return self._cursor

    def _open(self) -> Any:
        from psycopg import Cursor

        self._wrapper.connect()
        raw: Any = self._wrapper.connection
        raw.execute(_PLANS)
        raw.prepare_threshold = 0
        # Not Django's cursor: that one writes parameters into the statement.
        return Cursor(raw)


_shared = SharedSession()
_own: OwnSession | None = None


def current() -> Session:
    return _own or _shared


def open_own() -> None:
    """From now on this process speaks with the queue on a connection of its own."""
    global _own  # noqa: PLW0603 - a process has one, like Django's connections
    _own = _own or OwnSession()


def close_own() -> None:
    global _own  # noqa: PLW0603
    if _own:
        _own.close()
    _own = None
